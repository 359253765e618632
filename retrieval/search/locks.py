"""A lock between processes: a file that one of them holds, let go of when it ends in any way."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Self

from retrieval.errors import LibraryUnavailable, reason_of

PATIENCE = 600.0  # seconds to wait for another process: it may be reading a large library


class Lock:
    """The right to write somewhere; use it in a `with` statement.

    The file is an empty SQLite database, because SQLite locks files on every system.
    """

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        """Name the file, which is made where it is not there."""
        self._path, self._patience = path, patience

    def __enter__(self) -> Self:
        """Wait for the lock.

        Raises:
            LibraryUnavailable: It cannot be had.
        """
        try:
            self._held = sqlite3.connect(
                self._path,
                timeout=self._patience,
                isolation_level=None,
                check_same_thread=False,
            )
        except sqlite3.Error as error:
            raise self._unavailable(error) from error
        try:
            self._held.execute("BEGIN EXCLUSIVE")
        except BaseException as error:
            self._held.close()
            if isinstance(error, sqlite3.Error):
                raise self._unavailable(error) from error
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of it."""
        self.close()

    def close(self) -> None:
        """Let go of it."""
        self._held.close()

    def _unavailable(self, error: sqlite3.Error) -> LibraryUnavailable:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB:
            return LibraryUnavailable(f"{self._path}: is no lock; delete it, it is made again")
        return LibraryUnavailable(
            f"{self._path}: cannot be locked ({reason_of(error)}); another process may be "
            "writing the index, or the folder may not be written: try again, or mend its permission"
        )
