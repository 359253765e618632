"""Candidates, best first, in two steps: the 50 best by BM25, then by a weighted sum of features."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from retrieval.question import Question
from retrieval.ranking.features import article_bm25
from retrieval.ranking.matching import lay_out
from retrieval.ranking.weighing import Weighted
from retrieval.ranking.weights import weights_for
from retrieval.search.arrays import Floats, Ints
from retrieval.search.backend import Backend
from retrieval.search.scores import Scores

CANDIDATES = 50


class Candidate(NamedTuple):
    """A sentence that may answer.

    Attributes:
        sentence: Its number in the index.
        score: The weighted sum of its features.
        parts: What each feature adds, in the order of `names`.
        names: The features.
    """

    sentence: int
    score: float
    parts: Floats
    names: tuple[str, ...]

    @property
    def evidence(self) -> float:
        """Its score without what the article as a whole adds.

        An article on the subject says which of its sentences to read first, not that one answers.
        """
        return self.score - float(self.parts[self.names.index(article_bm25.__name__)])

    def why(self) -> dict[str, float]:
        """What each feature adds to the score, largest first, those that add nothing left out."""
        added = zip(self.names, self.parts.tolist(), strict=True)
        return dict(sorted(((n, p) for n, p in added if p), key=lambda pair: (-pair[1], pair[0])))


def rank(index: Backend, asked: Weighted, *, article: int | None = None) -> list[Candidate]:
    """The candidates of a question: by score, then article id, then place in the article.

    Args:
        index: What is searched.
        asked: What is looked for.
        article: Only this article, by its number.
    """
    scores = propose(index, asked.question, article=article, within=asked.within)
    if not len(scores.sentences):
        return []
    kind = asked.question.kind
    features, weights, names = weights_for(kind)
    batch = lay_out(asked, kind, index, scores)
    parts = np.empty((batch.size, len(features)))
    for place, feature in enumerate(features):
        parts[:, place] = feature(batch)
    parts *= weights
    totals = parts.sum(axis=1)
    order = index.order(totals, scores.sentences)
    ranked = zip(
        scores.sentences[order].tolist(), totals[order].tolist(), parts[order], strict=True
    )
    return [Candidate(*one, names) for one in ranked]


def propose(
    index: Backend,
    question: Question,
    *,
    article: int | None = None,
    within: Ints | None = None,
    limit: int = CANDIDATES,
) -> Scores:
    """The `limit` sentences with the highest weighted sum of the three BM25 levels.

    Args:
        index: What is searched.
        question: What is looked for.
        article: Only this article, by its number.
        within: Only these sentences, ascending: those that have the question's phrases.
        limit: How many at most.
    """
    if within is None:
        return index.propose(question.terms, limit, article=article)
    if article is not None:
        within = within[index.article_of(within) == article]
    return index.best(index.scores(question.terms, within), limit)
