"""`make eval`: how good the answers are, on any folder of question sets, beside rank-bm25."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple, NoReturn

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from bench.engines import Engine, Pullquote, RankBm25, Reply
from bench.measures import auroc, hits, trace_abstention
from bench.rows import BadRows, Row, read_rows, write_rows
from bench.scripted import read_scripts
from bench.sets import SHARED, BadSet, Question, QuestionSet, find_sets, first_hit, read_set
from bench.slips import misspell
from bench.table import draw_table

# Questions of one set asked of another's library, where no answer can stand.
STRANGERS = (("selqa", "scifact"), ("scifact", "squad2"))


class Asked(NamedTuple):
    """A question and what an engine said to it."""

    question: Question
    reply: Reply


class Round(NamedTuple):
    """Questions for one library.

    Attributes:
        name: The name of the questions.
        questions: What is asked.
        strange: Whether they are another library's, which this one cannot answer.
        misspelt: Whether each has a typing error.
    """

    name: str
    questions: list[Question]
    strange: bool = False
    misspelt: bool = False


def plan(library: QuestionSet, sets: Sequence[QuestionSet]) -> list[Round]:
    """What a library is asked: its own questions first, misspelt, and those of its strangers."""
    slipped = misspell(library)
    named = {s.name: s.questions for s in sets}
    strangers = [guest for guest, host in STRANGERS if host == library.name and guest in named]
    return [
        Round(library.name, library.questions),
        Round(slipped.name, slipped.questions, misspelt=True),
        *(Round(guest, named[guest], strange=True) for guest in strangers),
    ]


def measure(sets: Sequence[QuestionSet], *, baseline: bool, progress: Progress) -> list[Row]:
    """Every row of the table.

    Args:
        sets: Each gives a library and the questions asked of it.
        baseline: Whether rank-bm25 is measured too.
        progress: Shows how many of the questions are asked.
    """
    makers = {"pullquote": Pullquote} | ({"rank-bm25": RankBm25} if baseline else {})
    plans = [(library, plan(library, sets)) for library in sets]
    total = sum(len(asked.questions) for _, rounds in plans for asked in rounds)
    task = progress.add_task("reading", total=total * len(makers))

    def run(name: str, library: QuestionSet, rounds: list[Round]) -> Iterator[Row]:
        progress.update(task, description=f"{name} reads {library.name}")
        engine = makers[name](library.articles)
        own: list[Asked] = []
        for asked in rounds:
            progress.update(task, description=f"{name}: {asked.name} → {library.name}")
            replies = list(ask(engine, asked.questions, lambda: progress.advance(task)))
            own = own or replies
            yield _row(asked, library.name, name, replies, own)

    return [
        row for library, rounds in plans for name in makers for row in run(name, library, rounds)
    ]


def ask(
    engine: Engine, questions: Sequence[Question], advance: Callable[[], None]
) -> Iterator[Asked]:
    """What an engine says to each question."""
    for question in questions:
        yield Asked(question, engine.reply(question.question))
        advance()


def _row(asked: Round, library: str, engine: str, replies: list[Asked], own: list[Asked]) -> Row:
    """The figures of a round; strangers are held against the library's own answerable questions."""
    yes = [a for a in (own if asked.strange else replies) if a.question.answerable]
    no = [a for a in replies if asked.strange or not a.question.answerable]
    sure, unsure = ([a.reply.confidence for a in kind] for kind in (yes, no))
    ranks = [first_hit(a.reply.found, a.question.gold) for a in yes]
    return Row(
        questions=asked.name,
        library=library,
        engine=engine,
        misspelt=asked.misspelt,
        hits=hits(ranks) if ranks and not asked.strange else None,
        auroc=auroc(sure, unsure) if sure and unsure else None,
        answered=_share([a.reply.answered for a in yes]),
        withheld=_share([not a.reply.answered for a in no]),
        curve=trace_abstention(sure, unsure) if sure and unsure else (),
    )


def _share(values: Sequence[bool]) -> float | None:
    return sum(values) / len(values) if values else None


def read_sets(folders: Sequence[Path]) -> list[QuestionSet]:
    """The sets of some folders; without any, those beside the project and the scripts.

    Raises:
        BadSet: A folder without a set, a set that cannot be read, or two of one name.
    """
    sets = [read_set(folder) for given in folders for folder in find_sets(given)]
    if not folders:
        beside = find_sets(SHARED) if SHARED.is_dir() else []
        sets = [*(read_set(folder) for folder in beside), read_scripts()]
    names = [questions.name for questions in sets]
    for name in names:
        if names.count(name) > 1:
            raise BadSet(f"{name}: two sets have this name, and rows go by it; rename a folder")
    return sets


def _bar() -> Progress:
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("questions"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def _draw(rows: Sequence[Row], to: Path) -> None:
    """Draw the picture; only this needs matplotlib."""
    try:
        from bench.plots import draw  # noqa: PLC0415 - an extra that the figures do without
    except ModuleNotFoundError as error:
        _stop(f"--plot-to needs {error.name}: pip install -e '.[eval]', or use `make eval`")
    draw(rows, to)


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)


def main(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Question sets, or folders of them. A set is a folder with articles.jsonl "
            '({"id", "title", "text"} a line) and questions.jsonl ({"id", "question", '
            '"answerable", "gold": [{"article", "start", "end"}]} a line; gold in characters '
            "of the text, end exclusive). Without any: those of ../shared/qa and the scripts of "
            "tests/scripts.",
        ),
    ] = None,
    *,
    baseline: Annotated[bool, typer.Option(help="Measure rank-bm25 too.")] = True,
    kept: Annotated[
        Path | None,
        typer.Option("--from", help="Measure nothing: show the rows that --json-to wrote here."),
    ] = None,
    before: Annotated[
        Path | None,
        typer.Option(help="Earlier rows: each figure shows its change since, in thousandths."),
    ] = None,
    json_to: Annotated[Path | None, typer.Option(help="Write the rows here as JSON.")] = None,
    plot_to: Annotated[Path | None, typer.Option(help="Draw hit@k and abstention here.")] = None,
) -> None:
    """Measure the answers on sets of questions, also with a typing error in each.

    hit@k: the share of answerable questions of which one of the first k
    sentences overlaps a gold span by half of the shorter of both. AUROC: the
    chance that an answerable question is given more confidence than one that is
    not. answered, withheld: the shares of both at the shipped threshold.

    Examples: `make eval`; `make eval SETS=my-sets BEFORE=out/earlier.json`; to
    redraw without measuring, in tests/: python -m bench.quality --from
    ../out/quality.json --plot-to ../out/quality.png
    """
    try:
        earlier = read_rows(before) if before else []
        if kept:
            rows = read_rows(kept)
        else:
            sets = read_sets(folders or [])
            with _bar() as progress:
                rows = measure(sets, baseline=baseline, progress=progress)
        Console(width=120).print(draw_table(rows, earlier))
        if json_to:
            write_rows(rows, json_to)
        if plot_to:
            _draw(rows, plot_to)
    except (BadSet, BadRows) as error:
        _stop(str(error))


if __name__ == "__main__":
    typer.run(main)
