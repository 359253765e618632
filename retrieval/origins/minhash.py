"""A text's MinHash signature: two texts' signatures tell how many word sequences they share.

A text is the set of its shingles, runs of four words. Each of 128 hash functions keeps the least
value that it gives to a shingle of the set; the chance that two sets have the same least value is
their Jaccard similarity. The functions are fixed numbers, so that a signature that was stored years
ago can still be compared.
"""

from __future__ import annotations

import re
import zlib
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.text.terms import fold

SHINGLE = 4
FUNCTIONS = 128
_BLOCK = 4096  # shingles hashed in one go
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_STORED = np.dtype("<u4")


class Sketch(NamedTuple):
    """What is kept of a text; small, and the same on every machine.

    Attributes:
        size: How many different shingles the text has.
        values: The least values as little-endian 32-bit numbers; empty where there is no shingle.
    """

    size: int
    values: bytes

    def jaccard(self, other: Sketch) -> float:
        """The share of their shingles that both texts have, give or take 0.04."""
        if not (self.size and other.size):
            return 0.0
        return float(np.mean(_decode(self.values) == _decode(other.values)))

    def containment(self, other: Sketch) -> float:
        """The share of the shorter text's shingles that the longer one has, from 0 to 1."""
        similarity = self.jaccard(other)
        common = similarity / (1 + similarity) * (self.size + other.size)
        return min(1.0, common / max(1, min(self.size, other.size)))


def sketch(text: str) -> Sketch:
    """Read a text; letters' case, accents and punctuation do not count."""
    words = np.array([_word(word) for word in _WORD.findall(text)], dtype=np.uint64)
    shingles = np.unique(_shingles(words))
    if not len(shingles):
        return Sketch(0, b"")
    factors, offsets = _functions()
    least = np.full(FUNCTIONS, np.iinfo(np.uint32).max, dtype=np.uint32)
    for start in range(0, len(shingles), _BLOCK):
        block = shingles[start : start + _BLOCK]
        values = (factors[:, None] * block + offsets[:, None]) >> np.uint64(32)
        np.minimum(least, values.min(axis=1).astype(np.uint32), out=least)
    return Sketch(len(shingles), least.astype(_STORED).tobytes())


@lru_cache(maxsize=1 << 16)
def _word(word: str) -> int:
    return zlib.crc32(fold(word).encode())


def _shingles(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Each run of words as one number, mixed so that all its bits depend on all words."""
    count = max(0, len(words) - SHINGLE + 1)
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(SHINGLE):
        mixed = _mix(mixed + words[place : place + count])
    return mixed


def _mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finaliser of SplitMix64, on numbers that wrap round at 64 bits."""
    values = values + np.uint64(0x9E3779B97F4A7C15)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


@cache
def _functions() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The hash functions: odd factors, and offsets."""
    numbers = _mix(np.arange(2 * FUNCTIONS, dtype=np.uint64) << np.uint64(32))
    return numbers[:FUNCTIONS] | np.uint64(1), numbers[FUNCTIONS:]


def _decode(values: bytes) -> NDArray[np.uint32]:
    return np.frombuffer(values, dtype=_STORED)
