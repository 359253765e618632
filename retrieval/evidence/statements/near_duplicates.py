"""How much some candidates have in common, by the terms that the index has of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from retrieval.evidence.statements.paraphrase import NEAR, worth_reading
from retrieval.ranking.weighing import smoothed_idf
from retrieval.search.arrays import Floats, Ints
from retrieval.search.backend import Backend, SentenceTerms

_idf = lru_cache(1 << 12)(smoothed_idf)  # most words are held by few sentences


class Table:
    """The terms of C candidates side by side."""

    def __init__(self, index: Backend, sentences: Sequence[int]) -> None:
        """Look up the terms of candidates, given by their sentences' numbers."""
        numbers = np.array(sentences, dtype=np.int64)
        self._index, self._size = index, len(numbers)
        self._said = index.terms_of(numbers)
        self._articles = index.article_of(numbers)
        self._words = _starts(self._said.rows, self._size)
        self._rows, self._terms = _once(self._said)
        self._stretch = _starts(self._rows, self._size)
        self._sizes = np.diff(self._stretch)
        self._near: dict[int, dict[int, bool]] = {}
        self._told: dict[int, tuple[str, float]] = {}

    def near(self, head: int) -> dict[int, bool]:
        """Which candidates behind the one at `head` have so much in common that they are read.

        For each, whether it stands in the same article.
        """
        if head not in self._near:
            self.compare([head])
        return self._near[head]

    def compare(self, heads: Sequence[int]) -> None:
        """Compare the candidates with several of them: sooner done at once than one by one."""
        rows = np.array(heads, dtype=np.int64)
        terms, common = self._common(rows)
        own, weights = common[rows], self._weights(terms)
        shared = own @ common.T  # whole numbers
        longer = np.maximum(self._sizes, self._sizes[rows][:, None])
        behind = np.arange(self._size) > rows[:, None]
        row, other = np.nonzero((shared >= NEAR * longer) & behind)
        one, both = rows[row], own[row] * common[other]
        # Rounded, so that what else was compared at once cannot tip it over a bound.
        weight = (both @ weights / np.maximum(own @ weights, 1e-9)[row]).round(9)
        share = shared[row, other] / np.maximum(longer[row, other], 1)
        beside = self._articles[one] == self._articles[other]
        near = worth_reading(weight, share, beside)
        self._near |= {head: {} for head in heads}
        found = (of[near].tolist() for of in (one, other, beside))
        for head, place, is_beside in zip(*found, strict=True):
            self._near[head][place] = is_beside

    def _common(self, heads: Ints) -> tuple[Ints, Floats]:
        """The terms of some candidates, ascending, and who has them: (C, terms)."""
        stretches = (slice(*self._stretch[head : head + 2]) for head in heads.tolist())
        terms = np.unique(np.concatenate([self._terms[stretch] for stretch in stretches]))
        columns = np.searchsorted(terms, self._terms)
        columns = np.minimum(columns, max(len(terms) - 1, 0))
        held = np.flatnonzero(terms[columns] == self._terms) if len(terms) else columns
        common = np.zeros((self._size, len(terms)))
        common[self._rows[held], columns[held]] = 1
        return terms, common

    def _weights(self, terms: Ints) -> Floats:
        held = self._said.vocabulary.frequencies(terms)
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
        terms = self._said.terms[own][~self._said.compounds[own]].tolist()[after:]
        without = self._said.vocabulary.numbers(stops)
        return tuple(dict.fromkeys(term for term in terms if term not in without))

    def told(self, terms: Iterable[int]) -> dict[int, tuple[str, float]]:
        """Each of these terms by its number, with its idf; others may be there, too."""
        new = [term for term in terms if term not in self._told]
        vocabulary = self._said.vocabulary
        held = vocabulary.frequencies(np.array(new, dtype=np.int64))
        idf = (_idf(n, self._index.sentences) for n in held.tolist())
        spelled = map(vocabulary.term, new)
        self._told |= zip(new, zip(spelled, idf, strict=True), strict=True)
        return self._told


def _once(said: SentenceTerms) -> tuple[Ints, Ints]:
    """The rows of words and the numbers of their terms, each term once a row, in order."""
    keys = said.rows << 32 | said.terms.astype(np.int64)
    keys.sort()  # sooner done than by `np.unique`
    keys = keys[np.append(np.diff(keys) > 0, True)[: len(keys)]]
    return keys >> 32, keys & 0xFFFFFFFF


def _starts(rows: Ints, size: int) -> list[int]:
    """Where each of so many rows begins, and at last where all end."""
    starts: list[int] = np.searchsorted(rows, np.arange(size + 1)).tolist()
    return starts
