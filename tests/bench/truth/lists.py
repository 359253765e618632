"""Where the list of quotes ends: how long it is, and how many right ones the end cuts off."""

from __future__ import annotations

from bench.measures import DEPTH, hits
from bench.sets import QuestionSet, first_hit
from bench.truth import Figure, Measured
from bench.truth.asking import Asker, draw


def measure(asker: Asker, questions: QuestionSet, most: int | None) -> Measured:
    """hit@k of what is listed of answered questions, and how many quotes that is."""
    asked = draw(questions.questions, most)
    said = [(q, asker.ask(q.question, quotes=3 * DEPTH)) for q in asked]
    said = [(q, reply) for q, reply in said if reply.answered]
    name, count = questions.name, len(said)
    if not said:
        return Measured([], [])
    ranks = [first_hit(list(reply.found), q.gold) for q, reply in said]
    within = hits(ranks).within
    listed = sorted(len(reply.found) for _, reply in said)
    figures = [
        Figure("list", name, f"hit@{k} of answered", within[k - 1], count) for k in (1, 3, 10)
    ]
    middle = listed[len(listed) // 2]
    figures += [
        Figure("list", name, "quotes, mean", sum(listed) / count, count),
        Figure("list", name, "quotes, median", float(middle), count),
    ]
    return Measured(figures, [])
