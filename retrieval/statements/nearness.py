"""How much some candidates have in common, by the terms that the index has of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.index import Index
from retrieval.postings import Floats, Ints
from retrieval.ranking.weighing import smoothed_idf
from retrieval.statements.sameness import worth_reading

Marks = NDArray[np.bool_]

NEAR_IDENTICAL = 0.8  # Jaccard similarity of the terms of two sentences


class Alike(NamedTuple):
    """How alike C candidates are to one of them, by their terms; all arrays have the shape (C,).

    Attributes:
        nearly_identical: Nearly the same terms and exactly the same figures.
        worth_reading: So much in common that both may say the same in other words.
        same_article: Stands in its article.
    """

    nearly_identical: Marks
    worth_reading: Marks
    same_article: Marks


class Table:
    """The terms of C candidates side by side, T in all."""

    def __init__(self, index: Index, sentences: Sequence[int]) -> None:
        """Look up the terms of candidates, given by their sentences' numbers."""
        numbers = np.array(sentences, dtype=np.int64)
        self._index = index
        self._said = index.words_of(numbers)
        self._present = np.zeros((len(numbers), len(self._said.figures)), dtype=bool)
        self._present[self._said.rows, self._said.columns] = True
        self._articles = index.article_of(numbers)
        self._sizes = self._present.sum(axis=1)
        self._numbers = self._present[:, self._said.figures].sum(axis=1)
        self._alike: dict[int, Alike] = {}
        self._words: list[list[Any]] | None = None

    def alike(self, head: int) -> Alike:
        """How alike every candidate is to the one at `head`."""
        if head not in self._alike:
            self.compare([head])
        return self._alike[head]

    def near(self, head: int) -> list[int]:
        """The candidates behind the one at `head` that only reading tells apart from it."""
        alike = self.alike(head)
        open_ = alike.worth_reading & ~alike.nearly_identical
        return [n for n in np.flatnonzero(open_).tolist() if n > head]

    def compare(self, heads: Sequence[int]) -> None:
        """Compare every candidate with each of some: sooner done at once than one by one."""
        rows = np.array(heads, dtype=np.int64)
        columns = np.flatnonzero(self._present[rows].any(axis=0))
        common = self._present[:, columns].astype(np.float64)
        own, figures = common[rows], self._said.figures[columns]
        weights = self._weights(columns)
        shared = own @ common.T  # whole numbers, as all of these but the weights
        numbers = own[:, figures] @ common[:, figures].T
        sizes = self._sizes[rows][:, None]
        weight = own * weights @ common.T / np.maximum((own * weights).sum(axis=1), 1e-9)[:, None]
        share = shared / np.maximum(np.maximum(self._sizes, sizes), 1)
        same_figures = (numbers == self._numbers[rows][:, None]) & (numbers == self._numbers)
        nearly = (shared >= NEAR_IDENTICAL * (self._sizes + sizes - shared)) & same_figures
        same_article = self._articles == self._articles[rows][:, None]
        worth = worth_reading(weight, share, same_article)
        self._alike |= zip(heads, map(Alike, nearly, worth, same_article), strict=True)

    def _weights(self, columns: Ints) -> Floats:
        held = self._index.frequencies(self._said.names[columns], self._said.home)
        return np.array([smoothed_idf(n, self._index.sentences) for n in held.tolist()])

    def content(self, candidate: int, stops: frozenset[str]) -> tuple[Any, ...]:
        """What a candidate's terms are called here, in order, repeats and stop words dropped.

        A hyphenated word stands in its parts.
        """
        names, without = self._named(candidate), self._known_as(stops)
        return tuple(dict.fromkeys(name for name in names if name not in without))

    def _named(self, candidate: int) -> list[Any]:
        if self._words is None:
            kept = ~self._said.wholes
            rows, names = self._said.rows[kept], self._said.names[self._said.columns[kept]]
            order = np.argsort(rows, kind="stable")
            ends = np.cumsum(np.bincount(rows, minlength=len(self._sizes)))
            self._words = [part.tolist() for part in np.split(names[order], ends[:-1])]
        return self._words[candidate]

    def _known_as(self, terms: frozenset[str]) -> Collection[Any]:
        return terms if self._said.home is None else self._said.home.numbers(terms)

    def told(self, names: Iterable[Any]) -> dict[Any, tuple[str, float]]:
        """The term of each of these names, and its idf."""
        home, size, names = self._said.home, self._index.sentences, list(names)
        held = self._index.frequencies(np.array(names, dtype=self._said.names.dtype), home)
        terms = names if home is None else [home.corpus.vocabulary[n] for n in names]
        idf = (smoothed_idf(n, size) for n in held.tolist())
        return dict(zip(names, zip(terms, idf, strict=True), strict=True))
