"""Words called missing: whether they do stand in the library after all, in some form."""

from __future__ import annotations

from collections import Counter

from bench.sets import QuestionSet
from bench.truth import Case, Figure, Measured, share
from bench.truth.asking import Asker, sample
from bench.truth.forms import FORMS, GENEROUS, Texts


def measure(asker: Asker, questions: QuestionSet, most: int | None) -> Measured:
    """Share of the words called missing that stand in some stored text, in all and by form.

    `stands`: all forms but those that the oracle is generous with; `stands or is near`: all.
    """
    texts, name = Texts(questions.articles), questions.name
    asked = sample(questions.questions, most, lambda q: q.id)
    found: list[str | None] = []
    cases: list[Case] = []
    for one in asked:
        for word in asker.ask(one.question).missing:
            form = texts.stands(word, one.question)
            found.append(form)
            if form:
                cases.append(Case(form, one.question, word))
    counts = Counter(found)
    strict = [form is not None and form not in GENEROUS for form in found]
    total = len(found)
    figures = [
        share("missing", name, "stands", strict),
        share("missing", name, "stands or is near", [form is not None for form in found]),
        *(
            Figure("missing", name, f"{form}", counts[form] / total, total)
            for form in FORMS
            if total
        ),
        Figure("missing", name, "words a question", total / len(asked), len(asked)),
    ]
    return Measured(figures, cases)
