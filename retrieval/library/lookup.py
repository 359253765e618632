"""Articles by their ids, as the tables have them: statements that are made once and run plainly."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import sqlite

from retrieval.library import shelves
from retrieval.library.tables import ARTICLES, TEXTS

MOST = 64  # ids that one statement names
WHOLE = (
    select(*(ARTICLES.c[name] for name in shelves.FIELDS), TEXTS.c.text)
    .join_from(ARTICLES, TEXTS)
    .order_by(ARTICLES.c.id)
)
_COLUMNS = (*shelves.FIELDS, "text")


def find(cursor: sqlite3.Cursor, names: Sequence[str]) -> list[dict[str, Any]]:
    """The articles of these ids that are there, by column."""
    batches = (names[first : first + MOST] for first in range(0, len(names), MOST))
    rows = (row for batch in batches for row in cursor.execute(_statement(len(batch)), batch))
    return [dict(zip(_COLUMNS, row, strict=True)) for row in rows]


@cache
def _statement(count: int) -> str:
    """What looks up so many articles."""
    query = WHOLE.where(ARTICLES.c.id.in_([bindparam(f"n{n}") for n in range(count)]))
    return str(query.compile(dialect=sqlite.dialect(paramstyle="qmark")))
