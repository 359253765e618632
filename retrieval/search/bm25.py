"""rank-bm25's Okapi model, made from collection statistics instead of a corpus.

`rank_bm25.BM25Okapi` keeps a dict a document and asks every document for every term. An index knows
the documents of each term, so all that it needs of the model are its parameters, what a term weighs
and what a frequency adds. Nothing here reaches for an index: counts come in as values.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from rank_bm25 import BM25Okapi

from retrieval.errors import IndexDamaged
from retrieval.search.arrays import Floats, Ints

EPSILON = 0.25  # rank-bm25's own


class Okapi(BM25Okapi):  # type: ignore[misc] # rank-bm25 ships no types
    """`rank_bm25.BM25Okapi` of documents that are elsewhere.

    With their `doc_len` and `doc_freqs`, and the `idf` of their terms, rank-bm25's own `get_scores`
    works on it too.

    Attributes:
        k1: How soon a repeated term stops adding.
        b: How much a document's length counts, from 0 to 1.
        epsilon: The floor of a frequent term's idf, as a share of the average idf.
        corpus_size: Documents, empty ones counted.
        avgdl: Mean terms a document; 0 of none.
        average_idf: See `mean_idf`.
    """

    def __init__(
        self, *, k1: float, b: float, epsilon: float, documents: int, words: int, average_idf: float
    ) -> None:
        """Take the model's parameters and the collection's statistics.

        Args:
            k1: See above.
            b: See above.
            epsilon: See above.
            documents: How many there are.
            words: How many terms they have, repeats counted.
            average_idf: See above.
        """
        self.k1, self.b, self.epsilon = k1, b, epsilon
        self.corpus_size = documents
        self.avgdl = words / documents if documents else 0.0
        self.average_idf = average_idf

    def weigh(self, document_frequency: int) -> float:
        """The idf of a term that so many documents have, floored as rank-bm25 does; 0 if none has.

        Raises:
            IndexDamaged: More documents have the term than there are.
        """
        if not document_frequency:
            return 0.0
        weight = idf(document_frequency, self.corpus_size)
        return self.epsilon * self.average_idf if weight < 0 else weight

    def norms(self, lengths: Ints) -> Floats:
        """`k1 · (1 - b + b · length / avgdl)`, what a document's length does to its terms.

        Args:
            lengths: Terms in each document.
        """
        if not self.avgdl:
            return np.full(len(lengths), self.k1 * (1 - self.b))
        shares = self.b * lengths.astype(np.float64) / self.avgdl
        norms: Floats = self.k1 * (1 - self.b + shares)
        return norms

    def saturate(self, frequencies: Ints, norms: Floats) -> Floats:
        """What a term that stands `frequencies` times adds, before its idf.

        `f · (k1 + 1) / (f + norm)`: the ATIRE form that rank-bm25 uses (Trotman, Jia, Crane:
        Towards an efficient and effective search engine, 2012).
        """
        tf = frequencies.astype(np.float64)
        weights: Floats = tf * (self.k1 + 1) / (tf + norms)
        return weights


def idf(document_frequency: int, size: int) -> float:
    """`ln((N - n + ½) / (n + ½))`, as rank-bm25 computes it, before its floor.

    Raises:
        IndexDamaged: More documents hold the term than there are.
    """
    if not 0 <= document_frequency <= size:
        raise IndexDamaged(
            f"the index is damaged (a term stands in {document_frequency} of {size} documents); "
            "delete it, it is made again"
        )
    return math.log(size - document_frequency + 0.5) - math.log(document_frequency + 0.5)


def histogram_of(document_frequencies: Ints) -> dict[int, int]:
    """How many terms stand in so many documents each, those that stand nowhere left out."""
    frequencies, terms = np.unique(
        document_frequencies[document_frequencies > 0], return_counts=True
    )
    return dict(zip(frequencies.tolist(), terms.tolist(), strict=True))


def mean_idf(histogram: Mapping[int, int], size: int) -> float:
    """The mean idf of the terms of `size` documents, the same in whatever order; 0 of none.

    rank-bm25 adds up term by term, so its sum depends on their order in the last bits.

    Args:
        histogram: How many terms stand in so many documents each.
        size: How many documents there are.

    Raises:
        IndexDamaged: More documents hold a term than there are.
    """
    if not histogram:
        return 0.0
    for frequency in (min(histogram), max(histogram)):
        idf(frequency, size)  # raises where it cannot be
    log, above = math.log, size + 0.5  # thousands of them at each change: see `idf`
    total = math.fsum(
        (log(above - frequency) - log(frequency + 0.5)) * count
        for frequency, count in histogram.items()
    )
    return total / sum(histogram.values())
