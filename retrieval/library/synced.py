"""Which files a folder was synced from, and what each was when it was last read.

A file's articles are kept with their digests, as `provenance.py` keeps them: what another program
has since replaced, or taken out, counts no more, and its file is read again.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select

from retrieval.library.soundness import can_store
from retrieval.library.tables import ARTICLES, PROVENANCE, SYNCED, is_there, statement_for

COUNTS = ("size", "modified", "changed", "articles")
UNREADABLE = or_(
    *(
        func.typeof(column) != ("integer" if column.name in COUNTS else "text")
        for column in SYNCED.columns
    )
)


class State(NamedTuple):
    """What a file was when it was read.

    Attributes:
        size: Its bytes.
        modified: When its content last changed, in nanoseconds; 0 where that was so lately that
            another change might not show.
        changed: When it last changed in any way, its permissions too, in nanoseconds.
        sha256: Of its bytes, in hexadecimal.
        reading: A digest of all else that reading it depends on.
        articles: How many it gave.
    """

    size: int
    modified: int
    changed: int
    sha256: str
    reading: str
    articles: int


class Held(NamedTuple):
    """A file whose articles are all there, as it gave them.

    Attributes:
        state: What it was.
        articles: Their ids.
    """

    state: State
    articles: tuple[str, ...]


def prepare(connection: Connection) -> None:
    """Make the table in a library of before, and clear away what cannot be read."""
    connection.exec_driver_sql(statement_for(SYNCED))
    connection.execute(delete(SYNCED).where(UNREADABLE))


def held(connection: Connection, root: str) -> dict[str, Held]:
    """By its whole path, each file of a folder that need not be read where it is as it was."""
    if not is_there(connection, SYNCED):
        return {}
    here = (SYNCED.c.article == ARTICLES.c.id) & (SYNCED.c.digest == ARTICLES.c.digest)
    columns = [SYNCED.c[name] for name in ("file", *State._fields, "article")]
    wanted = select(*columns).join(ARTICLES, here).where(SYNCED.c.root == root, ~UNREADABLE)
    files: dict[tuple[str, State], list[str]] = defaultdict(list)
    for file, *state, article in connection.execute(wanted):
        files[file, State(*state)].append(article)
    return {
        file: Held(state, tuple(articles))
        for (file, state), articles in files.items()
        if len(articles) == state.articles
    }


def of_folder(connection: Connection, root: str) -> dict[str, str]:
    """By id, the file of each article that came from a folder, by `sync` or before it by `add`."""
    if not is_there(connection, PROVENANCE):
        return {}
    known = (PROVENANCE.c.article == ARTICLES.c.id) & (PROVENANCE.c.digest == ARTICLES.c.digest)
    wanted = select(PROVENANCE.c.article, PROVENANCE.c.file).join(ARTICLES, known)
    wanted = wanted.where(func.typeof(PROVENANCE.c.file) == "text")
    found = {name: file for name, file in connection.execute(wanted) if can_store(file)}
    below = os.path.join(root, "")  # noqa: PTH118 - of "/" as well
    roots = _roots(connection)
    return {
        name: file
        for name, file in found.items()
        if (roots[name] == root if name in roots else file.startswith(below))
    }


def _roots(connection: Connection) -> dict[str, str]:
    if not is_there(connection, SYNCED):
        return {}
    rows = connection.execute(select(SYNCED.c.article, SYNCED.c.root).where(~UNREADABLE))
    return {row.article: row.root for row in rows}


def store(
    connection: Connection, root: str, files: Mapping[str, Held], refused: Iterable[str]
) -> None:
    """Note what files were; of articles that were refused nothing is known."""
    rows: list[dict[str, Any]] = [
        {"name": name, "root": root, "file": file, **one.state._asdict()}
        for file, one in files.items()
        for name in set(one.articles).difference(refused)
    ]
    if not rows:
        return
    names = ("root", "file", *State._fields)
    connection.execute(delete(SYNCED).where(SYNCED.c.article == bindparam("name")), rows)
    known = select(
        ARTICLES.c.id,
        ARTICLES.c.digest,
        *(bindparam(name, type_=SYNCED.c[name].type) for name in names),
    ).where(ARTICLES.c.id == bindparam("name"))
    connection.execute(insert(SYNCED).from_select(["article", "digest", *names], known), rows)


def forget(connection: Connection, ids: Sequence[str]) -> None:
    """Let go of what is known of articles that were taken out, or have come from elsewhere."""
    if is_there(connection, SYNCED):
        connection.execute(delete(SYNCED).where(SYNCED.c.article.in_(ids)))
