"""Swapped roles: who did it and to whom it was done, the other way round.

The questions are built from those of the sets: `tests/data/swapped/roles.jsonl` names a question
and two places, and nothing of the texts.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from bench.sets import BadSet, Question, QuestionSet
from bench.truth import Case, Measured, share
from bench.truth.asking import Asker, draw

ROLES = Path(__file__).parents[2] / "data" / "swapped" / "roles.jsonl"


class Swap(NamedTuple):
    """Which two names of a question change places.

    Attributes:
        set: The name of the question's set.
        id: The question's id.
        name: Where a name stands in the question, as first and one past the last character.
        other: Where the other one does; or, with `article`, where a rival stands in its text.
        article: The article with the rival, or None.
    """

    set: str
    id: str
    name: tuple[int, int]
    other: tuple[int, int]
    article: str | None = None


class Swapped(NamedTuple):
    """A question and the same one with its roles swapped."""

    asked: Question
    question: str


def read_swaps(path: Path = ROLES) -> list[Swap]:
    """The swaps that were read by a person and kept.

    Raises:
        BadSet: The file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        kept = [json.loads(line) for line in lines]
        return [Swap(k["set"], k["id"], *_places(k), k.get("article")) for k in kept]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadSet(f"{path}: no file of swaps ({error})") from error


def _places(line: dict[str, list[int]]) -> tuple[tuple[int, int], tuple[int, int]]:
    (start, end), (first, last) = line["name"], line["other"]
    return (start, end), (first, last)


def swap(question: str, one: Swap, rival: str | None) -> str:
    """The question with two names in each other's place, or with the rival in that of one."""
    start, end = one.name
    if rival is not None:
        return question[:start] + rival + question[end:]
    first, last = one.other
    return (
        question[:start]
        + question[first:last]
        + question[end:first]
        + question[start:end]
        + question[last:]
    )


def build(questions: QuestionSet, swaps: list[Swap]) -> list[Swapped]:
    """The swapped questions of a set.

    Raises:
        BadSet: A swap's question or article is not in the set.
    """
    asked = {q.id: q for q in questions.questions}
    texts = {a.id: a.text for a in questions.articles}
    built = []
    for one in swaps:
        if one.set != questions.name:
            continue
        if one.id not in asked or (one.article is not None and one.article not in texts):
            raise BadSet(f"{ROLES}: {questions.name} has no question {one.id!r}")
        rival = None if one.article is None else texts[one.article][slice(*one.other)]
        built.append(Swapped(asked[one.id], swap(asked[one.id].question, one, rival)))
    return built


def measure(
    asker: Asker, questions: QuestionSet, most: int | None, swaps: list[Swap] | None = None
) -> Measured:
    """How many swapped questions are noticed, and how many others are doubted for nothing.

    `right doubted`: of the set's questions whose first quote is right, those with a doubt.
    """
    built = build(questions, read_swaps() if swaps is None else swaps)
    said = [(one, asker.ask(one.question), asker.ask(one.asked.question)) for one in built]
    own = [(asked, asker.ask(asked.question)) for asked in draw(questions.questions, most)]
    right = [reply for asked, reply in own if reply.answered and reply.is_right(asked.gold)]
    name = questions.name
    figures = [
        share("swapped", name, "withheld or doubted", [new.wary for _, new, _ in said]),
        share("swapped", name, "doubted", [new.doubted for _, new, _ in said]),
        share("swapped", name, "originals withheld or doubted", [old.wary for _, _, old in said]),
        share("swapped", name, "originals doubted", [old.doubted for _, _, old in said]),
        share("swapped", name, "right first quotes doubted", [one.doubted for one in right]),
    ]
    cases = [Case("unnoticed", one.question, "") for one, new, _ in said if not new.wary]
    cases += [Case("original doubted", one.asked.question, "") for one, _, o in said if o.doubted]
    return Measured(figures, cases)
