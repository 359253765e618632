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
        self._forms_of, self._form_place = asked.forms, _places(self.forms)
        place, words = _places(self.terms), len(asked.weights)
        self._maps = [_map(_pairs(kind, place), len(self.terms), words) for kind in kinds]
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
        marks: Marks = found @ self._maps[0] > 0
        for word, together in self.joint:
            marks[:, word] |= np.all(found[:, together], axis=1)
        return marks

    def derived(self, found: Floats32) -> Marks:
        """Shape (rows, words): which rows have a word of its family."""
        marks: Marks = found @ self._maps[1] > 0
        return marks

    def synonyms(self, found: Floats32) -> Marks:
        """Shape (rows, words): which rows have a word of its meaning."""
        marks: Marks = found @ self._maps[2] > 0
        return marks

    def unstemmed(self, found: Floats32) -> Marks:
        """Shape (rows, words): which rows have a word as it was written, by a table of forms."""
        marks = np.zeros((len(found), len(self._forms_of)), dtype=bool)
        for word, names in enumerate(self._forms_of):
            for name in names:
                marks[:, word] |= found[:, [self._form_place[form] for form in name]].all(axis=1)
        return marks

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
