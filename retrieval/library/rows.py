"""What is done to the tables in a transaction: articles put in, found and taken out."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Container, Mapping, Sequence
from functools import cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    bindparam,
    delete,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects import sqlite

from retrieval.errors import InputError
from retrieval.library import changes, layouts, staging
from retrieval.library.change_log import MODULUS, ChangeLog, Held, sum_of
from retrieval.library.layouts import Laid
from retrieval.library.soundness import (
    can_store,
    digest_of,
    is_digest,
    is_sound,
    is_version,
)
from retrieval.library.tables import ARTICLES, IS_THERE, LAYOUTS, STATE, TEXTS
from retrieval.models import Article

VERSION, TOTAL = "version", "total"
DIGESTED = ("id", "language", "title")
MOST_NAMED = 64  # articles that one statement looks up
# A row's own number: its id may be missing, or be no text.
ROW: ColumnElement[int] = literal_column("articles.rowid").label("row")
BARE = select(ROW, ARTICLES)
READ = select(ROW, *(ARTICLES.c[name] for name in (*DIGESTED, "sha256")))
WHOLE = select(ROW, ARTICLES, TEXTS.c.text).outerjoin_from(ARTICLES, TEXTS)
_TOTAL = re.compile(r"([0-9a-f]{16}) ([0-9a-f]{1,64})")

Kind = Literal["added", "replaced", "unchanged", "refused"]


def find(cursor: sqlite3.Cursor, names: Sequence[str]) -> list[dict[str, Any]]:
    """The articles of these ids that are there, by column."""
    laid = cursor.execute(IS_THERE, (LAYOUTS.name,)).fetchone() is not None
    found: list[dict[str, Any]] = []
    for first in range(0, len(names), MOST_NAMED):
        batch = names[first : first + MOST_NAMED]
        statement, columns = _statement(len(batch), laid=laid)
        rows = cursor.execute(statement, batch)
        found.extend(dict(zip(columns, row, strict=True)) for row in rows)
    return found


@cache
def _statement(count: int, *, laid: bool) -> tuple[str, list[str]]:
    """What looks up so many articles, with or without their layouts, and its columns."""
    whole = layouts.beside(WHOLE, layouts.READ) if laid else WHOLE
    query = whole.where(ARTICLES.c.id.in_([bindparam(f"n{n}") for n in range(count)]))
    columns = list(query.selected_columns.keys())
    return str(query.compile(dialect=sqlite.dialect(paramstyle="qmark"))), columns


class ArticleRow(NamedTuple):
    """An article as it goes into the tables: its row, its text, and its layout if it has one."""

    row: dict[str, Any]
    text: str
    laid: Laid | None = None

    @property
    def size(self) -> int:
        """The characters of its text and the bytes of its source."""
        return len(self.text) + len((self.laid and self.laid.original) or b"")


def to_row(article: Article, original: bytes | None = None, encoding: str = "") -> ArticleRow:
    """`article` as it goes into the tables, with its source; see `Placed`.

    Raises:
        InputError: It cannot be stored as UTF-8, or its layout does not fit it.
    """
    known = article.model_dump(exclude={"text", "layout"})
    if not can_store("".join(value for value in (*known.values(), article.text) if value)):
        raise InputError(f"article {article.id!r} holds half of a surrogate pair; mend its text")
    row = known | {"sha256": article.sha256, "characters": len(article.text)}
    laid = Laid.of(article.layout, original, encoding) if article.layout else None
    if laid and (fault := laid.fault(len(article.text))):
        raise InputError(f"article {article.id!r} cannot be stored: {fault}; mend its reader")
    digest = digest_of(row, laid.layout.digest if laid else None)
    return ArticleRow(row | {"digest": digest}, article.text, laid)


def write(
    connection: Connection,
    batch: list[ArticleRow],
    log: ChangeLog,
    *,
    kept: Container[str] = (),
    dry_run: bool = False,
) -> list[tuple[Kind, str]]:
    """Stage what is new in `batch` or differs, and tell of each id what becomes of it.

    Args:
        connection: The transaction.
        batch: What is to be stored.
        log: What is done is noted here.
        kept: Ids of articles that nothing may replace.
        dry_run: Store nothing, and tell what would become of each.
    """
    known = held(connection, [one.row["id"] for one in batch])
    told = [(_kind(one, known, kept), one) for one in batch]
    if dry_run:
        return [(kind, one.row["id"]) for kind, one in told]
    fresh = [one for kind, one in told if kind in {"added", "replaced"}]
    for one in fresh:
        name = one.row["id"]
        if name in known:
            log.go(name, known[name])
        log.come(name, one.row["digest"])
    texts = [{"article": one.row["id"], "text": one.text} for one in fresh]
    laid = [layouts.row_of(one.row["id"], one.laid) for one in fresh if one.laid]
    staging.put(connection, ARTICLES, [one.row for one in fresh])
    staging.put(connection, TEXTS, texts)
    staging.put(connection, LAYOUTS, laid)
    return [(kind, one.row["id"]) for kind, one in told]


def _kind(one: ArticleRow, known: dict[str, Held], kept: Container[str]) -> Kind:
    there = known.get(one.row["id"])
    if there is None:
        return "added"
    if there.sound and there.digest == one.row["digest"]:
        return "unchanged"
    return "refused" if one.row["id"] in kept else "replaced"


def held(connection: Connection, ids: list[str]) -> dict[str, Held]:
    """Those of `ids` that are there."""
    wanted = select(ARTICLES).where(ARTICLES.c.id.in_(ids))
    query = layouts.where_there(connection, wanted, layouts.DIGEST)
    found = connection.execute(query).mappings()
    return {row["id"]: Held(row["digest"], is_sound(row)) for row in found}


def digests(connection: Connection, names: Sequence[str]) -> Sequence[RowMapping]:
    """The columns of these articles that reading them depends on; see `Library.digests`."""
    query = layouts.where_there(connection, READ.where(ARTICLES.c.id.in_(names)), layouts.DIGEST)
    return connection.execute(query).mappings().all()


def forget(connection: Connection, known: Mapping[str, Held], log: ChangeLog) -> None:
    """Take articles out."""
    names = list(known)
    connection.execute(delete(TEXTS).where(TEXTS.c.article.in_(names)))
    layouts.forget(connection, names)
    connection.execute(delete(ARTICLES).where(ARTICLES.c.id.in_(names)))
    for name, held_there in known.items():
        log.go(name, held_there)


def commit(connection: Connection, log: ChangeLog) -> None:
    """Store the version of what is there now, where it is another than before, and what changed."""
    before = stored_version(connection)
    total = _total(connection, before, log)
    now = _version(total)
    if before != now:
        _set_state(connection, VERSION, now)
        _set_state(connection, TOTAL, f"{now} {total:x}")
        known = before if is_version(before) else None
        changes.store(connection, known, now, log.touched)


def _total(connection: Connection, before: object, log: ChangeLog) -> int:
    """The sum of all digests; from the sum before, so that it takes no look at each article.

    What was not as it was stored is in no sum before: then all are added up.
    """
    known = _known_total(connection, before)
    if known is None or not log.is_sound:
        return sum_of(connection.scalars(select(ARTICLES.c.digest)))
    return (known + log.moved) % MODULUS


def _known_total(connection: Connection, version: object) -> int | None:
    """The sum that is stored; None where it is none, or an older Pullquote changed the library."""
    stored = _state(connection, TOTAL)
    known = _TOTAL.fullmatch(stored) if isinstance(stored, str) else None
    return int(known[2], 16) if known and known[1] == version else None


def _version(total: int) -> str:
    return hashlib.sha256(total.to_bytes(MODULUS.bit_length() // 8, "big")).hexdigest()[:16]


def version(connection: Connection) -> str:
    """The version of what is there: a digest over the sum of every article's digest.

    A digest of a sum modulo 2^256 tells sets apart as well as one of a list (Bellare, Micciancio: A
    new paradigm for collision-free hashing, 1997), and follows a change without the rest.
    """
    return _version(sum_of(connection.scalars(select(ARTICLES.c.digest))))


def older_version(connection: Connection) -> str | None:
    """The version that libraries had at first: a digest over all digests, in order of id.

    None where one of them is no digest.
    """
    digest = hashlib.sha256()
    for one in connection.scalars(select(ARTICLES.c.digest).order_by(ARTICLES.c.id)):
        if not is_digest(one):
            return None
        digest.update(bytes.fromhex(one))
    return digest.hexdigest()[:16]


def stored_version(connection: Connection) -> object:
    """The version as it is stored: None where it is not, any value where another program did."""
    return _state(connection, VERSION)


def _state(connection: Connection, name: str) -> object:
    return connection.scalar(select(STATE.c.value).where(STATE.c.name == name))


def _set_state(connection: Connection, name: str, value: str) -> None:
    here = STATE.c.name == name
    if not connection.execute(update(STATE).where(here).values(value=value)).rowcount:
        connection.execute(insert(STATE).values(name=name, value=value))
