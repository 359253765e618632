"""Words in any order → words by ranges of terms, on the disk: each is moved once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from typing import Self

import numpy as np
from numpy.typing import NDArray

from retrieval.search.arrays import Ints
from retrieval.search.writing.layout import Tokens

Pairs = NDArray[np.int64]

RANGE = 1 << 18  # words in a range, unless one term alone has more
PAIR = 8  # bytes of a word on the disk: its slot and its term, u32 each, and so ordered by term
_SLOT = 32  # bits


def ranges(counts: Ints) -> Iterator[tuple[int, int]]:
    """Cut the terms into ranges of about `RANGE` words.

    Args:
        counts: Shape (terms,): how many words are each term.
    """
    ends = np.cumsum(counts)
    first = 0
    while first < len(counts):
        before = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, before + RANGE, side="right")))
        yield first, last
        first = last


class Divided:
    """The words of a segment, divided by ranges of terms.

    Attributes:
        ranges: The first term of each range, and the one after its last.
        total: How many words there are.
    """

    def __init__(self, words: Iterable[Tokens], counts: Ints) -> None:
        """Divide words.

        Args:
            words: All of them, in pieces.
            counts: Shape (terms,): how many are each term.
        """
        self.ranges = list(ranges(counts))
        self.total = int(counts.sum())
        sizes = (counts[a:b].sum() for a, b in self.ranges)
        self._starts = np.append(0, np.cumsum(np.fromiter(sizes, dtype=np.int64)))
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        try:
            self._divide(words)
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Give the disk back."""
        self._file.close()

    def words(self, number: int) -> Pairs:
        """The words of a range: the term of each above its slot, 32 bits each."""
        first, last = self._starts[number : number + 2].tolist()
        self._file.seek(first * PAIR)
        return np.frombuffer(self._file.read((last - first) * PAIR), dtype=np.int64)

    def _divide(self, words: Iterable[Tokens]) -> None:
        range_of = np.repeat(
            np.arange(len(self.ranges), dtype=np.uint16), [b - a for a, b in self.ranges]
        )
        cursor = self._starts[:-1].copy()
        for piece in words:
            pairs, sizes = _sorted(piece, range_of, len(self.ranges))
            ends = np.cumsum(sizes)
            for number in np.flatnonzero(sizes).tolist():
                part = pairs[ends[number] - sizes[number] : ends[number]]
                self._file.seek(int(cursor[number]) * PAIR)
                self._file.write(part.data)
            cursor += sizes


def _sorted(piece: Tokens, range_of: NDArray[np.uint16], ranges: int) -> tuple[Pairs, Ints]:
    """Words by ranges, and how many are in each."""
    of = range_of[piece.term]
    order = np.argsort(of, kind="stable")  # of 16 bits: a radix sort
    both = piece.term.astype(np.int64) << _SLOT | piece.slot.astype(np.int64)
    return both[order], np.bincount(of, minlength=ranges)
