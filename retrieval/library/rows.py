"""What is done to the tables in a transaction: articles put in, found and taken out."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any, Literal, NamedTuple, Self

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    func,
    insert,
    inspect,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import sqlite

from retrieval.errors import InputError
from retrieval.library.soundness import (
    can_store,
    digest_of,
    is_digest,
    is_sound,
    is_version,
)
from retrieval.library.tables import ARTICLES, CHANGES, STATE, TEXTS, statement_for
from retrieval.models import Article

VERSION, TOTAL = "version", "total"
MODULUS = 1 << 256  # of the sum of digests
MOST_LOGGED, MOST_KEPT = 1000, 10_000  # articles of one change, and of all changes
MOST_NAMED = 64  # articles that one statement looks up
# A row's own number: its id may be missing, or be no text.
ROW: ColumnElement[int] = literal_column("articles.rowid").label("row")
WHOLE = select(ROW, ARTICLES, TEXTS.c.text).outerjoin_from(ARTICLES, TEXTS)
UNREADABLE = or_(
    func.typeof(CHANGES.c.number) != "integer",
    func.typeof(CHANGES.c.before).not_in(["text", "null"]),
    func.typeof(CHANGES.c.after) != "text",
    func.typeof(CHANGES.c.article) != "text",
)
_TOTAL = re.compile(r"([0-9a-f]{16}) ([0-9a-f]{1,64})")

Kind = Literal["added", "replaced", "unchanged", "refused"]


def find(cursor: sqlite3.Cursor, names: Sequence[str]) -> list[dict[str, Any]]:
    """The articles of these ids that are there, by column."""
    firsts = range(0, len(names), MOST_NAMED)
    batches = (names[first : first + MOST_NAMED] for first in firsts)
    rows = (row for batch in batches for row in cursor.execute(_statement(len(batch)), batch))
    columns = WHOLE.selected_columns.keys()
    return [dict(zip(columns, row, strict=True)) for row in rows]


@cache
def _statement(count: int) -> str:
    """What looks up so many articles."""
    query = WHOLE.where(ARTICLES.c.id.in_([bindparam(f"n{n}") for n in range(count)]))
    return str(query.compile(dialect=sqlite.dialect(paramstyle="qmark")))


class ArticleRow(NamedTuple):
    """An article as it goes into the tables: its row, and its text."""

    row: dict[str, Any]
    text: str


def to_row(article: Article) -> ArticleRow:
    """`article` as it goes into the tables.

    Raises:
        InputError: It cannot be stored as UTF-8.
    """
    known = article.model_dump(exclude={"text", "layout"})
    if not can_store("".join(value for value in (*known.values(), article.text) if value)):
        raise InputError(f"article {article.id!r} holds half of a surrogate pair; mend its text")
    row = known | {"sha256": article.sha256, "characters": len(article.text)}
    return ArticleRow(row | {"digest": digest_of(row)}, article.text)


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
    connection: Connection, batch: list[ArticleRow], log: ChangeLog, *, kept: Container[str] = ()
) -> list[tuple[Kind, str]]:
    """Store what is new in `batch` or differs, and tell of each id what became of it.

    Args:
        connection: The transaction.
        batch: What is to be stored.
        log: What is done is noted here.
        kept: Ids of articles that nothing may replace.
    """
    known = held(connection, [one.row["id"] for one in batch])
    told = [(_kind(one, known, kept), one) for one in batch]
    old = {one.row["id"] for kind, one in told if kind == "replaced"}
    forget(connection, {name: known[name] for name in old}, log)
    if fresh := [one for kind, one in told if kind in {"added", "replaced"}]:
        texts = [{"article": one.row["id"], "text": one.text} for one in fresh]
        connection.execute(insert(ARTICLES), [one.row for one in fresh])
        # A text whose article was lost gives way.
        connection.execute(insert(TEXTS).prefix_with("OR REPLACE"), texts)
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
    found = connection.execute(select(ARTICLES).where(ARTICLES.c.id.in_(ids))).mappings()
    return {row["id"]: Held(row["digest"], is_sound(row)) for row in found}


def forget(connection: Connection, known: Mapping[str, Held], log: ChangeLog) -> None:
    """Take articles out."""
    if known:
        connection.execute(delete(TEXTS).where(TEXTS.c.article.in_(list(known))))
        connection.execute(delete(ARTICLES).where(ARTICLES.c.id.in_(list(known))))
        log.out.update(known)


def commit(connection: Connection, log: ChangeLog) -> None:
    """Store the version of what is there now, where it is another than before, and what changed."""
    before = stored_version(connection)
    total = _total(connection, before, log)
    now = _version(total)
    if before != now:
        _set_state(connection, VERSION, now)
        _set_state(connection, TOTAL, f"{now} {total:x}")
        _store_changes(connection, before if is_version(before) else None, now, log)


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


def _store_changes(connection: Connection, before: str | None, after: str, log: ChangeLog) -> None:
    """Store which articles changed; of many it would be no help."""
    connection.exec_driver_sql(statement_for(CHANGES))
    touched = sorted({*log.out, *log.come})
    if 0 < len(touched) <= MOST_LOGGED:
        rows = [{"before": before, "after": after, "article": name} for name in touched]
        connection.execute(insert(CHANGES), rows)
    last = connection.scalar(select(func.max(CHANGES.c.number)))
    old = CHANGES.c.number <= (last if type(last) is int else 0) - MOST_KEPT
    connection.execute(delete(CHANGES).where(or_(old, UNREADABLE)))


def unreadable_changes(connection: Connection) -> int:
    """How many rows of the log of changes hold a value that none can have."""
    if not inspect(connection).has_table(CHANGES.name):
        return 0
    count = select(func.count()).select_from(CHANGES).where(UNREADABLE)
    return connection.execute(count).scalar_one()


def changes_since(connection: Connection, version: str) -> list[str] | None:
    """The ids of all articles that changed since `version`; None where that is not known."""
    if not inspect(connection).has_table(CHANGES.name):
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
    return names if readable and at == stored_version(connection) else None
