"""A library's database as it is opened: one that holds no library becomes an empty one, or none."""

from __future__ import annotations

from retrieval.errors import InputError
from retrieval.library import rows
from retrieval.library.change_log import ChangeLog
from retrieval.library.database import Database


def begun(database: Database, *, create: bool) -> Database:
    """The database, which holds a library; where it does not, it is closed.

    Raises:
        InputError: It is empty, and `create` is not said.
    """
    try:
        if not database.is_prepared():
            _start(database, create=create)
    except BaseException:
        database.close()
        raise
    return database


def _start(database: Database, *, create: bool) -> None:
    if not create:
        raise InputError(f"{database.place} holds no library yet; add articles to it")
    with database.preparing() as connection:  # at once: a library has a version
        rows.commit(connection, ChangeLog())
