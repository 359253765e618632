"""What is done to the tables in a transaction: articles put in, found, taken out and checked."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any, Literal, NamedTuple, Self

from sqlalchemy import (
    Connection,
    RowMapping,
    bindparam,
    delete,
    func,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.dialects import sqlite

from retrieval.errors import InputError
from retrieval.library.tables import ARTICLES, CHANGES, STATE, TEXTS
from retrieval.models import Article

VERSION, TOTAL = "version", "total"
MODULUS = 1 << 256  # of the sum of digests
MOST_LOGGED, MOST_KEPT = 1000, 10_000  # articles of one change, and of all changes
FIELDS = ("id", "title", "publisher", "author", "published", "url", "language")
MOST_NAMED = 64  # articles that one statement looks up
WHOLE = (
    select(*(ARTICLES.c[name] for name in FIELDS), TEXTS.c.text)
    .join_from(ARTICLES, TEXTS)
    .order_by(ARTICLES.c.id)
)

Kind = Literal["added", "replaced", "unchanged"]


def find(cursor: sqlite3.Cursor, names: Sequence[str]) -> list[dict[str, Any]]:
    """The articles of these ids that are there, by column."""
    firsts = range(0, len(names), MOST_NAMED)
    batches = (names[first : first + MOST_NAMED] for first in firsts)
    rows = (row for batch in batches for row in cursor.execute(_statement(len(batch)), batch))
    return [dict(zip((*FIELDS, "text"), row, strict=True)) for row in rows]


@cache
def _statement(count: int) -> str:
    """What looks up so many articles."""
    query = WHOLE.where(ARTICLES.c.id.in_([bindparam(f"n{n}") for n in range(count)]))
    return str(query.compile(dialect=sqlite.dialect(paramstyle="qmark")))


class Shelved(NamedTuple):
    """An article as it goes into the tables: its row, and its text."""

    row: dict[str, Any]
    text: str


def shelve(article: Article) -> Shelved:
    """`article` as it goes into the tables.

    Raises:
        InputError: It cannot be stored as UTF-8.
    """
    known = article.model_dump(exclude={"text"})
    if not can_store("".join(value for value in (*known.values(), article.text) if value)):
        raise InputError(f"article {article.id!r} holds half of a surrogate pair; mend its text")
    row = known | {"sha256": article.sha256, "characters": len(article.text)}
    return Shelved(row | {"digest": _digest(row)}, article.text)


def can_store(text: str) -> bool:
    """Whether `text` is UTF-8's to encode: it holds no lone surrogate."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _digest(row: Mapping[str, Any] | RowMapping) -> str:
    fields = [row[name] for name in (*FIELDS, "sha256", "characters")]
    return hashlib.sha256(json.dumps(fields).encode()).hexdigest()


class Ledger(NamedTuple):
    """What a transaction changes.

    Attributes:
        out: By id, the digests of articles that were taken out.
        come: By id, the digests of articles that were put in.
    """

    out: dict[str, str]
    come: dict[str, str]

    @classmethod
    def empty(cls) -> Self:
        """That of a transaction that has not begun."""
        return cls({}, {})


def write(
    connection: Connection, batch: list[Shelved], ledger: Ledger
) -> Iterator[tuple[Kind, Shelved]]:
    """Store what is new in `batch` or differs, and tell of each what became of it."""
    known = digests(connection, [one.row["id"] for one in batch])
    told = [(_kind(one, known), one) for one in batch]
    old = {one.row["id"] for kind, one in told if kind == "replaced"}
    forget(connection, {name: known[name] for name in old}, ledger)
    if fresh := [one for kind, one in told if kind != "unchanged"]:
        texts = [{"article": one.row["id"], "text": one.text} for one in fresh]
        connection.execute(insert(ARTICLES), [one.row for one in fresh])
        connection.execute(insert(TEXTS), texts)
        ledger.come.update((one.row["id"], one.row["digest"]) for one in fresh)
    yield from told


def _kind(one: Shelved, known: dict[str, str]) -> Kind:
    digest = known.get(one.row["id"])
    if digest is None:
        return "added"
    return "unchanged" if digest == one.row["digest"] else "replaced"


def digests(connection: Connection, ids: list[str]) -> dict[str, str]:
    """The digests of those of `ids` that are there."""
    found = select(ARTICLES.c.id, ARTICLES.c.digest).where(ARTICLES.c.id.in_(ids))
    return {row.id: row.digest for row in connection.execute(found)}


def forget(connection: Connection, known: Mapping[str, str], ledger: Ledger) -> None:
    """Take articles out, given by their ids with their digests."""
    if known:
        connection.execute(delete(TEXTS).where(TEXTS.c.article.in_(list(known))))
        connection.execute(delete(ARTICLES).where(ARTICLES.c.id.in_(list(known))))
        ledger.out.update(known)


def seal(connection: Connection, ledger: Ledger) -> None:
    """Store the version of what is there now, where it is another than before, and what changed."""
    before = _state(connection, VERSION)
    total = _total(connection, before, ledger)
    now = _version(total)
    if before != now:
        _set_state(connection, VERSION, now)
        _set_state(connection, TOTAL, f"{now} {total:x}")
        _log(connection, before, now, ledger)


def _total(connection: Connection, before: str | None, ledger: Ledger) -> int:
    """The sum of all digests; from the sum before, so that it takes no look at each article."""
    version, _, total = (_state(connection, TOTAL) or "").partition(" ")
    if not version or version != before:  # an older version wrote the library
        return _sum(connection.scalars(select(ARTICLES.c.digest)))
    return (int(total, 16) + _sum(ledger.come.values()) - _sum(ledger.out.values())) % MODULUS


def _sum(digests: Iterable[str]) -> int:
    return sum(int(one, 16) for one in digests) % MODULUS


def _version(total: int) -> str:
    return hashlib.sha256(total.to_bytes(MODULUS.bit_length() // 8, "big")).hexdigest()[:16]


def version(connection: Connection) -> str:
    """The version of what is there: a digest over the sum of every article's digest.

    A digest of a sum modulo 2^256 tells sets apart as well as one of a list (Bellare, Micciancio: A
    new paradigm for collision-free hashing, 1997), and follows a change without the rest.
    """
    return _version(_sum(connection.scalars(select(ARTICLES.c.digest))))


def older_version(connection: Connection) -> str:
    """The version that libraries had at first: a digest over all digests, in order of id."""
    digest = hashlib.sha256()
    for one in connection.scalars(select(ARTICLES.c.digest).order_by(ARTICLES.c.id)):
        digest.update(bytes.fromhex(one))
    return digest.hexdigest()[:16]


def _state(connection: Connection, name: str) -> str | None:
    return connection.scalar(select(STATE.c.value).where(STATE.c.name == name))


def _set_state(connection: Connection, name: str, value: str) -> None:
    here = STATE.c.name == name
    if not connection.execute(update(STATE).where(here).values(value=value)).rowcount:
        connection.execute(insert(STATE).values(name=name, value=value))


def _log(connection: Connection, before: str | None, after: str, ledger: Ledger) -> None:
    """Log which articles changed; of many it would be no help."""
    CHANGES.create(connection, checkfirst=True)
    touched = sorted({*ledger.out, *ledger.come})
    if 0 < len(touched) <= MOST_LOGGED:
        rows = [{"before": before, "after": after, "article": name} for name in touched]
        connection.execute(insert(CHANGES), rows)
    last = connection.scalar(select(func.max(CHANGES.c.number))) or 0
    connection.execute(delete(CHANGES).where(CHANGES.c.number <= last - MOST_KEPT))


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
    return [row.article for row in rows] if at == _state(connection, VERSION) else None


def fault(fields: RowMapping) -> str | None:
    """What is wrong with an article's row and text, if anything."""
    text = fields["text"]
    if text is None:
        return "its text is missing; remove it and add it again"
    if hashlib.sha256(text.encode()).hexdigest() != fields["sha256"]:
        return "its text is not the one that was stored; remove it and add it again"
    if len(text) != fields["characters"] or _digest(fields) != fields["digest"]:
        return "what is known of it is not what was stored; remove it and add it again"
    return None


def each_once(articles: Iterable[Article]) -> Iterator[Article]:
    """Articles as they come.

    Raises:
        InputError: Two have the same id.
    """
    seen: set[str] = set()
    for article in articles:
        if article.id in seen:
            raise InputError(f"two articles have the id {article.id!r}; give one another id")
        seen.add(article.id)
        yield article
