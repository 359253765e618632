"""Answered or abstained, and why.

Confidence is a monotone map of the evidence of the first quote, its ranking score without what its
article as a whole adds: a score from 0 to 1, not a probability.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from retrieval.models import Reason
from retrieval.question import Word
from retrieval.question.asking import Kind
from retrieval.question.phrases import Phrase
from retrieval.ranking import Candidate
from retrieval.ranking.together import find_apart
from retrieval.ranking.weighing import Weighted
from retrieval.ranking.weights import calibration_for
from retrieval.search.backend import Backend

# Chosen on the training sets of questions alone; `make eval` prints what it does elsewhere.
THRESHOLD = 0.5
# Where most of a question is in no source, its other words prove little: the confidence is halved.
# On the training sets that holds for 1 % of the answerable questions and 8 to 45 % of the others.
MOSTLY_UNKNOWN = 0.5


class Verdict(NamedTuple):
    """Whether the library answers.

    Attributes:
        confidence: From 0 to 1.
        reason: Why it abstains, or None where it answers.
        missing: Words of the question that no source has, and phrases that no sentence has, as
            they were written.
        apart: Where it abstains and none is missing, words that no paragraph has together.
    """

    confidence: float
    reason: Reason | None
    missing: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


def judge(
    asked: Weighted, index: Backend, candidates: Sequence[Candidate], threshold: float
) -> Verdict:
    """Decide whether the best candidate answers the question.

    Args:
        asked: The question.
        index: What was searched.
        candidates: Best first.
        threshold: The least confidence of an answer.
    """
    if not index.sentences:
        return Verdict(0.0, "empty_library")
    if not asked.question.words:
        return Verdict(0.0, "nothing_asked")
    missing = _missing(asked)
    confidence = _confidence(asked, index, candidates)
    if candidates and confidence >= threshold:
        return Verdict(confidence, None, missing)
    return Verdict(
        confidence, "not_in_sources", missing, () if missing else find_apart(asked, index)
    )


def _confidence(asked: Weighted, index: Backend, candidates: Sequence[Candidate]) -> float:
    if not candidates:
        return 0.0
    if asked.question.only_quotes:
        return 1.0  # what was asked for stands there word for word
    mapped = map_score(candidates[0].evidence, index.sentences, asked.question.kind)
    return mapped / 2 if _unknown(asked) > MOSTLY_UNKNOWN else mapped


def map_score(evidence: float, sentences: int, kind: Kind) -> float:
    """`1 / (1 + exp(-(evidence - middle - growth · ln(1 + N)) / scale))`.

    Evidence grows with the number of sentences N, since the best of more candidates is better.
    """
    middle, growth, scale = calibration_for(kind)
    distance = (evidence - middle - growth * math.log1p(sentences)) / scale
    return 1.0 / (1.0 + math.exp(-max(min(distance, 60.0), -60.0)))


def stands_alone(candidates: Sequence[Candidate], same: Sequence[Candidate] = ()) -> float:
    """The first candidate's share of the softmax over all of them; near 1 it stands alone.

    Args:
        candidates: Best first, at least one.
        same: Those that make the first one's statement; they are no rivals.
    """
    first = candidates[0].score
    beside = {candidate.sentence for candidate in same}
    rivals = (candidate for candidate in candidates if candidate.sentence not in beside)
    return 1.0 / math.fsum(math.exp(candidate.score - first) for candidate in rivals)


def _unknown(asked: Weighted) -> float:
    """The share of the question's weight in words that no source has, nor one of their family."""
    known = zip(asked.weights, asked.held, asked.derived, strict=True)
    return math.fsum(w for w, held, derived in known if not held and not derived) / asked.total


def _missing(asked: Weighted) -> tuple[str, ...]:
    question = asked.question
    pairs = zip(question.phrases, asked.phrases, strict=True)
    phrases = [phrase for phrase, sentences in pairs if not len(sentences)]
    named = {word.start for phrase in phrases for word in phrase.among(question.words)}
    words = zip(question.words, asked.held, strict=True)
    unknown = [word for word, held in words if not held and word.start not in named]
    missing: list[Word | Phrase] = [*unknown, *phrases]
    missing.sort(key=lambda one: one.start)
    return tuple(question.written(one) for one in missing)
