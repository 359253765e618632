"""What an index says, held against its articles: each is read again, and its words inverted again.

Checksums tell whether a file is what was written; this tells whether that was right. It takes about
as long as making the index, and no more memory.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from retrieval.library import Library
from retrieval.models import Article
from retrieval.search import levels
from retrieval.search.arrays import search
from retrieval.search.codec.strings import Array, Texts
from retrieval.search.forward import ForwardIndex, firsts_of
from retrieval.search.index import Index
from retrieval.search.inverted_index import InvertedIndex
from retrieval.search.segment import SegmentReader
from retrieval.search.tombstones import Tombstones
from retrieval.search.writing.tokenizing import read_articles
from retrieval.text import word_classes

BATCH = 64  # articles that are read again at a time

Progress = Callable[[int, int], None]


class Place(NamedTuple):
    """Where an article stands.

    Attributes:
        segment: The segment of the index.
        sections: Its sections there.
    """

    segment: SegmentReader
    sections: range


def compare(library: Library, index: Index, progress: Progress | None = None) -> Iterator[str]:
    """Where an index is not what its articles give, one line a difference.

    An article that is not as it was stored is passed over: the index is not to blame for it.

    Args:
        library: The articles, each of which the index holds.
        index: The index.
        progress: Called with (articles read again, articles).
    """
    for segment in index.segments:
        yield from _misfits(segment)
    places = {
        segment.forward.articles[number]: Place(segment, segment.sections_of(number))
        for segment in index.segments
        for number in segment.live()[segment.forward.is_first[segment.live()]].tolist()
    }
    articles, done = (one for one in library.examine() if isinstance(one, Article)), 0
    while batch := list(islice(articles, BATCH)):
        yield from _differences(batch, places)
        done += len(batch)
        if progress:
            progress(done, len(places))


def _differences(batch: Sequence[Article], places: dict[str, Place]) -> Iterator[str]:
    """Where articles read otherwise than the index says."""
    read = read_articles(batch)
    numbered: dict[int, Array] = {}
    edges = [*np.flatnonzero(read.is_first).tolist(), len(read.articles)]
    for article, (first, last) in zip(batch, pairwise(edges), strict=True):
        place = places.get(article.id)
        if place is None:
            continue  # it came in the meantime, or is told of elsewhere
        if id(place.segment) not in numbered:
            numbered[id(place.segment)] = _renumbered(read, place.segment)
        of = numbered[id(place.segment)]
        if what := _difference(read, range(first, last), place, of):
            yield f"article {article.id!r}: the index has other {what} than its text"


def _renumbered(read: ForwardIndex, segment: SegmentReader) -> Array:
    """Each form's number in a segment, -1 where it is not there with its term."""
    forward = segment.forward
    numbers: Array = np.full(len(read.forms), -1, dtype=np.int64)
    for form, (spelled, term) in enumerate(zip(read.forms, read.form_terms.tolist(), strict=True)):
        for number in segment.form_numbers(spelled):
            if forward.vocabulary[int(forward.form_terms[number])] == read.vocabulary[term]:
                numbers[form] = number
    return numbers


def _difference(read: ForwardIndex, rows: range, place: Place, numbered: Array) -> str | None:
    """What the index has of an article that reading it does not give, or None."""
    if len(rows) != len(place.sections):
        return "sections"
    forward = place.segment.forward
    pairs = zip(rows, place.sections, strict=True)
    parted = (_parted(_Slices(read, one), _Slices(forward, two), numbered) for one, two in pairs)
    return next(filter(None, parted), None)


def _parted(fresh: _Slices, kept: _Slices, numbered: Array) -> str | None:
    """What the index has of a section that reading it does not give, or None."""
    if fresh.facts != kept.facts:
        return "facts (digest or language)"
    for name in ("starts", "ends", "paragraphs"):
        if not np.array_equal(fresh.of_sentences(name), kept.of_sentences(name)):
            return "sentences"
    words = numbered[fresh.words("words")]
    if not (
        np.array_equal(fresh.lengths, kept.lengths) and np.array_equal(words, kept.words("words"))
    ):
        return "words"
    if not np.array_equal(fresh.words("cases"), kept.words("cases")):
        return "capitals or hyphens"
    if not np.array_equal(numbered[fresh.title], kept.title):
        return "words of the title"
    return None if fresh.hidden == kept.hidden else "words of the boilerplate"


class _Slices:
    """What a forward index holds of one section."""

    def __init__(self, forward: ForwardIndex, number: int) -> None:
        self._forward = forward
        self.hidden = forward.hidden[number]
        kind, weight = forward.kinds[number].item(), forward.weights[number].item()
        self.facts = (forward.digests[number], forward.languages[number], kind, weight)
        self._sentences = slice(*forward.section_sentences[number : number + 2].tolist())
        ends = forward.offsets[self._sentences.start : self._sentences.stop + 1]
        self.lengths = np.diff(ends)
        self._words = slice(int(ends[0]), int(ends[-1]))
        self.title = forward.title_words[
            slice(*forward.title_offsets[number : number + 2].tolist())
        ]

    def of_sentences(self, name: str) -> Array:
        values: Array = getattr(self._forward, name)[self._sentences]
        return values

    def words(self, name: str) -> Array:
        values: Array = getattr(self._forward, name)[self._words]
        return values


def _misfits(segment: SegmentReader) -> Iterator[str]:
    """Where the files of a segment do not fit one another."""
    forward = segment.forward
    forms, vocabulary = list(forward.forms), list(forward.vocabulary)
    keys = [
        (form, vocabulary[n]) for form, n in zip(forms, forward.form_terms.tolist(), strict=True)
    ]
    articles = list(forward.articles)
    named = [articles[n] for n in np.flatnonzero(forward.is_first).tolist()]
    in_order = (all(a < b for a, b in pairwise(every)) for every in (vocabulary, named))
    in_pairs = all(a < b for a, b in pairwise(keys))
    if not (in_pairs and all(in_order) and np.array_equal(forward.firsts, firsts_of(articles))):
        yield "the index has its words or its articles out of order"
        return
    if not np.array_equal(segment.flags, word_classes.classify(forms)):
        yield "the index says of words what they are not"
    if not all(map(_heads_fit, (forward.forms, forward.vocabulary))):
        yield "the index says that words begin as they do not"
    gone = np.flatnonzero(segment.tombstones.marks(np.arange(len(forward.articles)))).tolist()
    if segment.tombstones.bits is not None and not _alike(
        segment.tombstones, segment.deletion(gone)
    ):
        yield "the index counts other words in articles that are gone than they have"
    with tempfile.TemporaryDirectory(prefix="pullquote-") as folder:
        path = Path(folder) / "again"
        levels.build_levels(forward, path, synced=False)
        yield from _other_postings(segment.inverted, InvertedIndex.open(path), forward.articles)


def _other_postings(
    kept: InvertedIndex, made: InvertedIndex, articles: Sequence[str]
) -> Iterator[str]:
    """Where postings are not those of the words beside them."""
    for name in made.sections.entries:
        one, other = (inverted.sections.section(name) for inverted in (kept, made))
        if one != other:
            article = _article_at(made, name, _first_difference(one, other))
            of = "" if article is None else f"article {articles[article]!r}: "
            yield f"{of}the index has other postings than its words give (section {name!r})"


def _first_difference(one: memoryview, other: memoryview) -> int:
    """The first byte in which two stretches differ, or the shorter one's end."""
    size = min(len(one), len(other))
    pair = (np.frombuffer(raw[:size], np.uint8) for raw in (one, other))
    differing = np.flatnonzero(np.not_equal(*pair))
    return int(differing[0]) if len(differing) else size


def _article_at(inverted: InvertedIndex, name: str, byte: int) -> int | None:
    """The first article that a byte of a section speaks of, where it speaks of one."""
    starts, paragraph_of, *_ = inverted.articles
    match name:
        case "starts" | "article_lengths":
            return min(byte // 4, inverted.blocks - 1)
        case "paragraph_of":
            slot = byte // paragraph_of.itemsize
        case "lengths":
            slot = byte // inverted.lengths.itemsize
        case "paragraph_lengths":
            slot = int(np.argmax(paragraph_of == byte // 4))
        case "postings":
            slot = _slot_of(inverted, int(search(inverted.term_starts, np.array([byte]))[0]))
        case "held_0" | "held_1" | "held_2" | "term_blocks" | "term_postings":
            slot = _slot_of(inverted, byte // 4)
        case _:
            return None
    return int(search(starts, np.array([slot]))[0])


def _slot_of(inverted: InvertedIndex, term: int) -> int:
    """The first slot in which a term stands."""
    return int(inverted.find(min(term, inverted.terms - 1)).slots[0])


def _heads_fit(texts: Sequence[str]) -> bool:
    """Whether the first bytes of texts, by which they are found, are theirs."""
    heads, again = (
        (texts.heads if isinstance(texts, Texts) else None),
        Texts.pack(list(texts)).heads,
    )
    return heads is None or again is None or np.array_equal(heads, again)


def _alike(one: Tombstones, other: Tombstones) -> bool:
    return (
        one[0] == other[0]
        and one[3:] == other[3:]
        and np.array_equal(one.terms, other.terms)
        and np.array_equal(one.counts, other.counts)
    )
