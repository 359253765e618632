"""Answer spans: whether the words marked within a right sentence are the answer."""

from __future__ import annotations

import re

from bench.sets import Found, Gold, QuestionSet
from bench.truth import Case, Figure, Measured, share
from bench.truth.asking import Asker, draw

_WORD = re.compile(r"[^\W_]+")


def measure(asker: Asker, questions: QuestionSet, most: int | None) -> Measured:
    """Precision of the spans of right first quotes, and how many of those have one.

    A span is right that shares a word or number of the gold with it: "1932" of "in May 1932".
    `exact`: all the gold's words are within it and at most two others, or the other way round.
    """
    texts, name = {a.id: a.text for a in questions.articles}, questions.name
    right, exact, marked, cases = [], [], [], []
    for q in draw(questions.questions, most):
        said = asker.ask(q.question)
        if not said.answered or not said.first or not said.is_right(q.gold):
            continue
        spans = said.spans[0]
        marked.append(bool(spans))
        if not spans:
            continue
        text = texts[said.first.article]
        shown = [text[said.first.start + s : said.first.start + e] for s, e in spans]
        meets = [any(_meets(said.first, span, gold) for span in spans) for gold in q.gold]
        right.append(any(meets))
        exact.append(any(_is_exact(shown, text[g.start : g.end]) for g in q.gold))
        if not right[-1]:
            golds = " / ".join(
                text[g.start : g.end] for g in q.gold if g.article == said.first.article
            )
            cases.append(Case("wrong span", q.question, f"{' … '.join(shown)} | gold: {golds}"))
    figures = [
        share("spans", name, "right where the sentence is", right),
        share("spans", name, "exact", exact),
        share("spans", name, "right sentences with a span", marked),
        Figure("spans", name, "spans", float(len(right)), len(marked)),
    ]
    return Measured(figures, cases)


def _meets(quote: Found, span: tuple[int, int], gold: Gold) -> bool:
    start, end = quote.start + span[0], quote.start + span[1]
    return quote.article == gold.article and max(start, gold.start) < min(end, gold.end)


def _is_exact(shown: list[str], gold: str) -> bool:
    marked = {w for one in shown for w in _WORD.findall(one.casefold())}
    wanted = set(_WORD.findall(gold.casefold()))
    small, large = sorted((marked, wanted), key=len)
    return bool(small) and small <= large and len(large) - len(small) <= 2
