"""The log of changes: which articles each touched, so that an index need not compare them all."""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby

from sqlalchemy import Connection, delete, func, insert, or_, select

from retrieval.library.soundness import can_store
from retrieval.library.tables import CHANGES, is_there, statement_for

MOST_LOGGED, MOST_KEPT = 1000, 10_000  # articles of one change, and of all changes
UNREADABLE = or_(
    func.typeof(CHANGES.c.number) != "integer",
    func.typeof(CHANGES.c.before).not_in(["text", "null"]),
    func.typeof(CHANGES.c.after) != "text",
    func.typeof(CHANGES.c.article) != "text",
)


def store(connection: Connection, before: str | None, after: str, names: Collection[str]) -> None:
    """Store which articles changed between two versions; of many it would be no help."""
    connection.exec_driver_sql(statement_for(CHANGES))
    if 0 < len(names) <= MOST_LOGGED:
        rows = [{"before": before, "after": after, "article": name} for name in sorted(names)]
        connection.execute(insert(CHANGES), rows)
    last = connection.scalar(select(func.max(CHANGES.c.number)))
    old = CHANGES.c.number <= (last if type(last) is int else 0) - MOST_KEPT
    connection.execute(delete(CHANGES).where(or_(old, UNREADABLE)))


def since(connection: Connection, version: str, now: object) -> list[str] | None:
    """The ids of all articles that changed from `version` to that of `now`.

    None where that is not known.
    """
    if not is_there(connection, CHANGES):
        return None
    last = select(func.max(CHANGES.c.number)).where(CHANGES.c.after == version)
    first = connection.scalar(last)
    rows = connection.execute(
        select(CHANGES.c.before, CHANGES.c.after, CHANGES.c.article)
        .where(CHANGES.c.number > (first or 0))
        .order_by(CHANGES.c.number)
    ).all()
    at = version
    for (before, after), _ in groupby(rows, key=lambda row: (row.before, row.after)):
        if before != at:
            return None
        at = after
    names = [row.article for row in rows]
    readable = all(isinstance(name, str) and can_store(name) for name in names)
    return names if readable and at == now else None
