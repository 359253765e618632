"""What of a library itself, its file and its tables, is not as it was stored."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from retrieval.library import changes, layouts, provenance, rows, soundness, synced
from retrieval.library.soundness import ANEW
from retrieval.library.tables import CHANGES, PROVENANCE, SYNCED, count_unreadable


def find(connection: Connection) -> Iterator[str]:
    """Each fault in one line, with what to do.

    Raises:
        LibraryDamaged: The file is too damaged to be read on.
    """
    # SQLite's own words: they name pages, rows, tables and columns, and no value.
    checks = connection.exec_driver_sql("PRAGMA integrity_check(10)").scalars().all()
    stored = rows.stored_version(connection)
    version = rows.version(connection)
    unread = count_unreadable(connection, CHANGES, changes.UNREADABLE)
    unplaced = count_unreadable(connection, PROVENANCE, provenance.UNREADABLE)
    unsynced = count_unreadable(connection, SYNCED, synced.UNREADABLE)
    lost = layouts.lost(connection)
    yield from (f"the file is damaged: {check}" for check in checks if check != "ok")
    if not has_its_version(connection):
        yield _misfit(version, stored)
    if unread:
        yield (
            f"its table changes has {unread:,} rows that cannot be read; "
            "the next change of the library clears them away"
        )
    if unplaced:
        yield (
            f"its table provenance has {unplaced:,} rows that cannot be read; "
            "adding articles clears them away"
        )
    if unsynced:
        yield (
            f"its table synced has {unsynced:,} rows that cannot be read; "
            "syncing a folder clears them away"
        )
    if lost:
        yield (
            f"its table layouts has rows of no article ({lost:,}); adding articles clears them away"
        )


def has_its_version(connection: Connection) -> bool:
    """Whether the version that is stored is that of the articles that are listed."""
    stored = rows.stored_version(connection)
    given = {rows.version(connection), rows.older_version(connection)}
    return stored is not None and stored in given


def _misfit(version: str, stored: object) -> str:
    if soundness.is_version(stored):
        return f"its articles give the version {version}, not {stored}; {ANEW}"
    return (
        f"its articles give the version {version}, which is not stored; "
        "the next change of the library stores it"
    )
