"""`sources.toml`: what is known of the texts that it stands beside.

A table for each file, named by the file or by its id, says what `Details` holds; the list
`examples` at its top holds questions that show what these texts answer and what they do not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from pydantic import ValidationError

from retrieval.errors import UnreadableSource
from retrieval.readers.details import Details, explain
from retrieval.readers.finding import SOURCES
from retrieval.readers.registry import format_of_file
from retrieval.readers.trouble import Trouble, name
from retrieval.untrusted.files import read_beside, timed
from retrieval.untrusted.parsing import ForeignError, read_toml

NOTHING = Details()
LARGEST = 16 * 2**20  # bytes


class Sources(NamedTuple):
    """What a folder's `sources.toml` says.

    Attributes:
        details: By file name, and by file name without its suffix.
        troubles: What is wrong in it.
        examples: Questions to show.
    """

    details: dict[str, Details]
    troubles: tuple[Trouble, ...] = ()
    examples: tuple[str, ...] = ()

    def about(self, path: PurePath) -> Details:
        """What is known of the file at `path`."""
        return self.details.get(path.name) or self.details.get(path.stem) or NOTHING


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
        return Sources({}, (Trouble.of(error),))
    details: dict[str, Details] = {}
    troubles = []
    for key, table in tables.items():
        try:
            details[key] = _details(path, key, table)
            _check_key(path, key, tables, files)
        except UnreadableSource as error:
            troubles.append(Trouble.of(error))
    if not _are_questions(questions):
        reason = "the key 'examples' is no list of questions"
        troubles.append(Trouble(source=name(path), reason=reason))
        questions = []
    return Sources(details, tuple(troubles), tuple(questions))


def _parse(path: Path, data: bytes) -> dict[str, Any]:
    try:
        return read_toml(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableSource(name(path), "it is not UTF-8; save it as UTF-8") from error
    except ForeignError as error:
        raise UnreadableSource(name(path), str(error), line=error.line) from error


def _details(path: Path, key: str, table: object) -> Details:
    if not isinstance(table, dict):
        raise UnreadableSource(
            name(path), f"the key {key!r} is unknown; only 'examples' may be one"
        )
    try:
        return Details.model_validate(table)
    except ValidationError as error:
        raise UnreadableSource(
            name(path), f"in the table {key!r}, {explain(error, Details)}"
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
