"""Whether the engines found what they should: rank-bm25's Okapi, worked out by exhaustion.

The reference reads every line and scores every sentence that has a word of the query: no index and
no engine takes part. An engine with the same formula must give the same ten best scores, and each
sentence it names must have the score it says. Pullquote, which counts a sentence's paragraph and
article too, tantivy and FTS5 have other formulas, so only the share of their ten that are among the
reference's ten is reported; it need not be 1. That Pullquote's search gives what its own formula
says is held by its tests. An engine whose hits have no numbers is not compared.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np

from bench.corpora import Corpus
from bench.peers import Hits, Query
from retrieval.search.arrays import Floats, Ints

K1, B, EPSILON = 1.5, 0.75, 0.25  # rank-bm25's own
HITS = 10
EVERY_LINES = 10_000  # between two reports of progress
# The largest relative difference allowed: doubles, and scores kept as floats.
EQUAL = {"rank-bm25": 1e-9, "bm25s, numba": 1e-4}


class Best(NamedTuple):
    """The reference for one query.

    Attributes:
        sentences: Those that share a word with the query, best first.
        scores: Theirs.
        floored: Whether it has a word in more than half of all sentences.
    """

    sentences: Ints
    scores: Floats
    floored: bool


class Agreement(NamedTuple):
    """How an engine agrees with the reference.

    Attributes:
        engine: Its name.
        same_formula: Whether its scores must be equal.
        queries: How many were compared.
        equal: For how many all scores were equal; None where the formula is another.
        worst: The largest relative difference of a score; None where the formula is another.
        overlap: The mean share of its ten that are among the reference's ten.
    """

    engine: str
    same_formula: bool
    queries: int
    equal: int | None
    worst: float | None
    overlap: float

    @property
    def holds(self) -> bool:
        """Whether what must be equal is."""
        return self.equal is None or self.equal == self.queries


class Reference:
    """The words of some queries, wherever they stand in a corpus."""

    def __init__(
        self, corpus: Corpus, queries: list[Query], advance: Callable[[int], None]
    ) -> None:
        """Read the corpus once.

        Args:
            corpus: The sentences.
            queries: What will be asked of `best`.
            advance: Told how many lines were read since it was last told.
        """
        self.corpus = corpus
        self.places = {term: array("q") for query in queries for term in query.terms}
        lengths = array("q")
        with corpus.path.open(encoding="ascii") as file:
            for number, line in enumerate(file):
                words = line.split()
                lengths.append(len(words))
                for word in words:
                    if word in self.places:
                        self.places[word].append(number)
                if number % EVERY_LINES == EVERY_LINES - 1:
                    advance(EVERY_LINES)
        self.norms = K1 * (1 - B + B * np.array(lengths) / (corpus.tokens / corpus.sentences))
        counts = np.array(list(corpus.frequencies.values()), dtype=np.float64)
        self.floor = EPSILON * float(_idf(counts, corpus.sentences).mean())

    def best(self, query: Query) -> Best:
        """Score every sentence that shares a word with the query."""
        half = self.corpus.sentences / 2
        scores = np.zeros(self.corpus.sentences)
        matching = np.zeros(self.corpus.sentences, dtype=bool)
        for term in query.terms:
            numbers, frequencies = np.unique(np.array(self.places[term]), return_counts=True)
            own = float(_idf(np.array([len(numbers)]), self.corpus.sentences)[0])
            norms = self.norms[numbers]
            weight = own if own >= 0 else self.floor
            scores[numbers] += weight * (frequencies * (K1 + 1) / (frequencies + norms))
            matching[numbers] = True
        found = np.flatnonzero(matching)
        order = np.lexsort((found, -scores[found]))
        floored = any(self.corpus.frequencies[term] >= half for term in query.terms)
        return Best(found[order], scores[found[order]], floored)


def _idf(counts: Ints | Floats, sentences: int) -> Floats:
    idf: Floats = np.log(sentences - counts + 0.5) - np.log(counts + 0.5)
    return idf


def is_numbered(found: Iterable[Hits]) -> bool:
    """Whether hits can be compared: each has the number of its sentence."""
    return all(number >= 0 for hits in found for number, _ in hits)


def compare(engine: str, found: list[Hits], best: list[Best]) -> Agreement:
    """Hold an engine's hits to the reference.

    Args:
        engine: Its name.
        found: What it found, a query each.
        best: The reference for the same queries.
    """
    same = engine in EQUAL
    pairs = list(zip(found, best, strict=True))
    if engine == "bm25s, numba":  # it has no floor
        pairs = [(hits, one) for hits, one in pairs if not one.floored]
    overlap = float(np.mean([_overlap(hits, one) for hits, one in pairs])) if pairs else 1.0
    if not same:
        return Agreement(engine, same, len(pairs), None, None, overlap)
    worst = [_difference(hits, one) for hits, one in pairs]
    equal = sum(one <= EQUAL[engine] for one in worst)
    return Agreement(engine, same, len(pairs), equal, max(worst, default=0.0), overlap)


def _overlap(hits: Hits, best: Best) -> float:
    """The share of the reference's ten that were found; ties with the tenth count as found."""
    size = min(HITS, len(best.sentences))
    tenth = best.scores[size - 1]
    good = set(best.sentences[best.scores >= tenth].tolist())
    return min(size, sum(number in good for number, _ in hits[:size])) / size


def _difference(hits: Hits, best: Best) -> float:
    """The largest relative difference, rank by rank and sentence by sentence."""
    size = min(HITS, len(best.scores))
    if len(hits) < size:
        return float("inf")
    said = np.array([score for _, score in hits[:size]])
    scores = dict(zip(best.sentences.tolist(), best.scores.tolist(), strict=True))
    own = np.array([scores.get(number, np.inf) for number, _ in hits[:size]])
    scale = np.abs(best.scores[:size])
    return float(np.max(np.maximum(np.abs(said - best.scores[:size]), np.abs(said - own)) / scale))
