"""Terms into candidates, best first: the order in which sentences are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from retrieval.index import Index
from retrieval.postings import Floats

CANDIDATES = 50


class Candidate(NamedTuple):
    """A sentence that may answer.

    Attributes:
        sentence: Its number in the index.
        score: The sum of its three BM25 levels.
    """

    sentence: int
    score: float


def rank(
    index: Index, terms: Sequence[str], *, article: int | None = None, limit: int = CANDIDATES
) -> list[Candidate]:
    """The `limit` best candidates: by score, then article id, then place in the article.

    Args:
        index: What is searched.
        terms: What is looked for.
        article: Only this article, by its number.
        limit: How many at most.
    """
    scores = index.scores(terms, article=article)
    totals = scores.total()
    best = _best(totals, limit)
    return [Candidate(int(scores.sentences[n]), float(totals[n])) for n in best]


def _best(scores: Floats, limit: int) -> list[int]:
    """The places of the `limit` highest scores; ties in ascending order of place.

    Sentence numbers follow article id and place, so this is the order of the contract.
    """
    if len(scores) > limit:
        lowest = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        places = np.flatnonzero(scores >= lowest)
    else:
        places = np.arange(len(scores))
    order = np.lexsort((places, -scores[places]))
    best: list[int] = places[order][:limit].tolist()
    return best
