"""Answered or abstained, and why.

Confidence is how much of the question the best sentences have, each word weighted by how rare it is
(`features.soft_coverage`): a score from 0 to 1, not a probability. A word that no source has weighs
most, so a question about something absent stays unanswered however well its other words match.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from retrieval.features import Weighted, soft_coverage
from retrieval.index import Index
from retrieval.models import Reason
from retrieval.ranking import Candidate

# Chosen on the training sets of questions alone; `make eval` prints what it does elsewhere.
THRESHOLD = 0.5
LOOKED_AT = 3


class Verdict(NamedTuple):
    """Whether the library answers.

    Attributes:
        confidence: From 0 to 1.
        reason: Why it abstains, or None where it answers.
        missing: Words of the question that no source has, as they were written.
    """

    confidence: float
    reason: Reason | None
    missing: tuple[str, ...]


def judge(
    asked: Weighted, index: Index, candidates: Sequence[Candidate], threshold: float
) -> Verdict:
    """Decide whether the best candidates answer the question.

    Args:
        asked: The question.
        index: What was searched.
        candidates: Best first.
        threshold: The least confidence of an answer.
    """
    if not index.corpus.sentences:
        return Verdict(0.0, "empty_library", ())
    if not asked.question.words:
        return Verdict(0.0, "nothing_asked", ())
    confidence = max(
        (soft_coverage(asked, index, c.sentence) for c in candidates[:LOOKED_AT]), default=0.0
    )
    enough = candidates and confidence >= threshold
    return Verdict(confidence, None if enough else "not_in_sources", _missing(asked))


def _missing(asked: Weighted) -> tuple[str, ...]:
    pairs = zip(asked.question.words, asked.numbers, strict=True)
    return tuple(asked.question.written(word) for word, numbers in pairs if not numbers)
