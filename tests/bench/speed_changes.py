"""Changes while questions are answered: what adding and removing an article takes, and who waits.

One thread asks without pause, as `speed_answers` asks; meanwhile another process adds and removes
articles, as `pullquote library add` and `remove` do. Of every two changes it brings the index up to
date after the first; the second is left to the one who answers. A stall is how much longer than a
usual one an answer took; the same is measured before, where nothing changes, because a busy machine
stalls answers too.

    python -m bench.speed_changes LIBRARY CHANGES      the other process: a line of JSON a change
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.corpora import draw_queries
from bench.peers import Query
from bench.peers.product import Ask, make_library
from bench.speed_run import Bench
from retrieval import Article, Library
from retrieval.search.directory import IndexFolder, Opened
from retrieval.search.writing.merging import merge
from retrieval.search.writing.updating import open_index

CHANGES = 40  # articles that are added, and then removed
PAUSE = 0.05  # seconds between two changes
QUIET = 5.0  # seconds in which nothing changes
MS = 1e3


class Times(NamedTuple):
    """What several changes of one kind took, in milliseconds.

    Attributes:
        library: In the library, at the median.
        indexed: In the index, at the median.
        both: Both, at the median.
        worst: Both, at the worst.
    """

    library: float
    indexed: float
    both: float
    worst: float


class Stalls(NamedTuple):
    """How long answers took, in milliseconds.

    Attributes:
        answers: How many.
        usual: At the median.
        p99: At the 99th percentile.
        longest: How much longer than a usual one the longest took.
    """

    answers: int
    usual: float
    p99: float
    longest: float


class Changed(NamedTuple):
    """What was measured at one size.

    Attributes:
        sentences: How many the library has.
        built: Seconds to read all articles and build their index.
        add: Of an article that is added.
        remove: Of one that is removed.
        merges: Seconds of the longest merge, which nobody waits for.
        quiet: While nothing changed.
        busy: While articles were added and removed.
    """

    sentences: int
    built: float
    add: Times
    remove: Times
    merges: float
    quiet: Stalls
    busy: Stalls


class Change(NamedTuple):
    """One change, in seconds; `indexed` and `merged` are None where it was left to another."""

    kind: str
    library: float
    indexed: float | None
    merged: float | None


def measure_changes(bench: Bench, sentences: int, place: Path) -> Changed:
    """Make a library of so many sentences, and change it while it is asked.

    Args:
        bench: The run.
        sentences: How many.
        place: A folder for the library.
    """
    corpus = bench.corpus(None, sentences, place)
    folder = place / "library"
    bench.step(f"adding {sentences:,} sentences to a library", None)
    make_library(corpus.path, folder)
    advance = bench.step(f"indexing {sentences:,} sentences", None)
    built = _seconds(lambda: _index(folder, advance))
    queries = [Query.of(text) for text in draw_queries(corpus, bench.queries, seed=bench.seed)]
    whole = Ask.open(corpus.path, folder)
    for query in queries:  # what is read first is read from the disk
        whole.search(query, 0)
    whole.answerer.warm_up()  # as the bot does
    bench.step("asking while nothing changes", None)
    end = time.perf_counter() + QUIET
    quiet = _asked(whole, queries, lambda: time.perf_counter() < end)
    bench.step("asking while articles come and go", None)
    busy, changes = _asked_meanwhile(whole, queries, folder)
    return Changed(
        sentences=corpus.sentences,
        built=built,
        add=_times([one for one in changes if one.kind == "add"]),
        remove=_times([one for one in changes if one.kind == "remove"]),
        merges=max(one.merged or 0.0 for one in changes),
        quiet=quiet,
        busy=busy,
    )


def change_lines(one: Changed) -> list[str]:
    """What was measured, for people."""
    changes = (
        f"{name} {of.both:.1f} ms (library {of.library:.1f}, index {of.indexed:.1f}; "
        f"worst {of.worst:.1f})"
        for name, of in (("add", one.add), ("remove", one.remove))
    )
    stalls = (
        f"{name}: {of.answers:,} answers, usual {of.usual:.1f} ms, p99 {of.p99:.1f} ms, "
        f"longest stall {of.longest:.1f} ms"
        for name, of in (("nothing changes", one.quiet), ("articles come and go", one.busy))
    )
    library = f"{one.sentences:,} sentences, indexed in {one.built:.1f} s"
    return [f"changes: {library}, longest merge {one.merges:.1f} s", "; ".join(changes), *stalls]


def _index(folder: Path, advance: Callable[[int], None]) -> None:
    with Library.open(folder) as library:
        open_index(library, lambda _done, _total: advance(0))


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _asked(whole: Ask, queries: list[Query], go_on: Callable[[], bool]) -> Stalls:
    """Ask without pause."""
    taken: list[float] = []
    for query in cycle(queries):
        if not go_on():
            break
        taken.append(_seconds(partial(whole.search, query, 0)) * MS)
    taken.sort()
    usual = median(taken)
    return Stalls(len(taken), usual, taken[int(len(taken) * 0.99)], taken[-1] - usual)


def _asked_meanwhile(whole: Ask, queries: list[Query], folder: Path) -> tuple[Stalls, list[Change]]:
    command = [sys.executable, "-m", "bench.speed_changes", str(folder), str(CHANGES)]
    paths = os.pathsep.join(filter(None, sys.path))
    with subprocess.Popen(  # noqa: S603 - this very Python
        command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": paths}
    ) as process:
        stalls = _asked(whole, queries, lambda: process.poll() is None)
        told = process.stdout.readlines() if process.stdout else []
    return stalls, [Change(*json.loads(line)) for line in told]


def _times(changes: list[Change]) -> Times:
    whole = [(one.library, one.indexed) for one in changes if one.indexed is not None]
    both = [library + index for library, index in whole]
    return Times(
        median(one.library for one in changes) * MS,
        median(index for _, index in whole) * MS,
        median(both) * MS,
        max(both) * MS,
    )


def change(folder: Path, changes: int) -> Iterator[Change]:
    """Add so many articles, one at a time, and remove them again.

    The first of each is not told: a process that has just started compiles what it reads with.
    """
    with Library.open(folder) as library:
        told = next(iter(library))
        opened: Opened = open_index(library)
        for number in range(changes + 1):
            new = told.text.replace(".", f" and {number}.", 3)
            article = Article(id=f"new-{number:05}", title=told.title, text=new)
            add = partial(library.add, [article])
            done, opened = _changed(library, "add", add, opened, number)
            if number:
                yield done
        for number in range(changes + 1):
            remove = partial(library.remove, f"new-{number:05}")
            done, opened = _changed(library, "remove", remove, opened, number)
            if number:
                yield done


def _changed(
    library: Library, kind: str, work: Callable[[], object], opened: Opened, number: int
) -> tuple[Change, Opened]:
    time.sleep(PAUSE)
    stored = _seconds(work)
    if number % 2 or library.folder is None:
        return Change(kind, stored, None, None), opened
    began = time.perf_counter()
    opened = open_index(library, known=opened, merging=False)
    indexed = time.perf_counter()
    opened = merge(IndexFolder(library.folder), opened)
    return Change(kind, stored, indexed - began, time.perf_counter() - indexed), opened


if __name__ == "__main__":
    for one in change(Path(sys.argv[1]), int(sys.argv[2])):
        sys.stdout.write(json.dumps(one) + "\n")
