"""The terms that matter to a question, numbered from 0, and the words of it that they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from retrieval.ranking.weighing import Weighted
from retrieval.search.arrays import Floats32, Ints, Marks
from retrieval.search.backend import Hits


def table(hits: Hits, rows: Ints, shape: tuple[int, int]) -> Floats32:
    """A table with 1 where a row has one of the wanted things, else 0.

    Args:
        hits: What was found.
        rows: Shape (hits,): the row that each stands in.
        shape: How many rows there are, and how many things.
    """
    found = np.zeros(shape, dtype=np.float32)  # small counts, exact, and quick to multiply
    found[rows, hits.which] = 1
    return found


class Columns:
    """The columns of a question, one a term.

    Attributes:
        terms: The term of each.
        forms: The folded words in which its words were written, each once.
        joint: The words with names of several words, and the columns of each name's terms.
    """

    def __init__(self, asked: Weighted) -> None:
        """Number the terms and the forms."""
        kinds = (asked.exact, asked.derived, asked.synonyms)
        names = {name for kind in kinds for terms in kind for name in terms}
        names.update(term for every in asked.joint for terms in every for term in terms)
        self.terms = tuple(sorted(names))
        self.forms = tuple(
            dict.fromkeys(form for names in asked.forms for name in names for form in sorted(name))
        )
        place, form_place, words = _places(self.terms), _places(self.forms), len(asked.weights)
        self._maps = [_map(_pairs(kind, place), len(self.terms), words) for kind in kinds]
        named = [
            (word, [form_place[form] for form in name])
            for word, names in enumerate(asked.forms)
            for name in names
        ]
        single = ((one[0], word) for word, one in named if len(one) == 1)
        self._written = _map(single, len(self.forms), words)
        self._written_together = [(word, forms) for word, forms in named if len(forms) != 1]
        self._word_of = np.full(len(self.terms) + 1, -1)  # the last for no column, -1
        for column, word in reversed(list(_pairs(asked.exact, place))):
            self._word_of[column] = word
        self.joint = [
            (word, [place[term] for term in sorted(terms)])
            for word, every in enumerate(asked.joint)
            for terms in every
        ]

    def exact(self, found: Floats32) -> Marks:
        """Shape (rows, words): which rows have a word, by a table of columns."""
        return _standing(found, self._maps[0], self.joint)

    def derived(self, found: Floats32) -> Marks:
        """Shape (rows, words): which rows have a word of its family."""
        return _standing(found, self._maps[1])

    def synonyms(self, found: Floats32) -> Marks:
        """Shape (rows, words): which rows have a word of its meaning."""
        return _standing(found, self._maps[2])

    def unstemmed(self, found: Floats32) -> Marks:
        """Shape (rows, words): which rows have a word as it was written, by a table of forms."""
        return _standing(found, self._written, self._written_together)

    def asked(self, columns: Ints, rows: Ints, size: int) -> Ints:
        """Which word of the question each token of some rows is, or -1.

        Args:
            columns: Each one's column, or -1.
            rows: The row that each stands in.
            size: How many rows there are.
        """
        asked: Ints = self._word_of.take(columns)
        for word, together in self.joint:
            places = np.flatnonzero(columns >= 0)
            hits = Hits(places, columns[places])
            found = table(hits, rows[places], (size, len(self.terms)))
            named = found[:, together].all(axis=1).take(rows)
            asked[(asked < 0) & named & np.isin(columns, together)] = word
        return asked


def _standing(
    found: Floats32, single: Floats32, joint: Iterable[tuple[int, list[int]]] = ()
) -> Marks:
    """Shape (rows, words): which rows have one of a word's columns, or all of a joint name's."""
    marks: Marks = found @ single > 0
    for word, together in joint:
        marks[:, word] |= found[:, together].all(axis=1)
    return marks


def _places(names: Iterable[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}


def _pairs(kind: Sequence[Iterable[str]], place: dict[str, int]) -> Iterable[tuple[int, int]]:
    return ((place[term], word) for word, terms in enumerate(kind) for term in terms)


def _map(pairs: Iterable[tuple[int, int]], size: int, words: int) -> Floats32:
    """Shape (size, words): 1 where a column stands for a word."""
    made = np.zeros((size, words), dtype=np.float32)
    for column, word in pairs:
        made[column, word] = 1
    return made
