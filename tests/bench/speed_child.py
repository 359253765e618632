"""One engine alone in a process of its own, so that its time and memory are nobody else's.

`python -m bench.speed_child build|hold|first ENGINE SENTENCES FOLDER QUERY…` prints a line of JSON.
Nothing is imported here that a bare interpreter does not have, but for the engine itself.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.peers import Query, find, named

STATUS, SMAPS = Path("/proc/self/status"), Path("/proc/self/smaps_rollup")
HITS = 10

Figures = dict[str, float]


def build(name: str, sentences: Path, folder: Path, _: list[Query]) -> Figures:
    """Build: seconds from the open file to the finished index, and the peak of memory."""
    engine = find(named(name))
    imported = _kilobytes(STATUS, "VmRSS")
    began = time.perf_counter()
    engine.build(sentences, folder)
    return {
        "seconds": time.perf_counter() - began,
        "peak_mb": _kilobytes(STATUS, "VmHWM") / 1000,
        "imported_mb": imported / 1000,
    }


def hold(name: str, sentences: Path, folder: Path, queries: list[Query]) -> Figures:
    """Open and ask: memory that is the process's own afterwards, less what imports take.

    Dirty pages are what it must keep; clean ones are pages of its files, which the system may drop.
    """
    bare = _private()
    maker = find(named(name))
    imported = _private()
    engine = maker.open(sentences, folder)
    for query in queries:
        engine.search(query, HITS)
    opened = _private()
    return {
        "private_mb": opened[0] - imported[0],
        "mapped_mb": opened[1] - imported[1],
        "imports_mb": imported[0] - bare[0],
    }


def first(name: str, sentences: Path, folder: Path, queries: list[Query]) -> Figures:
    """The first hit; what was done until then, in seconds."""
    began = time.perf_counter()
    maker = find(named(name))
    imported = time.perf_counter()
    engine = maker.open(sentences, folder)
    opened = time.perf_counter()
    if not engine.hits(engine.search(queries[0], HITS)):
        raise RuntimeError("it found nothing")
    found = time.perf_counter()
    return {"import": imported - began, "open": opened - imported, "ask": found - opened}


def _kilobytes(path: Path, key: str) -> float:
    if not path.exists():  # no Linux
        return float("nan")
    lines = path.read_text(encoding="ascii").splitlines()
    return sum(float(line.split()[1]) for line in lines if line.startswith(key + ":"))


def _private() -> tuple[float, float]:
    """Megabytes of private pages: dirty, clean."""
    return _kilobytes(SMAPS, "Private_Dirty") / 1000, _kilobytes(SMAPS, "Private_Clean") / 1000


TASKS: dict[str, Callable[[str, Path, Path, list[Query]], Figures]] = {
    "build": build,
    "hold": hold,
    "first": first,
}


def main(task: str, name: str, sentences: str, folder: str, *texts: str) -> None:
    """Do one task and print its figures."""
    queries = [Query(tuple(text.split()), text) for text in texts]
    figures = TASKS[task](name, Path(sentences), Path(folder), queries)
    print(json.dumps(figures), flush=True)  # noqa: T201 - the parent reads it


if __name__ == "__main__":
    main(*sys.argv[1:])
