"""Words of consecutive terms in; their postings as bytes, and in how many documents each is, out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.engine import encoding
from retrieval.engine.encoding import Bytes, Classes, Encoded, Group
from retrieval.engine.layout import Layout, Whole
from retrieval.postings import Ints

Floors = list[NDArray[np.uint32]]


class Inverted(NamedTuple):
    """What a segment stores of consecutive terms.

    Attributes:
        encoded: Their bytes.
        held: For each level, in how many documents each term stands; titles count at the article's.
    """

    encoded: Encoded
    held: list[Ints]


class Inverter:
    """Encodes the postings of one segment."""

    def __init__(self, layout: Layout) -> None:
        """Classify the lengths of a segment."""
        self._layout = layout
        self._block_of = layout.block_of().astype(np.int32)
        self.floors: Floors = [
            encoding.length_floors(lengths, classes)
            for lengths, classes in zip(layout.level_lengths(), encoding.LEVELS, strict=False)
        ]

    def invert(self, terms: Ints, slots: Ints, first: int, count: int) -> Inverted:
        """Encode the words of terms `first` up to `first + count`.

        Args:
            terms: The term of each word, in any order.
            slots: The slot of each word.
            first: The first term.
            count: How many terms.
        """
        keys = (terms.astype(np.int64) - first) * self._layout.slots + slots
        keys.sort()
        new = np.ones(len(keys), dtype=bool)
        new[1:] = keys[1:] != keys[:-1]
        places = np.flatnonzero(new)
        term, slot = np.divmod(keys[places], max(self._layout.slots, 1))
        block = self._block_of[slot].astype(np.int64)
        tf = np.diff(np.append(places, len(keys)))
        group = Group(term, slot, block, slot - self._layout.starts[block], tf)
        starts = _changes(group.term, group.block)
        return self._encode(group, starts, count)

    def _encode(self, group: Group, starts: NDArray[np.bool_], count: int) -> Inverted:
        where = np.flatnonzero(starts)
        term, block = group.term[where], group.block[where]
        bounds, held = [], []
        for level, (frequency, length, documents) in enumerate(self._levels(group, starts)):
            coded = encoding.bound_bytes(
                frequency, length, self.floors[level], encoding.LEVELS[level]
            )
            bounds.append(np.where(frequency > 0, coded, 0).astype(np.uint8))
            held.append(np.bincount(documents, minlength=count))
        dense = encoding.is_dense(
            np.bincount(term, minlength=count),
            np.bincount(group.term, minlength=count),
            self._layout,
        )
        ordinal = np.cumsum(starts) - 1
        before = np.searchsorted(term, np.arange(count))
        simple = encoding.is_simple(group, starts) & ~dense[group.term]
        listed = ~simple
        if self._layout.levels == 1:
            listed &= ~dense[group.term] | (group.tf > 1)
        kept = Group(*(values[listed] for values in group))
        again = _changes(kept.term, kept.block)
        postings, extra, extras = encoding.posting_bytes(kept, again)
        singles = np.zeros(len(term), dtype=np.uint8)
        alone = Group(*(values[simple] for values in group))
        singles[ordinal[simple]] = encoding.simple_bytes(alone)
        parts = _Parts(
            term=term,
            block=block,
            ordinal=np.arange(len(term)) - before[term],
            bounds=bounds,
            singles=singles,
            every=group,
            dense=dense,
            kept=kept,
            place=np.where(dense[kept.term], kept.block, ordinal[listed] - before[kept.term]),
            postings=postings,
            extra=extra,
            extras=extras,
        )
        return Inverted(assemble(parts, self._layout, count), held)

    def _levels(self, group: Group, starts: NDArray[np.bool_]) -> list[tuple[Ints, Ints, Ints]]:
        """For each level: highest frequency and least length in each block; each document's term."""
        of = np.cumsum(starts) - 1
        whole = self._layout.whole
        if whole is None:
            return [_extremes(of, group.tf, self._layout.lengths[group.slot], group.term)]
        body = group.place > 0
        inside = Group(*(values[body] for values in group))
        of_body, blocks = of[body], int(starts.sum())
        articles = np.add.reduceat(group.tf, np.flatnonzero(starts)) if len(of) else of
        lengths = whole.article_lengths[group.block[starts]]
        return [
            _extremes(of_body, inside.tf, self._layout.lengths[inside.slot], inside.term, blocks),
            _paragraph_extremes(of_body, inside, whole, blocks),
            (articles, lengths, group.term[starts]),
        ]


def _paragraph_extremes(
    of: Ints, inside: Group, whole: Whole, blocks: int
) -> tuple[Ints, Ints, Ints]:
    paragraphs = whole.paragraph_of[inside.slot]
    first = np.flatnonzero(_changes(inside.term, paragraphs))
    sums = np.add.reduceat(inside.tf, first) if len(first) else first
    lengths = whole.paragraph_lengths[paragraphs[first]]
    return _extremes(of[first], sums, lengths, inside.term[first], blocks)


def _extremes(
    of: Ints, frequencies: Ints, lengths: Ints, terms: Ints, blocks: int | None = None
) -> tuple[Ints, Ints, Ints]:
    """The highest frequency and the least length of each block, 0 where it has no document."""
    size = (int(of[-1]) + 1 if len(of) else 0) if blocks is None else blocks
    highest, least = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    first = np.flatnonzero(_changes(of))
    if len(first):
        highest[of[first]] = np.maximum.reduceat(frequencies, first)
        least[of[first]] = np.minimum.reduceat(lengths, first)
    return highest, least, terms


def _changes(*keys: Ints) -> NDArray[np.bool_]:
    changed = np.zeros(len(keys[0]), dtype=bool)
    changed[:1] = True
    for key in keys:
        changed[1:] |= key[1:] != key[:-1]
    return changed


class _Parts(NamedTuple):
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


def assemble(parts: _Parts, layout: Layout, count: int) -> Encoded:
    """Lay the parts of `count` terms one after the other, as `encoding` says."""
    of, levels, dense = layout.blocks, layout.levels, parts.dense
    width = 2 if of <= encoding.NARROW else 4
    record = width + levels + 1
    blocks = np.bincount(parts.term, minlength=count)
    kept = np.bincount(parts.kept.term, minlength=count)
    extras = np.bincount(parts.kept.term, weights=parts.extras, minlength=count).astype(np.int64)
    strides = np.where(
        dense, (of - 1) // encoding.DENSE_STRIDE, (blocks - 1) // encoding.SPARSE_STRIDE
    )
    samples = np.where(kept > 0, strides + 1, 0)
    mapped = of * encoding.WORD if levels == 1 else 0
    body = np.where(dense, of * levels + mapped, blocks * record)
    sizes = body + samples * encoding.SAMPLE + kept + extras
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
    if mapped:
        _put_bitmaps(out, parts, starts + of * levels)
    _put_samples(out, parts, starts + body, samples)
    end = starts + body + samples * encoding.SAMPLE
    out[_spread(end, kept)] = parts.postings
    out[_spread(end + kept, extras)] = parts.extra
    return Encoded(out, sizes, blocks, np.bincount(parts.every.term, minlength=count))


def _put_bitmaps(out: Bytes, parts: _Parts, at: Ints) -> None:
    """Set the bit of each posting of dense terms: a byte holds eight neighbours of one block."""
    dense = np.flatnonzero(parts.dense[parts.every.term])
    if not len(dense):
        return
    term, block = parts.every.term[dense], parts.every.block[dense]
    place = parts.every.place[dense]
    byte = at[term] + block * encoding.WORD + place // 8
    first = np.flatnonzero(_changes(byte))
    out[byte[first]] = np.bitwise_or.reduceat(1 << place % 8, first)


def _put_samples(out: Bytes, parts: _Parts, at: Ints, samples: Ints) -> None:
    """Where each stride ends: kept postings and extra bytes of the term before its end."""
    kept = np.bincount(parts.kept.term, minlength=len(at))
    before = np.cumsum(kept) - kept
    extra_before = np.append(0, np.cumsum(parts.extras))
    term = np.repeat(np.arange(len(at)), samples)
    number = _spread(np.zeros(len(at), dtype=np.int64), samples)
    stride = np.where(parts.dense[term], encoding.DENSE_STRIDE, encoding.SPARSE_STRIDE)
    step = int(parts.place.max(initial=0)) + 2
    ends = term * step + np.minimum((number + 1) * stride, step - 1)
    first = np.searchsorted(parts.kept.term * step + parts.place, ends)
    base = before[term]
    _put(out, at[term] + number * encoding.SAMPLE, first - base, 4)
    _put(out, at[term] + number * encoding.SAMPLE + 4, extra_before[first] - extra_before[base], 4)


def _spread(starts: Ints, counts: Ints) -> Ints:
    """Every number of the ranges that begin at `starts` and are `counts` long."""
    before = np.cumsum(counts) - counts
    return np.arange(int(counts.sum())) + np.repeat(starts - before, counts)


def _put(out: Bytes, at: Ints, values: Ints, width: int) -> None:
    """Write little-endian numbers of `width` bytes."""
    for byte in range(width):
        out[at + byte] = values >> (8 * byte) & 0xFF
