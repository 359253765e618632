"""The engines that are compared: Pullquote, and rank-bm25 as its README shows it."""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np
from rank_bm25 import BM25Okapi

from bench.measures import DEPTH
from bench.sets import Found
from retrieval import Answerer, Article, Library
from retrieval.ranking.confidence import THRESHOLD
from retrieval.sentences import split


class Reply(NamedTuple):
    """What an engine says to a question.

    Attributes:
        found: Sentences, best first, at most ten.
        confidence: Higher for a question that it thinks answered.
        answered: Whether it answers at its own threshold; True where it has none.
    """

    found: list[Found]
    confidence: float
    answered: bool


class Engine(Protocol):
    """Something that answers questions over articles."""

    def reply(self, question: str) -> Reply:
        """Put forward the sentences that may answer."""


class Pullquote:
    """The product itself."""

    def __init__(self, articles: list[Article]) -> None:
        """Read the articles."""
        self.answerer = Answerer.open(Library.of(articles), threshold=0.0)
        self.answerer.ends = 0.0  # the ranking is measured, not where its list ends

    def reply(self, question: str) -> Reply:
        """The first ten of its ranking, and whether it would answer at the shipped threshold."""
        answer = self.answerer.ask(question, quotes=DEPTH)
        quotes = answer.quotes or answer.nearest
        found = [Found(q.article, q.start, q.end) for q in quotes]
        return Reply(found, answer.confidence, answer.confidence >= THRESHOLD)


class RankBm25:
    """`BM25Okapi` over lower-cased words split at spaces, one document a sentence."""

    def __init__(self, articles: list[Article]) -> None:
        """Split the articles into sentences and index them."""
        self.places = [
            (Found(article.id, sentence.start, sentence.end), article)
            for article in articles
            for sentence in split(article.text)
        ]
        words = [a.text[f.start : f.end].lower().split(" ") for f, a in self.places]
        self.model = BM25Okapi(words)

    def reply(self, question: str) -> Reply:
        """The ten highest scores; the highest is the confidence."""
        scores = self.model.get_scores(question.lower().split(" "))
        best = np.argsort(scores)[::-1][:DEPTH]
        return Reply([self.places[n][0] for n in best], float(scores[best[0]]), answered=True)
