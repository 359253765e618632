"""`make steady`: the suite many times over."""

from pathlib import Path

from bench.steady import STOPPED, main
from typer import Typer
from typer.testing import CliRunner, Result

UNSTEADY = """
import signal

def test_steady():
    pass

def test_in_the_foreground():
    assert signal.getsignal(signal.SIGINT) is not signal.SIG_IGN
"""


def steady(*arguments: str | Path) -> Result:
    app = Typer()
    app.command()(main)
    return CliRunner().invoke(app, ["--workers", "0", *map(str, arguments)])


def test_what_fails_in_some_runs_only_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "test_it.py"
    path.write_text(UNSTEADY, encoding="utf-8")
    done = steady("--runs", "2", path)
    assert done.exit_code == 1
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in done.output.splitlines()]
    assert [row[:5] for row in rows if len(row) == 6] == [
        ["1", "1", "heeded", "2", "0"],
        ["2", "2", "ignored", "2", "1"],
    ]
    (failed,) = [row for row in rows if len(row) == 2]
    assert failed[0].endswith("test_it::test_in_the_foreground")
    assert failed[1] == "1"


def test_a_run_that_ends_early_has_failed(tmp_path: Path) -> None:
    path = tmp_path / "test_it.py"
    path.write_text("import os\n\ndef test_it():\n    os._exit(3)\n", encoding="utf-8")
    done = steady("--runs", "1", path)
    assert done.exit_code == 1
    assert STOPPED in done.output
