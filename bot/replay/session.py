"""One replay, from files to exit code: load every script, ask every question, report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.replay.loading import load
from bot.replay.report import make_plain, print_json, print_report
from bot.replay.runner import Answers, Outcome, run_case
from bot.replay.script import Script

AS_EXPECTED = 0
NOT_AS_EXPECTED = 1
INVALID = 2


def replay_files(
    paths: Sequence[Path],
    answerer: Answers,
    console: Console,
    *,
    json: bool = False,
    errors: Console | None = None,
) -> int:
    """Replay scripts and report what came.

    A known failure that fails is as expected. One that passes is not: the script says something
    that is no longer so, and stays true only if the case is moved over.

    Args:
        paths: Files, and folders of them.
        answerer: What is asked.
        console: Where the report goes.
        json: Print one line of JSON for each case, and nothing else.
        errors: Where mistakes in scripts and the progress bar go; standard error if None.

    Returns:
        0 if every case came as its script says, 1 if one did not, 2 if a script is missing or
        invalid, and then nothing is asked and every mistake is printed, one a line.
    """
    errors = errors or Console(stderr=True)
    scripts, mistakes = load(paths, answerer.library)
    if mistakes or not scripts:
        _print_lines([str(mistake) for mistake in mistakes] or ["no script is named"], errors)
        return INVALID
    outcomes = _run(scripts, answerer, errors)
    (print_json if json else print_report)(outcomes, console)
    met = all(outcome.verdict in ("as expected", "known failure") for outcome in outcomes)
    return AS_EXPECTED if met else NOT_AS_EXPECTED


def _print_lines(lines: Sequence[str], console: Console) -> None:
    for line in lines:
        console.print(
            f"pullquote: {make_plain(line)}", markup=False, highlight=False, soft_wrap=True
        )


def _run(scripts: Mapping[str, Script], answers: Answers, console: Console) -> list[Outcome]:
    cases = [(name, case) for name, script in scripts.items() for case in script.cases]
    columns = (TextColumn("replaying"), BarColumn(), MofNCompleteColumn())
    hidden = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=hidden) as progress:
        return [run_case(name, case, answers) for name, case in progress.track(cases)]
