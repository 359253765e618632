"""SQLite FTS5, without the text, ordered by its own `rank`.

Positions must be kept: without them its bm25() is always 0 in a table without content. The segments
are merged into one (`optimize`), the file is mapped and the cache is large enough for all of it.
Its formula (k1 1.2, b .75, an idf of at least 1e-6) differs from Okapi's by k1 and the floor.
"""

from __future__ import annotations

import contextlib
import sqlite3
import weakref
from pathlib import Path
from typing import Self

from bench.peers.face import Hits, Query

NAME = "fts5.db"
ROOM = 8_000_000_000  # bytes that may be mapped
BEST = "SELECT rowid, rank FROM sentences WHERE sentences MATCH ? ORDER BY rank LIMIT ?"


class Fts5:
    """A connection to a file with one table."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Search through `connection`."""
        self.connection = connection
        weakref.finalize(self, connection.close)

    @classmethod
    def build(cls, sentences: Path, folder: Path) -> None:
        """Stream the sentences in, in one transaction, and merge."""
        with contextlib.closing(sqlite3.connect(folder / NAME)) as connection:
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            connection.execute(
                "CREATE VIRTUAL TABLE sentences USING fts5(words, content='', tokenize='ascii')"
            )
            with sentences.open(encoding="ascii") as file:
                connection.executemany(
                    "INSERT INTO sentences(rowid, words) VALUES (?, ?)", enumerate(file)
                )
            connection.execute("INSERT INTO sentences(sentences) VALUES ('optimize')")
            connection.commit()
            connection.execute("VACUUM")

    @classmethod
    def open(cls, sentences: Path, folder: Path) -> Self:  # noqa: ARG003 - other engines need it
        """Open and map the file."""
        connection = sqlite3.connect(folder / NAME)
        connection.execute(f"PRAGMA mmap_size = {ROOM}")
        return cls(connection)

    def search(self, query: Query, k: int) -> Hits:
        """The k best; `rank` is the score with its sign turned."""
        asked = " OR ".join(f'"{term}"' for term in query.terms)
        return self.connection.execute(BEST, (asked, k)).fetchall()

    def hits(self, found: Hits) -> Hits:
        """Row ids are line numbers."""
        return [(number, -rank) for number, rank in found]
