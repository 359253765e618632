"""How much some candidates have in common, by the terms that the index has of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise, repeat
from math import fsum

import numpy as np

from retrieval.evidence.statements.paraphrase import NEAR, is_worth_reading
from retrieval.ranking.weighing import smoothed_idf
from retrieval.search.backend import Backend


class Table:
    """The terms of C candidates side by side."""

    def __init__(self, index: Backend, sentences: Sequence[int]) -> None:
        """Look up the terms of candidates, given by their sentences' numbers."""
        numbers = np.array(sentences, dtype=np.int64)
        self._index, self._said = index, index.terms_of(numbers)
        self._articles: list[int] = index.article_of(numbers).tolist()
        starts = np.searchsorted(self._said.rows, np.arange(len(numbers) + 1)).tolist()
        self._words = [slice(*stretch) for stretch in pairwise(starts)]
        terms = self._said.terms.tolist()
        self._terms = [frozenset(terms[words]) for words in self._words]
        self._told: dict[int, tuple[str, float]] = {}
        self._idf: dict[int, float] = {}

    def near(self, head: int, others: Iterable[int]) -> dict[int, bool]:
        """Which candidates have so much in common with the one at `head` that they are read.

        For each, whether it stands in the same article.
        """
        own, found = self._terms[head], {}
        least = max(NEAR * len(own), 1)
        for other in others:  # most have next to nothing in common
            terms = self._terms[other]
            common = own & terms
            if len(common) < least or len(common) < NEAR * len(terms):
                continue
            beside = self._articles[head] == self._articles[other]
            share = len(common) / max(len(own), len(terms))
            if is_worth_reading(self._share(own, common), share, same_article=beside):
                found[other] = beside
        return found

    def _share(self, terms: frozenset[int], common: Iterable[int]) -> float:
        """The share of some terms that others are, by weight."""
        if not self._idf.keys() >= terms:
            self._idf |= self._weights(terms)
        weigh = self._idf.__getitem__
        # Rounded, so that the order in which terms are added up cannot tip it over a bound.
        return round(fsum(map(weigh, common)) / fsum(map(weigh, terms)), 9)

    def _weights(self, terms: Iterable[int]) -> dict[int, float]:
        numbers = list(terms)
        held = self._said.vocabulary.frequencies(np.array(numbers, dtype=np.int64)).tolist()
        return dict(
            zip(numbers, map(smoothed_idf, held, repeat(self._index.sentences)), strict=True)
        )

    def content(self, candidate: int, stops: frozenset[str], *, after: int = 0) -> tuple[int, ...]:
        """The numbers of a candidate's terms, in order, repeats and stop words dropped.

        Args:
            candidate: Its place among the candidates.
            stops: Terms that do not count.
            after: How many words to pass over; a hyphenated word stands in its parts.
        """
        own = self._words[candidate]
        terms = self._said.terms[own][~self._said.compounds[own]].tolist()[after:]
        without = self._said.vocabulary.numbers(stops)
        return tuple(dict.fromkeys(term for term in terms if term not in without))

    def told(self, terms: Iterable[int]) -> dict[int, tuple[str, float]]:
        """Each of these terms by its number, with its idf; others may be there, too."""
        new = [term for term in terms if term not in self._told]
        spell = self._said.vocabulary.term
        self._told |= {term: (spell(term), idf) for term, idf in self._weights(new).items()}
        return self._told
