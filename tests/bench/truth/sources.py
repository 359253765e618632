"""What is said of sources: how often, and by lists judged by hand in `tests/data/judged`, how true.

A judged sentence is asked in its own words, and counts if the answer still says of it what was
judged; what is said otherwise today is not in the list.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.measures import DEPTH
from bench.sets import BadSet, Found, QuestionSet
from bench.truth import Case, Measured, share
from bench.truth.asking import Asker, Said, draw, sample

JUDGED = Path(__file__).parents[2] / "data" / "judged"


class Verdict(NamedTuple):
    """A judgement.

    Attributes:
        questions: The set's name.
        place: The sentence.
        other: Whom it is credited to, or the other sentence in which it is said to be, too.
        right: Whether that is true.
    """

    questions: str
    place: Found
    other: Found
    right: bool


def measure(asker: Asker, questions: QuestionSet, most: int | None) -> Measured:
    """How often first quotes have each sentence about sources, and how true those judged are."""
    said = [asker.ask(q.question) for q in draw(questions.questions, most)]
    firsts = [reply.sources[0] for reply in said if reply.answered]
    name = questions.name
    figures = [
        share("sources", name, "credited", [one.speaker is not None for one in firsts]),
        share("sources", name, "also in another article", [bool(one.also) for one in firsts]),
        share("sources", name, "independent sources", [one.origins > 1 for one in firsts]),
        share("sources", name, "figures", [reply.figures > 0 for reply in said if reply.answered]),
    ]
    cases = []
    for kind in ("credits", "also"):
        found = list(_judged(asker, questions, read_verdicts(kind, name), kind, most))
        figures.append(share("sources", name, f"{kind} right", [one.right for one in found]))
        cases += [_case(one, kind, questions) for one in found if not one.right]
    return Measured(figures, cases)


def _case(one: Verdict, kind: str, questions: QuestionSet) -> Case:
    texts = {article.id: article.text for article in questions.articles}
    sentence, other = (texts[p.article][p.start : p.end] for p in (one.place, one.other))
    return Case(f"{kind} wrong", sentence, other)


def _judged(
    asker: Asker, questions: QuestionSet, verdicts: list[Verdict], kind: str, most: int | None
) -> Iterator[Verdict]:
    """Those of some judgements that are of what is still said."""
    texts = {article.id: article.text for article in questions.articles}
    for one in sample(verdicts, most, lambda verdict: f"{verdict.place} {verdict.other}"):
        text = texts.get(one.place.article, "")
        reply = asker.ask(text[one.place.start : one.place.end], quotes=DEPTH) if text else None
        if reply and (_joins if kind == "also" else _credits)(reply, one):
            yield one


def _credits(reply: Said, one: Verdict) -> bool:
    """Whether an answer credits a sentence to whom it was judged for."""
    found = zip(reply.found, reply.sources, strict=True)
    return any(quote == one.place and told.speaker == one.other for quote, told in found)


def _joins(reply: Said, one: Verdict) -> bool:
    """Whether an answer has both sentences as one statement."""
    found = zip(reply.found, reply.sources, strict=True)
    return any({one.place, one.other} <= {quote, *told.also} for quote, told in found)


def read_verdicts(kind: str, questions: str) -> list[Verdict]:
    """The judgements of a kind on a set.

    Raises:
        BadSet: A line is none.
    """
    return [one for one in _read(kind) if one.questions == questions]


def _read(kind: str) -> list[Verdict]:
    path = JUDGED / f"{kind}.tsv"
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    return [_verdict(path, n, line) for n, line in lines if line and not line.startswith("#")]


def _verdict(path: Path, number: int, line: str) -> Verdict:
    """`set article start end other-article start end right|wrong`, with tabs between."""
    try:
        name, article, start, end, other, first, last, verdict = line.split("\t")
        place = Found(article, int(start), int(end))
        told = Found(other, int(first), int(last))
    except ValueError as error:
        raise BadSet(f"{path}, line {number}: eight fields, four of them numbers") from error
    if verdict not in {"right", "wrong"}:
        raise BadSet(f"{path}, line {number}: {verdict!r} is neither right nor wrong")
    return Verdict(name, place, told, verdict == "right")
