"""The figures of an evaluation: one row an engine and a set, and the file they are kept in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bench.measures import Curve, Hits
from retrieval.values import Value


class Row(Value):
    """One engine on one set.

    Attributes:
        questions: The name of the questions.
        library: The name of the articles they were asked of.
        engine: Whose figures these are.
        misspelt: Whether each question had a typing error.
        hits: None where no question can be answered.
        auroc: Of confidence, the library's own answerable questions against those that it cannot
            answer; None where there is only one kind.
        answered: Share answered of the library's own answerable questions, at the engine's own
            threshold; None where there are none.
        withheld: Share withheld of those that cannot be answered.
        curve: Both shares as the threshold rises; empty where there is no AUROC.
    """

    questions: str
    library: str
    engine: str
    misspelt: bool = False
    hits: Hits | None = None
    auroc: float | None = None
    answered: float | None = None
    withheld: float | None = None
    curve: Curve = ()


class BadRows(Exception):
    """A file that holds no rows; its text is one line."""


_ROWS = TypeAdapter(list[Row])


def write_rows(rows: Sequence[Row], path: Path) -> None:
    """Write the rows as JSON, one a line, and the folder that they go to.

    Raises:
        BadRows: The file cannot be written.
    """
    lines = (json.dumps(row.model_dump(mode="json"), ensure_ascii=False) for row in rows)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    except OSError as error:
        raise BadRows(f"{path}: cannot be written: {error.strerror or error}") from error


def read_rows(path: Path) -> list[Row]:
    """Read what `write_rows` wrote.

    Raises:
        BadRows: The file is not there, or holds something else.
    """
    try:
        return _ROWS.validate_json(path.read_bytes())
    except OSError as error:
        raise BadRows(f"{path}: cannot be read: {error.strerror or error}") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise BadRows(
            f"{path}: holds no figures of `make eval` ({place or 'JSON'}: {first['msg']}); "
            "measure again"
        ) from error
