"""The tables of `library.db`: a list of its articles never reads their texts."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Text
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

SCHEMA = 1  # PRAGMA user_version; a change that older code cannot read raises it
MARK = 0x50756C6C  # PRAGMA application_id: "Pull"; tells a library from other SQLite files

METADATA = MetaData()
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
    Column("digest", Text, nullable=False),  # over all of the above
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


@cache
def statement_for(table: Table) -> str:
    """The SQL that makes a table where there is none of its name."""
    return str(CreateTable(table, if_not_exists=True).compile(dialect=sqlite.dialect()))
