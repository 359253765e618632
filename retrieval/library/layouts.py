"""The table of layouts: what leads from an article's text back to its source, and the source."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Sequence
from typing import Any, NamedTuple, Self

from sqlalchemy import Connection, Select, delete, exists, func, or_, select

from retrieval.library.packing import MOST_ORIGINAL
from retrieval.library.soundness import LAID, can_store
from retrieval.library.tables import ARTICLES, LAYOUTS, WITH_LAYOUTS, is_there
from retrieval.values import Layout

DIGEST = ("article", "digest")
READ = (*DIGEST, *LAID)
_KEPT = f"SELECT encoding, runs, original FROM {LAYOUTS.name} WHERE article = ? AND digest = ?"  # noqa: S608 - our own name
_LOST = or_(
    func.typeof(LAYOUTS.c.article) != "text",
    ~exists().where(ARTICLES.c.id == LAYOUTS.c.article),
)


class Laid(NamedTuple):
    """An article's layout, and its source where that is kept."""

    layout: Layout
    original: bytes | None = None
    encoding: str = ""

    @classmethod
    def of(cls, layout: Layout, original: bytes | None, encoding: str) -> Self:
        """A layout and its source, which is kept where the runs are there that lead back to it."""
        return cls(layout) if layout.runs_left else cls(layout, original, encoding)

    def fault(self, length: int) -> str | None:
        """Why it cannot be stored with a text of so many characters, if so."""
        known = "".join((self.layout.reader, *(block.anchor for block in self.layout.blocks)))
        if not can_store(known):
            return "its layout holds half of a surrogate pair"
        original, named = self.original, self.layout.source_sha256
        if original is not None and len(original) > MOST_ORIGINAL:
            return f"its source is larger than {MOST_ORIGINAL // 2**20} MiB"
        if original is not None and hashlib.sha256(original).hexdigest() != named:
            return "its source is another one than its layout says"
        return self.layout.fault(length)


def beside(query: Select[Any], names: Sequence[str]) -> Select[Any]:
    """A query of articles with these columns of their layouts, under `layout_` and their names."""
    columns = [LAYOUTS.c[name].label(f"layout_{name}") for name in names]
    return query.add_columns(*columns).outerjoin(LAYOUTS, LAYOUTS.c.article == ARTICLES.c.id)


def where_there(connection: Connection, query: Select[Any], names: Sequence[str]) -> Select[Any]:
    """`beside`, where the library has layouts; else the query as it is."""
    return beside(query, names) if names and is_there(connection, LAYOUTS) else query


def make(connection: Connection) -> None:
    """Make the table where it is not there yet."""
    if not is_there(connection, LAYOUTS):
        LAYOUTS.create(connection)
        connection.exec_driver_sql(f"PRAGMA user_version = {WITH_LAYOUTS}")


def row_of(name: str, one: Laid) -> dict[str, Any]:
    """The layout of the article `name` as it goes into the table."""
    layout, original = one.layout, one.original
    kept = original is not None
    return {
        "article": name,
        "digest": layout.digest,
        "genre": layout.packed_genre,
        "reader": layout.reader,
        "source_sha256": layout.source_sha256,
        "runs_sha256": layout.runs_sha256,
        "blocks": layout.packed_blocks,
        "encoding": one.encoding if kept else None,
        "runs": layout.packed_runs if kept else None,
        "original": zlib.compress(original) if original is not None else None,
    }


def kept(cursor: sqlite3.Cursor, name: str, digest: str) -> tuple[object, object, object] | None:
    """What is stored of an article's source (encoding, packed runs, compressed bytes).

    None where its layout no longer has that digest.
    """
    found: tuple[object, object, object] | None = cursor.execute(_KEPT, (name, digest)).fetchone()
    return found


def forget(connection: Connection, ids: Sequence[str]) -> None:
    """Take out the layouts of articles."""
    if is_there(connection, LAYOUTS):
        connection.execute(delete(LAYOUTS).where(LAYOUTS.c.article.in_(ids)))


def forget_lost(connection: Connection) -> None:
    """Clear away the layouts of no article."""
    if is_there(connection, LAYOUTS):
        connection.execute(delete(LAYOUTS).where(_LOST))


def lost(connection: Connection) -> int:
    """How many layouts are of no article."""
    if not is_there(connection, LAYOUTS):
        return 0
    return connection.execute(select(func.count()).select_from(LAYOUTS).where(_LOST)).scalar_one()
