"""What an index's weights depend on, counted over all articles that are not gone.

The mean idf of a level needs the document frequency of every term; a histogram of these is enough
for it, and changes only if articles come or go.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Self

import numpy as np

from retrieval.search.arrays import Ints
from retrieval.search.bm25 import histogram_of, mean_idf
from retrieval.search.codec.strings import Wanted
from retrieval.search.inverted_index import InvertedIndex
from retrieval.search.levels import LevelState
from retrieval.search.segment import SegmentReader
from retrieval.search.tombstones import Tombstones

LEVELS = 3  # sentences, paragraphs, articles


class Changes(NamedTuple):
    """In how many more documents some terms stand.

    Attributes:
        terms: The terms, each once.
        counts: Shape (terms, levels).
    """

    terms: Sequence[str]
    counts: Ints


Histogram = Mapping[int, int]  # document frequency: how many terms have it, never 0 of either


class CollectionStats(NamedTuple):
    """The collection statistics of an index.

    Attributes:
        levels: For sentences, paragraphs and articles.
        histograms: For each of them.
        languages: How many articles are in each language.
    """

    levels: tuple[LevelState, ...]
    histograms: tuple[Histogram, ...]
    languages: Mapping[str, int]

    @classmethod
    def of(cls, segment: SegmentReader) -> Self:
        """That of an index of one segment, from which nothing is gone."""
        inverted = segment.inverted
        histograms = [histogram_of(of) for of in inverted.document_frequencies]
        documents, words = (counts(inverted, name) for name in ("documents", "words"))
        return cls.counted(documents, words, histograms, _languages(segment))

    @classmethod
    def counted(
        cls,
        documents: Iterable[int],
        words: Iterable[int],
        histograms: Iterable[Histogram],
        languages: Mapping[str, int],
    ) -> Self:
        """Statistics of these counts, with the mean idf of each level.

        Args:
            documents: Of each level.
            words: Of all documents of each level.
            histograms: Of each level.
            languages: Of the articles.
        """
        histograms = tuple(histograms)
        levels = tuple(
            LevelState(size, length, mean_idf(histogram, size))
            for size, length, histogram in zip(documents, words, histograms, strict=True)
        )
        known = {name: count for name, count in sorted(languages.items()) if count}
        return cls(levels, histograms, known)


def with_segment(
    stats: CollectionStats, segments: Sequence[SegmentReader], segment: SegmentReader
) -> CollectionStats:
    """The statistics after a segment was added.

    Args:
        stats: Those before.
        segments: The segments before.
        segment: From which nothing is gone.
    """
    inverted = segment.inverted
    changes = Changes(
        list(segment.forward.vocabulary), np.stack(inverted.document_frequencies, axis=1)
    )
    documents, words = (counts(inverted, name) for name in ("documents", "words"))
    return _changed(stats, segments, changes, documents, words, _languages(segment))


def with_deletion(
    stats: CollectionStats,
    segments: Sequence[SegmentReader],
    segment: SegmentReader,
    deleted: Tombstones,
) -> CollectionStats:
    """The statistics after articles went.

    Args:
        stats: Those before.
        segments: The segments before.
        segment: From which they went.
        deleted: What they take away.
    """
    terms = [segment.forward.vocabulary[term] for term in deleted.terms.tolist()]
    changes = Changes(terms, -deleted.counts.astype(np.int64))
    marks = np.unpackbits(np.frombuffer(deleted.bits or b"", dtype=np.uint8), bitorder="little")
    languages = _languages(segment, np.flatnonzero(marks))
    return _changed(
        stats,
        segments,
        changes,
        [-n for n in deleted.documents],
        [-n for n in deleted.words],
        {name: -n for name, n in languages.items()},
    )


def recounted(segments: Sequence[SegmentReader]) -> CollectionStats:
    """The statistics of some segments, counted anew; those that followed changes must be equal."""
    documents, words = [0] * LEVELS, [0] * LEVELS
    languages: Counter[str] = Counter()
    for segment in segments:
        documents = _more(
            documents, counts(segment.inverted, "documents"), segment.tombstones.documents
        )
        words = _more(words, counts(segment.inverted, "words"), segment.tombstones.words)
        languages.update(_languages(segment, segment.live()))
    histograms: list[dict[int, int]] = [{} for _ in range(LEVELS)]
    for term in {term for segment in segments for term in segment.forward.vocabulary}:
        found_in = (
            sum(found)
            for found in zip(
                *(segment.document_frequencies(term) for segment in segments), strict=True
            )
        )
        for histogram, documents_with in zip(histograms, found_in, strict=True):
            _move(histogram, 0, documents_with)
    return CollectionStats.counted(documents, words, histograms, languages)


def _more(before: Iterable[int], come: Iterable[int], gone: Iterable[int]) -> list[int]:
    return [one + more - less for one, more, less in zip(before, come, gone, strict=True)]


def _changed(
    stats: CollectionStats,
    segments: Sequence[SegmentReader],
    changes: Changes,
    documents: Iterable[int],
    words: Iterable[int],
    languages: Mapping[str, int],
) -> CollectionStats:
    histograms = [dict(histogram) for histogram in stats.histograms]
    wanted = Wanted.of(changes.terms)
    before: Ints = np.zeros((len(changes.terms), LEVELS), dtype=np.int64)
    for segment in segments:
        before += segment.all_document_frequencies(wanted)
    after = before + changes.counts
    for histogram, old, new in zip(histograms, before.T.tolist(), after.T.tolist(), strict=True):
        for one, other in zip(old, new, strict=True):
            _move(histogram, one, other)
    together = Counter(stats.languages)
    for name, more in languages.items():
        together[name] += more
    levels = stats.levels
    return CollectionStats.counted(
        (level.documents + more for level, more in zip(levels, documents, strict=True)),
        (level.words + more for level, more in zip(levels, words, strict=True)),
        histograms,
        together,
    )


def _languages(segment: SegmentReader, sections: Ints | None = None) -> Counter[str]:
    """How many articles are in each language: all, or those that begin with one of `sections`."""
    forward, firsts = segment.forward, np.flatnonzero(segment.forward.is_first)
    if sections is not None:
        firsts = np.intersect1d(firsts, sections)
    known = forward.languages
    return Counter(known[number] for number in firsts.tolist())


def _move(histogram: dict[int, int], before: int, after: int) -> None:
    """One term stands in `after` documents instead of `before`."""
    if before and histogram[before] == 1:
        del histogram[before]
    elif before:
        histogram[before] -= 1
    if after:
        histogram[after] = histogram.get(after, 0) + 1


def counts(inverted: InvertedIndex, name: str) -> list[int]:
    """Whole numbers that the builder wrote about a segment, one a level."""
    return [int(value) for value in inverted.described(name)]


EMPTY = CollectionStats.counted([0] * LEVELS, [0] * LEVELS, [{}] * LEVELS, {})
