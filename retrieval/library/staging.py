"""What a transaction puts in, waiting in temporary tables until all of it has come.

To read many files takes minutes. What they give may take more memory than there is, and as soon
as SQLite writes a part of it into the library's file, nobody can read that until all is done. So
it waits in a file of SQLite's own, which ends with the connection, and is moved in at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, delete, exists, insert, select

from retrieval.library import layouts
from retrieval.library.tables import (
    ARTICLES,
    LAYOUTS,
    PROVENANCE,
    SYNCED,
    TEXTS,
    is_there,
    statement_for,
)

_METADATA = MetaData(schema="temp")
_COMING = {
    table: Table(
        f"coming_{table.name}", _METADATA, *(Column(c.name, c.type) for c in table.columns)
    )
    for table in (ARTICLES, TEXTS, LAYOUTS, PROVENANCE)
}


def prepare(connection: Connection) -> None:
    """Make the temporary tables."""
    for coming in _COMING.values():
        connection.exec_driver_sql(statement_for(coming))


def put(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Let rows wait that will go into a table."""
    if rows:
        connection.execute(insert(_COMING[table]), rows)


def move_in(connection: Connection) -> None:
    """Put in all that waits, in the place of what is there of the same articles."""
    laid = _COMING[LAYOUTS]
    if connection.scalar(select(exists().select_from(laid))):
        layouts.make(connection)
    # A text or a layout whose article was lost gives way, too.
    _replace(connection, ARTICLES, ARTICLES)
    _replace(connection, TEXTS, ARTICLES)
    if is_there(connection, LAYOUTS):
        _replace(connection, LAYOUTS, ARTICLES)
    _replace(connection, PROVENANCE, PROVENANCE)
    if is_there(connection, SYNCED):
        _clear(connection, SYNCED, PROVENANCE)
    for coming in _COMING.values():
        coming.drop(connection)


def _replace(connection: Connection, table: Table, of: Table) -> None:
    """Put rows in, after what is there of the articles that wait for the table `of`."""
    _clear(connection, table, of)
    coming = _COMING[table]
    connection.execute(insert(table).from_select(coming.columns.keys(), select(coming)))


def _clear(connection: Connection, table: Table, of: Table) -> None:
    first = next(iter(_COMING[of].columns))
    connection.execute(delete(table).where(next(iter(table.columns)).in_(select(first))))
