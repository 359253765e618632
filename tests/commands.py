"""What `pullquote library …` does to a library and says of it, in the test's own process."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from bot.cli import run


class Told(NamedTuple):
    """An exit code, and the lines of both outputs."""

    code: int
    out: list[str]
    err: list[str]


def told(capfd: pytest.CaptureFixture[str], shelf: Path, command: str, *arguments: object) -> Told:
    """Run a command over the library at `shelf`."""
    code = run(["library", command, *map(str, arguments), "--library", str(shelf)])
    out, err = capfd.readouterr()
    return Told(code, out.splitlines(), err.splitlines())
