"""The map from evidence to confidence, fitted on libraries cut from the training sets.

A library holds some articles of a set; the set's questions on them can be answered there, those on
its other articles cannot. Evidence grows with the library, so libraries of many sizes are cut.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import linprog, minimize

from bench.sets import Question, QuestionSet
from retrieval import Article
from retrieval.question import read_question
from retrieval.question.spellings import widen
from retrieval.question.unasked import without_frames
from retrieval.ranking import rank
from retrieval.ranking.weighing import weigh
from retrieval.ranking.weights import Calibration
from retrieval.search import Index
from retrieval.search.arrays import Floats
from retrieval.search.writing.tokenizing import read_articles
from retrieval.text import derivations

SEED = 20261122
# How many articles a library has, as shares of its set, and how many such libraries are cut.
CUTS = ((0.5, 1), (0.1, 4), (0.03, 10), (0.01, 20))
# Share of the answerable questions that the shipped threshold answers: the least at which training
# sets that are left out in turn have nine of ten answered.
ANSWERED = 0.92
# How much of what length tells is taken: a library's strangers may write longer than its members.
LENGTH = 0.5
ASKED = 400  # questions of each kind a cut, over all its libraries


_ASKING = re.compile(
    r"\b(?:who|whom|whose|what|which|when|where|why|how(?: (?:many|much|long|old|far|big|tall))?)"
    r"\b(?:['’]?s\b)?|\?",
    re.IGNORECASE,
)


class Trial(NamedTuple):
    """A question asked of a library that was cut.

    Attributes:
        evidence: That of the first candidate.
        sentences: How many sentences the library has.
        words: How many words the question asks about.
        answerable: Whether an article that answers is in it.
        group: Which cut of which set it belongs to.
    """

    evidence: float
    sentences: int
    words: int
    answerable: bool
    group: int


def try_out(sets: list[QuestionSet]) -> list[Trial]:
    """Ask questions of libraries that hold their answers, and of libraries that do not."""
    chance, related = random.Random(SEED), derivations.load()  # noqa: S311 - no secret
    trials: list[Trial] = []
    for number, (questions, (share, libraries)) in enumerate(
        (questions, cut) for questions in sets for cut in CUTS
    ):
        for articles in _cut(questions.articles, share, libraries, chance):
            index = Index.of(read_articles(articles))
            held = {article.id for article in articles}
            for asked in _draw(questions.questions, held, ASKED // libraries, chance):
                question = without_frames(read_question(asked.question), index, related)
                question = widen(question, index, related)
                weighted = weigh(question, index, related)
                best = rank(index, weighted) if question.words else []
                if best:
                    answerable = any(span.article in held for span in asked.gold)
                    size, words = index.sentences, len(question.asked)
                    trials.append(Trial(best[0].evidence, size, words, answerable, number))
    return trials


def _cut(
    articles: list[Article], share: float, libraries: int, chance: random.Random
) -> Iterator[list[Article]]:
    size = max(round(share * len(articles)), 1)
    for _ in range(libraries):
        yield sorted(chance.sample(articles, size), key=lambda article: article.id)


def _draw(
    questions: list[Question], held: set[str], each: int, chance: random.Random
) -> list[Question]:
    inside = [q for q in questions if any(span.article in held for span in q.gold)]
    outside = [q for q in questions if not any(span.article in held for span in q.gold)]
    return [
        question
        for kind in (inside, outside)
        for question in chance.sample(kind, min(each, len(kind)))
    ]


def calibrate(trials: list[Trial]) -> Calibration:
    """The map whose confidence is ½ where `ANSWERED` of the answerable questions are answered.

    Where that is depends on the size of the library: a line over its logarithm, fitted as a
    quantile (Koenker and Bassett 1978) to the answerable questions, each cut weighing the same. How
    much less evidence will do for a longer question comes from a logistic regression on all trials,
    and so does how steep the map is: as a quantile of the answerable alone, more would be asked of
    long questions, which tells less.
    """
    evidence = np.array([t.evidence for t in trials])
    sizes = np.log1p([t.sentences for t in trials])
    lengths = np.log([t.words for t in trials])
    signs = np.where([t.answerable for t in trials], 1.0, -1.0)
    kinds = [(t.group, t.answerable) for t in trials]
    share = np.array([1 / kinds.count(kind) for kind in kinds])
    yes = signs > 0
    by_length, *_, slope = _regress(
        np.stack([lengths, sizes, 0 * sizes + 1, evidence]), signs, share
    )
    length = -by_length / slope * LENGTH
    evidence = evidence - length * lengths
    middle, growth = _quantile(evidence[yes], sizes[yes], share[yes])
    (slope,) = _regress((evidence - middle - growth * sizes)[None], signs, share)
    return Calibration(*(round(n, 2) for n in (middle, growth, length, 1 / slope)))


def _regress(terms: Floats, signs: Floats, share: Floats) -> list[float]:
    """The weight of each of `terms`, shape (terms, trials), by logistic regression."""

    def loss(weights: Floats) -> tuple[float, Floats]:
        distance = signs * (weights @ terms)
        slope = share * signs / (1 + np.exp(distance))
        return float(share @ np.logaddexp(0, -distance)), -terms @ slope

    found: list[float] = minimize(loss, np.zeros(len(terms)), jac=True).x.tolist()
    return found


def _quantile(evidence: Floats, sizes: Floats, share: Floats) -> tuple[float, float]:
    """The line over `sizes` that `ANSWERED` of the evidence lies above, as a linear program."""
    count = len(evidence)
    lines = sparse.csr_matrix(np.stack([np.ones(count), sizes], axis=1))
    above, below = sparse.identity(count), -sparse.identity(count)
    found = linprog(
        np.concatenate([[0, 0], share * (1 - ANSWERED), share * ANSWERED]),
        A_eq=sparse.hstack([lines, above, below]),
        b_eq=evidence,
        bounds=[(None, None)] * 2 + [(0, None)] * (2 * count),
        method="highs",
    )
    return float(found.x[0]), float(found.x[1])


def as_claims(questions: QuestionSet) -> QuestionSet:
    """The same questions without their question words, as the weights for claims were fitted."""
    return questions._replace(
        questions=[
            asked.model_copy(update={"question": _ASKING.sub(" ", asked.question)})
            for asked in questions.questions
        ]
    )
