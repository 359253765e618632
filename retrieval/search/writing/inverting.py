"""Words of some terms in; what stands of each in each block, and of how many documents, out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.search.arrays import Ints
from retrieval.search.codec import postings_encoding as encoding
from retrieval.search.codec.postings_encoding import Encoded, Group, Parts, assemble, changes
from retrieval.search.writing.layout import Layout, Pairs, Whole

Floors = list[NDArray[np.uint32]]


class Inverted(NamedTuple):
    """What a segment stores of consecutive terms.

    Attributes:
        encoded: Their bytes.
        document_frequencies: For each level, of each term; titles count at the article's.
    """

    encoded: Encoded
    document_frequencies: list[Ints]


class Inverter:
    """Encodes the postings of one segment."""

    def __init__(self, layout: Layout) -> None:
        """Classify the lengths of a segment.

        Args:
            layout: The segment's.
        """
        self._layout = layout
        lengths = layout.level_lengths()
        self.floors: Floors = [
            encoding.length_floors(of, classes)
            for of, classes in zip(lengths, encoding.LEVELS, strict=True)
        ]
        self._block_of = layout.block_of().astype(np.int32)

    def invert(self, pairs: Pairs, first: int, count: int) -> Inverted:
        """Encode the words of terms `first` up to `first + count`.

        Args:
            pairs: The term of each word above its slot, 32 bits each, in any order.
            first: The first term.
            count: How many terms.
        """
        keys = ((pairs >> 32) - first) * self._layout.slots + (pairs & 0xFFFFFFFF)
        keys.sort()
        new = np.ones(len(keys), dtype=bool)
        new[1:] = keys[1:] != keys[:-1]
        places = np.flatnonzero(new)
        term, slot = np.divmod(keys[places], max(self._layout.slots, 1))
        block = self._block_of[slot].astype(np.int64)
        tf = np.diff(np.append(places, len(keys)))
        group = Group(term, slot, block, slot - self._layout.starts[block], tf)
        starts = changes(group.term, group.block)
        return self._encode(group, starts, count)

    def _encode(self, group: Group, starts: NDArray[np.bool_], count: int) -> Inverted:
        where = np.flatnonzero(starts)
        term, block = group.term[where], group.block[where]
        bounds, document_frequencies = [], []
        for level, (frequency, length, documents) in enumerate(self._levels(group, starts)):
            coded = encoding.bound_bytes(
                frequency, length, self.floors[level], encoding.LEVELS[level]
            )
            bounds.append(np.where(frequency > 0, coded, 0).astype(np.uint8))
            document_frequencies.append(np.bincount(documents, minlength=count))
        dense = encoding.is_dense(np.bincount(term, minlength=count), self._layout.blocks)
        ordinal = np.cumsum(starts) - 1
        before = np.searchsorted(term, np.arange(count))
        simple = encoding.is_simple(group, starts) & ~dense[group.term]
        listed = ~simple
        kept = Group(*(values[listed] for values in group))
        again = changes(kept.term, kept.block)
        postings, extra, extras = encoding.posting_bytes(kept, again)
        singles = np.zeros(len(term), dtype=np.uint8)
        alone = Group(*(values[simple] for values in group))
        singles[ordinal[simple]] = encoding.simple_bytes(alone)
        parts = Parts(
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
        return Inverted(assemble(parts, self._layout.blocks, count), document_frequencies)

    def _levels(self, group: Group, starts: NDArray[np.bool_]) -> list[tuple[Ints, Ints, Ints]]:
        """For each level: most frequency and least length in each block; each document's term."""
        of = np.cumsum(starts) - 1
        whole = self._layout.whole
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
    first = np.flatnonzero(changes(inside.term, paragraphs))
    sums = np.add.reduceat(inside.tf, first) if len(first) else first
    lengths = whole.paragraph_lengths[paragraphs[first]]
    return _extremes(of[first], sums, lengths, inside.term[first], blocks)


def _extremes(
    of: Ints, frequencies: Ints, lengths: Ints, terms: Ints, blocks: int | None = None
) -> tuple[Ints, Ints, Ints]:
    """The highest frequency and the least length of each block, 0 where it has no document."""
    size = (int(of[-1]) + 1 if len(of) else 0) if blocks is None else blocks
    highest, least = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    first = np.flatnonzero(changes(of))
    if len(first):
        highest[of[first]] = np.maximum.reduceat(frequencies, first)
        least[of[first]] = np.minimum.reduceat(lengths, first)
    return highest, least, terms
