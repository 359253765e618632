"""Answered or abstained, and why.

Confidence is a monotone map of the evidence of the first quote, its ranking score without what its
article as a whole adds: a score from 0 to 1, not a probability.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from retrieval.models import Article, Reason
from retrieval.question import Question
from retrieval.question.asking import Kind
from retrieval.question.hard import hard_words
from retrieval.ranking import Candidate
from retrieval.ranking.missing import find_missing
from retrieval.ranking.together import find_apart
from retrieval.ranking.weighing import Weighted
from retrieval.ranking.weights import calibration_for
from retrieval.search.backend import Backend

# Chosen on the training sets of questions alone; `make eval` prints what it does elsewhere.
THRESHOLD = 0.5
# A document has many short lines that share a question's few words: it has to match better.
THRESHOLD_OF_DOCUMENTS = 0.6
# Where most of a question is in no source, its other words prove little: the confidence is halved.
# On the training sets that holds for 1 % of the answerable questions and 8 to 45 % of the others.
MOSTLY_UNKNOWN = 0.5
# A name, a number or a code that no source has is hardly what any of its sentences is about.
HARD_UNKNOWN = 0.4


def least_of(article: Article | None) -> float:
    """The least confidence at which a sentence of an article is an answer."""
    return THRESHOLD_OF_DOCUMENTS if article and article.is_document else THRESHOLD


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
    asked: Weighted,
    index: Backend,
    candidates: Sequence[Candidate],
    threshold: float,
    *,
    within: Weighted | None = None,
) -> Verdict:
    """Decide whether the best candidate answers the question.

    Args:
        asked: The question.
        index: What was searched.
        candidates: Best first.
        threshold: The least confidence of an answer.
        within: The question as it is weighed in the only article that is asked: the confidence is
            that of a library of this article. What is missing is missing in all sources.
    """
    if not index.sentences:
        return Verdict(0.0, "empty_library")
    question = asked.question
    if not question.words or (question.implied and not len(asked.phrases[0])):
        return Verdict(0.0, "nothing_asked")
    missing = find_missing(asked, index)
    confidence = _confidence(within or asked, candidates)
    if candidates and confidence >= threshold:
        return Verdict(confidence, None, missing)
    # A word that stands only within a longer one, or where nothing is quoted, meets others there.
    known = all(held or more for held, more in zip(asked.held, asked.derived, strict=True))
    apart = find_apart(asked, index) if known and not missing else ()
    return Verdict(confidence, "not_in_sources", missing, apart)


def _confidence(asked: Weighted, candidates: Sequence[Candidate]) -> float:
    if not candidates:
        return 0.0
    if asked.question.only_quotes:
        return 1.0  # what was asked for stands there word for word
    size = Size(asked.sentences, _words(asked.question))
    mapped = map_score(candidates[0].evidence, size, asked.question.kind)
    if asked.question.is_asked and any(
        asked.is_nowhere(word) for word in hard_words(asked.question)
    ):
        return mapped * HARD_UNKNOWN
    return mapped / 2 if _unknown(asked) > MOSTLY_UNKNOWN else mapped


class Size(NamedTuple):
    """What evidence depends on, besides what answers.

    Attributes:
        sentences: How many the library has.
        words: How many the question has that are asked about, at least 1; see `Question.shares`.
    """

    sentences: int
    words: float


def map_score(evidence: float, size: Size, kind: Kind) -> float:
    """`1 / (1 + exp(-(evidence - middle - growth · ln(1 + N) - length · ln(W)) / scale))`.

    Evidence grows with the number of sentences N, since the best of more candidates is better, and
    falls with the number of words W, since of many words a sentence seldom has nearly all.
    """
    middle, growth, length, scale = calibration_for(kind)
    due = middle + growth * math.log1p(size.sentences) + length * math.log(size.words)
    distance = (evidence - due) / scale
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


def _words(question: Question) -> float:
    pairs = zip(question.words, question.shares, strict=True)
    return math.fsum(share for word, share in pairs if not word.told)


def _unknown(asked: Weighted) -> float:
    """The share of the question's weight in words that no source has, nor one of their family."""
    words = zip(asked.question.words, asked.weights, strict=True)
    lacking = (w for word, w in words if not word.told and asked.is_nowhere(word))
    return math.fsum(lacking) / asked.total
