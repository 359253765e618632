"""How much a term weighs: rank-bm25's inverse document frequency, from document frequencies."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from retrieval.errors import IndexDamaged
from retrieval.postings import Ints


def idf(held: int, size: int) -> float:
    """`ln((N - n + ½) / (n + ½))`, as rank-bm25 computes it, before its floor.

    Raises:
        LibraryDamaged: More documents hold the term than there are.
    """
    if not 0 <= held <= size:
        raise IndexDamaged(
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
    return mean_idf(tally_of(held), size)


def tally_of(held: Ints) -> dict[int, int]:
    """How many terms stand in so many documents each, those that stand nowhere left out."""
    frequencies, terms = np.unique(held[held > 0], return_counts=True)
    return dict(zip(frequencies.tolist(), terms.tolist(), strict=True))


def mean_idf(tally: Mapping[int, int], size: int) -> float:
    """The mean idf of the terms of `size` documents; 0 of none.

    Args:
        tally: How many terms stand in so many documents each.
        size: How many documents there are.

    Raises:
        LibraryDamaged: More documents hold a term than there are.
    """
    if not tally:
        return 0.0
    for held in (min(tally), max(tally)):
        idf(held, size)  # raises where it cannot be
    log, above = math.log, size + 0.5  # thousands of them at each change: see `idf`
    total = math.fsum(
        (log(above - held) - log(held + 0.5)) * count for held, count in tally.items()
    )
    return total / sum(tally.values())
