"""`python -m bench.truth`: whether what is said about the quotes is true, set by set."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from rich.console import Console
from rich.progress import Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from bench.scripted import read_scripts
from bench.sets import SHARED, BadSet, Question, QuestionSet, find_sets, read_set
from bench.truth import (
    Figure,
    Measured,
    coats,
    invented,
    lists,
    long_questions,
    missing,
    sources,
    spans,
)
from bench.truth import swapped as swaps
from bench.truth.asking import HERE, Asker, sample

SCRIPTS = "scripts"
STRANGERS = 200  # questions of each set that are asked of a library they do not belong to


class Options(NamedTuple):
    """What measures are told.

    Attributes:
        most: Questions of a set at most, None for all.
        coats: What is put around questions.
        strangers: By a library's name, questions of others.
    """

    most: int | None
    coats: list[coats.Coat]
    strangers: dict[str, list[Question]]


def _long(asker: Asker, questions: QuestionSet, options: Options) -> Measured:
    strangers = options.strangers.get(questions.name)
    if not strangers:
        return Measured([], [])
    return long_questions.measure(asker, questions, strangers, options.most)


MEASURES: dict[str, Callable[[Asker, QuestionSet, Options], Measured]] = {
    "coats": lambda asker, asked, given: coats.measure(asker, asked, given.coats, given.most),
    "invented": lambda asker, asked, given: invented.measure(asker, asked, given.most),
    "swapped": lambda asker, asked, given: swaps.measure(asker, asked, given.most),
    "missing": lambda asker, asked, given: missing.measure(asker, asked, given.most),
    "long": _long,
    "list": lambda asker, asked, given: lists.measure(asker, asked, given.most),
    "spans": lambda asker, asked, given: spans.measure(asker, asked, given.most),
    "sources": lambda asker, asked, given: sources.measure(asker, asked, given.most),
}
# What is measured on which of the sets beside the project; on other sets, everything.
BESIDE = {
    "coats": ("squad2", "clapnq", "selqa", SCRIPTS),
    "invented": ("squad2", "selqa"),
    "swapped": ("squad2", "selqa"),
    "missing": ("squad2", "selqa", "scifact", "clapnq", "reddit"),
    "long": (long_questions.LONG, "reddit", "clapnq", "squad2"),
    "list": ("squad2", "selqa", "scifact", "clapnq", "reddit"),
    "spans": ("squad2", "selqa"),
    "sources": (
        *("squad2", "selqa", "scifact", "clapnq", "reddit"),
        *("train/qed", "train/selqat", "train/covidqa"),
    ),
}


class Plan(NamedTuple):
    """A set and what is measured on it."""

    questions: QuestionSet
    measures: list[str]


def plan(wanted: Sequence[str], folders: Sequence[Path], names: Sequence[str]) -> list[Plan]:
    """What is measured on which sets.

    Args:
        wanted: The measures' names.
        folders: Sets of one's own; without any, those beside the project.
        names: Only these of the sets beside the project; all of them where there is none.

    Raises:
        BadSet: A measure is not known, or a set cannot be read.
    """
    if unknown := [name for name in wanted if name not in MEASURES]:
        raise BadSet(f"{unknown[0]}: no such measure; there are {', '.join(MEASURES)}")
    if folders:
        own = [read_set(found) for folder in folders for found in find_sets(folder)]
        return [Plan(one, list(wanted)) for one in own]
    places: dict[str, list[str]] = {}
    for measure in wanted:
        for name in BESIDE[measure]:
            if name in names or not names:
                places.setdefault(name, []).append(measure)
    return [Plan(_beside(name), measures) for name, measures in places.items()]


def _beside(name: str) -> QuestionSet:
    if name == SCRIPTS:
        return read_scripts()
    if name == long_questions.LONG:
        return long_questions.part(read_set(SHARED / "train" / name), fitting=False)
    return read_set(SHARED / name)


def _strangers(plans: Sequence[Plan]) -> dict[str, list[Question]]:
    """Questions of other sets for each library that is asked about length."""
    needed = [one.questions.name for one in plans if "long" in one.measures]
    guests = {guest for name in needed for guest in long_questions.STRANGERS.get(name, ())}
    drawn = {g: sample(_beside(g).questions, STRANGERS, lambda q: q.id) for g in guests}
    return {
        name: [q for guest in long_questions.STRANGERS.get(name, ()) for q in drawn[guest]]
        for name in needed
    }


def run(
    plans: Sequence[Plan], checkout: Path, options: Options, progress: Progress
) -> Iterator[Measured]:
    """Every measure of a checkout."""
    for questions, measures in plans:
        task = progress.add_task(f"{checkout.name}: {questions.name}", total=None)
        advance = lambda task=task: progress.advance(task)  # noqa: E731 - bound to this task
        with Asker(questions.articles, checkout, advance) as asker:
            for measure in measures:
                progress.update(task, description=f"{checkout.name}: {measure}, {questions.name}")
                yield MEASURES[measure](asker, questions, options)
        progress.remove_task(task)


def draw_table(figures: Sequence[Figure], before: Sequence[Figure]) -> Table:
    """One line a figure, beside what it was."""
    earlier = {(f.measure, f.questions, f.name): f.value for f in before}
    table = Table(title="Whether what is said is true")
    for heading in ("measure", "questions", "what"):
        table.add_column(heading)
    for heading in ("of", "before", "now") if before else ("of", "now"):
        table.add_column(heading, justify="right")
    for one in figures:
        was = [_cell(earlier.get((one.measure, one.questions, one.name)))] if before else []
        table.add_row(
            one.measure, one.questions, one.name, f"{one.total:,}", *was, _cell(one.value)
        )
    return table


def _cell(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def main(
    measures: Annotated[
        list[str] | None, typer.Argument(help=f"Any of {', '.join(MEASURES)}; all without one.")
    ] = None,
    *,
    sets: Annotated[
        list[str] | None, typer.Option("--set", help="Only these of the sets in ../shared/qa.")
    ] = None,
    folders: Annotated[
        list[Path] | None, typer.Option("--folder", help="Sets of your own instead.")
    ] = None,
    most: Annotated[int | None, typer.Option("--sample", help="Questions of a set.")] = None,
    before: Annotated[
        Path | None, typer.Option(help="Another checkout, which is measured beside this one.")
    ] = None,
    more: Annotated[
        list[Path] | None, typer.Option("--coats", help="Files of coats instead of the twelve.")
    ] = None,
    json_to: Annotated[Path | None, typer.Option(help="Write the figures here.")] = None,
    cases_to: Annotated[
        Path | None, typer.Option(help="Write the questions behind them here, one a line.")
    ] = None,
) -> None:
    """Measure what is said about quotes: missing words, doubts, spans, and what coats lose.

    Examples, in tests/: python -m bench.truth coats --set squad2 --sample 300;
    python -m bench.truth swapped --before ../../other-checkout
    """
    wanted = measures or list(MEASURES)
    try:
        plans = plan(wanted, folders or [], sets or [])
        read = [coat for path in more or [coats.TWELVE] for coat in coats.read_coats(path)]
        options = Options(most, read, _strangers(plans) if not folders else {})
        console = Console(stderr=True)
        columns = (TextColumn("{task.description} {task.completed:,}"), TimeElapsedColumn())
        with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
            now = list(run(plans, HERE, options, progress))
            then = list(run(plans, before, options, progress)) if before else []
    except BadSet as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    figures = [figure for one in now for figure in one.figures]
    earlier = [figure for one in then for figure in one.figures]
    Console(width=120).print(draw_table(figures, earlier))
    if json_to:
        _write(json_to, [one._asdict() for one in figures])
    if cases_to:
        _write(cases_to, [case._asdict() for one in now for case in one.cases])


def _write(path: Path, lines: Sequence[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
