"""Coats: the politeness, greetings and background that people put around a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bench.sets import BadSet, Question, QuestionSet
from bench.truth import Case, Measured, share
from bench.truth.asking import Asker, Said, draw

TWELVE = Path(__file__).parents[2] / "data" / "coats" / "twelve.txt"
# The first words that nobody writes with a capital in the middle of a sentence.
_OPENING = re.compile(
    r"(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can"
    r"|could|will|would|should|may|in|on|at|by|from|to|for|after|before|during|the|a|an|name|give)"
    r"(?:['’]s|['’]re)?\b",
    re.IGNORECASE,
)


class Coat(NamedTuple):
    """Words around a question.

    Attributes:
        name: What kind of words.
        form: The words, with `{}` or `{bare}` in the question's place.
    """

    name: str
    form: str

    def around(self, question: str) -> str:
        """The question in this coat."""
        bare = question.rstrip(" ?.!")
        if _OPENING.match(bare):
            bare = bare[0].lower() + bare[1:]
        return self.form.replace("{bare}", bare).replace("{}", question)


def read_coats(path: Path) -> list[Coat]:
    """The coats of a file, a line each as `name: words {} words`; lines with `#` are remarks.

    Raises:
        BadSet: The file cannot be read, or a line is no coat.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise BadSet(f"{path}: {error.strerror or error}; name a file of coats") from error
    coats = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, colon, form = line.partition(": ")
        if not colon or form.count("{}") + form.count("{bare}") != 1:
            raise BadSet(f"{path}, line {number}: write a coat as `name: words {{}} words`")
        coats.append(Coat(name, form))
    return coats


def measure(
    asker: Asker, questions: QuestionSet, coats: Sequence[Coat], most: int | None
) -> Measured:
    """What answered questions lose in a coat.

    `withheld`: the coated question is not answered; `changed`: it is, with another first quote;
    `lost`: either. `named`: a word of the coat is called missing.
    """
    plain = [(asked, asker.ask(asked.question)) for asked in draw(questions.questions, most)]
    plain = [(asked, said) for asked, said in plain if said.answered]
    name = questions.name
    figures, cases = [], []
    totals: dict[str, list[bool]] = {"withheld": [], "changed": [], "lost": [], "named": []}
    for coat in coats:
        lost = []
        for asked, before in plain:
            question = coat.around(asked.question)
            after = asker.ask(question)
            changed = after.answered and after.first != before.first
            named = _named(before, after, asked)
            verdict = (not after.answered, changed, changed or not after.answered, bool(named))
            for values, one in zip(totals.values(), verdict, strict=True):
                values.append(one)
            lost.append(verdict[2])
            if verdict[2] or named:
                what = "withheld" if verdict[0] else "changed" if changed else "named"
                cases.append(Case(what, question, ", ".join(named)))
        figures.append(share("coats", name, f"lost in {coat.name}", lost))
    every = [share("coats", name, key, values) for key, values in totals.items()]
    return Measured(every + figures, cases)


def _named(before: Said, after: Said, asked: Question) -> list[str]:
    """Words of the coat that are called missing."""
    known = {word.casefold() for word in before.missing}
    own = asked.question.casefold()
    new = (word for word in after.missing if word.casefold() not in known)
    return [word for word in new if word.casefold() not in own]
