"""The tables of `library.db`: a list of its articles never reads their texts."""

from __future__ import annotations

from functools import cache

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    func,
    select,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

# PRAGMA user_version; a change that older code cannot read raises it.
SCHEMA = 1
WITH_LAYOUTS = 2  # that of a library from the first layout on
MARK = 0x50756C6C  # PRAGMA application_id: "Pull"; tells a library from other SQLite files

METADATA = MetaData()  # what every library has
ARTICLES = Table(
    "articles",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("publisher", Text),
    Column("author", Text),
    Column("published", Text),
    Column("url", Text),
    Column("language", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("characters", Integer, nullable=False),
    Column("digest", Text, nullable=False),  # over all of the above, and the layout's
)
TEXTS = Table(
    "texts",
    METADATA,
    Column("article", Text, ForeignKey("articles.id"), primary_key=True),
    Column("text", Text, nullable=False),
)
STATE = Table(
    "state",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
# Which articles each change touched, so that an index need not compare all of them. Where an older
# Pullquote made a change, the versions before and after it do not follow one another.
CHANGES = Table(
    "changes",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("before", Text),
    Column("after", Text, nullable=False),
    Column("article", Text, nullable=False),
)
# From which file an article was read, as it was when it had that digest (see `provenance.py`).
# Libraries of before have no such table until something is added to them.
PROVENANCE = Table(
    "provenance",
    METADATA,
    Column("article", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("file", Text, nullable=False),
)
# What each file of a folder was when `library sync` last read it (see `synced.py`): a row for each
# article that it gave. Libraries of before have no such table until a folder is synced.
SYNCED = Table(
    "synced",
    MetaData(),
    Column("article", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("root", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("modified", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("reading", Text, nullable=False),
    Column("articles", Integer, nullable=False),
)
# How articles came out of their sources (see `values.Layout`). Libraries have this table from the
# first layout on. What every answer reads stands first; what only `verify` reads stands last, in
# pages of its own: the source and what leads back to it, all three of them or none.
LAYOUTS = Table(
    "layouts",
    MetaData(),
    Column("article", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("genre", Text, nullable=False),  # and the weight that is stated, if one is
    Column("reader", Text, nullable=False),
    Column("source_sha256", Text, nullable=False),
    Column("runs_sha256", Text, nullable=False),
    Column("blocks", Text, nullable=False),
    Column("encoding", Text),  # in which the runs were found to give the text; "" where in none
    Column("runs", Text),
    Column("original", LargeBinary),  # the source's bytes, compressed by zlib
)


IS_THERE = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?"


def is_there(connection: Connection, table: Table) -> bool:
    """Whether a library has a table that came with a later Pullquote than the first."""
    return connection.exec_driver_sql(IS_THERE, (table.name,)).scalar() is not None


def count_unreadable(connection: Connection, table: Table, where: ColumnElement[bool]) -> int:
    """How many rows of such a table hold a value that none can have.

    Args:
        connection: To the library.
        table: The table; none of its rows is counted where it is not there.
        where: What tells such a row.
    """
    if not is_there(connection, table):
        return 0
    count = select(func.count()).select_from(table).where(where)
    return connection.execute(count).scalar_one()


@cache
def statement_for(table: Table) -> str:
    """The SQL that makes a table where there is none of its name."""
    return str(CreateTable(table, if_not_exists=True).compile(dialect=sqlite.dialect()))
