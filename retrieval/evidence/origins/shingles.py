"""A text as the set of its shingles, runs of four words: how much of it another text has.

Broder: On the resemblance and containment of documents, 1997. A shingle is kept as a number of 64
bits; that two different ones of two articles share a number is next to impossible.
"""

from __future__ import annotations

import re
import zlib
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.text.terms import fold

SHINGLE = 4  # words
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

Numbers = NDArray[np.uint64]


class Overlap(NamedTuple):
    """What two texts share.

    Attributes:
        resemblance: The share of their shingles that both have, from 0 to 1: Jaccard's index.
        containment: The share of the shorter one's shingles that the longer one has, from 0 to 1.
    """

    resemblance: float
    containment: float


def shingles(text: str) -> Numbers:
    """The shingles of a text, each once, ascending; case, accents and punctuation do not count."""
    words = np.array([_word(word) for word in _WORD.findall(text)], dtype=np.uint64)
    count = max(0, len(words) - SHINGLE + 1)
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(SHINGLE):
        mixed = _mix(mixed + words[place : place + count])
    return np.unique(mixed)


def overlap(one: Numbers, other: Numbers) -> Overlap:
    """What two texts share, by their `shingles`; nothing where one has none."""
    if not (len(one) and len(other)):
        return Overlap(0.0, 0.0)
    common = len(np.intersect1d(one, other, assume_unique=True))
    return Overlap(common / (len(one) + len(other) - common), common / min(len(one), len(other)))


@lru_cache(maxsize=1 << 16)
def _word(word: str) -> int:
    return zlib.crc32(fold(word).encode())


def _mix(values: Numbers) -> Numbers:
    """The finaliser of SplitMix64, on numbers that wrap round at 64 bits."""
    values = values + np.uint64(0x9E3779B97F4A7C15)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
