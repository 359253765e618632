"""`python -m bench.folders`: a folder of hostile files of up to 2 MB is added beside good ones.

The good articles must be in, every bad file must have one line, and it may take a minute.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from hostile_folders import Hostile, good, hostile, write

from retrieval import Library

SIZES = (100, 3_000, 40_000, 400_000)
LARGE = 2_000_000
GOOD = 20
SECONDS = 60


def _add(folder: Path, library: Path) -> tuple[int, list[str], float]:
    """Exit code, lines on the standard error, and seconds."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "bot", "library", "add", str(folder)]
    done = subprocess.run(  # noqa: S603 - our own program
        [*command, "--library", str(library)],
        check=False,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    return done.returncode, done.stderr.splitlines(), time.perf_counter() - began


def _wrong(files: list[Hostile], lines: list[str], held: set[str]) -> list[str]:
    """What is not as it should be, a line each."""
    told = Counter(file.name for line in lines for file in files if f"/{file.name}" in line)
    lost = [f"good{n:03} is not in" for n in range(GOOD) if f"good{n:03}" not in held]
    untold = [f"{f.name}: {told[f.name]} lines" for f in files if f.is_bad and told[f.name] != 1]
    refused = [f"{f.name} was refused" for f in files if not f.is_bad and told[f.name]]
    return [*lost, *untold, *refused]


def main(
    count: Annotated[int, typer.Option(help="Hostile files.")] = 200,
    largest: Annotated[int, typer.Option(help="Bytes of the largest.")] = LARGE,
) -> None:
    """Print the time, and whatever is not as it should be."""
    files = hostile(count, (*SIZES, largest))
    with tempfile.TemporaryDirectory() as place:
        folder, library = Path(place, "articles"), Path(place, "library")
        folder.mkdir()
        write(folder, files, good(GOOD))
        code, lines, took = _add(folder, library)
        with Library.open(library) as opened:
            held = {entry.id for entry in opened.entries()}
    wrong = _wrong(files, lines, held)
    size = sum(len(file.content) for file in files) / 1e6
    typer.echo(f"{count} hostile files, {size:.0f} MB, {took:.0f} s, exit code {code}")
    typer.echo("\n".join(wrong) or "everything is as it should be")
    sys.exit(bool(wrong) or took > SECONDS or code != 1)


if __name__ == "__main__":
    typer.run(main)
