"""Many short texts packed into one stretch of bytes: read one by one, found by bisection."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, Self, overload

import numpy as np
from numpy.typing import NDArray

HEAD = 8  # bytes of a text that are compared as one number
_NATIVE = sys.byteorder == "little"

Array = NDArray[Any]


class Texts(Sequence[str]):
    """Texts in UTF-8, one after the other; a lone surrogate is kept as it is.

    UTF-8 sorts by bytes as Python sorts by characters, so texts that ascend ascend as bytes too.

    Attributes:
        starts: Shape (texts + 1,): text n is bytes [n]:[n + 1].
        data: All bytes.
        heads: Shape (texts,): the first bytes of each as a number, or None: to find them sooner.
    """

    def __init__(self, starts: Array, data: memoryview, heads: Array | None = None) -> None:
        """Take texts that were packed; see `pack`."""
        self.starts, self.data, self.heads = starts, data, heads
        self._starts = _plain(starts)
        self._heads = None if heads is None else _plain(heads)

    @classmethod
    def pack(cls, texts: Iterable[str]) -> Self:
        """Pack texts, with their heads."""
        if isinstance(texts, cls) and texts.heads is not None:
            return texts
        spelled = [spell(text) for text in texts]
        ends = np.cumsum(np.fromiter(map(len, spelled), dtype=np.int64, count=len(spelled)))
        heads = np.fromiter(map(_head, spelled), dtype="<u8", count=len(spelled))
        starts = np.append(0, ends).astype("<u4")
        return cls(starts, memoryview(b"".join(spelled)), heads)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __iter__(self) -> Iterator[str]:
        data, starts = bytes(self.data), self.starts.tolist()
        return (data[a:b].decode("utf-8", "surrogatepass") for a, b in pairwise(starts))

    @overload
    def __getitem__(self, number: int) -> str: ...

    @overload
    def __getitem__(self, number: slice) -> list[str]: ...

    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return [self[n] for n in range(*number.indices(len(self)))]
        if not 0 <= number < len(self):
            raise IndexError(number)
        first, last = self._starts[number], self._starts[number + 1]
        return str(self.data[first:last], "utf-8", "surrogatepass")

    def find(self, wanted: str) -> int | None:
        """The place of a text among ascending ones, the first where it stands repeatedly."""
        low, high = self._near(wanted)
        place = bisect_left(self, wanted, low, high)
        return place if place < high and self[place] == wanted else None

    def find_all(self, wanted: Wanted) -> NDArray[np.int64]:
        """The places of several texts among ascending ones; -1 for one that is not there."""
        if self.heads is None or not len(self):
            return np.array([self._place(text) for text in wanted.texts], dtype=np.int64)
        found = np.searchsorted(self.heads, wanted.heads).astype(np.int64)
        near = np.minimum(found, len(self) - 1)
        sizes = self.starts[near + 1].astype(np.int64) - self.starts[near]
        alike = self.heads[near] == wanted.heads
        sure = alike & (wanted.sizes <= HEAD) & (sizes == wanted.sizes)
        found[~alike] = -1
        for row in np.flatnonzero(alike & ~sure).tolist():
            found[row] = self._place(wanted.texts[row])  # several texts may begin as it does
        return found

    def _place(self, text: str) -> int:
        place = self.find(text)
        return -1 if place is None else place

    def _near(self, wanted: str) -> tuple[int, int]:
        """Between which places a text can stand."""
        if self._heads is None:
            return 0, len(self)
        head = _head(spell(wanted))
        low = bisect_left(self._heads, head)
        return low, bisect_right(self._heads, head, low)


def find(texts: Sequence[str], wanted: str) -> int | None:
    """The place of a text among ascending ones, the first where it stands repeatedly, or None."""
    if isinstance(texts, Texts):
        return texts.find(wanted)
    place = bisect_left(texts, wanted)
    return place if place < len(texts) and texts[place] == wanted else None


class Wanted(NamedTuple):
    """Texts that are looked for in several places.

    Attributes:
        texts: The texts.
        heads: Shape (texts,): the first bytes of each as a number.
        sizes: Shape (texts,): how many bytes each has.
    """

    texts: Sequence[str]
    heads: NDArray[np.uint64]
    sizes: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        """Look for these."""
        spelled = [spell(text) for text in texts]
        heads = np.array([one[:HEAD].ljust(HEAD, b"\0") for one in spelled], dtype=f"S{HEAD}")
        sizes = np.fromiter(map(len, spelled), np.int64, len(spelled))
        return cls(texts, np.frombuffer(heads.tobytes(), dtype=">u8").astype(np.uint64), sizes)


def find_all(texts: Sequence[str], wanted: Wanted) -> NDArray[np.int64]:
    """The places of several texts among ascending ones; -1 for one that is not there."""
    return (texts if isinstance(texts, Texts) else Texts.pack(texts)).find_all(wanted)


def ascends(starts: Array) -> bool:
    """Whether offsets begin at 0 and never step back: what is cut by them then cannot overlap."""
    return len(starts) > 0 and int(starts[0]) == 0 and bool((starts[1:] >= starts[:-1]).all())


def spell(text: str) -> bytes:
    """A text as UTF-8; a lone surrogate, which UTF-8 has no place for, is kept as it is."""
    return text.encode("utf-8", "surrogatepass")


def _head(spelled: bytes) -> int:
    return int.from_bytes(spelled[:HEAD].ljust(HEAD, b"\0"), "big")


def _plain(numbers: Array) -> Sequence[int]:
    """Numbers that Python reads one by one: a view is five times as quick as numpy there."""
    if not _NATIVE:
        return numbers.astype(numbers.dtype.newbyteorder("=")).data
    return numbers.data
