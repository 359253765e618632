"""Opening `library.db`, its transactions, and what SQLite's errors mean to the user.

The file keeps SQLite's rollback journal rather than a write-ahead log: a library is then one
file, and one that can be read from a place where nothing may be written.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Iterator
from operator import methodcaller
from pathlib import Path
from typing import Any, Self, cast
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, pool
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from retrieval.errors import LibraryDamaged, LibraryError, LibraryUnavailable, reason_of
from retrieval.library.tables import MARK, METADATA, SCHEMA, WITH_LAYOUTS, statement_for

PATIENCE = 5.0  # seconds to wait for another process that writes
# So much of a change stays in memory until it is whole. As soon as SQLite has to write out a part
# of it, nobody can read until all is done: what takes long waits elsewhere (see `staging.py`).
SPILL = 4095  # pages of 4 KiB; of a multiple of 256 SQLite reads the last byte: no, never
MOMENT = 2 * 10**9  # nanoseconds: file systems tell time in steps of up to two seconds
# Bytes that are no UTF-8 come as lone surrogates, which no stored text has: the reader names them.
DECODE = methodcaller("decode", "utf-8", "surrogateescape")
PRIMARY = 0xFF  # SQLite keeps the kind of an error in the lowest byte of its code


class Database:
    """One SQLite database, on disk or in memory; threads may share it.

    Attributes:
        place: Its name in messages.
        close: Let go of the file; safe to call twice. A thread that is still at it lets go when it
            is done, and whoever comes afterwards opens the file for that once.
    """

    def __init__(self, url: URL, place: str, **options: Any) -> None:  # noqa: ANN401 - SQLAlchemy's
        """Connect lazily to `url`."""
        self.place = place
        # Values are hidden so that no text of an article gets into an error.
        engine = create_engine(url, hide_parameters=True, **options)
        event.listen(engine, "connect", _leave_transactions_to_us)
        event.listen(engine, "begin", _begin)
        self._engine, self._users = engine, _Users(engine)
        self._turn: contextlib.AbstractContextManager[Any] = contextlib.nullcontext()
        self.close = weakref.finalize(self, self._users.end)

    @classmethod
    def in_memory(cls) -> Self:
        """A database that ends with this object; its threads take turns on one connection."""
        one: dict[str, Any] = {"check_same_thread": False}
        database = cls(
            URL.create("sqlite"),
            "the library in memory",
            poolclass=pool.StaticPool,
            connect_args=one,
        )
        database._turn = threading.RLock()
        return database

    @classmethod
    def at(cls, path: Path, *, create: bool) -> Self:
        """The database in the file at `path`, which is made only where `create` says so."""
        mode = "rwc" if create else "rw"
        url = URL.create(
            "sqlite",
            database=f"file:{quote(os.fsencode(path.absolute()))}",
            query={"mode": mode, "uri": "true"},
        )
        return cls(url, os.fsencode(path).decode(errors="backslashreplace"))

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that reads."""
        with self._using(), self._engine.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def looking_up(self) -> Iterator[sqlite3.Cursor]:
        """A transaction that reads by SQLite alone: SQLAlchemy takes ten times as long."""
        pooled = self._engine.raw_connection
        with self._using(), contextlib.closing(pooled()) as connection:
            cursor = cast("sqlite3.Cursor", connection.cursor())
            cursor.execute("BEGIN")  # ended where the connection goes back to the pool
            yield cursor

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes all or, where anything is raised in it, nothing."""
        options = self._engine.execution_options(begin="BEGIN IMMEDIATE")
        with self._using(), options.begin() as connection:
            yield connection

    def is_prepared(self) -> bool:
        """Whether it holds a library's tables.

        Raises:
            LibraryUnavailable: They are those of a newer Pullquote.
            LibraryDamaged: The file is another program's.
        """
        with self.reading() as connection:
            mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
            schema = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar_one()
        if mark != MARK and (mark or tables):
            raise LibraryDamaged(f"{self.place} is no Pullquote library; name another folder")
        if schema > WITH_LAYOUTS:
            raise LibraryUnavailable(
                f"{self.place} was written by a newer Pullquote; update Pullquote to open it"
            )
        return bool(mark == MARK)

    @contextlib.contextmanager
    def preparing(self) -> Iterator[Connection]:
        """A transaction that makes a library's tables, with whatever else is done in it."""
        with self.writing() as connection:
            for table in METADATA.sorted_tables:
                connection.exec_driver_sql(statement_for(table))
            connection.exec_driver_sql(f"PRAGMA application_id = {MARK}")
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
            yield connection

    @contextlib.contextmanager
    def _using(self) -> Iterator[None]:
        try:
            with self._users, self._turn:
                yield
        except (SQLAlchemyError, sqlite3.Error) as error:
            raise _translate(error, self.place) from error


class _Users:
    """Those who are at a database; the last to leave one that was closed shuts the door.

    An engine closes only the connections that nobody uses at that moment.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._count, self._ended = 0, False

    def __enter__(self) -> None:
        with self._lock:
            self._count += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._count -= 1
            self._shut()

    def end(self) -> None:
        """Close every connection, now or when the last is no longer used."""
        with self._lock:
            self._ended = True
            self._shut()

    def _shut(self) -> None:
        if self._ended and not self._count:
            self._engine.dispose()


def _leave_transactions_to_us(connection: sqlite3.Connection, _record: object) -> None:
    connection.text_factory = DECODE
    connection.isolation_level = None  # else Python begins them, too late to read safely
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")
    connection.execute(f"PRAGMA cache_spill = {SPILL}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _translate(error: Exception, place: str) -> LibraryError:
    cause = error.orig if isinstance(error, DBAPIError) else error
    match getattr(cause, "sqlite_errorcode", 0) & PRIMARY:
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return LibraryDamaged(
                f"{place} is damaged, or no library; restore a copy or start a new library"
            )
        case sqlite3.SQLITE_FULL:
            reason = (
                "the disk is full, and nothing was changed; "
                "free some space, for temporary files too, and try again"
            )
        case sqlite3.SQLITE_IOERR:
            reason = "the disk gave an error, and nothing was changed; check its space and health"
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            reason = "it cannot be written; give it and its folder write permission"
        case sqlite3.SQLITE_CANTOPEN:
            reason = "it cannot be opened; check that it and its folder may be read and written"
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            reason = "another process is writing it; try again when that is done"
        case sqlite3.SQLITE_ERROR:
            reason = "its tables are not those of a library; restore a copy or start a new library"
        case _:
            reason = (
                f"SQLite cannot use it ({reason_of(cause)}); `pullquote library verify` checks it"
            )
    return LibraryUnavailable(f"{place}: {reason}")


def stamp_of(path: Path) -> object:
    """What differs whenever a file was written; None where it was written this very moment.

    Another write in the same moment would leave it as it is.
    """
    try:
        status = path.stat()
    except OSError:
        return None
    if abs(time.time_ns() - status.st_mtime_ns) < MOMENT:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns
