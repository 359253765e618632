"""A JSONL file → an article a line, read one line at a time."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from typing import BinaryIO

from pydantic import ValidationError

from retrieval.errors import UnreadableSource
from retrieval.models import Article
from retrieval.readers.decoding import refuse_binary
from retrieval.readers.details import Details, Record, explain
from retrieval.readers.formats import Format, Found, Piece
from retrieval.readers.titles import shorten, title_of
from retrieval.readers.trouble import Trouble, name
from retrieval.untrusted.files import open_file
from retrieval.untrusted.parsing import ForeignError, read_json
from retrieval.values import Layout

LARGEST = 2**40  # bytes of a file: they are read a line at a time
LONGEST = 32 * 2**20  # bytes of one line
HEAD = 4096
READER = "jsonl 1"
MARK = b"\xef\xbb\xbf"


def read_lines(found: Found, _: Details) -> Iterator[Piece]:
    """Every line of a file; a bad line is a trouble and the next is read.

    Raises:
        UnreadableSource: The file is no JSONL at all, or cannot be read.
    """
    path = found.path
    with _open(found) as file:
        _check_head(file.peek()[:HEAD], name(path))
        yield from _lines(file, name(path))


def _open(found: Found) -> io.BufferedReader:
    if found.data is None:
        return open_file(found.path, LARGEST)
    return io.BufferedReader(io.BytesIO(found.data))


def _check_head(head: bytes, source: str) -> None:
    refuse_binary(head, source)
    start = head.removeprefix(MARK).lstrip()
    if not start:
        raise UnreadableSource(source, "it is empty")
    if start.startswith(b"["):
        raise UnreadableSource(source, "it is one JSON array; write one object a line")


def _lines(file: BinaryIO, source: str) -> Iterator[Piece]:
    number = 0
    while line := file.readline(LONGEST):
        number += 1
        size = len(line)
        while not line.endswith(b"\n") and (more := file.readline(LONGEST)):
            size += len(more)
            line = more if more.endswith(b"\n") else b""
        yield _piece(line if size == len(line) else None, source, number)._replace(size=size)


def _piece(line: bytes | None, source: str, number: int) -> Piece:
    if line is None:
        reason = "it is longer than 32 MiB; split it"
        return Piece(Trouble(source=source, line=number, reason=reason), number)
    try:
        line = line.removeprefix(MARK) if number == 1 else line
        return _article(line, source, number) if line.strip() else Piece(None, number)
    except UnreadableSource as error:
        return Piece(Trouble.of(error), number)


def _article(line: bytes, source: str, number: int) -> Piece:
    try:
        record = Record.model_validate(_object(line.decode()))
    except ValidationError as error:
        reason = explain(error, Record)
    except UnicodeDecodeError:
        reason = "it is not UTF-8"
    except ForeignError as error:
        reason = str(error)
    else:
        return of_record(record, line, READER, number)
    raise UnreadableSource(source, reason, line=number)


def of_record(record: Record, original: bytes, reader: str, line: int) -> Piece:
    """The article that a record states; only one that says that it is a document has a layout.

    Args:
        record: What is stated.
        original: The bytes that it was read from.
        reader: The name and version of what read it.
        line: Where it stands.
    """
    title = record.title or title_of(record.text)
    fields = record.known() | {"title": title}
    if record.kind != "document":
        return Piece(Article.model_validate(fields), line)
    layout = Layout("document", reader, hashlib.sha256(original).hexdigest())
    return Piece(Article.model_validate(fields | {"layout": layout}), line, original=original)


def _object(line: str) -> dict[str, object]:
    fields = read_json(line, _without_twins)
    if not isinstance(fields, dict):
        raise ForeignError("it is no JSON object")
    return fields


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields: dict[str, object] = {}
    for key, value in pairs:
        if key in fields:
            raise ForeignError(f"the key {shorten(key)!r} is there twice")
        fields[key] = value
    return fields


FORMAT = Format((".jsonl", "application/jsonl"), read_lines, is_described=False, reader=READER)
