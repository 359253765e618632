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

from retrieval.search.arrays import Ints, ranges

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


def changes(*keys: Ints) -> NDArray[np.bool_]:
    """Where some key is another than before, the first place included."""
    changed = np.zeros(len(keys[0]), dtype=bool)
    changed[:1] = True
    for key in keys:
        changed[1:] |= key[1:] != key[:-1]
    return changed


class Parts(NamedTuple):
    """All that stands in the bytes of some terms.

    Attributes:
        term: The term of each block of each term.
        block: Its number.
        ordinal: Which of the term's blocks it is.
        bounds: Its bounds at each level.
        singles: Its posting, if that is simple, else 0.
        every: All postings.
        dense: Shape (terms,): whether each is dense.
        kept: The postings that follow the samples.
        place: The record, or for dense terms the block, of each kept posting.
        postings: Their bytes.
        extra: The extra bytes.
        extras: How many extra bytes each kept posting has.
    """

    term: Ints
    block: Ints
    ordinal: Ints
    bounds: list[Bytes]
    singles: Bytes
    every: Group
    dense: NDArray[np.bool_]
    kept: Group
    place: Ints
    postings: Bytes
    extra: Bytes
    extras: Ints


def assemble(parts: Parts, of: int, count: int) -> Encoded:
    """Lay the parts of `count` terms of a segment of `of` blocks one after the other."""
    levels, dense = len(LEVELS), parts.dense
    width = 2 if of <= NARROW else 4
    record = width + levels + 1
    blocks = np.bincount(parts.term, minlength=count)
    kept = np.bincount(parts.kept.term, minlength=count)
    extras = np.bincount(parts.kept.term, weights=parts.extras, minlength=count).astype(np.int64)
    strides = np.where(dense, (of - 1) // DENSE_STRIDE, (blocks - 1) // SPARSE_STRIDE)
    samples = np.where(kept > 0, strides + 1, 0)
    body = np.where(dense, of * levels, blocks * record)
    sizes = body + samples * SAMPLE + kept + extras
    starts = np.cumsum(sizes) - sizes
    out = np.zeros(int(sizes.sum()), dtype=np.uint8)
    sparse = ~dense[parts.term]
    at = starts[parts.term[sparse]] + parts.ordinal[sparse] * record
    _put(out, at, parts.block[sparse], width)
    out[at + width + levels] = parts.singles[sparse]
    wide = starts[parts.term[~sparse]] + parts.block[~sparse]
    for level, bounds in enumerate(parts.bounds):
        out[at + width + level] = bounds[sparse]
        out[wide + level * of] = bounds[~sparse]
    _put_samples(out, parts, starts + body, samples)
    end = starts + body + samples * SAMPLE
    out[ranges(end, end + kept)[0]] = parts.postings
    out[ranges(end + kept, end + kept + extras)[0]] = parts.extra
    return Encoded(out, sizes, blocks, np.bincount(parts.every.term, minlength=count))


def _put_samples(out: Bytes, parts: Parts, at: Ints, samples: Ints) -> None:
    """Where each stride ends: kept postings and extra bytes of the term before its end."""
    kept = np.bincount(parts.kept.term, minlength=len(at))
    before = np.cumsum(kept) - kept
    extra_before = np.append(0, np.cumsum(parts.extras))
    term = np.repeat(np.arange(len(at)), samples)
    number = ranges(np.zeros_like(samples), samples)[0]
    stride = np.where(parts.dense[term], DENSE_STRIDE, SPARSE_STRIDE)
    step = int(parts.place.max(initial=0)) + 2
    ends = term * step + np.minimum((number + 1) * stride, step - 1)
    first = np.searchsorted(parts.kept.term * step + parts.place, ends)
    base = before[term]
    _put(out, at[term] + number * SAMPLE, first - base, 4)
    _put(out, at[term] + number * SAMPLE + 4, extra_before[first] - extra_before[base], 4)


def _put(out: Bytes, at: Ints, values: Ints, width: int) -> None:
    """Write little-endian numbers of `width` bytes."""
    for byte in range(width):
        out[at + byte] = values >> (8 * byte) & 0xFF
