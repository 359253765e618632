"""Flat arrays of numbers, and the ranges in them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Floats32 = NDArray[np.float32]
Marks = NDArray[np.bool_]


def ranges(starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Every number of each half-open range, one range after the other, and the range it is in."""
    lengths = np.maximum(ends - starts, 0)
    rows = np.repeat(np.arange(len(starts)), lengths)
    before = np.cumsum(lengths) - lengths
    return np.arange(len(rows)) - before[rows] + starts[rows], rows


def search(ascending: NDArray[np.integer[Any]], wanted: NDArray[np.integer[Any]]) -> Ints:
    """In which stretch each number lies, where `ascending` tells how each stretch begins.

    numpy would copy all of `ascending` to make its kind that of `wanted`.
    """
    places: Ints = np.searchsorted(ascending, wanted.astype(ascending.dtype), side="right") - 1
    return places
