"""A term's bytes → its postings, in numpy: `encoding` read backwards, with every number checked."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.search.arrays import Ints
from retrieval.search.codec import postings_encoding as encoding
from retrieval.search.codec.container import Damage
from retrieval.search.codec.postings_encoding import LEVELS, Bytes


class Counts(NamedTuple):
    """What the directory says of a term.

    Attributes:
        blocks: In how many blocks it stands.
        postings: In how many slots.
    """

    blocks: int
    postings: int


class Found(NamedTuple):
    """A term's postings in a segment.

    Attributes:
        slots: Where it stands, ascending.
        tf: How often.
    """

    slots: Ints
    tf: Ints


NOTHING = Found(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))


def decode(raw: Bytes, counts: Counts, slots: int, starts: NDArray[Any]) -> Found:
    """Decode the bytes of a term.

    Args:
        raw: All its bytes.
        counts: What the directory says of it.
        slots: How many the segment has.
        starts: Where its blocks begin, and the last one ends.

    Raises:
        Damage: They cannot be those of a term.
    """
    reader = _Reader(slots, starts)
    dense = encoding.is_dense(np.array(counts.blocks), len(starts) - 1)
    found = reader.dense(raw) if dense else reader.sparse(raw, counts.blocks)
    if len(found.slots) != counts.postings or not counts.postings:
        raise Damage("a term's postings do not fit their blocks")
    return found


class _Reader:
    """Reads terms of one segment."""

    def __init__(self, slots: int, starts: NDArray[Any]) -> None:
        self._slots, self._starts, self._blocks = slots, starts, len(starts) - 1

    def sparse(self, raw: Bytes, blocks: int) -> Found:
        width = 2 if self._blocks <= encoding.NARROW else 4
        record = width + len(LEVELS) + 1
        body, rest = _split(raw, blocks * record)
        records = body.reshape(blocks, record)
        numbers: Ints = records[:, :width].copy().view(f"<u{width}").reshape(-1).astype(np.int64)
        singles = records[:, -1]
        simple = singles >= encoding.LAST
        alone = self._postings(singles[simple], NOTHING.slots, numbers[simple])
        others = self._kept(rest, blocks, encoding.SPARSE_STRIDE, numbers[~simple])
        slots = np.concatenate([alone.slots, others.slots])
        order = np.argsort(slots, kind="stable")
        return Found(slots[order], np.concatenate([alone.tf, others.tf])[order])

    def dense(self, raw: Bytes) -> Found:
        body, rest = _split(raw, self._blocks * len(LEVELS))
        last = body.reshape(len(LEVELS), self._blocks)[-1]
        return self._kept(rest, self._blocks, encoding.DENSE_STRIDE, np.flatnonzero(last))

    def _kept(self, raw: Bytes, places: int, stride: int, blocks: Ints) -> Found:
        """The postings that follow the samples: those of `blocks`."""
        if not len(blocks):
            return NOTHING
        samples, rest = _split(raw, ((places - 1) // stride + 1) * encoding.SAMPLE)
        size = int.from_bytes(samples[-encoding.SAMPLE :][:4].tobytes(), "little")
        coded, extra = _split(rest, size)
        return self._postings(coded, _read_leb128(extra), blocks)

    def _postings(self, coded: Bytes, extra: Ints, blocks: Ints) -> Found:
        ends = np.flatnonzero(coded & encoding.LAST)
        if len(ends) != len(blocks) or (len(ends) and int(ends[-1]) != len(coded) - 1):
            raise Damage("a term's postings do not fit their blocks")
        if not len(ends):
            return NOTHING
        gaps, tf = _numbers(coded, extra)
        steps = np.cumsum(gaps + 1)
        first = np.append(0, steps[ends[:-1]]) + 1
        sizes = np.diff(np.append(-1, ends))
        slots = steps + np.repeat(self._first_slots(blocks) - first, sizes)
        if (gaps < 0).any() or (tf < 1).any() or (slots >= self._slots).any():
            raise Damage("a posting lies outside of its segment")
        return Found(slots, tf)

    def _first_slots(self, blocks: Ints) -> Ints:
        if (blocks >= self._blocks).any():
            raise Damage("a posting lies outside of its segment")
        slots: Ints = self._starts[blocks].astype(np.int64)
        return slots


def _numbers(coded: Bytes, extra: Ints) -> tuple[Ints, Ints]:
    """The gap and the frequency of each posting."""
    gaps = (coded & encoding.GAP_ESCAPE).astype(np.int64)
    tf = (coded >> 5 & encoding.TF_ESCAPE).astype(np.int64) + 1
    long_gap, high_tf = gaps == encoding.GAP_ESCAPE, tf > encoding.TF_ESCAPE
    escapes = long_gap.astype(np.int64) + high_tf
    if int(escapes.sum()) > len(extra):
        raise Damage("a term's postings are cut short")
    before = np.cumsum(escapes) - escapes
    gaps[long_gap] += extra[before[long_gap]]
    tf[high_tf] += extra[(before + long_gap)[high_tf]]
    return gaps, tf


def _split(raw: Bytes, size: int) -> tuple[Bytes, Bytes]:
    """The first `size` bytes and the rest."""
    if len(raw) < size:
        raise Damage("a term's postings are cut short")
    return raw[:size], raw[size:]


def _read_leb128(data: Bytes) -> Ints:
    """The numbers that `leb128` wrote; a number that is cut off is left out."""
    ends = np.flatnonzero(data < 0x80)
    if not len(ends):
        return np.empty(0, dtype=np.int64)
    starts = np.append(0, ends[:-1] + 1)
    place = np.arange(ends[-1] + 1) - np.repeat(starts, ends + 1 - starts)
    shifted = (data[: ends[-1] + 1].astype(np.int64) & 0x7F) << (7 * np.minimum(place, 8))
    numbers: Ints = np.add.reduceat(shifted, starts)
    return numbers
