"""Articles read into runs on the disk, by several processes where that is worth their start.

A run is a forward index of some of the articles, in a file of its own and sorted; however many
there are, a process holds no more than one in memory. Python needs processes to use more than one
core.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import secrets
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from retrieval.errors import InputError, LibraryUnavailable, reason_of
from retrieval.library import Library
from retrieval.models import Article
from retrieval.search.codec.forward_file import write_forward
from retrieval.search.forward import ForwardIndex
from retrieval.search.writing.tokenizing import Reader

WORTH = 4096  # articles, from which on other processes are worth their start
MOST = 4  # processes: each takes 100 MB
TURNS = 4  # lists of ids that each gets, so that none waits long for the others
ENDING = ".read"
FULL = 3 << 19  # pieces of text, about as many words: then a run is written
BATCH = 64  # articles that are read from the library at a time
TICK = 0.2  # seconds between two looks at how far the workers are

SPAWN = multiprocessing.get_context("spawn")

Advance = Callable[[int], None]

_counts: list[Any] = []  # in a worker: how many articles of each list were read, for all to see


class Runs(NamedTuple):
    """What was read of some articles.

    Attributes:
        files: The first of them, each file a forward index `apart`.
        rest: The others.
    """

    files: list[Path]
    rest: ForwardIndex


def worker_count() -> int:
    """How many processes can read at once: 1 is this one."""
    return min(MOST, os.cpu_count() or 1) if sys.executable else 1


def read_some(library: Library, names: Sequence[str]) -> Iterator[Article]:
    """The articles of these ids, a few at a time, in their order."""
    for first in range(0, len(names), BATCH):
        yield from library.get_all(names[first : first + BATCH])


def read_runs(articles: Iterable[Article], folder: Path) -> Runs:
    """Read articles in this process.

    Args:
        articles: In the order of their ids.
        folder: Where the files go.

    Raises:
        LibraryUnavailable: The folder cannot be written, or the disk is full.
    """
    files: list[Path] = []
    reader = Reader()
    for article in articles:
        reader.read(article)
        if len(reader) >= FULL:
            files.append(_write(reader.forward(), folder))
            reader = Reader()
    return Runs(files, reader.forward())


def _write(forward: ForwardIndex, folder: Path) -> Path:
    path = folder / (secrets.token_hex(8) + ENDING)
    write_forward(forward, path, apart=True, synced=False)
    return path


def read_in_workers(
    library: Path, names: Sequence[str], folder: Path, advance: Advance
) -> list[Path]:
    """Read articles of a library in other processes, none of which outlasts this call.

    Args:
        library: The folder of the library.
        names: The ids of the articles.
        folder: Where the files go.
        advance: Told how many articles were read so far.

    Returns:
        The runs.

    Raises:
        LibraryUnavailable: A process could not be started, or has ended.
        LibraryError: A process could not read the articles, or write the runs.
    """
    size = -(-len(names) // (worker_count() * TURNS))
    lists = [names[first : first + size] for first in range(0, len(names), size)]
    library, folder = library.absolute(), folder.absolute()  # workers start in another folder
    files: list[Path] = []
    try:
        alive, lifeline = SPAWN.Pipe(duplex=False)
        counts = SPAWN.RawArray("q", len(lists))
        with ProcessPoolExecutor(worker_count(), SPAWN, _begin, (alive, counts)) as pool, lifeline:
            with starting(), alive:
                waiting = {
                    pool.submit(_read, number, library, some, folder)
                    for number, some in enumerate(lists)
                }
            while waiting:
                done, waiting = wait(waiting, TICK, FIRST_EXCEPTION)
                files += [file for task in done for file in task.result()]
                advance(sum(counts))
            pool.shutdown()
    except InputError as error:  # the library is no longer there
        raise LibraryUnavailable(str(error)) from error
    except (BrokenProcessPool, OSError, MemoryError, NotImplementedError) as error:
        raise LibraryUnavailable(
            f"a process that reads articles has ended ({reason_of(error)}); "
            "free some memory, then run the command again"
        ) from error
    return sorted(files)


def _begin(alive: Connection, counts: Any) -> None:  # noqa: ANN401 - ctypes has no name for it
    end_with(alive)
    _counts.append(counts)


def _read(number: int, library: Path, names: Sequence[str], folder: Path) -> list[Path]:
    """Read one list of articles in a worker."""
    with Library.open(library) as shelf:
        files, rest = read_runs(_counted(number, read_some(shelf, names)), folder)
    return [*files, _write(rest, folder)] if rest.articles else files


def _counted(number: int, articles: Iterable[Article]) -> Iterator[Article]:
    for article in articles:
        yield article
        _counts[0][number] += 1


def end_with(alive: Connection, end: Callable[[], object] = lambda: os._exit(1)) -> None:
    """In a new process: be quiet, and end when the one that started it ends or closes the pipe.

    Ctrl-C and errors are told by that one.

    Args:
        alive: The reading end of a pipe, whose other end is with the one that started this.
        end: How to end; at once by default, as a worker has nothing to undo.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # `starting` keeps it away only on POSIX
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)

    def watch() -> None:
        with contextlib.suppress(OSError):
            alive.poll(None)  # nothing is ever sent: this returns once the pipe is closed
        end()

    threading.Thread(target=watch, daemon=True).start()


@contextlib.contextmanager
def starting() -> Iterator[None]:
    """Start processes meanwhile: Ctrl-C does not reach them, not even before `end_with`.

    Nor do they run the program's main module again, so a script that uses this package needs no
    guard.
    """
    mask = getattr(signal, "pthread_sigmask", None)  # a new process has that of the thread
    if mask:
        resource_tracker.ensure_running()  # which would end the block
    main, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
    before = mask(signal.SIG_BLOCK, {signal.SIGINT}) if mask else None
    try:
        yield
    finally:
        sys.modules["__main__"] = main
        if mask:
            mask(signal.SIG_SETMASK, before)
