"""Which files hold articles: the paths that a user names → files, each with its article id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from retrieval.errors import UnreadableSource
from retrieval.readers.trouble import Trouble, name, unreadable

SOURCES = "sources.toml"
SUFFIXES = (".txt", ".text", ".md", ".markdown", ".jsonl")
KINDS = ", ".join(SUFFIXES)
NAMED = 3  # files of another kind that are named before the rest is counted


class Found(NamedTuple):
    """A file that should hold one article or many.

    Attributes:
        path: The file.
        id: Its article's id: its path below the folder that was named, without the suffix.
    """

    path: Path
    id: str


def find(paths: Sequence[Path]) -> Iterator[Found | Trouble]:
    """The files under `paths`, folders in order of name, each file once.

    Hidden files and folders are passed over, and so is `sources.toml`. Links are followed,
    to each folder once, so that a loop of links ends.
    """
    seen: set[Path] = set()
    for path in paths:
        try:
            yield from _find_under(path, seen)
        except OSError as error:
            yield Trouble.of(unreadable(path, error))


def _find_under(root: Path, seen: set[Path]) -> Iterator[Found | Trouble]:
    root.stat()  # a path that is not there is an error, a broken link in a folder a trouble
    if not root.is_dir():
        yield from _once(root, root.parent, seen)
        return
    others: dict[str, list[Path]] = {}
    for path in _walk(root, seen):
        if isinstance(path, Trouble):
            yield path
        elif path.suffix.lower() in SUFFIXES:
            yield from _once(path, root, seen)
        elif path.name != SOURCES:
            others.setdefault(path.suffix.lower(), []).append(path)
    yield from (_passed_over(paths) for _, paths in sorted(others.items()))


def _walk(root: Path, seen: set[Path]) -> Iterator[Path | Trouble]:
    """Every visible file under `root`, in order of its parts."""
    waiting = [root]
    while waiting:
        path = waiting.pop()
        if not path.is_dir():
            yield path
            continue
        try:
            waiting.extend(_children(path, seen))
        except OSError as error:
            yield Trouble.of(unreadable(path, error))


def _children(folder: Path, seen: set[Path]) -> list[Path]:
    real = folder.resolve()
    if real in seen:
        return []
    seen.add(real)
    visible = (path for path in folder.iterdir() if not path.name.startswith("."))
    return sorted(visible, reverse=True)


def _once(path: Path, root: Path, seen: set[Path]) -> Iterator[Found | Trouble]:
    try:
        real = path.resolve(strict=True)
        if real not in seen:
            seen.add(real)
            yield _found(path, root)
    except UnreadableSource as error:
        yield Trouble.of(error)
    except OSError as error:
        yield Trouble.of(unreadable(path, error))


def _found(path: Path, root: Path) -> Found:
    if path.suffix.lower() not in SUFFIXES:
        raise UnreadableSource(name(path), f"it is of no kind that is read: {KINDS}")
    if not path.is_file():
        raise UnreadableSource(name(path), "it is not a regular file")
    article = path.relative_to(root).with_suffix("").as_posix()
    if not article.isprintable():
        raise UnreadableSource(
            name(path), "its name cannot be an article's id; rename it without control characters"
        )
    return Found(path, article)


def _passed_over(paths: list[Path]) -> Trouble:
    first, *more = paths
    if not more:
        return Trouble(source=name(first), reason=f"it is of no kind that is read: {KINDS}")
    listed = ", ".join(path.name for path in more[: NAMED - 1])
    rest = f" and {len(paths) - NAMED} more" if len(paths) > NAMED else ""
    return Trouble(
        source=name(first), reason=f"it, {listed}{rest} are of no kind that is read: {KINDS}"
    )
