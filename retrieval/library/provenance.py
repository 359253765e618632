"""From which file each article was read, as far as that is known.

An article's file is kept with the digest of what was read, and counts for that alone: an older
Pullquote, which knows nothing of this, may since have replaced the article.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, or_, select

from retrieval.library import synced
from retrieval.library.soundness import can_store
from retrieval.library.tables import ARTICLES, PROVENANCE, is_there, statement_for

UNREADABLE = or_(*(func.typeof(column) != "text" for column in PROVENANCE.columns))


class Provenance(NamedTuple):
    """Where an article was read.

    Attributes:
        article: Its id.
        digest: That of its row.
        file: The file's whole path.
    """

    article: str
    digest: str
    file: str


def prepare(connection: Connection) -> None:
    """Make the table in a library of before, and clear away what cannot be read."""
    connection.exec_driver_sql(statement_for(PROVENANCE))
    connection.execute(delete(PROVENANCE).where(UNREADABLE))


def known(connection: Connection, ids: Sequence[str]) -> dict[str, Provenance]:
    """By id, the provenance of those of these articles of which it is known."""
    if not is_there(connection, PROVENANCE):
        return {}
    here = (PROVENANCE.c.article == ARTICLES.c.id) & (PROVENANCE.c.digest == ARTICLES.c.digest)
    wanted = select(PROVENANCE).join(ARTICLES, here).where(PROVENANCE.c.article.in_(ids))
    found = (Provenance(*row) for row in connection.execute(wanted))
    return {one.article: one for one in found if can_store(one.file)}


def forget(connection: Connection, ids: Sequence[str]) -> None:
    """Let go of the provenance of articles that were taken out, or have come from elsewhere."""
    if is_there(connection, PROVENANCE):
        connection.execute(delete(PROVENANCE).where(PROVENANCE.c.article.in_(ids)))
    synced.forget(connection, ids)
