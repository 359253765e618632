"""`make eval`: how good the answers are, on any folder of question sets, beside rank-bm25.

`make eval` runs it on every set beside the project; `cd tests; python -m bench.quality FOLDER…` on
others.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.engines import Engine, Pullquote, RankBm25, Reply
from bench.measures import Hits, auroc, hits
from bench.sets import Question, QuestionSet, first_hit, read_set
from bench.slips import misspell

SHARED = Path(__file__).parents[3] / "shared" / "qa"
# Questions of one set asked of another's library, where no answer can stand.
STRANGERS = (("selqa", "scifact"), ("scifact", "squad2"))


class Row(NamedTuple):
    """One engine on one set.

    Attributes:
        questions: The name of the questions.
        library: The name of the articles they were asked of.
        engine: Whose figures these are.
        hits: None where no question can be answered.
        auroc: Of confidence, answerable against not; None where there is only one kind.
        answered: Share answered of the answerable questions.
        withheld: Share withheld of the unanswerable ones.
    """

    questions: str
    library: str
    engine: str
    hits: Hits | None
    auroc: float | None
    answered: float | None
    withheld: float | None


class Asked(NamedTuple):
    """A question and what an engine said to it."""

    question: Question
    reply: Reply


def ask_all(engine: Engine, questions: list[Question], label: str) -> list[Asked]:
    """Ask every question, with a bar on the way."""
    console = Console(stderr=True)
    bar = track(questions, description=label, console=console, transient=True)
    return [Asked(question, engine.reply(question.question)) for question in bar]


def own_row(name: str, library: str, engine: str, asked: list[Asked]) -> Row:
    """The figures of a set asked of its own library."""
    yes = [a for a in asked if a.question.answerable]
    no = [a for a in asked if not a.question.answerable]
    return Row(
        name,
        library,
        engine,
        hits([first_hit(a.reply.found, a.question.gold) for a in yes]),
        _auroc(yes, no),
        _share([a.reply.answered for a in yes]),
        _share([not a.reply.answered for a in no]),
    )


def strange_row(names: tuple[str, str], engine: str, own: list[Asked], strange: list[Asked]) -> Row:
    """The figures of one set's questions asked of another's library."""
    yes = [a for a in own if a.question.answerable]
    withheld = _share([not a.reply.answered for a in strange])
    return Row(*names, engine, None, _auroc(yes, strange), None, withheld)


def _auroc(yes: list[Asked], no: list[Asked]) -> float | None:
    if not yes or not no:
        return None
    return auroc([a.reply.confidence for a in yes], [a.reply.confidence for a in no])


def _share(values: list[bool]) -> float | None:
    return sum(values) / len(values) if values else None


def measure(sets: list[QuestionSet], *, baseline: bool) -> list[Row]:
    """Every row of the table."""
    makers = {"pullquote": Pullquote} | ({"rank-bm25": RankBm25} if baseline else {})
    questions = {s.name: s.questions for s in sets}
    rows = []
    for library in sets:
        for name, maker in makers.items():
            engine = maker(library.articles)
            own = ask_all(engine, library.questions, f"{library.name}, {name}")
            rows.append(own_row(library.name, library.name, name, own))
            slipped = misspell(library)
            asked = ask_all(engine, slipped.questions, f"{slipped.name}, {name}")
            rows.append(own_row(slipped.name, library.name, name, asked))
            for stranger, host in STRANGERS:
                if host == library.name and stranger in questions:
                    strange = ask_all(engine, questions[stranger], f"{stranger} → {host}, {name}")
                    rows.append(strange_row((stranger, host), name, own, strange))
    return rows


def draw_table(rows: list[Row]) -> Table:
    """The rows as people read them."""
    table = Table(title="How good the answers are")
    for heading in ("questions", "asked of", "engine"):
        table.add_column(heading)
    for heading in ("hit@1", "@3", "@10", "MRR@10", "AUROC", "answered", "withheld"):
        table.add_column(heading, justify="right")
    for row in rows:
        figures = (*(row.hits or (None,) * 4), row.auroc, row.answered, row.withheld)
        table.add_row(row.questions, row.library, row.engine, *map(_figure, figures))
    return table


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}".removeprefix("0")


def as_json(rows: list[Row]) -> str:
    """The rows for machines."""
    hits_of = [row.hits._asdict() if row.hits else None for row in rows]
    return json.dumps(
        [{**r._asdict(), "hits": h} for r, h in zip(rows, hits_of, strict=True)], indent=2
    )


def main(
    folders: Annotated[list[Path] | None, typer.Argument(help="Folders of question sets.")] = None,
    *,
    baseline: Annotated[bool, typer.Option(help="Measure rank-bm25 too.")] = True,
    json_to: Annotated[Path | None, typer.Option(help="Write the rows here as JSON.")] = None,
) -> None:
    """Measure the answers on sets of questions."""
    chosen = folders or sorted(p.parent for p in SHARED.glob("*/questions.jsonl"))
    if not chosen:
        sys.exit(f"{SHARED}: no question sets there; name folders with articles.jsonl in them")
    rows = measure([read_set(folder) for folder in chosen], baseline=baseline)
    Console(width=110).print(draw_table(rows))
    if json_to:
        json_to.parent.mkdir(parents=True, exist_ok=True)
        json_to.write_text(as_json(rows), encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
