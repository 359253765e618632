"""Postings: for each term the documents that hold it and how often, in flat numpy arrays."""

from __future__ import annotations

from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Postings(NamedTuple):
    """An inverted index over numbered documents and numbered terms.

    Attributes:
        offsets: Shape (terms + 1,): term t's postings are `offsets[t]:offsets[t + 1]`.
        documents: Shape (postings,): document numbers, ascending within a term.
        frequencies: Shape (postings,): how often the term stands in that document.
        lengths: Shape (documents,): terms in each document, repeats counted.
    """

    offsets: Ints
    documents: Ints
    frequencies: Ints
    lengths: Ints

    @classmethod
    def build(cls, terms: Ints, documents: Ints, *, vocabulary: int, corpus: int) -> Self:
        """Invert a flat corpus.

        Args:
            terms: Shape (tokens,): every term number of the corpus.
            documents: Shape (tokens,): the document each one stands in.
            vocabulary: How many terms there are.
            corpus: How many documents there are, empty ones counted.
        """
        pairs, frequencies = np.unique(terms * max(corpus, 1) + documents, return_counts=True)
        term_of, document_of = np.divmod(pairs, max(corpus, 1))
        counts = np.bincount(term_of, minlength=vocabulary)
        return cls(
            offsets=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            documents=document_of.astype(np.int64),
            frequencies=frequencies.astype(np.int64),
            lengths=np.bincount(documents, minlength=corpus).astype(np.int64),
        )

    def of(self, term: int) -> tuple[Ints, Ints]:
        """The documents that hold `term`, and how often each does."""
        stretch = slice(int(self.offsets[term]), int(self.offsets[term + 1]))
        return self.documents[stretch], self.frequencies[stretch]

    def document_frequencies(self) -> Ints:
        """Shape (terms,): in how many documents each term stands."""
        return np.diff(self.offsets)


def ranges(starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Every number of each half-open range, one range after the other, and the range it is in."""
    lengths = np.maximum(ends - starts, 0)
    rows = np.repeat(np.arange(len(starts)), lengths)
    before = np.cumsum(lengths) - lengths
    return np.arange(len(rows)) - before[rows] + starts[rows], rows


def search(ascending: NDArray[np.integer[Any]], wanted: NDArray[np.integer[Any]]) -> Ints:
    """In which stretch each number lies, where `ascending` tells how each stretch begins.

    numpy would copy all of `ascending` to make its kind that of `wanted`.
    """
    places: Ints = np.searchsorted(ascending, wanted.astype(ascending.dtype), side="right") - 1
    return places
