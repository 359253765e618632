"""Names, each with a note, in bounded memory: nobody knows how many a folder gives."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

from retrieval.errors import LibraryUnavailable, reason_of

_TABLE = "CREATE TABLE names (name BLOB PRIMARY KEY, note TEXT) WITHOUT ROWID"
_ADD = "INSERT OR IGNORE INTO names VALUES (?, ?)"
_FIND = "SELECT note FROM names WHERE name = ?"


class Register:
    """Names that were seen; what does not fit into two megabytes waits in a temporary file.

    Close it in the end; the file has no name, and ends with it.
    """

    def __init__(self) -> None:
        """No name was seen yet."""
        # An empty name stands for a database of this connection's own.
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode = OFF")  # nothing is ever undone
        self._database.execute(_TABLE)
        self._database.execute("BEGIN")  # never ended: what is in memory is not written for nothing

    def close(self) -> None:
        """Forget all names; safe to call twice."""
        self._database.close()

    def add(self, name: str, note: str = "") -> bool:
        """Note a name that was not there; whether it was not.

        Raises:
            LibraryUnavailable: The disk is full.
        """
        with _translated():
            return self._database.execute(_ADD, (_key(name), note)).rowcount == 1

    def note(self, name: str) -> str | None:
        """The note of a name; None where it is not there.

        Raises:
            LibraryUnavailable: The temporary file cannot be read.
        """
        with _translated():
            found = self._database.execute(_FIND, (_key(name),)).fetchone()
        return found and str(found[0])

    def __contains__(self, name: str) -> bool:
        return self.note(name) is not None


def _key(name: str) -> bytes:
    return name.encode(errors="surrogatepass")  # a text that is read may hold anything


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise LibraryUnavailable(
            f"a temporary file cannot be used ({reason_of(error)}); free some space on the disk of "
            "temporary files, then run the command again"
        ) from error
