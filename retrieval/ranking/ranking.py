"""Candidates, best first, in two steps: the 50 best by BM25, then by a weighted sum of features.

What stands beside documentation, such as a change log, has less of its sum, by its kind of source.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from retrieval.question import Question
from retrieval.ranking.features import article_bm25
from retrieval.ranking.matching import Matches, lay_out
from retrieval.ranking.weighing import Weighted
from retrieval.ranking.weights import weights_for
from retrieval.search.arrays import Floats, Ints
from retrieval.search.backend import Backend
from retrieval.search.scores import Scores
from retrieval.text.languages.source_kinds import SOURCE_KINDS, asked_kinds

CANDIDATES = 50
SOURCE = "kind_of_source"


class Candidate(NamedTuple):
    """A sentence that may answer.

    Attributes:
        sentence: Its number in the index.
        score: The weighted sum of its features, times the weight of its source.
        parts: What each feature adds, in the order of `names`; at last what that weight takes.
        names: The features, and `SOURCE`.
    """

    sentence: int
    score: float
    parts: Floats
    names: tuple[str, ...]

    @property
    def evidence(self) -> float:
        """Its score without what the article as a whole adds, or its kind of source takes.

        An article on the subject says which of its sentences to read first, not that one answers.
        """
        whole = self.score - float(self.parts[-1])
        return whole - float(self.parts[self.names.index(article_bm25.__name__)])

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
    sums = parts.sum(axis=1)
    taken = (source_weights(batch.matches, asked.question) - 1.0) * sums
    totals, parts = sums + taken, np.column_stack([parts, taken])
    order = index.order(totals, scores.sentences)
    ranked = zip(
        scores.sentences[order].tolist(), totals[order].tolist(), parts[order], strict=True
    )
    return [Candidate(*one, (*names, SOURCE)) for one in ranked]


def source_weights(matches: Matches, question: Question) -> Floats:
    """Shape (C,): how much each source counts; one of a kind that is asked for, as any other."""
    if not matches.kinds.any():
        return matches.weights
    asked = [SOURCE_KINDS.index(kind) for kind in asked_kinds(question.text)]
    return np.where(np.isin(matches.kinds, asked), 1.0, matches.weights)


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
