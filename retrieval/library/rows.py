"""What is done to the tables in a transaction: articles put in, found and taken out."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Literal, NamedTuple, Self

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
from retrieval.library import changes, layouts
from retrieval.library.layouts import Laid
from retrieval.library.soundness import (
    can_store,
    digest_of,
    is_digest,
    is_sound,
    is_version,
)
from retrieval.library.tables import ARTICLES, STATE, TEXTS
from retrieval.models import Article

VERSION, TOTAL = "version", "total"
MODULUS = 1 << 256  # of the sum of digests
DIGESTED = ("id", "language", "title")
MOST_NAMED = 64  # articles that one statement looks up
# A row's own number: its id may be missing, or be no text.
ROW: ColumnElement[int] = literal_column("articles.rowid").label("row")
BARE = select(ROW, ARTICLES)
WHOLE = select(ROW, ARTICLES, TEXTS.c.text).outerjoin_from(ARTICLES, TEXTS)
_TOTAL = re.compile(r"([0-9a-f]{16}) ([0-9a-f]{1,64})")

Kind = Literal["added", "replaced", "unchanged", "refused"]


def find(cursor: sqlite3.Cursor, names: Sequence[str]) -> list[dict[str, Any]]:
    """The articles of these ids that are there, by column."""
    laid = cursor.execute(layouts.IS_THERE).fetchone() is not None
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


class Held(NamedTuple):
    """What is known of an article that is there.

    Attributes:
        digest: As it is stored: any value, where another program wrote it.
        sound: Whether its row is what was stored.
    """

    digest: object
    sound: bool


class ChangeLog(NamedTuple):
    """What a transaction changes.

    Attributes:
        out: By id, the articles that were taken out.
        come: By id, the digests of articles that were put in.
    """

    out: dict[str, Held]
    come: dict[str, str]

    @classmethod
    def empty(cls) -> Self:
        """That of a transaction that has not begun."""
        return cls({}, {})


def write(
    connection: Connection,
    batch: list[ArticleRow],
    log: ChangeLog,
    *,
    kept: Container[str] = (),
    dry_run: bool = False,
) -> list[tuple[Kind, str]]:
    """Store what is new in `batch` or differs, and tell of each id what became of it.

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
    old = {one.row["id"] for kind, one in told if kind == "replaced"}
    forget(connection, {name: known[name] for name in old}, log)
    if fresh := [one for kind, one in told if kind in {"added", "replaced"}]:
        names = [one.row["id"] for one in fresh]
        # A text or a layout whose article was lost gives way.
        _forget_rest(connection, names)
        connection.execute(insert(ARTICLES), [one.row for one in fresh])
        texts = [{"article": one.row["id"], "text": one.text} for one in fresh]
        connection.execute(insert(TEXTS), texts)
        layouts.store(connection, {one.row["id"]: one.laid for one in fresh if one.laid})
        log.come.update((one.row["id"], one.row["digest"]) for one in fresh)
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


def digests(connection: Connection, names: Sequence[str] | None) -> Sequence[RowMapping]:
    """The columns of articles that reading them depends on; see `Library.digests`."""
    query = select(ROW, *(ARTICLES.c[name] for name in (*DIGESTED, "sha256")))
    if names is not None:
        query = query.where(ARTICLES.c.id.in_(names))
    return (
        connection.execute(layouts.where_there(connection, query, layouts.DIGEST)).mappings().all()
    )


def forget(connection: Connection, known: Mapping[str, Held], log: ChangeLog) -> None:
    """Take articles out."""
    if known:
        _forget_rest(connection, list(known))
        connection.execute(delete(ARTICLES).where(ARTICLES.c.id.in_(list(known))))
        log.out.update(known)


def _forget_rest(connection: Connection, names: list[str]) -> None:
    """Take out all of these articles but their rows."""
    connection.execute(delete(TEXTS).where(TEXTS.c.article.in_(names)))
    layouts.forget(connection, names)


def commit(connection: Connection, log: ChangeLog) -> None:
    """Store the version of what is there now, where it is another than before, and what changed."""
    before = stored_version(connection)
    total = _total(connection, before, log)
    now = _version(total)
    if before != now:
        _set_state(connection, VERSION, now)
        _set_state(connection, TOTAL, f"{now} {total:x}")
        known = before if is_version(before) else None
        changes.store(connection, known, now, {*log.out, *log.come})


def _total(connection: Connection, before: object, log: ChangeLog) -> int:
    """The sum of all digests; from the sum before, so that it takes no look at each article.

    What was not as it was stored is in no sum before: then all are added up.
    """
    known = _known_total(connection, before)
    if known is None or not all(one.sound for one in log.out.values()):
        return _sum(connection.scalars(select(ARTICLES.c.digest)))
    out = _sum(one.digest for one in log.out.values())
    return (known + _sum(log.come.values()) - out) % MODULUS


def _known_total(connection: Connection, version: object) -> int | None:
    """The sum that is stored; None where it is none, or an older Pullquote changed the library."""
    stored = _state(connection, TOTAL)
    known = _TOTAL.fullmatch(stored) if isinstance(stored, str) else None
    return int(known[2], 16) if known and known[1] == version else None


def _sum(digests: Iterable[object]) -> int:
    return sum(map(_number, digests)) % MODULUS


def _number(digest: object) -> int:
    """A digest as a number; of a value that is none, that of its own digest."""
    if is_digest(digest):
        return int(digest, 16)
    return int.from_bytes(hashlib.sha256(ascii(digest).encode()).digest())


def _version(total: int) -> str:
    return hashlib.sha256(total.to_bytes(MODULUS.bit_length() // 8, "big")).hexdigest()[:16]


def version(connection: Connection) -> str:
    """The version of what is there: a digest over the sum of every article's digest.

    A digest of a sum modulo 2^256 tells sets apart as well as one of a list (Bellare, Micciancio: A
    new paradigm for collision-free hashing, 1997), and follows a change without the rest.
    """
    return _version(_sum(connection.scalars(select(ARTICLES.c.digest))))


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
