"""What stands of some terms in each block → their bytes, laid out as `encoding` says."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.search.arrays import Ints
from retrieval.search.codec import postings_encoding as encoding
from retrieval.search.codec.postings_encoding import Bytes, Encoded, Group


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
    levels, dense = len(encoding.LEVELS), parts.dense
    width = 2 if of <= encoding.NARROW else 4
    record = width + levels + 1
    blocks = np.bincount(parts.term, minlength=count)
    kept = np.bincount(parts.kept.term, minlength=count)
    extras = np.bincount(parts.kept.term, weights=parts.extras, minlength=count).astype(np.int64)
    strides = np.where(
        dense, (of - 1) // encoding.DENSE_STRIDE, (blocks - 1) // encoding.SPARSE_STRIDE
    )
    samples = np.where(kept > 0, strides + 1, 0)
    body = np.where(dense, of * levels, blocks * record)
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
    _put_samples(out, parts, starts + body, samples)
    end = starts + body + samples * encoding.SAMPLE
    out[_spread(end, kept)] = parts.postings
    out[_spread(end + kept, extras)] = parts.extra
    return Encoded(out, sizes, blocks, np.bincount(parts.every.term, minlength=count))


def _put_samples(out: Bytes, parts: Parts, at: Ints, samples: Ints) -> None:
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
    spread: Ints = np.arange(int(counts.sum())) + np.repeat(starts - before, counts)
    return spread


def _put(out: Bytes, at: Ints, values: Ints, width: int) -> None:
    """Write little-endian numbers of `width` bytes."""
    for byte in range(width):
        out[at + byte] = values >> (8 * byte) & 0xFF
