"""Articles that were taken out of a part of an index, and what they leave its counts less by."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.search.arrays import Ints
from retrieval.search.codec.strings import Array


class Gone(NamedTuple):
    """Which articles of a part are gone.

    Attributes:
        bits: A bit for each article, low bits first: set where it is gone; None where none is.
        terms: Numbers of the terms that stood in them, ascending.
        counts: Shape (terms, 3): in how many of their sentences, of their paragraphs, of them.
        documents: How many sentences, paragraphs and articles are gone.
        words: How many words those of each level had.
    """

    bits: bytes | None
    terms: Array
    counts: Array
    documents: tuple[int, int, int]
    words: tuple[int, int, int]

    def has(self, article: int) -> bool:
        """Whether an article is gone."""
        return self.bits is not None and bool(self.bits[article >> 3] >> (article & 7) & 1)

    def marks(self, articles: Ints) -> NDArray[np.bool_]:
        """Which of some articles are gone."""
        if self.bits is None:
            return np.zeros(len(articles), dtype=bool)
        flat = np.frombuffer(self.bits, dtype=np.uint8)
        gone: NDArray[np.bool_] = (flat[articles >> 3] >> (articles & 7).astype(np.uint8) & 1) > 0
        return gone

    def articles(self) -> Ints:
        """The numbers of the articles that are gone, ascending."""
        flat = np.frombuffer(self.bits or b"", dtype=np.uint8)
        return np.flatnonzero(np.unpackbits(flat, bitorder="little"))

    def held(self, term: int) -> tuple[int, int, int]:
        """In how many sentences, paragraphs and articles that are gone a term stood."""
        place = int(np.searchsorted(self.terms, term)) if self.bits is not None else 0
        if place >= len(self.terms) or int(self.terms[place]) != term:
            return 0, 0, 0
        one, two, three = self.counts[place].tolist()
        return one, two, three

    def held_all(self, terms: Ints) -> Ints:
        """Shape (terms, 3): see `held`."""
        counts = np.zeros((len(terms), 3), dtype=np.int64)
        if len(self.terms):
            places = np.minimum(np.searchsorted(self.terms, terms), len(self.terms) - 1)
            here = self.terms[places] == terms
            counts[here] = self.counts[places[here]]
        return counts


NOBODY = Gone(
    None, np.empty(0, dtype=np.int64), np.empty((0, 3), dtype=np.int64), (0, 0, 0), (0, 0, 0)
)


def joined(one: Gone, other: Gone, bits: bytes) -> Gone:
    """What is gone, where other articles went too.

    Args:
        one: What was gone.
        other: What went; nothing of it was gone before.
        bits: A bit for each article, of both.
    """
    every = np.concatenate([one.terms.astype(np.int64), other.terms.astype(np.int64)])
    terms, places = np.unique(every, return_inverse=True)
    counts = np.zeros((len(terms), 3), dtype=np.int64)
    np.add.at(counts, places, np.concatenate([one.counts, other.counts]))
    return Gone(
        bits, terms, counts, _sum(one.documents, other.documents), _sum(one.words, other.words)
    )


def _sum(one: tuple[int, int, int], other: tuple[int, int, int]) -> tuple[int, int, int]:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]
