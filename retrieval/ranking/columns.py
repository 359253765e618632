"""Which words of a question some numbered words of a text are: a few numbers sought among many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.ranking.weighing import Weighted
from retrieval.search.arrays import Ints
from retrieval.search.codec.strings import Array
from retrieval.search.reader import Part

Marks = NDArray[np.bool_]


class Hits(NamedTuple):
    """Where some of a few numbers stand among many; both have the shape (hits,).

    Attributes:
        places: Where, ascending.
        which: Which of the few it is.
    """

    places: Ints
    which: Ints


class Finder:
    """Finds a few numbers among many by their low bits, which differ."""

    def __init__(self, numbers: Sequence[int]) -> None:
        """Take the few, each once."""
        self.numbers: Array = np.array(numbers, dtype=np.int64)
        self._mask = 0xFFF
        while len({number & self._mask for number in numbers}) < len(numbers):
            self._mask = self._mask << 1 | 1
        low = self.numbers & self._mask
        self._any = np.zeros(self._mask + 1, dtype=bool)
        self._any[low] = True
        self._which = np.zeros(self._mask + 1, dtype=np.int64)
        self._which[low] = np.arange(len(numbers))

    def among(self, many: Array) -> Hits:
        """Where the few stand among `many`."""
        low = many & self._mask
        places = np.flatnonzero(self._any.take(low))
        which = self._which.take(low.take(places))
        right = self.numbers.take(which) == many.take(places)
        return Hits(places, which) if right.all() else Hits(places[right], which[right])


def table(hits: Hits, rows: Ints, shape: tuple[int, int]) -> Array:
    """A table with 1 where a row has one of the few, else 0.

    Args:
        hits: What was found.
        rows: The row of each of the many.
        shape: How many rows there are, and how many of the few.
    """
    found = np.zeros(shape, dtype=np.float32)  # small counts, exact, and quick to multiply
    found[rows.take(hits.places), hits.which] = 1
    return found


def places(size: int, pairs: Iterable[tuple[int, int]], words: int) -> Array:
    """Shape (size, words): 1 where one of the few stands for a word."""
    made = np.zeros((size, words), dtype=np.float32)
    for one, word in pairs:
        made[one, word] = 1
    return made


class Columns:
    """The terms that matter to a question, numbered from 0, and the words that each stands for.

    Attributes:
        size: How many there are.
        joint: The words with names of several words, and the columns of each name's terms.
    """

    def __init__(self, asked: Weighted, part: Part) -> None:
        """Number the terms that the part knows."""
        kinds = (asked.exact, asked.derived, asked.synonyms)
        names = {name for kind in kinds for terms in kind for name in terms}
        names.update(term for every in asked.joint for terms in every for term in terms)
        numbered = [(part.number(name), name) for name in names]
        known = sorted((number, name) for number, name in numbered if number is not None)
        place = {name: n for n, (_, name) in enumerate(known)}
        self.size = len(known)
        self._form_terms = part.corpus.form_terms
        self._finder = Finder([number for number, _ in known])
        self._maps = [places(len(known), _pairs(kind, place), len(asked.weights)) for kind in kinds]
        self._word_of = np.full(len(known) + 1, -1)  # the last for no column, -1
        for column, word in reversed(list(_pairs(asked.exact, place))):
            self._word_of[column] = word
        self.joint = [
            (word, [place[term] for term in sorted(terms)])
            for word, every in enumerate(asked.joint)
            for terms in every
            if terms <= place.keys()
        ]

    def find(self, forms: Array) -> Hits:
        """Where the terms stand among forms."""
        return self._finder.among(self._form_terms.take(forms))

    def exact(self, found: Array) -> Marks:
        """Shape (rows, words): which rows have a word, by a table of columns."""
        marks: Marks = found @ self._maps[0] > 0
        for word, together in self.joint:
            marks[:, word] |= np.all(found[:, together], axis=1)
        return marks

    def derived(self, found: Array) -> Marks:
        """Shape (rows, words): which rows have a word of its family."""
        marks: Marks = found @ self._maps[1] > 0
        return marks

    def synonyms(self, found: Array) -> Marks:
        """Shape (rows, words): which rows have a word of its meaning."""
        marks: Marks = found @ self._maps[2] > 0
        return marks

    def asked(self, columns: Ints, rows: Ints, size: int) -> Ints:
        """Which word of the question each word of some rows is, or -1.

        Args:
            columns: Each one's column, or -1.
            rows: The row that each stands in.
            size: How many rows there are.
        """
        asked: Ints = self._word_of.take(columns)
        for word, together in self.joint:
            hit = np.flatnonzero(columns >= 0)
            found = table(Hits(hit, columns[hit]), rows, (size, self.size))
            named = found[:, together].all(axis=1).take(rows)
            asked[(asked < 0) & named & np.isin(columns, together)] = word
        return asked


def _pairs(kind: Sequence[Iterable[str]], place: dict[str, int]) -> Iterable[tuple[int, int]]:
    return ((place[t], word) for word, terms in enumerate(kind) for t in terms if t in place)
