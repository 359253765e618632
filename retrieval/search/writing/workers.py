"""Reading many articles in several processes, which Python needs to use more than one core."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Self

import retrieval
from retrieval.errors import LibraryUnavailable
from retrieval.search.writing.worker import Message

WORTH = 4096  # articles, from which on other processes are worth their start
MOST = 4  # processes: each takes 100 MB
TURNS = 4  # lists of ids that each gets, so that none waits long for the others

Advance = Callable[[int], None]


def helpers() -> int:
    """How many processes can read at once: 1 is this one."""
    return min(MOST, os.cpu_count() or 1) if sys.executable else 1


def read_apart(library: Path, names: Sequence[str], folder: Path, advance: Advance) -> list[Path]:
    """Read articles of a library in other processes.

    Args:
        library: The folder of the library.
        names: The ids of the articles.
        folder: Where the files go.
        advance: Told how many more articles were read.

    Returns:
        Files, each a corpus of some of the articles.

    Raises:
        LibraryUnavailable: A process could not read them, or ended.
    """
    size = -(-len(names) // (helpers() * TURNS))
    lists: SimpleQueue[Sequence[str]] = SimpleQueue()
    for first in range(0, len(names), size):
        lists.put(names[first : first + size])
    told: SimpleQueue[Message] = SimpleQueue()
    files: list[Path] = []
    with _Team(library, folder, lists, told) as team:
        while team.working or not told.empty():
            try:
                message = told.get(timeout=0.2)
            except Empty:
                continue
            match message:
                case ("read", more):
                    advance(more)
                case ("files", names_of_files):
                    files += [folder / name for name in names_of_files]
                case ("wrong", what):
                    raise LibraryUnavailable(what)
    return sorted(files)


class _Team:
    """Processes that read lists of articles until none is left; each has a thread that asks it."""

    def __init__(
        self,
        library: Path,
        folder: Path,
        lists: SimpleQueue[Sequence[str]],
        told: SimpleQueue[Message],
    ) -> None:
        self._command = [
            sys.executable,
            "-m",
            "retrieval.search.writing.worker",
            str(library),
            str(folder),
        ]
        self._lists, self._told = lists, told
        self._processes: list[subprocess.Popen[str]] = []
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        for _ in range(helpers()):
            process = start(self._command)
            self._processes.append(process)
            thread = threading.Thread(target=self._ask, args=(process,), daemon=True)
            self._threads.append(thread)
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.kill()
            process.wait()
        for thread in self._threads:
            thread.join()
        for process in self._processes:
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):  # what it did not hear is lost with it
                    if pipe is not None:
                        pipe.close()

    @property
    def working(self) -> bool:
        """Whether one of them has anything to do."""
        return any(thread.is_alive() for thread in self._threads)

    def _ask(self, process: subprocess.Popen[str]) -> None:
        try:
            while True:
                self._hear(process, self._lists.get_nowait())
        except Empty:
            return
        except OSError as error:  # it has ended
            self._told.put(("wrong", _ended(error)))

    def _hear(self, process: subprocess.Popen[str], names: Sequence[str]) -> None:
        """Give it a list, and hand on what it says until the list is done."""
        if process.stdin is None or process.stdout is None:
            raise OSError("no pipe")
        with contextlib.suppress(OSError):  # it has ended, and may have said why
            process.stdin.write(json.dumps(list(names)) + "\n")
            process.stdin.flush()
        for line in process.stdout:
            message: Message = tuple(json.loads(line))
            self._told.put(message)
            if message[0] == "files":
                return
        raise OSError(f"exit code {process.wait()}")


def start(command: Sequence[str]) -> subprocess.Popen[str]:
    """Start a process of this very package, which is told and tells by pipes.

    Raises:
        LibraryUnavailable: The system lets no more processes start.
    """
    root = str(Path(retrieval.__file__).parents[1])
    paths = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
    try:
        return subprocess.Popen(  # noqa: S603 - this very Python
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env=os.environ | {"PYTHONPATH": paths},
        )
    except OSError as error:
        raise LibraryUnavailable(_ended(error)) from error


def _ended(error: OSError) -> str:
    return (
        f"a process that reads articles has ended ({error}); "
        "free some memory, then run the command again"
    )
