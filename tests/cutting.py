"""What `test_power_cut.py` runs under `writes.c`: a library is changed, and each write is met.

`cutting.py FOLDER copies|full|read-only STEP` prints a line of JSON for each kind of change: how
many writes it takes, and what was wrong after any of them. Every STEPth write is tried; 1 tries
all, which takes a minute or two.
"""

from __future__ import annotations

import ctypes
import errno
import json
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn

import connections
from crashing import Change
from libraries import BRIDGE, HARBOUR, article, laid_out

from retrieval import Answerer, Article, Library, refreshing
from retrieval.errors import PullquoteError

LIGHT = laid_out(article("lighthouse", "The lighthouse burned down in 1888.", "The lighthouse"))
OTHER = laid_out(
    article("harbour", "The old harbour closed in 1931. Nobody misses it.", "The old harbour")
)
CHANGES = {
    "add": Change(add=[LIGHT]),
    "replace": Change(add=[OTHER]),
    "remove": Change(remove="bridge"),
}
QUESTIONS = ("When did the harbour open?", "Who was the bridge's architect?", "What burned down?")
# What needs room on the disk; the rest works on a full one.
GROWING = {"write", "truncate", "make"}

Told = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, ctypes.c_char_p)
Articles = Mapping[str, Article]
Report = tuple[int, list[str]]  # how many writes, and what was wrong


class Tried(NamedTuple):
    """What is done to the disk, and to which of the writes."""

    kind: str
    step: int


def watched(folder: Path, tell: Callable[[str], int], act: Callable[[], None]) -> None:
    """Do `act`; `tell` is asked before each write below `folder` and may give an error number."""
    shim = ctypes.CDLL(None)
    callback = Told(lambda what, _: tell(what.decode()))
    _callbacks.append(callback)  # another thread may be about to call it when this is over
    shim.watch_writes(str(folder).encode(), callback)
    try:
        act()
    finally:
        shim.watch_writes(b"", Told())


_callbacks: list[object] = []


def change(folder: Path, wanted: Change) -> None:
    with Library.open(folder) as library:
        wanted.make(library)


def look(folder: Path, *states: Articles) -> str | None:
    """What is wrong with a library that should be in one of these states.

    The same files are looked at once.
    """
    files = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    key = repr([(name, files[name].read_bytes()) for name in sorted(files)]), repr(states)
    if key not in _looked:
        _looked[key] = _look(folder, states)
    return _looked[key]


_looked: dict[tuple[str, str], str | None] = {}


def _look(folder: Path, states: Sequence[Articles]) -> str | None:
    try:
        with Library.open(folder) as library:
            held = {one.id: one for one in library}
            if held not in states:
                return f"holds {sorted(held)}, which is neither before nor after"
            if problems := list(library.verify()):
                return str(problems[0])
            answerer = Answerer.open(library)
            answers = [answerer.ask(one).as_json() for one in QUESTIONS]
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what was wrong
        return f"{type(error).__name__}: {error}"
    return None if answers == _anew(held) else "other answers than from an index made anew"


def _anew(held: Articles) -> list[str]:
    key = repr(held)
    if key not in _answers:
        with Library.of(held.values()) as library:
            answerer = Answerer.open(library)
            _answers[key] = [answerer.ask(one).as_json() for one in QUESTIONS]
    return _answers[key]


_answers: dict[str, list[str]] = {}


def copied(
    begin: Path, place: Path, wanted: Change, states: tuple[Articles, Articles], step: int
) -> Report:
    """The files as they are at each write: what a power cut there would leave."""
    work = place / "work"
    copies: list[Path] = []

    def copy(_: str) -> int:
        copies.append(place / f"{len(copies)}")
        shutil.copytree(work, copies[-1])
        return 0

    shutil.copytree(begin, work)
    watched(work, copy, lambda: change(work, wanted))
    found = [(n, look(copies[n], *states)) for n in range(0, len(copies), step)]
    last = look(work, states[1])
    wrong = [f"at write {number}: {what}" for number, what in found if what]
    return len(copies), wrong + ([f"at the end: {last}"] if last else [])


def failing(
    begin: Path, place: Path, wanted: Change, states: tuple[Articles, Articles], tried: Tried
) -> Report:
    """A disk that takes nothing more from one write on, for each of the writes."""
    wrong: list[str] = []
    number, met = 0, True
    while met:
        work = place / f"{number}"
        shutil.copytree(begin, work)
        met, what = _fails_from(work, wanted, number, tried.kind)
        what = what or look(work, *states)
        if what is None and look(work, states[0]) is None:
            change(work, wanted)  # the disk is well again
            what = look(work, states[1])
        if what:
            wrong.append(f"from write {number} on: {what}")
        shutil.rmtree(work)
        number += tried.step
    return number, wrong


def _fails_from(work: Path, wanted: Change, first: int, kind: str) -> tuple[bool, str | None]:
    """Whether any write was refused, and what was told that is no line for a user."""
    seen, refused = 0, 0

    def tell(what: str) -> int:
        nonlocal seen, refused
        seen += 1
        if seen <= first or (kind == "full" and what not in GROWING):
            return 0
        refused += 1
        return errno.ENOSPC if kind == "full" else errno.EROFS

    told = ""
    try:
        watched(work, tell, lambda: change(work, wanted))
    except PullquoteError as error:
        told = str(error)
    except Exception as error:  # noqa: BLE001 - whatever it is, no user should meet it
        return True, f"{type(error).__name__}: {error}"
    return bool(refused), "several lines" if "\n" in told else None


def _refuse(*_: object) -> NoReturn:
    raise AssertionError("an index is thought to be wrong")


def main(place: Path, tried: Tried) -> None:
    vars(refreshing)["rebuild_index"] = _refuse
    connections.share_statements()
    begin = place / "begin"
    with Library.open(begin, create=True) as library:
        Change(add=[HARBOUR, BRIDGE]).make(library)
    before = {one.id: one for one in (HARBOUR, BRIDGE)}
    for name, wanted in CHANGES.items():
        after = before | {one.id: one for one in wanted.add}
        after.pop(wanted.remove or "", None)
        where = place / name
        where.mkdir()
        if tried.kind == "copies":
            writes, wrong = copied(begin, where, wanted, (before, after), tried.step)
        else:
            writes, wrong = failing(begin, where, wanted, (before, after), tried)
        sys.stdout.write(json.dumps({"change": name, "writes": writes, "wrong": wrong}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Tried(sys.argv[2], int(sys.argv[3])))
