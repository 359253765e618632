"""Which files hold articles: the paths that a user names → files, each with its article id."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from retrieval.errors import UnreadableSource
from retrieval.library import NAME as LIBRARY
from retrieval.readers.formats import Found
from retrieval.readers.ignoring import Ignoring
from retrieval.readers.registry import format_of_file, known_suffixes
from retrieval.readers.trouble import PassedOver, Trouble, name, unreadable
from retrieval.untrusted.files import leads_out, timed
from retrieval.untrusted.register import Register

SOURCES = "sources.toml"
OLD_INDEX = "index.bin"  # what the first libraries kept beside them
OWN = (SOURCES, LIBRARY, f"{LIBRARY}-journal", OLD_INDEX)  # what is in a folder by our own doing
TOGETHER = 256  # files of a folder that are looked at in one go
NAMED = 3  # files of another kind that are named before the rest is counted


def find(
    paths: Sequence[Path], *, follow_links: bool = False, exclude: Sequence[str] = ()
) -> Iterator[Found | Trouble]:
    """The files under `paths`, folders in order of name, each file once.

    Hidden files and folders are passed over, and so are `sources.toml`, the files of a library and
    what a `.pullquoteignore` leaves out. Links are followed, to each folder once, so that a loop of
    links ends; one that leads out of the folder that was named is a trouble.

    Args:
        paths: Files and folders.
        follow_links: Follow links that lead out, too.
        exclude: Patterns, as gitignore has them, of what else is left out of each folder.

    Raises:
        InputError: A pattern is none, or a `.pullquoteignore` cannot be read.
    """
    with closing(Register()) as seen:
        for path in paths:
            yield from _find_under(path, seen, follow_links=follow_links, exclude=exclude)


class _Entry(NamedTuple):
    """A path and what stands there.

    Attributes:
        path: The path.
        status: Of what it leads to; None where that cannot be told.
        fault: Why it cannot, or must not be looked at.
    """

    path: Path
    status: os.stat_result | None
    fault: UnreadableSource | None = None

    @property
    def is_folder(self) -> bool:
        return self.status is not None and stat.S_ISDIR(self.status.st_mode)

    def is_new(self, seen: Register) -> bool:
        """Whether it was not come by before, which it is from now on."""
        if self.status is None:
            return True
        return seen.add(f"{self.status.st_dev} {self.status.st_ino}")


class Others:
    """Files of one suffix that is not read: the first of them, and how many there are."""

    def __init__(self) -> None:
        """None yet."""
        self._first: list[Path] = []
        self._count = 0

    def add(self, path: Path) -> None:
        """One more."""
        self._count += 1
        if len(self._first) < NAMED:
            self._first.append(path)

    def passed_over(self) -> PassedOver:
        """What is said of them."""
        first, *more = self._first
        listed = ", ".join(["it", *(path.name for path in more)])
        rest = f" and {self._count - NAMED} more" if self._count > NAMED else ""
        are = "are" if more else "is"
        reason = f"{listed}{rest} {are} of no kind that is read: {known_suffixes()}"
        return PassedOver(source=name(first), reason=reason)


def _find_under(
    root: Path, seen: Register, *, follow_links: bool, exclude: Sequence[str]
) -> Iterator[Found | Trouble]:
    entry = _look_alone(root, None)  # what is named is looked at, wherever it leads
    named = root if entry.is_folder else root.parent
    within = None if follow_links else named
    if not entry.is_folder:
        yield from _once(entry, named, within, seen)
        return
    others: dict[str, Others] = {}
    for one in _walk(entry, within, seen, Ignoring(root, exclude, within)):
        if one.fault or format_of_file(one.path):
            yield from _once(one, named, within, seen)
        elif one.path.name not in OWN:
            others.setdefault(one.path.suffix.lower(), Others()).add(one.path)
    yield from (other.passed_over() for _, other in sorted(others.items()))


def _walk(
    root: _Entry, within: Path | None, seen: Register, ignoring: Ignoring
) -> Iterator[_Entry]:
    """Every visible file under `root`, in order of its parts, and what cannot be looked at."""
    open_folders = [iter([root])]
    while open_folders:
        entry = next(open_folders[-1], None)
        if entry is None:
            open_folders.pop()
        elif not entry.is_folder:
            yield entry
        elif entry.is_new(seen):
            open_folders.append(_children(entry.path, within, ignoring))


def _children(folder: Path, within: Path | None, ignoring: Ignoring) -> Iterator[_Entry]:
    try:
        names = timed(folder, lambda: os.listdir(folder))  # noqa: PTH208 - names alone
    except UnreadableSource as error:
        yield _Entry(folder, None, error)
        return
    ignoring.enter(folder, names)
    visible = sorted(one for one in names if not one.startswith("."))
    del names  # a folder may hold very many
    for first in range(0, len(visible), TOGETHER):
        paths = [folder / one for one in visible[first : first + TOGETHER]]
        for entry in _look_at_all(paths, within):
            if not ignoring.leaves_out(entry.path, is_folder=entry.is_folder):
                yield entry


def _look_at_all(paths: Sequence[Path], within: Path | None) -> list[_Entry]:
    try:
        return timed(paths[0], lambda: [_look(path, within) for path in paths])
    except UnreadableSource:  # one of them does not answer
        return [_look_alone(path, within) for path in paths]


def _look_alone(path: Path, within: Path | None) -> _Entry:
    try:
        return timed(path, lambda: _look(path, within))
    except UnreadableSource as error:
        return _Entry(path, None, error)


def _look(path: Path, within: Path | None) -> _Entry:
    try:
        if within is not None and leads_out(path, within):
            reason = f"it is a link that leads out of {name(within)}; --follow-links follows it"
            return _Entry(path, None, UnreadableSource(name(path), reason))
        return _Entry(path, path.stat())
    except OSError as error:
        return _Entry(path, None, unreadable(path, error))


def _once(
    entry: _Entry, root: Path, within: Path | None, seen: Register
) -> Iterator[Found | Trouble]:
    try:
        if entry.is_new(seen):
            yield _found(entry, root, within)
    except UnreadableSource as error:
        yield Trouble.of(error)


def _found(entry: _Entry, root: Path, within: Path | None) -> Found:
    path, status, fault = entry
    if fault or not status:
        raise fault or UnreadableSource(name(path), "there is no such file or folder")
    kind = format_of_file(path)
    if kind is None:
        raise UnreadableSource(name(path), f"it is of no kind that is read: {known_suffixes()}")
    article = path.relative_to(root).with_suffix("").as_posix()
    if not article.isprintable():
        raise UnreadableSource(
            name(path), "its name cannot be an article's id; rename it with readable characters"
        )
    modified, changed = status.st_mtime_ns, status.st_ctime_ns
    return Found(path, article, kind, status.st_size, within, modified=modified, changed=changed)
