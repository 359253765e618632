"""What speaks for a candidate: one small function a feature."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from retrieval.index import Index
from retrieval.question import Question, Word

# How much a word counts by where it stands, when it is not in the sentence itself.
IN_TITLE = 0.9
IN_SENTENCE_BEFORE = 0.4
IN_SENTENCE_AFTER = 0.2


class Weighted(NamedTuple):
    """A question with the weight of each of its words in one index.

    Attributes:
        question: The question.
        weights: One a word: its smoothed inverse document frequency over sentences, above 0. An
            unknown word weighs most.
        numbers: One a word: the term numbers that stand for it; empty for an unknown word.
    """

    question: Question
    weights: tuple[float, ...]
    numbers: tuple[frozenset[int], ...]

    @property
    def total(self) -> float:
        """The weight of the whole question."""
        return math.fsum(self.weights)


def weigh(question: Question, index: Index) -> Weighted:
    """Weigh each word of a question by how rare it is."""
    return Weighted(
        question,
        tuple(_smoothed_idf(index, word) for word in question.words),
        tuple(_numbers(index, word) for word in question.words),
    )


def _smoothed_idf(index: Index, word: Word) -> float:
    """`ln(1 + (N - n + ½) / (n + ½))`, never negative: Lucene's form of Robertson and Spärck Jones.

    BM25's own is 0 for a word in half of the sentences and nothing for an unknown one.
    """
    held = index.document_frequency(word.term)
    return math.log1p((index.corpus.sentences - held + 0.5) / (held + 0.5))


def _numbers(index: Index, word: Word) -> frozenset[int]:
    terms = [word.term] if word.compound is None else [word.term, word.compound]
    return frozenset(index.numbers[term] for term in terms if term in index.numbers)


def soft_coverage(asked: Weighted, index: Index, sentence: int) -> float:
    """How much of the question a sentence has, from 0 to 1, weighted by idf.

    A word counts 1 in the sentence itself, less in the title or a neighbour that the reader of the
    sentence has before his eyes too.
    """
    places = list(_places(index, sentence))
    found = math.fsum(
        weight * max((share for share, terms in places if numbers & terms), default=0.0)
        for weight, numbers in zip(asked.weights, asked.numbers, strict=True)
    )
    return found / asked.total


def _places(index: Index, sentence: int) -> Iterator[tuple[float, frozenset[int]]]:
    article = int(index.article_of[sentence])
    yield 1.0, index.terms_of(sentence)
    yield IN_TITLE, index.title_of(article)
    for neighbour, share in (
        (sentence - 1, IN_SENTENCE_BEFORE),
        (sentence + 1, IN_SENTENCE_AFTER),
    ):
        if 0 <= neighbour < index.corpus.sentences and index.article_of[neighbour] == article:
            yield share, index.terms_of(neighbour)
