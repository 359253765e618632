"""What an engine costs before and around a query: building, disk, memory, a cold start.

Each figure comes from a process of its own (`speed_child`). The files of the index and of Python
are in the system's cache, as they are on a machine that runs the bot; a cold start is a new process
from its beginning to the first hit, imports and the interpreter's own start (see `interpreter`)
counted, the median of three.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from bench.peers import Entry, Query

STARTS = 3
HELD_QUERIES = 100
TESTS = Path(__file__).parents[1]


class EngineFailed(Exception):
    """An engine's process ended with an error; the text is one line."""


class Costs(NamedTuple):
    """Times in seconds, sizes in megabytes (10^6 bytes); None where there is no such thing.

    Attributes:
        build: From the open file of sentences to a finished index.
        peak: The most memory resident while it was built, the whole process.
        disk: All files of the index.
        private: Memory of its own after opening and 100 queries, less what its imports take.
        mapped: Pages of its files in memory then, which the system may drop.
        imports: Private memory of its imports.
        start: A new process, to its first hit.
        importing: Of that, its imports.
        opening: Of that, opening.
        asking: Of that, the first query.
    """

    build: float | None
    peak: float | None
    disk: float | None
    private: float
    mapped: float
    imports: float
    start: float
    importing: float
    opening: float
    asking: float


def build(entry: Entry, sentences: Path, folder: Path) -> tuple[float, float]:
    """Build an index: seconds and the peak of memory.

    Raises:
        EngineFailed: It could not.
    """
    folder.mkdir(parents=True, exist_ok=True)
    figures, _ = _run("build", entry, sentences, folder, [])
    return figures["seconds"], figures["peak_mb"]


def costs(
    entry: Entry, sentences: Path, folder: Path, queries: list[Query], built: tuple[float, float]
) -> Costs:
    """Everything around an index that `build` made.

    Raises:
        EngineFailed: The engine could not open it or search.
    """
    held, _ = _run("hold", entry, sentences, folder, queries[:HELD_QUERIES])
    _run("first", entry, sentences, folder, queries[:1])  # compiles what Python will find compiled
    repeats = STARTS if entry.stores else 1
    starts = [_run("first", entry, sentences, folder, queries[:1]) for _ in range(repeats)]
    return Costs(
        build=built[0],
        peak=built[1],
        disk=disk(folder) if entry.stores else None,
        private=held["private_mb"],
        mapped=held["mapped_mb"],
        imports=held["imports_mb"],
        start=statistics.median(seconds for _, seconds in starts),
        importing=statistics.median(figures["import"] for figures, _ in starts),
        opening=statistics.median(figures["open"] for figures, _ in starts),
        asking=statistics.median(figures["ask"] for figures, _ in starts),
    )


def disk(folder: Path) -> float:
    """Megabytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def interpreter() -> float:
    """Seconds of a Python process that does nothing, the median of three."""
    return statistics.median(_wall([sys.executable, "-c", ""])[1] for _ in range(STARTS))


def _run(
    task: str, entry: Entry, sentences: Path, folder: Path, queries: list[Query]
) -> tuple[dict[str, float], float]:
    arguments = [task, entry.name, str(sentences), str(folder), *(q.text for q in queries)]
    done, seconds = _wall([sys.executable, "-m", "bench.speed_child", *arguments])
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"it ended with code {done.returncode}"]
        raise EngineFailed(f"{entry.name} ({task}): {said[-1]}")
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures, seconds


def _wall(command: list[str]) -> tuple[subprocess.CompletedProcess[str], float]:
    paths = [str(TESTS.parent), str(TESTS), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
    began = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - this Python, with arguments of our own
        command, check=False, capture_output=True, text=True, env=environment
    )
    return done, time.perf_counter() - began
