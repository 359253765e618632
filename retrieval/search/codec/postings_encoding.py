"""Postings in bytes: what stands of each term in a segment of articles, and the classes of lengths.

The sentences and titles of a segment have numbers, *slots*, and stand in *blocks* of consecutive
slots: its articles. What a term has in a block is told by

    a bound   one byte for each level: the highest frequency and the shortest length, as classes
    postings  one byte each: 5 bits of gap (slots between this one and the last in the block, or
              the block's start), 2 bits of frequency, 1 bit on the last of the block
    extra     LEB128 numbers, in order, for each gap of 31 (what it is above that) and each
              frequency of 4 (likewise)

A term's bytes are, one part after the other:

    records   one for each block that holds it, ascending: the block's number (u16, or u32 in a
              segment of more than 65,536 blocks), its bounds, its posting where that is all it has
              there and needs no extra byte, else 0
       or, for a *dense* term (see `is_dense`):
    bounds    of every block of the segment, 0 where the term is absent, level after level
       and, unless nothing is left to say:
    samples   for each stride of records, or of blocks, where the next begins: postings before it
              u32, bytes of extra before it u32; the last one tells where all end
    postings, extra

Nothing that depends on the corpus as a whole, such as a weight or an average, is stored.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.search.arrays import Ints

Bytes = NDArray[np.uint8]

LAST = 0x80
GAP_ESCAPE = 31
TF_ESCAPE = 3  # in the stored two bits, which hold frequency - 1
SPARSE_STRIDE = 64  # records between samples
DENSE_STRIDE = 32  # blocks between samples
SAMPLE = 8  # bytes
NARROW = 1 << 16  # block numbers below it take two bytes


class Classes(NamedTuple):
    """How a bound byte divides into a class of frequency and one of length.

    Attributes:
        bits: How many of its bits are the class of length.
        highest: The highest frequency of each class; inf in the last.
    """

    bits: int
    highest: tuple[float, ...]

    @property
    def lengths(self) -> int:
        """How many classes of length there are; 0 is kept for a term that is absent."""
        return 1 << self.bits


SENTENCE_CLASSES = Classes(6, (1, 2, 3, np.inf))
WHOLE_CLASSES = Classes(5, (1, 2, 3, 4, 6, 9, 16, np.inf))  # of paragraphs and articles
LEVELS = (SENTENCE_CLASSES, WHOLE_CLASSES, WHOLE_CLASSES)


def length_floors(lengths: Ints, classes: Classes) -> NDArray[np.uint32]:
    """The least length of each class: evenly many of the segment's documents in each.

    Args:
        lengths: Of all documents of a level.
        classes: Its classes.

    Returns:
        Shape (classes.lengths,): 0, then from 1 upwards.
    """
    wanted = classes.lengths - 1
    distinct, counts = np.unique(lengths[lengths > 0], return_counts=True)
    if len(distinct) > wanted:
        place = np.cumsum(counts) * wanted // max(int(counts.sum()), 1)
        first = np.unique(place, return_index=True)[1]
        distinct = distinct[first[:wanted]]
    floors = np.zeros(classes.lengths, dtype=np.uint32)
    floors[1 : 1 + len(distinct)] = distinct
    floors[1 + len(distinct) :] = distinct[-1] if len(distinct) else 1
    floors[1] = 1
    return floors


def bound_bytes(
    frequencies: Ints, lengths: Ints, floors: NDArray[np.uint32], classes: Classes
) -> Bytes:
    """The classes of frequencies and lengths, as bytes that are never 0."""
    tops = np.searchsorted(np.array(classes.highest[:-1], dtype=np.int64), frequencies, side="left")
    return (tops << classes.bits).astype(np.uint8) | length_classes(lengths, floors)


def length_classes(lengths: Ints, floors: NDArray[np.uint32]) -> Bytes:
    """The class of each length; 0 is only that of a length of 0."""
    return np.searchsorted(floors[1:], lengths, side="right").astype(np.uint8)


def is_dense(held: Ints, blocks: int) -> NDArray[np.bool_]:
    """Whether each term keeps bounds for every block of a segment.

    Args:
        held: In how many blocks each term stands.
        blocks: How many there are.
    """
    dense: NDArray[np.bool_] = held * (len(LEVELS) + 2) > blocks * len(LEVELS)
    return dense


def is_simple(group: Group, starts: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which postings are alone in their block and need no extra byte.

    Args:
        group: The postings.
        starts: Where a block's first posting stands.
    """
    alone = starts & np.append(starts[1:], True)[: len(starts)]
    simple: NDArray[np.bool_] = alone & (group.place < GAP_ESCAPE) & (group.tf <= TF_ESCAPE)
    return simple


def simple_bytes(group: Group) -> Bytes:
    """The bytes of postings that `is_simple` found."""
    return (group.place | (group.tf - 1) << 5 | LAST).astype(np.uint8)


class Group(NamedTuple):
    """Postings of consecutive terms, one entry each, ordered by term and slot.

    Attributes:
        term: Term numbers.
        slot: Slots.
        block: The block of each slot.
        place: The slot's place in its block.
        tf: Frequencies, at least 1.
    """

    term: Ints
    slot: Ints
    block: Ints
    place: Ints
    tf: Ints


class Encoded(NamedTuple):
    """The bytes of consecutive terms.

    Attributes:
        data: All of them.
        sizes: Bytes of each term.
        blocks: In how many blocks each stands.
        postings: How many postings each has.
    """

    data: Bytes
    sizes: Ints
    blocks: Ints
    postings: Ints


def posting_bytes(group: Group, starts: NDArray[np.bool_]) -> tuple[Bytes, Bytes, Ints]:
    """One byte a posting, the extra bytes, and how many of those each posting has.

    Args:
        group: The postings.
        starts: Where a block's first posting stands.
    """
    gaps = group.place.copy()
    gaps[1:] -= np.where(starts[1:], 0, group.place[:-1] + 1)
    last = np.append(starts[1:], True) if len(starts) else starts
    coded = np.minimum(gaps, GAP_ESCAPE) | (np.minimum(group.tf - 1, TF_ESCAPE) << 5)
    coded |= np.where(last, LAST, 0)
    long_gap, high_tf = gaps >= GAP_ESCAPE, group.tf > TF_ESCAPE
    owner = np.concatenate([np.flatnonzero(long_gap) * 2, np.flatnonzero(high_tf) * 2 + 1])
    numbers = np.concatenate([gaps[long_gap] - GAP_ESCAPE, group.tf[high_tf] - TF_ESCAPE - 1])
    order = np.argsort(owner, kind="stable")
    extra, sizes = leb128(numbers[order])
    counts = np.zeros(len(gaps), dtype=np.int64)
    np.add.at(counts, owner[order] // 2, sizes)
    return coded.astype(np.uint8), extra, counts


def leb128(numbers: Ints) -> tuple[Bytes, Ints]:
    """Numbers from 0 in bytes of seven bits, low ones first, and how many bytes each takes."""
    sizes = np.ones(len(numbers), dtype=np.int64)
    for bits in range(7, 35, 7):
        sizes += numbers >> bits > 0
    ends = np.cumsum(sizes)
    out = np.empty(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    for place in range(5):
        has = sizes > place
        more = np.where(sizes[has] > place + 1, 0x80, 0)
        out[(ends - sizes)[has] + place] = (numbers[has] >> (7 * place) & 0x7F) | more
    return out, sizes


def read_leb128(data: Bytes) -> Ints:
    """The numbers that `leb128` wrote; a number that is cut off is left out."""
    ends = np.flatnonzero(data < 0x80)
    if not len(ends):
        return np.empty(0, dtype=np.int64)
    starts = np.append(0, ends[:-1] + 1)
    place = np.arange(ends[-1] + 1) - np.repeat(starts, ends + 1 - starts)
    shifted = (data[: ends[-1] + 1].astype(np.int64) & 0x7F) << (7 * np.minimum(place, 8))
    numbers: Ints = np.add.reduceat(shifted, starts)
    return numbers


def spelled(term: str) -> bytes:
    """A term as UTF-8; a lone surrogate, which UTF-8 has no place for, is kept as it is."""
    return term.encode(errors="surrogatepass")


def changes(*keys: Ints) -> NDArray[np.bool_]:
    """Where some key is another than before, the first place included."""
    changed = np.zeros(len(keys[0]), dtype=bool)
    changed[:1] = True
    for key in keys:
        changed[1:] |= key[1:] != key[:-1]
    return changed
