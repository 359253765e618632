"""Sentences, paragraphs and articles, each under a BM25 model of its own.

What the rest of the house sees of an index is its protocol, `Backend`. It consists of parts, each
some articles in files of their own; what weights depend on is reckoned over all of them, so that it
makes no difference to an answer how articles are divided into parts.
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
from retrieval.search import levels, phrases
from retrieval.search.arrays import Floats, Ints
from retrieval.search.backend import SentenceTerms, Window
from retrieval.search.excerpts import Stretch, spots_in, terms_in
from retrieval.search.forward import Corpus
from retrieval.search.kernel import kernel
from retrieval.search.kernel.reference import Wanted
from retrieval.search.reader import Part, write_part
from retrieval.search.scores import NONE, NOWHERE, PARAMETERS, Scores, Spot
from retrieval.search.stats import EMPTY, CollectionStats
from retrieval.search.windows import joined, window_in
from retrieval.search.words import Counts, PartWords
from retrieval.values import Sentence

_MEMO = 4096  # terms whose weights are kept


class Index:
    """Parts under three BM25 models; safe to share between threads, and never changed.

    Sentences are numbered through all parts, and so are articles.

    Attributes:
        parts: Where the articles are.
        stats: What their weights depend on.
        native: Whether the compiled kernel scores; numpy gives the same bits.
        document_frequencies: In how many sentences, paragraphs and articles a term stands.
    """

    def __init__(
        self, parts: Sequence[Part], stats: CollectionStats = EMPTY, *, native: bool | None = None
    ) -> None:
        """Put parts together.

        Args:
            parts: No article stands in two of them, unless it is gone from one.
            stats: Of all of them.
            native: False for numpy, None for the kernel where there is one.
        """
        self.parts = tuple(parts)
        self.stats = stats
        self.native = kernel.AVAILABLE and native is not False
        self._firsts = _firsts(part.corpus.sentences for part in parts)
        self._first_articles = _firsts(len(part.corpus.articles) for part in parts)
        self._levels = levels.levels_of(stats.levels, PARAMETERS)
        self._weights = lru_cache(_MEMO)(self._weigh)
        self.document_frequencies = lru_cache(_MEMO)(self._document_frequencies)

    @classmethod
    def of(cls, corpus: Corpus, *, native: bool | None = None) -> Self:
        """The index of one corpus, in files that go with it.

        Raises:
            LibraryUnavailable: There is no room for temporary files.
        """
        if not corpus.articles:
            return cls(())
        try:
            folder = Path(tempfile.mkdtemp(prefix="pullquote-"))
        except OSError as error:
            raise LibraryUnavailable(
                f"{tempfile.gettempdir()}: cannot keep the index there ({reason_of(error)}); "
                "free some space, or name another folder with TMPDIR"
            ) from error
        try:
            write_part(corpus, folder, "all")
            part = Part.open(folder, "all")
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        index = cls([part], CollectionStats.of(part), native=native)
        weakref.finalize(index, shutil.rmtree, folder, ignore_errors=True)
        return index

    @property
    def sentences(self) -> int:
        """How many sentences may be quoted."""
        return self.stats.levels[0].documents

    @property
    def articles(self) -> int:
        """How many articles there are."""
        return self.stats.levels[2].documents

    @property
    def languages(self) -> Mapping[str, int]:
        """How many articles are in each language."""
        return self.stats.languages

    def propose(self, terms: Sequence[str], limit: int, *, article: int | None = None) -> Scores:
        """The best sentences among those that have a term in themselves, their article or title.

        Args:
            terms: What is looked for; a repeated term counts again.
            limit: How many at most.
            article: Only this article's, by its number.

        Returns:
            Best first, then in the order of article id and place.
        """
        best, floor = NONE, kernel.LOWEST
        for number, part in enumerate(self.parts):
            inside = None if article is None else article - self._first_articles[number]
            if inside is not None and not 0 <= inside < len(part.corpus.articles):
                continue
            hits = part.propose(
                self._wanted(terms, part),
                self._levels,
                limit,
                floor=floor,
                article=inside,
                native=self.native,
            )
            found = Scores(hits.ids + self._firsts[number], *hits.parts)
            best = self.best(best.joined(found), limit) if len(best.sentences) else found
            if len(best.sentences) == limit and number + 1 < len(self.parts):
                floor = float(best.only(np.array([limit - 1])).total()[0])
        return best

    def scores(self, terms: Sequence[str], within: Ints) -> Scores:
        """Score given sentences, whether or not they have one of `terms`.

        Args:
            terms: What is looked for; a repeated term counts again.
            within: Sentences, ascending.
        """
        parts = np.zeros((len(PARAMETERS), len(within)))
        for part, rows, sentences in self.stretches(within):
            wanted = self._wanted(terms, part)
            parts[:, rows] = part.score(wanted, self._levels, sentences, native=self.native)
        return Scores(within, *parts)

    def best(self, scores: Scores, limit: int) -> Scores:
        """The `limit` best sentences: by their sums, then in the order of article id and place."""
        return scores.only(self.order(scores.total(), scores.sentences)[:limit])

    def order(self, totals: Floats, sentences: Ints) -> Ints:
        """Places by score, the highest first, ties in the order of article id and place."""
        order = np.lexsort((sentences, -totals))
        if len(self.parts) == 1:
            return order
        ranked = totals[order]
        tied = np.flatnonzero(ranked[1:] == ranked[:-1])
        if not len(tied):
            return order
        names = {int(n): self._place_of(int(sentences[n])) for t in tied for n in order[t : t + 2]}
        later = sorted(order.tolist(), key=lambda n: (-totals[n], names.get(n, ("", 0))))
        return np.array(later, dtype=np.int64)

    def _place_of(self, sentence: int) -> tuple[str, int]:
        part, article, local = self._local(sentence)
        return part.corpus.articles[article], local

    def _wanted(self, terms: Iterable[str], part: Part) -> list[Wanted]:
        numbered = ((term, part.number(term)) for term in terms)
        return [Wanted(n, self._weights(term)) for term, n in numbered if n is not None]

    def _weigh(self, term: str) -> tuple[float, ...]:
        return levels.weights_of(self.document_frequencies(term), self._levels)

    def _document_frequencies(self, term: str) -> tuple[int, ...]:
        if len(self.parts) == 1:
            return self.parts[0].document_frequencies(term)
        counts = [(0,) * len(PARAMETERS), *(part.document_frequencies(term) for part in self.parts)]
        return tuple(map(sum, zip(*counts, strict=True)))

    def document_frequency(self, term: str) -> int:
        """In how many sentences `term` stands."""
        return self.document_frequencies(term)[0]

    def known(self, term: str) -> bool:
        """Whether a sentence or a title has `term`."""
        return self.document_frequencies(term)[2] > 0

    def term_of(self, form: str) -> str | None:
        """The term of a folded word, or None where no article has it; of several the last."""
        terms = [
            part.corpus.vocabulary[int(part.corpus.form_terms[n])]
            for part in self.parts
            for n in part.form_numbers(form)
        ]
        return max(terms, default=None)

    def article_number(self, article: str) -> int | None:
        """The number of the article of this id, or None where there is none."""
        for first, part in zip(self._first_articles, self.parts, strict=False):
            number = part.article_number(article)
            if number is not None:
                return first + number
        return None

    def article_of(self, sentences: Ints) -> Ints:
        """The number of each sentence's article."""
        articles = np.zeros(len(sentences), dtype=np.int64)
        for number, (part, rows, local) in self._numbered(sentences):
            articles[rows] = part.article_of(local) + self._first_articles[number]
        return articles

    def sentences_of(self, article: int) -> Ints:
        """The quotable sentences of the article of this number, ascending."""
        number = bisect_right(self._first_articles, article) - 1
        first, last = self.parts[number].sentences_of(article - self._first_articles[number])
        return np.arange(first, last) + self._firsts[number]

    def spots(self, sentences: Sequence[int]) -> list[Spot]:
        """Where sentences stand, in their order."""
        found: dict[int, Spot] = {}
        for part, rows, local in self.stretches(np.array(sentences, dtype=np.int64)):
            found |= zip(rows.tolist(), spots_in(part, local), strict=True)
        return [found[row] for row in range(len(sentences))]

    def prose(self, sentence: int) -> list[Sentence]:
        """The quotable sentences of the article that this sentence is in."""
        part, article, _ = self._local(sentence)
        return [part.corpus.sentence(n) for n in range(*part.sentences_of(article))]

    def _local(self, sentence: int) -> tuple[Part, int, int]:
        """The part of a sentence, and there the numbers of its article and of itself."""
        ((part, _, local),) = self.stretches(np.array([sentence], dtype=np.int64))
        return part, int(part.article_of(local)[0]), int(local[0])

    def stretches(self, sentences: Ints) -> Iterator[Stretch]:
        """Sentences by the part that they stand in."""
        return (stretch for _, stretch in self._numbered(sentences))

    def _numbered(self, sentences: Ints) -> Iterator[tuple[int, Stretch]]:
        if len(self.parts) == 1:
            yield 0, Stretch(self.parts[0], np.arange(len(sentences)), sentences)
            return
        of = np.searchsorted(self._firsts, sentences, side="right") - 1
        for number in np.unique(of).tolist():
            rows = np.flatnonzero(of == number)
            yield number, Stretch(self.parts[number], rows, sentences[rows] - self._firsts[number])

    def sentences_with(self, phrase: Sequence[str]) -> Ints:
        """The sentences that have these folded words one after the other, ascending."""
        return self._gathered(lambda part: phrases.sentences_with(phrase, part))

    def sentences_titled(self, phrase: Sequence[str]) -> Ints:
        """The sentences of the articles that have them so in their title, ascending."""
        return self._gathered(lambda part: phrases.sentences_titled(phrase, part))

    def _gathered(self, find: Callable[[Part], Ints]) -> Ints:
        found = [find(part) + first for first, part in zip(self._firsts, self.parts, strict=False)]
        return np.concatenate([NOWHERE, *found])

    def paragraphs_with(self, terms: Collection[str]) -> NDArray[np.uint8]:
        """A bit for each paragraph: whether it or its article's title has one of `terms`."""
        marks = [part.paragraphs_with(terms) for part in self.parts]
        return np.packbits(np.concatenate([np.empty(0, dtype=bool), *marks]))

    def terms_of(self, sentences: Ints) -> SentenceTerms:
        """The terms of several sentences."""
        stretches, alone = self.stretches(sentences), len(self.parts) == 1
        return terms_in(stretches, self.document_frequency, alone=alone)

    def window(
        self, sentences: Ints, reach: int, terms: Sequence[str], forms: Sequence[str]
    ) -> Window:
        """Several sentences and what is around them; see `Backend.window`."""
        return joined(
            [
                (rows, window_in(part, local, reach, terms, forms))
                for part, rows, local in self.stretches(sentences)
            ]
        )

    def words(self) -> list[tuple[PartWords, Counts]]:
        """The words of each part, and how often each stands in articles that are not gone."""
        return [(part.words, part.words.today(part.gone.articles())) for part in self.parts]


def _firsts(sizes: Iterable[int]) -> list[int]:
    """Where the numbers of each part begin, and at last how many there are in all."""
    firsts = [0]
    for size in sizes:
        firsts.append(firsts[-1] + size)
    return firsts
