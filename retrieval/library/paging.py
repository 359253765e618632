"""Reading a table of any size a few rows at a time, whatever stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    LargeBinary,
    RowMapping,
    Select,
    Text,
    and_,
    cast,
    func,
    literal,
    or_,
)

from retrieval.library import layouts, soundness
from retrieval.library.database import Database
from retrieval.library.rows import ROW
from retrieval.library.tables import ARTICLES

BATCH = 64  # rows that are read at a time
MANY = 1024  # rows without texts


def pages(
    database: Database, query: Select[Any], laid: Sequence[str] = (), batch: int = BATCH
) -> Iterator[RowMapping]:
    """The rows of `query` in order of id; between pages nothing is held open.

    Rows whose id is no text come first: they have no place in that order.

    Args:
        database: The library's.
        query: Columns of articles.
        laid: Columns of their layouts that are wanted, where the library has layouts.
        batch: How many rows are read at a time.
    """
    is_named = func.typeof(ARTICLES.c.id) == "text"
    nameless = query.where(func.not_(is_named)).order_by(ROW)
    named = query.where(is_named).order_by(ARTICLES.c.id, ROW)
    yield from _paged(database, nameless, laid, batch, lambda row: row["row"] < ROW)
    yield from _paged(database, named, laid, batch, _after)


def _paged(
    database: Database,
    query: Select[Any],
    laid: Sequence[str],
    batch: int,
    after: Callable[[RowMapping], ColumnElement[bool]],
) -> Iterator[RowMapping]:
    page = query.limit(batch)
    while True:
        with database.reading() as connection:
            page = layouts.where_there(connection, page, laid)
            rows = connection.execute(page).mappings().all()
        yield from rows
        if len(rows) < batch:
            return
        page = query.where(after(rows[-1])).limit(batch)


def _after(row: RowMapping) -> ColumnElement[bool]:
    """The articles that come after that of `row`; another program may give several one id."""
    name, here = row["id"], ARTICLES.c.id
    if not soundness.can_store(name):
        name = cast(literal(name.encode(errors="surrogateescape"), LargeBinary), Text)
    return and_(here >= name, or_(here > name, row["row"] < ROW))
