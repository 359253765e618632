"""A JSONL file → an article a line, read one line at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from pydantic import ValidationError

from retrieval.errors import UnreadableSource
from retrieval.files import open_file
from retrieval.models import Article
from retrieval.readers.decoding import refuse_binary
from retrieval.readers.details import Details, Record, explain
from retrieval.readers.formats import Format, Found, Piece
from retrieval.readers.titles import title_of
from retrieval.readers.trouble import Trouble, name

LARGEST = 2**40  # bytes of a file: they are read a line at a time
LONGEST = 32 * 2**20  # bytes of one line
HEAD = 4096
MARK = b"\xef\xbb\xbf"


class _NoArticle(Exception):
    """What is wrong with a line, in our words."""


def read_lines(found: Found, _: Details) -> Iterator[Piece]:
    """Every line of a file; a bad line is a trouble and the next is read.

    Raises:
        UnreadableSource: The file is no JSONL at all, or cannot be read.
    """
    path = found.path
    with open_file(path, LARGEST) as file:
        _check_head(file.peek()[:HEAD], name(path))
        yield from _lines(file, name(path))


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
        yield Piece(_item(line if size == len(line) else None, source, number), number, size)


def _item(line: bytes | None, source: str, number: int) -> Article | Trouble | None:
    if line is None:
        return Trouble(source=source, line=number, reason="it is longer than 32 MiB; split it")
    try:
        line = line.removeprefix(MARK) if number == 1 else line
        return _article(line, source, number) if line.strip() else None
    except UnreadableSource as error:
        return Trouble.of(error)


def _article(line: bytes, source: str, number: int) -> Article:
    try:
        record = Record.model_validate(_object(line.decode()))
    except ValidationError as error:
        reason = explain(error, Record)
    except UnicodeDecodeError:
        reason = "it is not UTF-8"
    except json.JSONDecodeError as error:
        reason = f"it is no JSON: it breaks at column {error.colno}"
    except RecursionError:
        reason = "it is nested too deep"
    except _NoArticle as error:
        reason = str(error)
    else:
        title = record.title or title_of(record.text)
        return Article.model_validate(record.known() | {"title": title})
    raise UnreadableSource(source, reason, line=number)


def _object(line: str) -> dict[str, object]:
    # No key takes a number, so a long one need not be read exactly, which Python would refuse.
    fields = json.loads(line, object_pairs_hook=_without_twins, parse_int=float)
    if not isinstance(fields, dict):
        raise _NoArticle("it is no JSON object")
    return fields


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        keys = [key for key, _ in pairs]
        twin = next(key for key in keys if keys.count(key) > 1)
        raise _NoArticle(f"the key {twin!r} is there twice")
    return fields


FORMAT = Format((".jsonl", "application/jsonl"), read_lines, is_described=False)
