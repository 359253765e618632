"""rank-bm25's Okapi model over an inverted index: the same scores, only the storage differs.

`rank_bm25.BM25Okapi` keeps a dict a document and asks every document for every term. Here a term
knows its documents, so a query costs what its own postings cost. Parameters, idf with the epsilon
floor and scoring formula are rank-bm25's; its edge cases too, except that zero is scored where
rank-bm25 divides by zero: in a corpus without a single term, and by an empty document at b = 1.

The formula itself, `length_norms` and `saturate`, takes lengths and frequencies as values and never
reaches for an index.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Self

import numpy as np
from rank_bm25 import BM25Okapi

from retrieval.postings import Floats, Ints, Postings

K1 = 1.5
B = 0.75
EPSILON = 0.25


class Okapi(BM25Okapi):  # type: ignore[misc] # rank-bm25 ships no types
    """BM25 over postings; a drop-in for `rank_bm25.BM25Okapi`.

    Attributes:
        vocabulary: Each term's number.
        postings: The inverted index over those numbers.
        idf: Each term's inverse document frequency, floored as rank-bm25 does.
        corpus_size: Documents, empty ones counted.
        avgdl: Mean terms a document.
    """

    idf: dict[str, float]
    corpus_size: int
    avgdl: float

    def __init__(
        self,
        corpus: Iterable[Sequence[str]],
        *,
        k1: float = K1,
        b: float = B,
        epsilon: float = EPSILON,
    ) -> None:
        """Index a corpus.

        Args:
            corpus: The terms of each document.
            k1: How soon a repeated term stops adding.
            b: How much a document's length counts, from 0 to 1.
            epsilon: The floor of a frequent term's idf, as a share of the average idf.
        """
        vocabulary: dict[str, int] = {}
        numbers: list[int] = []
        lengths: list[int] = []
        for document in corpus:
            numbers.extend(vocabulary.setdefault(term, len(vocabulary)) for term in document)
            lengths.append(len(document))
        postings = Postings.build(
            np.array(numbers, dtype=np.int64),
            np.repeat(np.arange(len(lengths)), lengths),
            vocabulary=len(vocabulary),
            corpus=len(lengths),
        )
        self._take(postings, vocabulary, k1=k1, b=b, epsilon=epsilon)

    @classmethod
    def over(
        cls,
        postings: Postings,
        vocabulary: Mapping[str, int],
        *,
        k1: float = K1,
        b: float = B,
        epsilon: float = EPSILON,
    ) -> Self:
        """The model over postings that are there already."""
        model = cls.__new__(cls)
        model._take(postings, vocabulary, k1=k1, b=b, epsilon=epsilon)  # noqa: SLF001 - its own class
        return model

    def _take(
        self,
        postings: Postings,
        vocabulary: Mapping[str, int],
        *,
        k1: float,
        b: float,
        epsilon: float,
    ) -> None:
        self.vocabulary = vocabulary
        self.postings = postings
        self.k1, self.b, self.epsilon = k1, b, epsilon
        self.idf = {}
        self.average_idf = 0.0
        self.corpus_size = len(postings.lengths)
        tokens = int(postings.lengths.sum())
        self.avgdl = tokens / self.corpus_size if self.corpus_size else 0.0
        frequencies = postings.document_frequencies().tolist()
        held = {term: frequencies[n] for term, n in vocabulary.items() if frequencies[n]}
        if held:
            self._calc_idf(held)  # rank-bm25's own
        self._norms = length_norms(postings.lengths, self.avgdl, k1=k1, b=b)

    def get_scores(self, query: Sequence[str]) -> Floats:
        """Score every document.

        Args:
            query: Terms; a repeated one counts again, an unknown one not at all.

        Returns:
            Shape (corpus_size,).
        """
        scores = np.zeros(self.corpus_size)
        for term in query:
            number = self.vocabulary.get(term)
            if number is None:
                continue
            documents, frequencies = self.postings.of(number)
            scores[documents] += self.idf.get(term, 0.0) * saturate(
                frequencies, self._norms[documents], k1=self.k1
            )
        return scores

    def get_batch_scores(self, query: Sequence[str], doc_ids: Sequence[int]) -> list[float]:
        """Score the documents of these numbers, in their order."""
        scores: list[float] = self.get_scores(query)[list(doc_ids)].tolist()
        return scores

    def document_frequency(self, term: str) -> int:
        """In how many documents `term` stands."""
        number = self.vocabulary.get(term)
        return 0 if number is None else len(self.postings.of(number)[0])

    def matching(self, query: Iterable[str]) -> Ints:
        """The documents that hold at least one of the terms, ascending.

        Okapi's idf may be 0 or negative, so a score cannot tell who matches.
        """
        numbers = [n for term in query if (n := self.vocabulary.get(term)) is not None]
        if not numbers:
            return np.empty(0, dtype=np.int64)
        found: Ints = np.unique(np.concatenate([self.postings.of(n)[0] for n in numbers]))
        return found


def length_norms(lengths: Ints, average: float, *, k1: float, b: float) -> Floats:
    """`k1 · (1 - b + b · length / average)`, what a document's length does to its terms.

    Args:
        lengths: Terms in each document.
        average: Mean terms a document; 0 where no document has any.
        k1: See `Okapi`.
        b: See `Okapi`.
    """
    if not average:
        return np.full(len(lengths), k1 * (1 - b))
    norms: Floats = k1 * (1 - b + b * lengths.astype(np.float64) / average)
    return norms


def saturate(frequencies: Ints, norms: Floats, *, k1: float) -> Floats:
    """What a term that stands `frequencies` times adds, before its idf.

    `f · (k1 + 1) / (f + norm)`: the ATIRE form that rank-bm25 uses (Trotman, Jia, Crane: Towards an
    efficient and effective search engine, 2012).
    """
    tf = frequencies.astype(np.float64)
    weights: Floats = tf * (k1 + 1) / (tf + norms)
    return weights
