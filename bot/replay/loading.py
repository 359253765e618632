"""Files and folders → scripts, and every mistake in them at once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.replay.document import Document, Mistake
from bot.replay.parsing import parse
from bot.replay.script import Articles, Case, Choice, Expect, Passage, Script, Wording
from retrieval.errors import UnreadableSource
from retrieval.untrusted.files import leads_out, read_file, timed

SUFFIXES = (".yaml", ".yml")
MAX_BYTES = 2_000_000
NAME_IT = "name what it leads to"

_KEYS = sorted(
    {key for part in (Script, Case, Expect, Choice, Passage, Wording) for key in part.model_fields}
)
_REASONS = {
    "missing": "is missing",
    "string_type": "must be text; put it in quotes",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "literal_error": "must be {expected}",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "tuple_type": "must be a list",
    "model_type": "must hold keys and values, such as `key: value`",
    "string_too_short": "is empty",
    "string_unicode": "holds half of a surrogate pair",
    "value_error": "{error}",
}
UNFIT = "is no value that can stand here"


class Loaded(NamedTuple):
    """Scripts by their file's name, and what is wrong with those that are not among them."""

    scripts: dict[str, Script]
    mistakes: tuple[Mistake, ...]


def load(paths: Sequence[Path], library: Articles | None = None) -> Loaded:
    """Read the scripts of files and folders; a folder stands for its YAML files at any depth.

    Args:
        paths: In the order in which they are read; a file named twice is read once.
        library: Where given, an article that it does not hold is a mistake.
    """
    scripts: dict[str, Script] = {}
    mistakes: list[Mistake] = []
    for found in _unique(_files(paths)):
        script = found if isinstance(found, Mistake) else load_file(found, library)
        if isinstance(script, Script):
            scripts[str(found)] = script
        else:
            mistakes += [script] if isinstance(script, Mistake) else script
    return Loaded(scripts, tuple(mistakes))


def load_file(path: Path, library: Articles | None = None) -> Script | list[Mistake]:
    """Read one script, or list what is wrong with it in the order of its lines."""
    text = _text(path)
    document = text if isinstance(text, Mistake) else parse(str(path), text)
    if isinstance(document, Mistake):
        return [document]
    mistakes = [*document.mistakes, *_repeated_ids(document)]
    try:
        script = Script.model_validate(document.data, context={"library": library})
    except ValidationError as error:
        mistakes += [_explain(document, details) for details in error.errors(include_input=False)]
    return sorted(mistakes, key=lambda mistake: mistake.line or 0) if mistakes else script


def _files(paths: Iterable[Path]) -> Iterator[Path | Mistake]:
    """Each file to read; a folder's in the order of their names."""
    for path in paths:
        try:
            yield from _inside(path) if timed(path, path.is_dir) else [path]
        except UnreadableSource as error:
            yield Mistake(source=error.source, reason=error.reason)


def _inside(folder: Path) -> Sequence[Path | Mistake]:
    found = [
        Mistake(source=str(file), reason=f"is a link that leads out of {folder}; {NAME_IT}")
        if leads_out
        else file
        for file, leads_out in sorted(_walk(folder, folder))
    ]
    reason = f"the folder holds no script; their names end in {' or '.join(SUFFIXES)}"
    return found or [Mistake(source=str(folder), reason=reason)]


def _walk(folder: Path, root: Path) -> Iterator[tuple[Path, bool]]:
    """Every script below `folder`, and whether it is a link that leads out of `root`.

    Raises:
        UnreadableSource: A folder cannot be read, or does not answer.
    """
    folders, scripts = timed(folder, lambda: _listed(folder, root))
    yield from scripts
    for one in folders:
        yield from _walk(one, root)


def _listed(folder: Path, root: Path) -> tuple[list[Path], list[tuple[Path, bool]]]:
    """The folders and the scripts right inside `folder`; nothing that is hidden."""
    folders: list[Path] = []
    scripts: list[tuple[Path, bool]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            path = Path(entry.path)
            if path.name.startswith("."):
                continue
            if _is_folder(entry):
                if not entry.is_symlink():
                    folders.append(path)
            elif path.suffix.lower() in SUFFIXES:
                scripts.append((path, leads_out(path, root)))
    return folders, scripts


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself; whoever opens it is told
        return False


def _unique(files: Iterable[Path | Mistake]) -> Iterator[Path | Mistake]:
    seen: set[str] = set()
    for file in files:
        key = file.source if isinstance(file, Mistake) else _whole(file)
        if isinstance(key, Mistake):
            yield key
        elif key not in seen:
            seen.add(key)
            yield file


def _whole(file: Path) -> str | Mistake:
    try:
        return timed(file, lambda: os.path.realpath(file))
    except UnreadableSource as error:
        return Mistake(source=error.source, reason=error.reason)


def _text(path: Path) -> str | Mistake:
    source = str(path)
    try:
        content = read_file(path, MAX_BYTES)
    except UnreadableSource as error:
        return Mistake(source=source, reason=error.reason)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Mistake(source=source, line=line, reason="is not UTF-8; save it as UTF-8")


def _repeated_ids(document: Document) -> Iterator[Mistake]:
    first: dict[str, int] = {}
    for index, name in _ids(document.data):
        path = document.locate(("cases", index, "id"))
        line = document.lines[path]
        if name in first:
            reason = f"{name!r} is the id of line {first[name]} already; an id stands once"
            yield document.mistake(path, reason)
        first.setdefault(name, line)


def _ids(data: object) -> Iterator[tuple[int, str]]:
    cases = data.get("cases") if isinstance(data, dict) else None
    for index, case in enumerate(cases if isinstance(cases, list) else ()):
        name = case.get("id") if isinstance(case, dict) else None
        if isinstance(name, str):
            yield index, name


def _explain(document: Document, details: ErrorDetails) -> Mistake:
    """A validator's error, at the place and in the words of the user's file."""
    steps, kind = details["loc"], details["type"]
    path = document.locate(steps)
    if kind == "missing":
        return document.mistake(path, _REASONS[kind], absent=str(steps[-1]))
    if kind == "extra_forbidden":
        return document.mistake(path, _unknown_key(str(steps[-1])))
    template = _REASONS.get(kind)
    reason = (template or UNFIT).format_map(details.get("ctx", {}))
    return document.mistake(path, reason)


def _unknown_key(key: str) -> str:
    if key in _KEYS:
        return "does not belong here"
    near = get_close_matches(key, _KEYS, n=1)
    return f"unknown key; did you mean {near[0]!r}?" if near else "unknown key"
