"""A question's candidates side by side: where each of its words stands, in arrays for the features.

All that a feature needs is here as values: the words of the candidates and of what stands around
them, never the index itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from retrieval.question.asking import Kind
from retrieval.ranking.columns import Marks
from retrieval.ranking.looks import Look, Words
from retrieval.ranking.matching import look
from retrieval.ranking.weighing import Weighted
from retrieval.search import Index
from retrieval.search.arrays import Floats, Ints
from retrieval.search.scores import Scores

Values = TypeVar("Values")


@dataclass(frozen=True)
class Batch:
    """The candidates of a question: C of them, W words asked.

    Attributes:
        kind: What the question asks for.
        weights: Shape (W,): the share of each word in the question, together 1.
        seen: What was seen of them.
        scores: BM25 of the candidates at each level.
    """

    kind: Kind
    weights: Floats
    seen: Look
    scores: Scores
    _known: dict[Any, Any] = field(default_factory=dict, repr=False)

    @property
    def size(self) -> int:
        """How many candidates there are."""
        return len(self.seen.opening)

    def weighed(self, values: Marks | Floats) -> Floats:
        """Shape (C,): each candidate's `values`, shape (C, W), weighed and added up word by word.

        A product of matrices adds in an order that depends on the processor and on the row's
        place; an answer must not.
        """
        by_word = np.multiply(values.T, self.weights[:, None], order="C")
        shares: Floats = np.add.reduce(by_word, axis=0)
        return shares

    def once(self, reckon: Callable[[Batch], Values]) -> Values:
        """What a function gives for this batch; several features ask for the same."""
        if reckon not in self._known:
            self._known[reckon] = reckon(self)
        values: Values = self._known[reckon]
        return values


def lay_out(asked: Weighted, kind: Kind, index: Index, scores: Scores) -> Batch:
    """Look at the candidates of `scores` once for every feature."""
    looks = [(stretch.rows, look(asked, stretch)) for stretch in index.stretches(scores.sentences)]
    return Batch(
        kind=kind,
        weights=np.array(asked.weights, dtype=np.float64) / asked.total,
        seen=_together(looks, len(scores.sentences)),
        scores=scores,
    )


def _together(looks: list[tuple[Ints, Look]], size: int) -> Look:
    """What was seen of the candidates in each part, in the order of the candidates."""
    if len(looks) == 1:
        return looks[0][1]
    found = [_at(*one) for one in looks]
    words = Words._make(map(np.concatenate, zip(*found, strict=True)))
    order = np.argsort(words.row, kind="stable")

    def merged(values: Sequence[NDArray[Any]]) -> NDArray[Any]:
        whole = np.zeros((size, *values[0].shape[1:]), dtype=values[0].dtype)
        for (rows, _), part in zip(looks, values, strict=True):
            whole[rows] = part
        return whole

    fields = {
        name: merged([getattr(seen, name) for _, seen in looks])
        for name in Look._fields
        if name != "words"
    }
    return Look(words=Words._make(values[order] for values in words), **fields)


def _at(rows: Ints, seen: Look) -> Words:
    return seen.words._replace(row=rows[seen.words.row])
