"""`make bench`: how quick the search is, and what it costs, beside the engines one could pick.

    make bench                                              10k, 100k and 1M made sentences
    make bench BENCH="--sizes 10000 --queries 100"
    make bench BENCH='--engines "pullquote;tantivy"'        only these
    make bench BENCH="--folder articles/"                   the sentences of any articles
    make bench BENCH="--growth"                             Pullquote alone, from 1k to 5M
    make bench BENCH="--answers --sizes 100000"             whole answers beside tantivy
    make bench BENCH="--changes --sizes 100000"             articles come and go meanwhile
    make bench BENCH=--burst                                the bot beside a bare one, over Discord

Each prints a table and writes `bench`, `growth`, `answers`, `changes` or `burst` as JSON, and a
picture of the first two, into `out/`.

All engines read the same lines of terms (`corpora`) and are asked the same queries of 2 to 6 terms,
in one thread: for ten hits, but Pullquote for its 50 candidates, and for whole answers. How each is
set, and why, stands in its module of `peers/`. What is timed: `speed_latency` (queries),
`speed_costs` (building, disk, memory, cold start). That they found the right sentences:
`speed_checks`. An engine that is not installed is named and left out; the `bench` extra brings
them.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from bench.burst import Bursts, burst_lines, measure_burst
from bench.peers import ENGINES, Entry
from bench.speed_answers import measure_answers
from bench.speed_changes import Changed, change_lines, measure_changes
from bench.speed_costs import interpreter
from bench.speed_report import (
    OURS,
    Answers,
    Size,
    agreement_lines,
    answer_lines,
    as_json,
    latency_table,
)
from bench.speed_run import Bench
from retrieval.errors import InputError, PullquoteError

Found = TypeVar("Found")

SIZES = "10000,100000,1000000"
GROWTH = "1000,3000,10000,30000,100000,300000,1000000,3000000,5000000"
FEWEST, MOST = 100, 50_000_000
WIDTH = 130  # columns where there is no terminal
ROOM = "pullquote-bench-"
OUT = Path(__file__).parents[2] / "out"


def read_sizes(text: str) -> list[int]:
    """`10000,100000` as numbers, ascending."""
    parts = [part.strip() for part in text.replace("_", "").split(",")]
    if not all(part.isdecimal() and FEWEST <= int(part) <= MOST for part in parts):
        raise typer.BadParameter(f"{text!r}: say numbers from {FEWEST} to {MOST:,}, as {SIZES}")
    return sorted({int(part) for part in parts})


def read_engines(text: str | None, *, alone: bool) -> tuple[Entry, ...]:
    """`pullquote;tantivy` as entries; without a text all of them, or Pullquote alone."""
    known = {entry.name: entry for entry in ENGINES}
    names = text.split(";") if text else [OURS] if alone else list(known)
    wrong = [name for name in names if name.strip() not in known]
    if wrong:
        raise typer.BadParameter(f"no engine {wrong[0]!r}; there are: {'; '.join(known)}")
    return tuple(known[name.strip()] for name in names)


def measure(
    bench: Bench, sizes: list[int] | list[None], folder: Path | None, entries: tuple[Entry, ...]
) -> list[Size]:
    """Measure every size, and print each as it is done.

    Args:
        bench: The run.
        sizes: How many sentences; None for all that the folder has.
        folder: Articles, or None for made sentences.
        entries: The engines.
    """
    found: list[Size] = []
    for sentences in sizes:
        with tempfile.TemporaryDirectory(prefix=ROOM) as place:
            corpus = bench.corpus(folder, sentences, Path(place))
            if found and corpus.sentences == found[-1].sentences:
                break  # the folder has no more
            name = folder.name if folder else "made"
            size = bench.run(name, corpus, Path(place), entries)
        say(bench, latency_table(size), *agreement_lines(size))
        found.append(size)
    return found


def at_each(
    bench: Bench,
    sizes: list[int],
    measure_one: Callable[[Bench, int, Path], Found],
    lines: Callable[[Found], list[str]],
) -> list[Found]:
    """Measure at each size, and print each as it is done."""
    found = []
    for sentences in sizes:
        with tempfile.TemporaryDirectory(prefix=ROOM) as place:
            one = measure_one(bench, sentences, Path(place))
        say(bench, *lines(one))
        found.append(one)
    return found


def say(bench: Bench, *what: str | Table) -> None:
    """Print to standard output, with the bar out of the way."""
    bench.progress.stop()
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    console.print(*what, "", sep="\n", highlight=False)
    bench.progress.start()


def draw(sizes: list[Size], path: Path, *, growth: bool) -> None:
    """Draw the picture, or say what it needs."""
    if find_spec("matplotlib") is None:
        typer.echo(f"{path}: not drawn, matplotlib is not installed", err=True)
        return
    plots = import_module("bench.plots_speed")
    (plots.draw_growth if growth else plots.draw_sizes)(sizes, path)


def ready(path: Path) -> Path:
    """A path that can be written, which is better known before an hour of measuring.

    Raises:
        InputError: It cannot.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("ab").close()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; name another file") from error
    return path


def main(
    *,
    sizes: Annotated[str | None, typer.Option(help=f"Sentences; without it {SIZES}.")] = None,
    folder: Annotated[Path | None, typer.Option(help="Articles to take sentences from.")] = None,
    queries: Annotated[int, typer.Option(min=20, help="Queries at each size.")] = 300,
    seed: Annotated[int, typer.Option(min=0, help="Of corpora, queries and order.")] = 20261122,
    patience: Annotated[float, typer.Option(min=0.1, help="Seconds an engine may be asked.")] = 30,
    engines: Annotated[str | None, typer.Option(help="Only these, with ; between.")] = None,
    cpu: Annotated[bool, typer.Option(help="Queries by processor time: a busy machine.")] = False,
    growth: Annotated[bool, typer.Option(help="Pullquote alone, from 1k to 5M.")] = False,
    whole: Annotated[bool, typer.Option("--answers", help="Whole answers beside tantivy.")] = False,
    coming: Annotated[
        bool, typer.Option("--changes", help="Articles come and go while questions are answered.")
    ] = False,
    burst: Annotated[
        bool, typer.Option(help="So many --queries at once, beside a bare bot, over Discord.")
    ] = False,
    soak: Annotated[int, typer.Option(min=0, help="With --burst: questions more, in bursts.")] = 0,
    before: Annotated[
        Path | None, typer.Option(help="With --burst: another checkout to measure beside.")
    ] = None,
    json_to: Annotated[Path | None, typer.Option(help="The figures; else out/….json.")] = None,
    png_to: Annotated[
        Path | None, typer.Option(help="The picture; else beside the figures.")
    ] = None,
) -> None:
    """Measure the engine beside its peers."""
    if folder and (growth or whole or coming or burst):
        raise typer.BadParameter("--folder goes with a bench of bare search only")
    wanted = read_sizes(sizes or (GROWTH if growth else SIZES))
    entries = read_engines(engines, alone=growth)
    kinds = {"growth": growth, "answers": whole, "changes": coming, "burst": burst}
    kind = next((name for name, said in kinds.items() if said), "bench")
    measured: list[Size] = []
    told: list[Answers] = []
    changed: list[Changed] = []
    bursts: list[Bursts] = []
    with one_line_errors(), bar() as progress:
        json_to = ready(json_to or OUT / f"{kind}.json")
        bench = Bench(progress, queries=queries, seed=seed, patience=patience, cpu=cpu)
        if whole:
            told = at_each(bench, wanted, measure_answers, answer_lines)
        elif coming:
            changed = at_each(bench, wanted, measure_changes, change_lines)
        elif burst:
            bursts = measure_burst(bench, queries, soak=soak, before=before)
            say(bench, *burst_lines(bursts))
        else:
            chosen = [None] if folder and not sizes else wanted
            measured = measure(bench, chosen, folder, entries)
    settings = {"seed": seed, "queries": queries, "cpu": cpu, "interpreter_s": interpreter()}
    figures = as_json(measured, told, [*changed, *bursts], **settings)
    json_to.write_text(f"{figures}\n", encoding="utf-8")
    if measured:
        draw(measured, png_to or json_to.with_suffix(".png"), growth=growth)
    if not all(agreement.holds for size in measured for agreement in size.agreements):
        typer.echo("scores that must be equal are not; see above", err=True)
        sys.exit(1)


def bar() -> Progress:
    """The bar that runs meanwhile, on standard error."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    return Progress(
        *columns,
        console=Console(stderr=True),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
    )


@contextmanager
def one_line_errors() -> Iterator[None]:
    """End with one line and code 2 where the user's input or the disk is the matter."""
    try:
        yield
    except PullquoteError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
    except OSError as error:
        typer.echo(f"{error.filename}: {error.strerror}; TMPDIR names another place", err=True)
        sys.exit(2)


if __name__ == "__main__":
    typer.run(main)
