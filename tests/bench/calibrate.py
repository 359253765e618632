"""The map from a ranking score to confidence, fitted on libraries cut from the training sets.

A library holds some articles of a set; the set's questions on them can be answered there, those on
its other articles cannot. Scores grow with the library, so libraries of many sizes are cut.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import linprog, minimize

from bench.sets import Question, QuestionSet
from retrieval import Article, derivations
from retrieval.corpus import read_corpus
from retrieval.index import Index
from retrieval.postings import Floats
from retrieval.question import read_question
from retrieval.ranking import rank
from retrieval.weighing import weigh
from retrieval.weights import Calibration

SEED = 20261122
# How many articles a library has, as shares of its set, and how many such libraries are cut.
CUTS = ((0.5, 1), (0.1, 4), (0.03, 10), (0.01, 20))
# Share of the answerable questions that the shipped threshold answers. On training sets left out in
# turn, as many of the answerable are then answered as questions of other sets are withheld.
ANSWERED = 0.94
ASKED = 400  # questions of each kind a cut, over all its libraries


_ASKING = re.compile(
    r"\b(?:who|whom|whose|what|which|when|where|why|how(?: (?:many|much|long|old|far|big|tall))?)"
    r"\b(?:['’]?s\b)?|\?",
    re.IGNORECASE,
)


class Trial(NamedTuple):
    """A question asked of a library that was cut.

    Attributes:
        score: The ranking score of the first candidate.
        sentences: How many sentences the library has.
        length: How long the question is, from 0 to 1.
        answerable: Whether an article that answers is in it.
        group: Which cut of which set it belongs to.
    """

    score: float
    sentences: int
    length: float
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
            index = Index.of(read_corpus(articles))
            held = {article.id for article in articles}
            for asked in _draw(questions.questions, held, ASKED // libraries, chance):
                question = read_question(asked.question)
                weighted = weigh(question, index, related)
                best = rank(index, weighted) if question.words else []
                if best:
                    answerable = any(span.article in held for span in asked.gold)
                    size = index.sentences
                    trial = Trial(best[0].score, size, weighted.length, answerable, number)
                    trials.append(trial)
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

    Where that is depends on the size of the library and the length of the question: a plane over
    the logarithm of the one and the other, fitted as a quantile (Koenker and Bassett 1978) to the
    answerable questions, each cut weighing the same. How steep the map is comes from a logistic
    regression on all trials.
    """
    scores = np.array([t.score for t in trials])
    grounds = np.array([(1.0, math.log1p(t.sentences), t.length) for t in trials])
    signs = np.where([t.answerable for t in trials], 1.0, -1.0)
    kinds = [(t.group, t.answerable) for t in trials]
    share = np.array([1 / kinds.count(kind) for kind in kinds])
    yes = signs > 0
    plane = _quantile(scores[yes], grounds[yes], share[yes])
    distance = signs * (scores - grounds @ plane)

    def loss(slope: Floats) -> float:
        return float(share @ np.logaddexp(0, -distance * slope[0]))

    slope = float(minimize(loss, np.array([1.0]), method="Nelder-Mead").x[0])
    middle, growth, length = plane.round(2).tolist()
    return Calibration(middle, growth, length, round(1 / slope, 2))


def _quantile(scores: Floats, grounds: Floats, share: Floats) -> Floats:
    """The plane over `grounds` that `ANSWERED` of the scores lie above, as a linear program."""
    count, free = grounds.shape
    above, below = sparse.identity(count), -sparse.identity(count)
    found = linprog(
        np.concatenate([np.zeros(free), share * (1 - ANSWERED), share * ANSWERED]),
        A_eq=sparse.hstack([sparse.csr_matrix(grounds), above, below]),
        b_eq=scores,
        bounds=[(None, None)] * free + [(0, None)] * (2 * count),
        method="highs",
    )
    plane: Floats = found.x[:free]
    return plane


def as_claims(questions: QuestionSet) -> QuestionSet:
    """The same questions without their question words, as the weights for claims were fitted."""
    return questions._replace(
        questions=[
            asked.model_copy(update={"question": _ASKING.sub(" ", asked.question)})
            for asked in questions.questions
        ]
    )
