"""How much some candidates have in common, by the terms that the index has of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import repeat

import numpy as np

from retrieval.evidence.statements.paraphrase import are_worth_reading
from retrieval.ranking.weighing import smoothed_idf
from retrieval.search.arrays import Floats, Ints
from retrieval.search.backend import Backend

_LEAST = 1e-9  # weight of terms, where there are none


class Table:
    """The terms of C candidates side by side."""

    def __init__(self, index: Backend, sentences: Sequence[int]) -> None:
        """Look up the terms of candidates, given by their sentences' numbers."""
        numbers = np.array(sentences, dtype=np.int64)
        self._index, self._said = index, index.terms_of(numbers)
        self._articles = index.article_of(numbers)
        self._words = _starts(self._said.rows, len(numbers))
        self._rows, self._terms = _once(self._said.rows, self._said.terms.astype(np.int64))
        self._stretch = _starts(self._rows, len(numbers))
        self._near: dict[int, dict[int, bool]] = {}
        self._told: dict[int, tuple[str, float]] = {}

    def near(self, head: int, others: Iterable[int]) -> dict[int, bool]:
        """Which candidates have so much in common with the one at `head` that they are read.

        For each, whether it stands in the same article.
        """
        if head not in self._near:
            self.compare([head])
        near = self._near[head]
        return {other: near[other] for other in others if other in near}

    def compare(self, heads: Sequence[int]) -> None:
        """Compare several candidates with all: sooner done at once than one by one."""
        if not heads:
            return
        rows = np.array(heads, dtype=np.int64)
        terms, held = self._held(heads)
        weights = np.array(self._weights(terms))
        own, sizes = held[rows], np.diff(self._stretch)
        longer = np.maximum(np.maximum(sizes, sizes[rows][:, None]), 1)
        beside = self._articles == self._articles[rows][:, None]
        heavy = own * weights
        # Rounded, so that what else was compared at once cannot tip it over a bound.
        weight = (heavy @ held.T / np.maximum(heavy.sum(axis=1), _LEAST)[:, None]).round(9)
        near = np.nonzero(are_worth_reading(weight, own @ held.T / longer, beside))
        self._near |= {head: {} for head in heads}
        places = (of.tolist() for of in (*near, beside[near]))
        for row, other, is_beside in zip(*places, strict=True):
            self._near[heads[row]][other] = is_beside

    def _held(self, heads: Sequence[int]) -> tuple[Ints, Floats]:
        """The terms of some candidates, and which of all have them: shape (C, terms), 0 or 1."""
        own = [self._terms[slice(*self._stretch[n : n + 2])] for n in heads]
        terms = np.sort(np.concatenate(own))
        terms = terms[np.append(terms[1:] != terms[:-1], True)[: len(terms)]]
        held = np.zeros((len(self._articles), len(terms)))
        if len(terms):
            columns = terms.searchsorted(self._terms)
            columns[columns == len(terms)] = 0
            there = (terms[columns] == self._terms).nonzero()[0]
            held[self._rows[there], columns[there]] = 1
        return terms, held

    def _weights(self, terms: Ints) -> list[float]:
        """The idf of each of some terms."""
        held = self._said.vocabulary.frequencies(terms).tolist()
        return list(map(smoothed_idf, held, repeat(self._index.sentences)))

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
        spelled = map(self._said.vocabulary.term, new)
        weights = self._weights(np.array(new, dtype=np.int64))
        self._told |= zip(new, zip(spelled, weights, strict=True), strict=True)
        return self._told


def _once(rows: Ints, terms: Ints) -> tuple[Ints, Ints]:
    """The rows of words and their terms, each term once a row, in order."""
    keys = rows << 32 | terms
    keys.sort()
    keys = keys[np.append(keys[1:] != keys[:-1], True)[: len(keys)]]
    return keys >> 32, keys & 0xFFFFFFFF


def _starts(rows: Ints, size: int) -> list[int]:
    """Where each of so many rows begins, and at last where all end."""
    starts: list[int] = np.searchsorted(rows, np.arange(size + 1)).tolist()
    return starts
