"""Sentences, paragraphs and articles, each under a BM25 model of its own.

All that others see of an index is its protocol, `Backend`. It consists of segments, each some
articles in files of their own; what weights depend on is computed over all of them, so that it
makes no difference to an answer how articles are divided into segments.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import LibraryUnavailable, reason_of
from retrieval.search import levels, phrases, standing
from retrieval.search.arrays import Floats, Ints
from retrieval.search.backend import SentenceTerms, Window
from retrieval.search.excerpts import Stretch, spots_in, terms_in
from retrieval.search.forward import ForwardIndex
from retrieval.search.kernel import kernel
from retrieval.search.kernel.reference import Wanted
from retrieval.search.scores import NONE, NOWHERE, PARAMETERS, Scores, Spot
from retrieval.search.segment import SegmentReader, write_segment
from retrieval.search.stats import EMPTY, CollectionStats
from retrieval.search.windows import joined, window_in
from retrieval.search.words import Counts, SegmentWords
from retrieval.values import Sentence

_MEMO = 1 << 14  # terms whose weights are kept


class Index:
    """Segments under three BM25 models; safe to share between threads, and never changed.

    Sentences are numbered through all segments, and so are articles.

    Attributes:
        segments: Where the articles are.
        stats: What their weights depend on.
        native: Whether the compiled kernel scores; numpy gives the same bits.
        document_frequencies: In how many sentences, paragraphs and articles a term stands.
    """

    def __init__(
        self,
        segments: Sequence[SegmentReader],
        stats: CollectionStats = EMPTY,
        *,
        native: bool | None = None,
    ) -> None:
        """Put segments together, with `stats` of all; `native=False` searches by numpy.

        No article may stand in two of them, unless it is deleted from one.
        """
        self.segments = tuple(segments)
        self.stats = stats
        self.native = kernel.AVAILABLE and native is not False
        self._firsts = _firsts(one.forward.sentences for one in segments)
        self._first_articles = _firsts(len(one.forward.articles) for one in segments)
        self._levels = levels.levels_of(stats.levels, PARAMETERS)
        self._weigh = lru_cache(_MEMO)(self._weigh_by)
        self.document_frequencies = lru_cache(_MEMO)(self._document_frequencies)

    @classmethod
    def of(cls, forward: ForwardIndex, *, native: bool | None = None) -> Self:
        """The index of one forward index, in files that go with it.

        Raises:
            LibraryUnavailable: There is no room for temporary files.
        """
        if not forward.articles:
            return cls(())
        try:
            folder = Path(tempfile.mkdtemp(prefix="pullquote-"))
        except OSError as error:
            raise LibraryUnavailable(
                f"{tempfile.gettempdir()}: cannot keep the index there ({reason_of(error)}); "
                "free some space, or name another folder with TMPDIR"
            ) from error
        try:
            write_segment(forward, folder, "all")
            segment = SegmentReader.open(folder, "all")
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        index = cls([segment], CollectionStats.of(segment), native=native)
        weakref.finalize(index, shutil.rmtree, folder, ignore_errors=True)
        return index

    @property
    def sentences(self) -> int:
        """How many sentences may be quoted."""
        return self.stats.levels[0].documents

    @property
    def articles(self) -> int:
        """How many articles there are."""
        return sum(self.stats.languages.values())

    @property
    def languages(self) -> Mapping[str, int]:
        """How many articles are in each language."""
        return self.stats.languages

    def propose(self, terms: Sequence[str], limit: int, *, article: int | None = None) -> Scores:
        """The `limit` best sentences of those that have a term, or whose article or title has one.

        Best first, then in the order of article id and place. A repeated term counts again;
        `article` is the number of the only one that is searched.
        """
        best, floor = NONE, kernel.LOWEST
        for number, segment in enumerate(self.segments):
            inside = None if article is None else article - self._first_articles[number]
            if inside is not None and not 0 <= inside < len(segment.forward.articles):
                continue
            hits = segment.propose(
                self._wanted(terms, segment),
                self._levels,
                limit,
                floor=floor,
                article=inside,
                native=self.native,
            )
            found = Scores(hits.ids + self._firsts[number], *hits.parts)
            best = self.best(best.joined(found), limit) if len(best.sentences) else found
            if len(best.sentences) == limit and number + 1 < len(self.segments):
                floor = float(best.only(np.array([limit - 1])).total()[0])
        return best

    def scores(self, terms: Sequence[str], within: Ints) -> Scores:
        """Score given sentences, whether or not they have one of `terms`.

        Args:
            terms: What is looked for; a repeated term counts again.
            within: Sentences, ascending.
        """
        parts = np.zeros((len(PARAMETERS), len(within)))
        for segment, rows, sentences in self.stretches(within):
            wanted = self._wanted(terms, segment)
            parts[:, rows] = segment.score(wanted, self._levels, sentences, native=self.native)
        return Scores(within, *parts)

    def best(self, scores: Scores, limit: int) -> Scores:
        """The `limit` best sentences: by their sums, then in the order of article id and place."""
        return scores.only(self.order(scores.total(), scores.sentences)[:limit])

    def order(self, totals: Floats, sentences: Ints) -> Ints:
        """Places by score, the highest first, ties in the order of article id and place."""
        order = np.lexsort((sentences, -totals))
        if len(self.segments) == 1:
            return order
        ranked = totals[order]
        tied = np.flatnonzero(ranked[1:] == ranked[:-1])
        if not len(tied):
            return order
        names = {int(n): self._place_of(int(sentences[n])) for t in tied for n in order[t : t + 2]}
        later = sorted(order.tolist(), key=lambda n: (-totals[n], names.get(n, ("", 0))))
        return np.array(later, dtype=np.int64)

    def _place_of(self, sentence: int) -> tuple[str, int]:
        segment, section, local = self._local(sentence)
        return segment.forward.articles[section], local

    def _wanted(self, terms: Iterable[str], segment: SegmentReader) -> list[Wanted]:
        weigh, held = self._weigh, self.document_frequencies
        numbered = ((term, segment.number(term)) for term in terms)
        return [Wanted(n, weigh(held(term))) for term, n in numbered if n is not None]

    def _weigh_by(self, document_frequencies: tuple[int, ...]) -> tuple[float, ...]:
        return levels.weights_of(document_frequencies, self._levels)

    def _document_frequencies(self, term: str) -> tuple[int, ...]:
        if len(self.segments) == 1:
            return self.segments[0].document_frequencies(term)
        counts = [(0,) * len(PARAMETERS)]
        counts += [segment.document_frequencies(term) for segment in self.segments]
        return tuple(map(sum, zip(*counts, strict=True)))

    def document_frequency(self, term: str) -> int:
        """In how many sentences `term` stands."""
        return self.document_frequencies(term)[0]

    def known(self, term: str) -> bool:
        """Whether a sentence or a title has `term`."""
        return self.document_frequencies(term)[2] > 0

    def stands(self, terms: Collection[str], beginnings: Collection[str]) -> bool:
        """Whether any text or title has a term, or a word that begins so; see `Backend.stands`."""
        return any(standing.stands(segment, terms, beginnings) for segment in self.segments)

    def term_of(self, form: str) -> str | None:
        """The term of a folded word, or None where no article has it; of several the last."""
        return max((term for one in self.segments for term in one.terms_of(form)), default=None)

    def article_number(self, article: str) -> int | None:
        """The number of the article of this id, or None where there is none."""
        for first, segment in zip(self._first_articles, self.segments, strict=False):
            number = segment.article_number(article)
            if number is not None:
                return first + number
        return None

    def article_of(self, sentences: Ints) -> Ints:
        """The number of each sentence's article."""
        articles = np.zeros(len(sentences), dtype=np.int64)
        for number, (segment, rows, local) in self._numbered(sentences):
            firsts = segment.forward.firsts[segment.section_of(local)]
            articles[rows] = firsts + self._first_articles[number]
        return articles

    def sentences_of(self, article: int) -> Ints:
        """The quotable sentences of the article of this number, ascending."""
        number = bisect_right(self._first_articles, article) - 1
        segment, local = self.segments[number], article - self._first_articles[number]
        return np.array(segment.sentences_of(local), dtype=np.int64) + self._firsts[number]

    def spots(self, sentences: Sequence[int]) -> list[Spot]:
        """Where sentences stand, in their order."""
        found: dict[int, Spot] = {}
        for segment, rows, local in self.stretches(np.array(sentences, dtype=np.int64)):
            found |= zip(rows.tolist(), spots_in(segment, local), strict=True)
        return [found[row] for row in range(len(sentences))]

    def prose(self, sentence: int) -> list[Sentence]:
        """The quotable sentences of the article that this sentence is in."""
        segment, section, _ = self._local(sentence)
        numbers = segment.sentences_of(int(segment.forward.firsts[section]))
        return list(map(segment.forward.sentence, numbers))

    def _local(self, sentence: int) -> tuple[SegmentReader, int, int]:
        """The segment of a sentence, and there the numbers of its section and of itself."""
        ((segment, _, local),) = self.stretches(np.array([sentence], dtype=np.int64))
        return segment, int(segment.section_of(local)[0]), int(local[0])

    def stretches(self, sentences: Ints) -> Iterator[Stretch]:
        """Sentences by the segment that they stand in."""
        return (stretch for _, stretch in self._numbered(sentences))

    def _numbered(self, sentences: Ints) -> Iterator[tuple[int, Stretch]]:
        if len(self.segments) == 1:
            yield 0, Stretch(self.segments[0], np.arange(len(sentences)), sentences)
            return
        of = np.searchsorted(self._firsts, sentences, side="right") - 1
        for number in np.unique(of).tolist():
            rows = np.flatnonzero(of == number)
            local = sentences[rows] - self._firsts[number]
            yield number, Stretch(self.segments[number], rows, local)

    def sentences_with(self, phrase: Sequence[str]) -> Ints:
        """The sentences that have these folded words one after the other, ascending."""
        return self._gathered(lambda segment: phrases.sentences_with(phrase, segment))

    def sentences_titled(self, phrase: Sequence[str]) -> Ints:
        """The sentences of the articles that have them so in their title, ascending."""
        return self._gathered(lambda segment: phrases.sentences_titled(phrase, segment))

    def _gathered(self, find: Callable[[SegmentReader], Ints]) -> Ints:
        numbered = zip(self._firsts, self.segments, strict=False)
        found = [find(segment) + first for first, segment in numbered]
        return np.concatenate([NOWHERE, *found])

    def paragraphs_with(self, terms: Collection[str]) -> NDArray[np.uint8]:
        """A bit for each paragraph: whether it or its article's title has one of `terms`."""
        marks = (segment.paragraphs_with(terms) for segment in self.segments)
        return np.packbits(np.concatenate([np.empty(0, dtype=bool), *marks]))

    def terms_of(self, sentences: Ints) -> SentenceTerms:
        """The terms of several sentences."""
        stretches, alone = self.stretches(sentences), len(self.segments) == 1
        return terms_in(stretches, self.document_frequency, alone=alone)

    def window(
        self, sentences: Ints, reach: int, terms: Sequence[str], forms: Sequence[str]
    ) -> Window:
        """Several sentences and what is around them; see `Backend.window`."""
        stretches = self.stretches(sentences)
        return joined([(r, window_in(s, local, reach, terms, forms)) for s, r, local in stretches])

    def words(self) -> list[tuple[SegmentWords, Counts]]:
        """The words of each segment, and how often each stands in articles that are not gone."""
        return [(one.words, one.words.today(one.tombstones.articles())) for one in self.segments]


def _firsts(sizes: Iterable[int]) -> list[int]:
    """Where the numbers of each segment begin, and at last how many there are in all."""
    firsts = [0]
    for size in sizes:
        firsts.append(firsts[-1] + size)
    return firsts
