"""SQLite's connections that are open: each is to be closed by whoever opened it."""

from __future__ import annotations

import itertools
import sqlite3
import time
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any

import sqlalchemy

from retrieval.library import database

PATIENCE = 60.0  # seconds for threads to end that are still at a library

_open: dict[int, str] = {}  # by number: the file
_numbers = itertools.count()
_connect = sqlite3.connect
_statements: dict[Any, Any] = {}  # that were compiled


class Connection(sqlite3.Connection):
    """A connection that is known until it is closed; that it is collected is not enough."""

    def __init__(self, database: str, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - SQLite's
        """Connect to `database`."""
        self._number = next(_numbers)
        super().__init__(database, *arguments, **options)
        _open[self._number] = str(database)

    def close(self) -> None:
        """Close it."""
        super().close()
        _open.pop(self._number, None)


def connect(database: str, **options: Any) -> sqlite3.Connection:  # noqa: ANN401 - SQLite's
    """Connect as `sqlite3.connect` does, and remember it."""
    made: sqlite3.Connection = _connect(database, **{"factory": Connection, **options})
    return made


def opened() -> frozenset[int]:
    """The connections that are open now, by number."""
    return frozenset(_open)


def still_open(before: AbstractSet[int]) -> list[str]:
    """The files of the connections that were opened after `before` and are not closed in time."""
    end = time.monotonic() + PATIENCE
    while (left := opened() - before) and time.monotonic() < end:
        time.sleep(0.01)
    return sorted(_open[number] for number in left if number in _open)


def create_engine(url: sqlalchemy.URL, **options: Any) -> sqlalchemy.Engine:  # noqa: ANN401 - SQLAlchemy's
    """An engine that knows what others compiled; tests open thousands, a program one."""
    options["execution_options"] = {"compiled_cache": _statements}
    engine = sqlalchemy.create_engine(url, **options)
    engine.dialect = _dialect()  # a part of the key of what was compiled
    return engine


def share_statements() -> None:
    """Let all libraries of this process share what was compiled: for programs that open many."""
    vars(database)["create_engine"] = create_engine


@cache
def _dialect() -> sqlalchemy.Dialect:
    """The dialect of SQLite, as it is after the first connection."""
    engine = sqlalchemy.create_engine("sqlite://")
    engine.connect().close()
    engine.dispose()
    return engine.dialect
