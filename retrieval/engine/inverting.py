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
        listed = group.tf > 1
        if self._layout.levels == 1:
            listed |= ~dense[group.term]
        else:
            listed[:] = True
        kept = Group(*(values[listed] for values in group))
        again = _changes(kept.term, kept.block)
        postings, extra, extras = encoding.posting_bytes(kept, again)
        parts = _Parts(
            term=term,
            block=block,
            bounds=bounds,
            every=group,
            dense=dense,
            kept=kept,
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
        bounds: Its bounds at each level.
        every: All postings.
        dense: Shape (terms,): whether each is dense.
        kept: The postings that take a byte.
        postings: Those bytes.
        extra: The extra bytes.
        extras: How many extra bytes each kept posting has.
    """

    term: Ints
    block: Ints
    bounds: list[Bytes]
    every: Group
    dense: NDArray[np.bool_]
    kept: Group
    postings: Bytes
    extra: Bytes
    extras: Ints


def assemble(parts: _Parts, layout: Layout, count: int) -> Encoded:
    """Lay the parts of `count` terms one after the other, as `encoding` says."""
    of, dense = layout.blocks, parts.dense
    width = 2 if of <= encoding.NARROW else 4
    blocks = np.bincount(parts.term, minlength=count)
    kept = np.bincount(parts.kept.term, minlength=count)
    extras = np.bincount(parts.kept.term, weights=parts.extras, minlength=count).astype(np.int64)
    samples = np.where(
        dense,
        (of - 1) // encoding.DENSE_STRIDE + 1,
        np.maximum(blocks - 1, 0) // encoding.SPARSE_STRIDE,
    )
    listed = np.where(dense, 0, blocks * width)
    bounded = np.where(dense, of, blocks)
    mapped = np.where(dense & (layout.levels == 1), of * encoding.WORD, 0)
    sizes = samples * encoding.SAMPLE + listed + bounded * layout.levels + mapped + kept + extras
    starts = np.cumsum(sizes) - sizes
    out = np.zeros(int(sizes.sum()), dtype=np.uint8)
    ordinal = np.arange(len(parts.term)) - (np.cumsum(blocks) - blocks)[parts.term]
    _put_samples(out, parts, starts, ordinal, samples)
    at = starts + samples * encoding.SAMPLE
    is_dense = dense[parts.term]
    sparse = ~is_dense
    _put(out, at[parts.term[sparse]] + ordinal[sparse] * width, parts.block[sparse], width)
    at += listed
    place = at[parts.term] + np.where(is_dense, parts.block, ordinal)
    for level, bounds in enumerate(parts.bounds):
        out[place + level * bounded[parts.term]] = bounds
    at += bounded * layout.levels
    if mapped.any():
        _put_bitmaps(out, parts, at)
    at += mapped
    out[_spread(at, kept)] = parts.postings
    out[_spread(at + kept, extras)] = parts.extra
    return Encoded(out, sizes, blocks, np.bincount(parts.every.term, minlength=count))


def _put_bitmaps(out: Bytes, parts: _Parts, at: Ints) -> None:
    """Set the bit of each posting of dense terms: a byte holds eight neighbours of one block."""
    dense = np.flatnonzero(parts.dense[parts.every.term])
    term, block = parts.every.term[dense], parts.every.block[dense]
    place = parts.every.place[dense]
    byte = at[term] + block * encoding.WORD + place // 8
    first = np.flatnonzero(_changes(byte))
    out[byte[first]] = np.bitwise_or.reduceat(1 << place % 8, first)


def _put_samples(out: Bytes, parts: _Parts, starts: Ints, ordinal: Ints, samples: Ints) -> None:
    """Where each stride of blocks begins: kept postings and extra bytes of the term before it."""
    kept = np.bincount(parts.kept.term, minlength=len(starts))
    before_term = np.cumsum(kept) - kept
    extra_before = np.append(0, np.cumsum(parts.extras))
    is_dense = parts.dense[parts.term]
    sampled = np.flatnonzero(~is_dense & (ordinal > 0) & (ordinal % encoding.SPARSE_STRIDE == 0))
    dense = np.flatnonzero(parts.dense)
    term = np.concatenate([parts.term[sampled], np.repeat(dense, samples[dense])])
    dense_number = _spread(np.zeros(len(dense), dtype=np.int64), samples[dense])
    number = np.concatenate([ordinal[sampled] // encoding.SPARSE_STRIDE - 1, dense_number])
    block = np.concatenate([parts.block[sampled], (dense_number + 1) * encoding.DENSE_STRIDE])
    step = int(max(block.max(initial=0), parts.block.max(initial=0))) + 1
    first = np.searchsorted(parts.kept.term * step + parts.kept.block, term * step + block)
    at = starts[term] + number * encoding.SAMPLE
    base = before_term[term]
    first = np.clip(first, base, base + kept[term])
    _put(out, at, first - base, 4)
    _put(out, at + 4, extra_before[first] - extra_before[base], 4)


def _spread(starts: Ints, counts: Ints) -> Ints:
    """Every number of the ranges that begin at `starts` and are `counts` long."""
    before = np.cumsum(counts) - counts
    return np.arange(int(counts.sum())) + np.repeat(starts - before, counts)


def _put(out: Bytes, at: Ints, values: Ints, width: int) -> None:
    """Write little-endian numbers of `width` bytes."""
    for byte in range(width):
        out[at + byte] = values >> (8 * byte) & 0xFF
