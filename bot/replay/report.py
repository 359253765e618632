"""Outcomes → a table, a difference for each case that calls for attention, and one summary line."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.replay.runner import Check, Outcome, Verdict
from retrieval.models import Answer

SHOWN = 3
NARROWEST = 72  # columns of a table; a narrower terminal breaks its lines itself
_COLORS: dict[Verdict, str] = {
    "as expected": "green",
    "failed": "bold red",
    "known failure": "yellow",
    "now passes": "bold magenta",
}
_PLURALS = {"known failure": "known failures"}


def print_report(outcomes: Sequence[Outcome], console: Console) -> None:
    """Print everything that a reader wants to know, and nothing that changes between runs."""
    for script in dict.fromkeys(outcome.script for outcome in outcomes):
        table = _table(script, [o for o in outcomes if o.script == script])
        table.width = max(console.width, NARROWEST)
        console.print(table, crop=False)
    for outcome in outcomes:
        if outcome.verdict != "as expected":
            console.print(_difference(outcome))
    console.print(f"\n{summarize(outcomes)}", highlight=False)


def print_json(outcomes: Iterable[Outcome], console: Console) -> None:
    """Print one line of JSON for each outcome."""
    for outcome in outcomes:
        console.out(to_json(outcome), highlight=False)


def to_json(outcome: Outcome) -> str:
    """An outcome as one line of JSON: script, id, ask, verdict, known_failure, checks, answer."""
    case = outcome.case
    fields = {
        "script": outcome.script,
        "id": case.id,
        "ask": case.ask,
        "verdict": outcome.verdict,
        "known_failure": case.known_failure,
        "checks": [check.model_dump() for check in outcome.checks],
        "answer": outcome.answer.model_dump(mode="json", by_alias=True),
    }
    return json.dumps(fields)


def summarize(outcomes: Iterable[Outcome]) -> str:
    """The counts in one line: `68 as expected, 2 failed, 5 known failures`."""
    counts = Counter(outcome.verdict for outcome in outcomes)
    verdicts: tuple[Verdict, ...] = get_args(Verdict)
    shown = [verdict for verdict in verdicts if counts[verdict] or verdict in verdicts[:2]]
    return ", ".join(_count(counts[verdict], verdict) for verdict in shown)


def _count(number: int, verdict: Verdict) -> str:
    return f"{number} {verdict if number == 1 else _PLURALS.get(verdict, verdict)}"


def make_plain(text: str) -> str:
    """The text on one line, with what could steer a terminal shown as an escape."""
    line = " ".join(text.split())
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in line)


def _table(script: str, outcomes: Iterable[Outcome]) -> Table:
    table = Table(title=Text(make_plain(script)), title_justify="left")
    table.add_column("case", ratio=2, overflow="fold")
    table.add_column("question", ratio=4, no_wrap=True, overflow="ellipsis")
    table.add_column("rank", justify="right", min_width=4)
    table.add_column("confidence", justify="right", no_wrap=True)
    table.add_column("result", min_width=13, no_wrap=True)
    for outcome in outcomes:
        table.add_row(
            Text(make_plain(outcome.case.id)),
            Text(make_plain(outcome.case.ask)),
            _ranks(outcome.checks),
            f"{outcome.answer.confidence:.2f}",
            Text(outcome.verdict, style=_COLORS[outcome.verdict]),
        )
    return table


def _ranks(checks: Iterable[Check]) -> str:
    ranks = (str(check.rank or "-") for check in checks if check.key == "quote")
    return " ".join(ranks)


def _difference(outcome: Outcome) -> RenderableType:
    verdict = Text(outcome.verdict, style=_COLORS[outcome.verdict])
    place = Text(make_plain(f"{outcome.script}: {outcome.case.id}:"), style="bold")
    return Group(Text(), place + Text(" ") + verdict, Padding(_rows(outcome), (0, 0, 0, 2)))


def _rows(outcome: Outcome) -> Table:
    rows = Table.grid(padding=(0, 2, 0, 0))
    rows.add_column(no_wrap=True, style="dim")
    rows.add_column(overflow="fold")
    for name, text in lines(outcome):
        rows.add_row(name, Text(make_plain(text)))
    return rows


def lines(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """What was expected and what came, each with its name."""
    yield "asked", outcome.case.ask
    if outcome.case.known_failure:
        yield "known", outcome.case.known_failure
    if outcome.verdict == "now passes":
        yield "to do", "it came as expected: remove known_failure from the case"
        return
    for check in outcome.checks:
        if not check.held:
            first, *others = check.expected
            yield check.key, f"expected {first}"
            yield from (("", f"or {other}") for other in others)
            yield "", f"came {check.came}"
    yield from _came(outcome.answer)


def _came(answer: Answer) -> Iterator[tuple[str, str]]:
    why = ", ".join(filter(None, (answer.reason, answer.talk)))
    status = f"{answer.status} ({why})" if why else answer.status
    yield "answer", f"{status}, confidence {answer.confidence:.2f}"
    if answer.missing:
        yield "missing", ", ".join(answer.missing)
    if answer.apart:
        yield "apart", ", ".join(answer.apart)
    shown = answer.quotes or answer.nearest
    name = "quote" if answer.quotes else "nearest"
    for rank, quote in enumerate(shown[:SHOWN], start=1):
        yield f"{name} {rank}", f"{quote.article}: {quote.text}"
