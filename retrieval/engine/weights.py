"""How much a term weighs: rank-bm25's inverse document frequency, from document frequencies."""

from __future__ import annotations

import math

import numpy as np

from retrieval.errors import LibraryDamaged
from retrieval.postings import Ints


def idf(held: int, size: int) -> float:
    """`ln((N - n + ½) / (n + ½))`, as rank-bm25 computes it, before its floor.

    Raises:
        LibraryDamaged: More documents hold the term than there are.
    """
    if not 0 <= held <= size:
        raise LibraryDamaged(
            f"the index is damaged (a term stands in {held} of {size} documents); "
            "delete it, it is made again"
        )
    return math.log(size - held + 0.5) - math.log(held + 0.5)


def floored_idf(held: int, size: int, floor: float) -> float:
    """`idf`, or `floor` where that is negative."""
    weight = idf(held, size)
    return floor if weight < 0 else weight


def average_idf(held: Ints, size: int) -> float:
    """The mean idf of all terms that stand somewhere, the same in whatever order they come."""
    distinct, counts = np.unique(held[held > 0], return_counts=True)
    if not len(distinct):
        return 0.0
    pairs = zip(distinct.tolist(), counts.tolist(), strict=True)
    return math.fsum(idf(n, size) * count for n, count in pairs) / int(counts.sum())
