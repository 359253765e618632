"""How a segment's documents are arranged, and its words divided before they are inverted.

Documents have slots in blocks, with their lengths at each level. Words come in any order, and are
divided by ranges of terms on the disk: each is moved once.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from retrieval.search.arrays import Ints
from retrieval.search.forward import ForwardIndex

Pairs = NDArray[np.int64]

TITLE_COUNTS = 3  # how often an article's title is read as segment of it
RANGE = 1 << 18  # words in a range of terms, unless one term alone has more
PAIR = 8  # bytes of a word on the disk: its slot and its term, u32 each, and so ordered by term
_SLOT = 32  # bits
PIECE = 1 << 18  # words of a forward index that are handed on at a time


class Whole(NamedTuple):
    """What blocks that are articles know beyond their sentences.

    Attributes:
        paragraph_of: Shape (slots,): the number of each slot's paragraph in the segment; a title
            has -1.
        paragraph_lengths: Shape (paragraphs,): terms in each.
        article_lengths: Shape (blocks,): terms in each, the title's counted.
    """

    paragraph_of: Ints
    paragraph_lengths: Ints
    article_lengths: Ints


class Layout(NamedTuple):
    """The arrangement of a segment.

    Attributes:
        starts: Shape (blocks + 1,): block b holds slots [b]:[b + 1].
        lengths: Shape (slots,): terms in each document; a title has 0.
        whole: See `Whole`. Each block is an article, and its first slot its title.
    """

    starts: Ints
    lengths: Ints
    whole: Whole

    @property
    def slots(self) -> int:
        """How many slots there are, titles counted."""
        return len(self.lengths)

    @property
    def blocks(self) -> int:
        """How many blocks there are."""
        return len(self.starts) - 1

    def level_lengths(self) -> list[Ints]:
        """The lengths of the documents of each level."""
        return [self.lengths, self.whole.paragraph_lengths, self.whole.article_lengths]

    def block_of(self) -> Ints:
        """Shape (slots,): the block of each slot."""
        return np.repeat(np.arange(self.blocks), np.diff(self.starts))


class Tokens(NamedTuple):
    """A segment's words.

    Attributes:
        term: The term number of each.
        slot: The slot each stands in.
    """

    term: Ints | NDArray[np.uint32]
    slot: Ints | NDArray[np.uint32]


def lay_out_articles(forward: ForwardIndex) -> Layout:
    """Arrange a forward index by articles, each article's title before its sentences."""
    articles = len(forward.articles)
    sizes = np.diff(forward.section_sentences)
    starts = forward.section_sentences + np.arange(articles + 1)
    article_of = np.repeat(np.arange(articles), sizes)
    slot_of_sentence = np.arange(forward.sentences) + article_of + 1
    lengths = np.zeros(forward.sentences + articles, dtype=np.int64)
    lengths[slot_of_sentence] = np.diff(forward.offsets)
    paragraph_of = np.full(len(lengths), -1)
    paragraph_of[slot_of_sentence] = _runs(article_of, forward.paragraphs)
    titles = np.diff(forward.title_offsets) * TITLE_COUNTS
    sums = np.append(0, np.cumsum(lengths))
    whole = Whole(
        paragraph_of=paragraph_of,
        paragraph_lengths=np.bincount(
            paragraph_of[slot_of_sentence], weights=lengths[slot_of_sentence]
        ).astype(np.int64),
        article_lengths=sums[starts[1:]] - sums[starts[:-1]] + titles,
    )
    return Layout(starts, lengths, whole)


def article_tokens(forward: ForwardIndex, layout: Layout) -> Iterator[Tokens]:
    """The words of a forward index that was laid out, a piece at a time.

    Args:
        forward: What was read.
        layout: Its arrangement.
    """
    slots = np.flatnonzero(layout.whole.paragraph_of >= 0)
    for first in range(0, len(forward.words), PIECE):
        last = min(first + PIECE, len(forward.words))
        low = int(np.searchsorted(forward.offsets, first, side="right")) - 1
        high = int(np.searchsorted(forward.offsets, last, side="left"))
        ends: Ints = np.clip(forward.offsets[low : high + 1], first, last)
        terms = forward.form_terms[forward.words[first:last]]
        yield Tokens(terms, np.repeat(slots[low:high], np.diff(ends)))
    titles = forward.form_terms[forward.title_words]
    title_slots = np.repeat(layout.starts[:-1], np.diff(forward.title_offsets))
    for _ in range(TITLE_COUNTS):
        yield Tokens(titles, title_slots)


def _runs(*keys: Ints) -> Ints:
    """Number the runs in which all keys stay the same, from 0."""
    changed = np.zeros(len(keys[0]), dtype=np.int64)
    for key in keys:
        changed[1:] |= key[1:] != key[:-1]
    return np.cumsum(changed)


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
                segment = pairs[ends[number] - sizes[number] : ends[number]]
                self._file.seek(int(cursor[number]) * PAIR)
                self._file.write(segment.data)
            cursor += sizes


def _sorted(piece: Tokens, range_of: NDArray[np.uint16], ranges: int) -> tuple[Pairs, Ints]:
    """Words by ranges, and how many are in each."""
    of = range_of[piece.term]
    order = np.argsort(of, kind="stable")  # of 16 bits: a radix sort
    both = piece.term.astype(np.int64) << _SLOT | piece.slot.astype(np.int64)
    return both[order], np.bincount(of, minlength=ranges)
