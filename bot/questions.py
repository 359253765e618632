"""A file of questions, `{"id", "question"}` a line → the questions, one at a time."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from retrieval.errors import BadQuestionFile, InputError, UnreadableSource, reason_of
from retrieval.untrusted.files import open_named
from retrieval.untrusted.parsing import ForeignError, read_json

STANDARD_INPUT = Path("-")
LONGEST = 2**20  # bytes of a line
LARGEST = 2**40  # bytes of a file: it is read a line at a time


class Asked(NamedTuple):
    """One question of a file.

    Attributes:
        id: What the file calls it; its answer carries the same.
        question: Its text.
    """

    id: str | int
    question: str


def read_questions(path: Path) -> Iterator[Asked]:
    """The questions in the file or pipe at `path`, in order; `-` is the standard input.

    Blank lines are passed over, and so are keys besides `id` and `question`: sets of questions
    carry what is expected beside them.

    Raises:
        BadQuestionFile: It cannot be read, or a line is wrong; the message names file, line
            and key.
    """
    try:
        with _open(path) as file:
            number = 0
            while line := file.readline(LONGEST):
                number += 1
                if line.strip():
                    yield _read(line, f"{path}, line {number}")
    except OSError as error:
        raise BadQuestionFile(f"{path} cannot be read: {reason_of(error)}") from error
    except UnreadableSource as error:
        raise BadQuestionFile(str(error)) from error


def check_text(question: str) -> None:
    """A terminal may hand over bytes that are no UTF-8; Python marks them with surrogates.

    Raises:
        InputError: `question` holds such bytes.
    """
    if not _is_whole(question):
        raise InputError("the question is not UTF-8 text; type it in a UTF-8 terminal")


def _open(path: Path) -> contextlib.AbstractContextManager[BinaryIO]:
    if path == STANDARD_INPUT:
        if sys.stdin is None:
            raise BadQuestionFile("the standard input is closed; name a file of questions")
        return contextlib.nullcontext(sys.stdin.buffer)
    return open_named(path, LARGEST)


def _read(line: bytes, place: str) -> Asked:
    fields = _parse(line, place)
    for key in ("id", "question"):
        if key not in fields:
            raise BadQuestionFile(f"{place}: the key {key!r} is missing")
    name, question = fields["id"], fields["question"]
    if isinstance(name, bool) or not isinstance(name, str | int) or not _is_whole(str(name)):
        raise BadQuestionFile(f"{place}: the key 'id' is neither text nor a whole number")
    if not isinstance(question, str) or not _is_whole(question):
        raise BadQuestionFile(f"{place}: the key 'question' is no text")
    return Asked(name, question)


def _parse(line: bytes, place: str) -> dict[str, object]:
    if len(line) == LONGEST:
        raise BadQuestionFile(f"{place}: it is longer than 1 MiB")
    try:
        fields = read_json(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadQuestionFile(f"{place}: it is not UTF-8") from error
    except ForeignError as error:
        raise BadQuestionFile(f"{place}: it is no JSON object") from error
    if not isinstance(fields, dict):
        raise BadQuestionFile(f'{place}: it is no JSON object; write {{"id", "question"}} a line')
    return fields


def _is_whole(text: str) -> bool:
    """Whether no half of a surrogate pair stands in `text`."""
    return not any("\ud800" <= character <= "\udfff" for character in text)
