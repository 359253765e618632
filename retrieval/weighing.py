"""How much each word of a question weighs in one library, and the terms that stand for it."""

from __future__ import annotations

import math
from typing import NamedTuple

from retrieval.derivations import Derivations
from retrieval.index import Index
from retrieval.question import Question, Word

MISSPELT = 0.9  # what a word that was read as another counts, against one that was written so


class Weighted(NamedTuple):
    """A question's words in one index; every tuple has one entry a word.

    Attributes:
        question: The question.
        weights: Smoothed inverse document frequency over sentences, above 0. An unknown word
            weighs most.
        exact: The numbers of the terms that are the word; none for an unknown word.
        derived: The numbers of terms of the same family.
        synonyms: The numbers of terms of the same meaning.
    """

    question: Question
    weights: tuple[float, ...]
    exact: tuple[frozenset[int], ...]
    derived: tuple[frozenset[int], ...]
    synonyms: tuple[frozenset[int], ...]

    @property
    def total(self) -> float:
        """The weight of the whole question."""
        return math.fsum(self.weights)


def weigh(question: Question, index: Index, derivations: Derivations) -> Weighted:
    """Weigh each word of a question by how rare it is."""
    words = question.words
    return Weighted(
        question,
        tuple(_weight(index, word) for word in words),
        tuple(_numbers(index, _written(word)) for word in words),
        tuple(_numbers(index, derivations.of(word.term)) for word in words),
        tuple(_numbers(index, derivations.synonyms(word.term)) for word in words),
    )


def _weight(index: Index, word: Word) -> float:
    held = index.document_frequency(word.term)
    return smoothed_idf(held, index.corpus.sentences) * (MISSPELT if word.read else 1.0)


def smoothed_idf(held: int, sentences: int) -> float:
    """`ln(1 + (N - n + ½) / (n + ½))`, never negative: Lucene's form of Robertson and Spärck Jones.

    BM25's own is 0 for a word in half of the sentences and nothing for an unknown one.
    """
    return math.log1p((sentences - held + 0.5) / (held + 0.5))


def _written(word: Word) -> frozenset[str]:
    return frozenset([word.term] if word.compound is None else [word.term, word.compound])


def _numbers(index: Index, terms: frozenset[str]) -> frozenset[int]:
    return frozenset(index.numbers[term] for term in terms if term in index.numbers)
