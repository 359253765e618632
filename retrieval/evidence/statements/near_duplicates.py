"""How much some candidates have in common, by the terms that the index has of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.evidence.statements.claims import figure_terms
from retrieval.evidence.statements.paraphrase import NEAR, worth_reading
from retrieval.ranking.weighing import smoothed_idf
from retrieval.search import Index
from retrieval.search.arrays import Floats, Ints
from retrieval.search.scores import SentenceTerms

Marks = NDArray[np.bool_]

NEAR_IDENTICAL = 0.8  # Jaccard similarity of the terms of two sentences
_LEAST_SHARE = min(NEAR, NEAR_IDENTICAL)  # of the longer one's terms, for any of both
_idf = lru_cache(1 << 12)(smoothed_idf)  # most words are held by few sentences


class Alike(NamedTuple):
    """Which candidates behind one of them are alike to it, by their terms.

    Attributes:
        nearly_identical: Those with nearly the same terms and exactly the same figures.
        near: Of the others, those with so much in common that only reading tells them apart; for
            each, whether it stands in the same article.
    """

    nearly_identical: set[int]
    near: dict[int, bool]


class Table:
    """The terms of C candidates side by side."""

    def __init__(self, index: Index, sentences: Sequence[int]) -> None:
        """Look up the terms of candidates, given by their sentences' numbers."""
        numbers = np.array(sentences, dtype=np.int64)
        self._index, self._size = index, len(numbers)
        self._said = index.words_of(numbers)
        self._articles = index.article_of(numbers)
        self._words = _starts(self._said.rows, self._size)
        self._rows, self._coded = _once(self._said)
        self._stretch = _starts(self._rows, self._size)
        self._sizes = np.diff(self._stretch)
        self._figures = np.bincount(self._rows[_figures(self._coded)], minlength=self._size)
        self._alike: dict[int, Alike] = {}
        self._told: dict[int, tuple[str, float]] = {}

    def alike(self, head: int) -> Alike:
        """Which candidates behind the one at `head` are alike to it."""
        if head not in self._alike:
            self.compare([head])
        return self._alike[head]

    def compare(self, heads: Sequence[int]) -> None:
        """Compare the candidates with several of them: sooner done at once than one by one."""
        rows = np.array(heads, dtype=np.int64)
        coded, common = self._common(rows)
        own, weights, figures = common[rows], self._weights(coded >> 1), _figures(coded)
        shared = own @ common.T  # whole numbers
        longer = np.maximum(self._sizes, self._sizes[rows][:, None])
        behind = np.arange(self._size) > rows[:, None]
        row, other = np.nonzero((shared >= _LEAST_SHARE * longer) & behind)
        one, both = rows[row], own[row] * common[other]
        # Rounded, so that what else was compared at once cannot tip it over a bound.
        weight = (both @ weights / np.maximum(own @ weights, 1e-9)[row]).round(9)
        numbers = both[:, figures].sum(axis=1)
        same_figures = (numbers == self._figures[one]) & (numbers == self._figures[other])
        shared, longer = shared[row, other], longer[row, other]
        union = self._sizes[one] + self._sizes[other] - shared
        nearly = (shared >= NEAR_IDENTICAL * union) & same_figures
        beside = self._articles[one] == self._articles[other]
        near = worth_reading(weight, shared / np.maximum(longer, 1), beside)
        self._alike |= {head: Alike(set(), {}) for head in heads}
        found = (of.tolist() for of in (one, other, nearly, near, beside))
        for head, place, is_nearly, is_near, is_beside in zip(*found, strict=True):
            if is_nearly and self._written_figures(head) == self._written_figures(place):
                self._alike[head].nearly_identical.add(place)
            elif is_near or is_nearly:
                self._alike[head].near[place] = is_beside

    def _written_figures(self, candidate: int) -> frozenset[int | None]:
        """The terms of a candidate that are figures in letters, "nine" and "May"."""
        own = self._coded[slice(*self._stretch[candidate : candidate + 2])] >> 1
        return self._said.numbers(figure_terms()) & frozenset(own.tolist())

    def _common(self, heads: Ints) -> tuple[Ints, Floats]:
        """The coded terms of some candidates, ascending, and who has them: (C, terms)."""
        stretches = (slice(*self._stretch[head : head + 2]) for head in heads.tolist())
        coded = np.unique(np.concatenate([self._coded[stretch] for stretch in stretches]))
        columns = np.searchsorted(coded, self._coded)
        columns = np.minimum(columns, max(len(coded) - 1, 0))
        held = np.flatnonzero(coded[columns] == self._coded) if len(coded) else columns
        common = np.zeros((self._size, len(coded)))
        common[self._rows[held], columns[held]] = 1
        return coded, common

    def _weights(self, terms: Ints) -> Floats:
        held = self._index.frequencies(terms, self._said)
        idf = (_idf(n, self._index.sentences) for n in held.tolist())
        return np.fromiter(idf, dtype=np.float64, count=len(held))

    def content(self, candidate: int, stops: frozenset[str], *, after: int = 0) -> tuple[int, ...]:
        """The numbers of a candidate's terms, in order, repeats and stop words dropped.

        Args:
            candidate: Its place among the candidates.
            stops: Terms that do not count.
            after: How many words to pass over; a hyphenated word stands in its parts.
        """
        own = slice(*self._words[candidate : candidate + 2])
        terms = self._said.terms[own][~self._said.wholes[own]].tolist()[after:]
        without = self._said.numbers(stops)
        return tuple(dict.fromkeys(term for term in terms if term not in without))

    def told(self, terms: Iterable[int]) -> dict[int, tuple[str, float]]:
        """Each of these terms by its number, with its idf; others may be there, too."""
        new = [term for term in terms if term not in self._told]
        held = self._index.frequencies(np.array(new, dtype=np.int64), self._said)
        idf = (_idf(n, self._index.sentences) for n in held.tolist())
        spelled = (self._said.vocabulary[term] for term in new)
        self._told |= zip(new, zip(spelled, idf, strict=True), strict=True)
        return self._told


def _once(said: SentenceTerms) -> tuple[Ints, Ints]:
    """The rows of words and their coded terms, each term once a row, in order.

    A term is coded as twice its number, and one more if it has a digit.
    """
    keys = said.rows << 33 | said.terms.astype(np.int64) << 1 | said.figures
    keys.sort()
    keys = keys[np.append(np.diff(keys >> 1) > 0, True)[: len(keys)]]
    return keys >> 33, keys & 0x1FFFFFFFF


def _figures(coded: Ints) -> Marks:
    return (coded & 1).astype(bool)


def _starts(rows: Ints, size: int) -> list[int]:
    """Where each of so many rows begins, and at last where all end."""
    starts: list[int] = np.searchsorted(rows, np.arange(size + 1)).tolist()
    return starts
