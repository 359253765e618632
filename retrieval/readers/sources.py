"""`sources.toml`: what is known of the texts that it stands beside.

A table for each file, named by the file or by its id, says what `Described` holds. A name with a
"/" or a pattern, as gitignore has them, is that of files in folders below, too; what stands nearer
to a file goes before it. The list `examples` at its top holds questions that show what these texts
answer and what they do not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from pathspec import GitIgnoreSpec
from pydantic import ValidationError

from retrieval.errors import UnreadableSource
from retrieval.readers.details import Described, explain
from retrieval.readers.finding import SOURCES
from retrieval.readers.registry import format_of_file
from retrieval.readers.trouble import Trouble, name
from retrieval.untrusted.files import read_beside, timed
from retrieval.untrusted.parsing import ForeignError, read_toml

NOTHING = Described()
LARGEST = 16 * 2**20  # bytes
PATTERN = "*?["  # what makes a name a pattern


class Below(NamedTuple):
    """What is said of files by a path or a pattern."""

    key: str
    details: Described
    spec: GitIgnoreSpec | None

    def names(self, path: PurePath) -> bool:
        """Whether it is that of a file, by its path below."""
        if self.spec:
            return self.spec.match_file(path.as_posix())
        return self.key in {path.as_posix(), path.with_suffix("").as_posix()}


class Sources(NamedTuple):
    """What a folder's `sources.toml` says.

    Attributes:
        path: It.
        details: By file name, and by file name without its suffix.
        troubles: What is wrong in it.
        examples: Questions to show.
        below: What is said of files by paths and patterns.
    """

    path: Path
    details: dict[str, Described]
    troubles: tuple[Trouble, ...] = ()
    examples: tuple[str, ...] = ()
    below: tuple[Below, ...] = ()

    @property
    def says_nothing(self) -> bool:
        """Whether it is not there, or empty."""
        return not any(self[1:])

    def about(self, path: PurePath) -> Described:
        """What is known of a file, by its path below: a path before patterns, of these the last."""
        found = [one for one in reversed(self.below) if one.names(path)]
        found.sort(key=lambda one: one.spec is not None)
        beside = len(path.parts) == 1
        own = (self.details.get(path.name) or self.details.get(path.stem)) if beside else None
        return merged([*([own] if own else []), *(one.details for one in found)])

    def unmatched(self, paths: Sequence[PurePath]) -> Iterator[Trouble]:
        """A trouble for each name that none of these files below it has."""
        for one in self.below:
            if not any(map(one.names, paths)):
                reason = f"the table {one.key!r} names no file below it"
                yield Trouble(source=name(self.path), reason=reason)


def merged(known: Iterable[Described]) -> Described:
    """What several say, the first before the rest."""
    first, *rest = [one for one in known if one is not NOTHING] or [NOTHING]
    for one in rest:
        first = first.over(one)
    return first


def examples(folder: Path) -> tuple[str, ...]:
    """The questions that the `sources.toml` in `folder` offers, if any.

    Raises:
        UnreadableSource: It is wrong.
    """
    sources = load(folder, folder)
    for trouble in sources.troubles:
        raise UnreadableSource(trouble.source, trouble.reason)
    return sources.examples


def load(folder: Path, within: Path | None) -> Sources:
    """What the `sources.toml` in `folder` says; a part that is wrong leaves the rest standing.

    Args:
        folder: The folder.
        within: The folder that was named, if links that lead out of it are not followed.
    """
    path = folder / SOURCES
    return parse_sources(
        path,
        lambda: read_beside(path, LARGEST, within=within) or b"",
        lambda: timed(folder, lambda: list(folder.iterdir())),
    )


def parse_sources(
    path: Path, read: Callable[[], bytes], beside: Callable[[], Iterable[PurePath]]
) -> Sources:
    """What a `sources.toml` says; see `load`.

    Args:
        path: It, for messages.
        read: Gives its content; empty where there is none.
        beside: Gives what stands in its folder.
    """
    try:
        tables = _parse(path, read())
        questions = tables.pop("examples", [])
        files = _files(beside()) if tables else {}
    except UnreadableSource as error:
        return Sources(path, {}, (Trouble.of(error),))
    details: dict[str, Described] = {}
    below: list[Below] = []
    troubles = []
    for key, table in tables.items():
        try:
            known = _details(path, key, table)
            if key not in files and _is_below(key):
                below.append(_below(path, key, known))
                continue
            details[key] = known
            _check_key(path, key, tables, files)
        except UnreadableSource as error:
            troubles.append(Trouble.of(error))
    if not _are_questions(questions):
        reason = "the key 'examples' is no list of questions"
        troubles.append(Trouble(source=name(path), reason=reason))
        questions = []
    return Sources(path, details, tuple(troubles), tuple(questions), tuple(below))


def _is_below(key: str) -> bool:
    """Whether a name is a path or a pattern of files below."""
    parts = key.split("/")
    return (len(parts) > 1 or bool(set(key) & set(PATTERN))) and not {"..", "."} & set(parts)


def _below(path: Path, key: str, details: Described) -> Below:
    if not (set(key) & set(PATTERN) or key.endswith("/")):
        return Below(key.lstrip("/"), details, None)
    try:
        return Below(key, details, GitIgnoreSpec.from_lines([key]))
    except ValueError as error:
        reason = f"the table {key!r} is no pattern; patterns are those of a .gitignore"
        raise UnreadableSource(name(path), reason) from error


def _parse(path: Path, data: bytes) -> dict[str, Any]:
    try:
        return read_toml(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableSource(name(path), "it is not UTF-8; save it as UTF-8") from error
    except ForeignError as error:
        raise UnreadableSource(name(path), str(error), line=error.line) from error


def _details(path: Path, key: str, table: object) -> Described:
    if not isinstance(table, dict):
        raise UnreadableSource(
            name(path), f"the key {key!r} is unknown; only 'examples' may be one"
        )
    try:
        return Described.model_validate(table)
    except ValidationError as error:
        raise UnreadableSource(
            name(path), f"in the table {key!r}, {explain(error, Described)}"
        ) from error


def _check_key(path: Path, key: str, tables: dict[str, Any], files: dict[str, set[str]]) -> None:
    if key not in files:
        raise UnreadableSource(name(path), f"the table {key!r} names no file beside it")
    if any(file in tables for file in files[key] - {key}):
        raise UnreadableSource(name(path), f"the table {key!r} is there twice, by file and by id")


def _files(paths: Iterable[PurePath]) -> dict[str, set[str]]:
    """Those of the files that hold articles, by name and by name without suffix."""
    files: dict[str, set[str]] = {}
    for path in paths:
        if format_of_file(path):
            files.setdefault(path.name, set()).add(path.name)
            files.setdefault(path.stem, set()).add(path.name)
    return files


def _are_questions(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item for item in value)
