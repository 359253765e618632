"""Long questions: what is answered where nearly all questions of strangers are withheld.

The questions of `train/ukgov-long` are split by their articles: two thirds to fit on, one third to
measure on, each a library of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bench.measures import auroc, hits
from bench.sets import Question, QuestionSet, first_hit
from bench.truth import Figure, Measured, share
from bench.truth.asking import Asker, digest, draw, sample

LONG = "ukgov-long"
WITHHELD = 0.95  # of the strangers, at the threshold that is set
LENGTHS = ((1, 6), (7, 12), (13, 24), (25, 40), (41, 1000))  # words, both ends in
# Whose questions a library cannot answer: sets about other things, short and long ones.
STRANGERS = {
    LONG: ("scifact", "selqa", "reddit"),
    "reddit": ("scifact", "selqa", LONG),
    "clapnq": ("scifact", "reddit", LONG),
    "squad2": ("scifact", "reddit", LONG),
    "selqa": ("scifact", "reddit", LONG),
}


def part(questions: QuestionSet, *, fitting: bool) -> QuestionSet:
    """Two thirds of the articles and the questions on them, to fit on; or the third to measure on.

    A question without gold goes by its own id.
    """

    def belongs(key: str) -> bool:
        return (digest(key) % 3 > 0) == fitting

    return QuestionSet(
        questions.name,
        [article for article in questions.articles if belongs(article.id)],
        [q for q in questions.questions if belongs(q.gold[0].article if q.gold else q.id)],
    )


def measure(
    asker: Asker, questions: QuestionSet, strangers: Sequence[Question], most: int | None
) -> Measured:
    """Share answered at the threshold that withholds 95 % of strangers, by length too."""
    name = questions.name
    asked = draw(questions.questions, most)
    replies = [asker.ask(q.question) for q in asked]
    strange = [asker.ask(q.question) for q in sample(strangers, most, lambda q: q.id)]
    others = [said.confidence for said in strange]
    confidences = [said.confidence for said in replies]
    threshold = float(np.quantile(others, WITHHELD))
    answered = [one > threshold for one in confidences]
    lengths = [len(q.question.split()) for q in asked]
    ranks = hits([first_hit(list(s.found), q.gold) for s, q in zip(replies, asked, strict=True)])
    figures = [
        share("long", name, "answered at 95 % of strangers withheld", answered),
        *(
            share(
                "long",
                name,
                f"answered at {low}–{high} words" if high < 1000 else f"answered at {low}+ words",
                [one for one, size in zip(answered, lengths, strict=True) if low <= size <= high],
            )
            for low, high in LENGTHS
        ),
        Figure("long", name, "that threshold", threshold, len(others)),
        share("long", name, "answered as shipped", [said.answered for said in replies]),
        share("long", name, "strangers withheld as shipped", [not s.answered for s in strange]),
        Figure("long", name, "AUROC against strangers", auroc(confidences, others), len(others)),
        Figure("long", name, "hit@1", ranks.within[0], len(asked)),
        Figure("long", name, "hit@3", ranks.within[2], len(asked)),
    ]
    return Measured(figures, [])
