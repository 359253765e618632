"""Which files hold articles: the paths that a user names → files, each with its article id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from retrieval.errors import UnreadableSource
from retrieval.library import NAME as LIBRARY
from retrieval.readers.formats import Found
from retrieval.readers.registry import format_of_file, known_suffixes
from retrieval.readers.trouble import Trouble, name, unreadable

SOURCES = "sources.toml"
OLD_INDEX = "index.bin"  # what the first libraries kept beside them
OWN = (SOURCES, LIBRARY, f"{LIBRARY}-journal", OLD_INDEX)  # what is in a folder by our own doing
NAMED = 3  # files of another kind that are named before the rest is counted


Seen = set[tuple[int, int]]  # device and number of every file and folder that was come by


def find(paths: Sequence[Path]) -> Iterator[Found | Trouble]:
    """The files under `paths`, folders in order of name, each file once.

    Hidden files and folders are passed over, and so are `sources.toml` and the files of a
    library. Links are followed, to each folder once, so that a loop of links ends.
    """
    seen: Seen = set()
    for path in paths:
        try:
            yield from _find_under(path, seen)
        except OSError as error:
            yield Trouble.of(unreadable(path, error))


def _find_under(root: Path, seen: Seen) -> Iterator[Found | Trouble]:
    root.stat()  # a path that is not there is an error, a broken link in a folder a trouble
    if not root.is_dir():
        yield from _once(root, root.parent, seen)
        return
    others: dict[str, list[Path]] = {}
    for path in _walk(root, seen):
        if isinstance(path, Trouble):
            yield path
        elif format_of_file(path):
            yield from _once(path, root, seen)
        elif path.name not in OWN:
            others.setdefault(path.suffix.lower(), []).append(path)
    yield from (_passed_over(paths) for _, paths in sorted(others.items()))


def _walk(root: Path, seen: Seen) -> Iterator[Path | Trouble]:
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


def _children(folder: Path, seen: Seen) -> list[Path]:
    if not _is_new(folder, seen):
        return []
    visible = (path for path in folder.iterdir() if not path.name.startswith("."))
    return sorted(visible, key=lambda path: path.name, reverse=True)


def _is_new(path: Path, seen: Seen) -> bool:
    status = path.stat()
    identity = (status.st_dev, status.st_ino)
    if identity in seen:
        return False
    seen.add(identity)
    return True


def _once(path: Path, root: Path, seen: Seen) -> Iterator[Found | Trouble]:
    try:
        if _is_new(path, seen):
            yield _found(path, root)
    except UnreadableSource as error:
        yield Trouble.of(error)
    except OSError as error:
        yield Trouble.of(unreadable(path, error))


def _found(path: Path, root: Path) -> Found:
    kind = format_of_file(path)
    if kind is None:
        raise UnreadableSource(name(path), f"it is of no kind that is read: {known_suffixes()}")
    if not path.is_file():
        raise UnreadableSource(name(path), "it is not a regular file")
    article = path.relative_to(root).with_suffix("").as_posix()
    if not article.isprintable():
        raise UnreadableSource(
            name(path), "its name cannot be an article's id; rename it with readable characters"
        )
    return Found(path, article, kind)


def _passed_over(paths: list[Path]) -> Trouble:
    first, *more = paths
    listed = ", ".join(["it", *(path.name for path in more[: NAMED - 1])])
    rest = f" and {len(paths) - NAMED} more" if len(paths) > NAMED else ""
    are = "are" if more else "is"
    reason = f"{listed}{rest} {are} of no kind that is read: {known_suffixes()}"
    return Trouble(source=name(first), reason=reason)
