"""How much some candidates have in common, by the terms that the index has of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.index import Index
from retrieval.index.scores import SentenceTerms
from retrieval.postings import Floats, Ints
from retrieval.ranking.weighing import smoothed_idf
from retrieval.statements.sameness import worth_reading

Marks = NDArray[np.bool_]

NEAR_IDENTICAL = 0.8  # Jaccard similarity of the terms of two sentences


class Alike(NamedTuple):
    """How alike candidates are to one of them, by their terms, itself among them.

    Attributes:
        nearly_identical: Those with nearly the same terms and exactly the same figures.
        near: Of the others, those with so much in common that only reading tells them apart.
        same_article: Those that stand in its article.
    """

    nearly_identical: frozenset[int]
    near: frozenset[int]
    same_article: frozenset[int]


class Table:
    """The terms of C candidates side by side."""

    def __init__(self, index: Index, sentences: Sequence[int]) -> None:
        """Look up the terms of candidates, given by their sentences' numbers."""
        numbers = np.array(sentences, dtype=np.int64)
        self._index, self._size = index, len(numbers)
        self._said = index.words_of(numbers)
        self._articles = index.article_of(numbers)
        words = np.bincount(self._said.rows, minlength=self._size)
        self._ends = np.cumsum(words).tolist()
        self._rows, self._terms, figures = _once(self._said)
        self._sizes = np.bincount(self._rows, minlength=self._size)
        self._figures = np.bincount(self._rows[figures], minlength=self._size)
        self._is_figure = figures
        self._alike: dict[int, Alike] = {}
        self._told: dict[int, tuple[str, float]] = {}

    def alike(self, head: int) -> Alike:
        """How alike every candidate is to the one at `head`."""
        if head not in self._alike:
            self.compare([head])
        return self._alike[head]

    def compare(self, heads: Sequence[int]) -> None:
        """Compare every candidate with each of some: sooner done at once than one by one."""
        rows = np.array(heads, dtype=np.int64)
        terms, figures, common = self._common(rows)
        own, sizes = common[rows], self._sizes[rows][:, None]
        weights = own * self._weights(terms)
        shared = own @ common.T  # whole numbers, as all of these but the weights
        numbers = own[:, figures] @ common[:, figures].T
        weight = weights @ common.T / np.maximum(weights.sum(axis=1), 1e-9)[:, None]
        share = shared / np.maximum(np.maximum(self._sizes, sizes), 1)
        same_figures = (numbers == self._figures[rows][:, None]) & (numbers == self._figures)
        nearly = (shared >= NEAR_IDENTICAL * (self._sizes + sizes - shared)) & same_figures
        same_article = self._articles == self._articles[rows][:, None]
        near = worth_reading(weight, share, same_article) & ~nearly
        for row, head in enumerate(heads):
            self._alike[head] = Alike(*(_places(of[row]) for of in (nearly, near, same_article)))

    def _common(self, heads: Ints) -> tuple[Ints, Marks, Floats]:
        """The terms of some candidates, which are figures, and who has them: (C, terms)."""
        theirs = np.isin(self._rows, heads)
        terms, first = np.unique(self._terms[theirs], return_index=True)
        columns = np.minimum(np.searchsorted(terms, self._terms), max(len(terms) - 1, 0))
        held = np.flatnonzero(terms[columns] == self._terms) if len(terms) else columns
        common = np.zeros((self._size, len(terms)))
        common[self._rows[held], columns[held]] = 1
        return terms, self._is_figure[theirs][first], common

    def _weights(self, terms: Ints) -> Floats:
        held = self._index.frequencies(terms, self._said)
        return np.array([smoothed_idf(n, self._index.sentences) for n in held.tolist()])

    def content(self, candidate: int, stops: frozenset[str], *, after: int = 0) -> tuple[int, ...]:
        """The numbers of a candidate's terms, in order, repeats and stop words dropped.

        Args:
            candidate: Its place among the candidates.
            stops: Terms that do not count.
            after: How many words to pass over; a hyphenated word stands in its parts.
        """
        own = slice(self._ends[candidate - 1] if candidate else 0, self._ends[candidate])
        terms = self._said.terms[own][~self._said.wholes[own]].tolist()[after:]
        without = self._said.numbers(stops)
        return tuple(dict.fromkeys(term for term in terms if term not in without))

    def told(self, terms: Iterable[int]) -> dict[int, tuple[str, float]]:
        """Each of these terms by its number, with its idf; others may be there, too."""
        new = [term for term in terms if term not in self._told]
        held = self._index.frequencies(np.array(new, dtype=np.int64), self._said)
        idf = (smoothed_idf(n, self._index.sentences) for n in held.tolist())
        spelled = (self._said.vocabulary[term] for term in new)
        self._told |= zip(new, zip(spelled, idf, strict=True), strict=True)
        return self._told


def _once(said: SentenceTerms) -> tuple[Ints, Ints, Marks]:
    """The rows and terms of words, each term once a row, and which are figures."""
    span = int(said.terms.max(initial=0)) + 1
    keys = said.rows * (2 * span) + 2 * said.terms.astype(np.int64) + said.figures
    keys.sort()
    keys = keys[np.append(np.diff(keys >> 1) > 0, True)[: len(keys)]]
    rows, terms = np.divmod(keys, 2 * span)
    return rows, terms >> 1, (terms & 1) != 0


def _places(marks: Marks) -> frozenset[int]:
    return frozenset(np.flatnonzero(marks).tolist())
