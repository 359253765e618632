"""How a segment's documents are arranged: slots in blocks, with their lengths at each level."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.search.arrays import Ints

if TYPE_CHECKING:  # the index imports this room
    from retrieval.search.forward import Corpus

PIECE = 1 << 18  # words of a corpus that are handed on at a time


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


def lay_out_corpus(corpus: Corpus, *, title_counts: int) -> Layout:
    """Arrange a corpus by articles, each article's title before its sentences.

    Args:
        corpus: What was read.
        title_counts: How often a title is read as part of its article.
    """
    articles = len(corpus.articles)
    sizes = np.diff(corpus.article_sentences)
    starts = corpus.article_sentences + np.arange(articles + 1)
    article_of = np.repeat(np.arange(articles), sizes)
    slot_of_sentence = np.arange(corpus.sentences) + article_of + 1
    lengths = np.zeros(corpus.sentences + articles, dtype=np.int64)
    lengths[slot_of_sentence] = np.diff(corpus.offsets)
    paragraph_of = np.full(len(lengths), -1)
    paragraph_of[slot_of_sentence] = _runs(article_of, corpus.paragraphs)
    titles = np.diff(corpus.title_offsets) * title_counts
    sums = np.append(0, np.cumsum(lengths))
    whole = Whole(
        paragraph_of=paragraph_of,
        paragraph_lengths=np.bincount(
            paragraph_of[slot_of_sentence], weights=lengths[slot_of_sentence]
        ).astype(np.int64),
        article_lengths=sums[starts[1:]] - sums[starts[:-1]] + titles,
    )
    return Layout(starts, lengths, whole)


def corpus_words(corpus: Corpus, layout: Layout, *, title_counts: int) -> Iterator[Tokens]:
    """The words of a corpus that was laid out, a piece at a time.

    Args:
        corpus: What was read.
        layout: Its arrangement.
        title_counts: How often a title is read as part of its article.
    """
    slots = np.flatnonzero(layout.whole.paragraph_of >= 0)
    for first in range(0, len(corpus.words), PIECE):
        last = min(first + PIECE, len(corpus.words))
        low = int(np.searchsorted(corpus.offsets, first, side="right")) - 1
        high = int(np.searchsorted(corpus.offsets, last, side="left"))
        ends: Ints = np.clip(corpus.offsets[low : high + 1], first, last)
        terms = corpus.form_terms[corpus.words[first:last]]
        yield Tokens(terms, np.repeat(slots[low:high], np.diff(ends)))
    titles = corpus.form_terms[corpus.title_words]
    title_slots = np.repeat(layout.starts[:-1], np.diff(corpus.title_offsets))
    for _ in range(title_counts):
        yield Tokens(titles, title_slots)


def _runs(*keys: Ints) -> Ints:
    """Number the runs in which all keys stay the same, from 0."""
    changed = np.zeros(len(keys[0]), dtype=np.int64)
    for key in keys:
        changed[1:] |= key[1:] != key[:-1]
    return np.cumsum(changed)
