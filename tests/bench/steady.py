"""`python -m bench.steady`: the whole suite again and again, and what failed in how many runs.

Each run draws its examples by a seed of its own and knows nothing of those before it; every second
one ignores Ctrl-C, as what a shell starts in the background does. What pytest says of a run in
which anything failed goes to the standard error.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Annotated, NamedTuple
from xml.etree import ElementTree as ET

import typer
from interrupting import ctrl_c
from rich.console import Console
from rich.table import Table
from rich.text import Text

ROOT = Path(__file__).parents[2]
STOPPED = "the run itself"  # what failed where pytest ended before it could report


class Run(NamedTuple):
    """One run of the suite.

    Attributes:
        seed: By which its examples were drawn.
        foreground: Whether it heeded Ctrl-C.
        seconds: How long it took.
        tests: How many tests ran.
        failed: Those that failed, by name.
    """

    seed: int
    foreground: bool
    seconds: float
    tests: int
    failed: tuple[str, ...]


def run_once(seed: int, *, foreground: bool, workers: int, tests: list[str]) -> Run:
    """Run the suite, or some of its files, once."""
    with tempfile.TemporaryDirectory() as name:
        report = Path(name, "report.xml")
        command = [
            *(sys.executable, "-m", "pytest", "-q", "-n", str(workers), "--dist", "worksteal"),
            *("-p", "no:cacheprovider", f"--hypothesis-seed={seed}", f"--junitxml={report}"),
            *tests,
        ]
        # Its own: an example that failed once would be tried first in every later run.
        environment = os.environ | {"HYPOTHESIS_STORAGE_DIRECTORY": str(Path(name, "hypothesis"))}
        began = time.monotonic()
        with ctrl_c(heeded=foreground):
            started = subprocess.Popen(  # noqa: S603 - this very Python
                command,
                cwd=ROOT,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        with started:
            try:
                said, _ = started.communicate()
            except BaseException:
                started.terminate()  # it may not have heard Ctrl-C
                raise
        seconds = time.monotonic() - began
        count, failed = read_report(report) if report.exists() else (0, ())
    if started.returncode:
        sys.stderr.write(said)
        failed = failed or (STOPPED,)
    return Run(seed, foreground, seconds, count, failed)


def read_report(path: Path) -> tuple[int, tuple[str, ...]]:
    """How many tests a report tells of, and the names of those that failed."""
    cases = list(ET.parse(path).getroot().iter("testcase"))  # noqa: S314 - pytest wrote it just now
    bad = [case for case in cases if any(kind.tag in {"failure", "error"} for kind in case)]
    names = {f"{case.get('classname', '')}::{case.get('name', '')}" for case in bad}
    return len(cases), tuple(sorted(names))


def show(runs: list[Run]) -> list[Table]:
    """The time of each run, and the tests that failed, most often first."""
    times = Table("run", "seed", "Ctrl-C", "tests", "failed", "seconds", title="Runs")
    for number, run in enumerate(runs, 1):
        heeded = "heeded" if run.foreground else "ignored"
        figures = (str(run.tests), str(len(run.failed)), f"{run.seconds:.0f}")
        times.add_row(str(number), str(run.seed), heeded, *figures)
    failures = Counter(name for run in runs for name in run.failed)
    table = Table("failed", "runs", title=f"Failed in {len(runs)} runs")
    for name, count in failures.most_common():
        table.add_row(Text(name), str(count))
    return [times, table] if failures else [times]


def main(
    tests: Annotated[
        list[str] | None, typer.Argument(help="Test files, or what else pytest takes; else all.")
    ] = None,
    runs: Annotated[int, typer.Option(min=1, help="How often.")] = 10,
    workers: Annotated[int, typer.Option(min=0, help="Processes of each run.")] = 4,
    seed: Annotated[int, typer.Option(help="The first run's; the next has one more.")] = 1,
) -> None:
    """Run the tests many times; exit code 1 if any failed."""
    done: list[Run] = []
    for number in range(runs):
        run = run_once(
            seed + number, foreground=number % 2 == 0, workers=workers, tests=tests or []
        )
        done.append(run)
        sys.stderr.write(f"run {number + 1}: {len(run.failed)} of {run.tests} tests failed\n")
    console = Console(width=None if sys.stdout.isatty() else 200)
    for table in show(done):
        console.print(table)
    raise typer.Exit(int(any(run.failed for run in done)))


if __name__ == "__main__":
    typer.run(main)
