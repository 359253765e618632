"""What is done to the tables within a transaction: articles put in, taken out, and checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from retrieval.errors import InputError
from retrieval.models import Article
from retrieval.tables import ARTICLES, STATE, TEXTS

VERSION = "version"
FIELDS = ("id", "title", "publisher", "author", "published", "url", "language")

Kind = Literal["added", "replaced", "unchanged"]


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


def write(connection: Connection, batch: list[Shelved]) -> Iterator[tuple[Kind, Shelved]]:
    """Store what is new in `batch` or differs, and tell of each what became of it."""
    known = digests(connection, [one.row["id"] for one in batch])
    told = [(_kind(one, known), one) for one in batch]
    forget(connection, [one.row["id"] for kind, one in told if kind == "replaced"])
    if fresh := [one for kind, one in told if kind != "unchanged"]:
        texts = [{"article": one.row["id"], "text": one.text} for one in fresh]
        connection.execute(insert(ARTICLES), [one.row for one in fresh])
        connection.execute(insert(TEXTS), texts)
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


def forget(connection: Connection, ids: list[str]) -> None:
    """Take the articles of `ids` out."""
    if ids:
        connection.execute(delete(TEXTS).where(TEXTS.c.article.in_(ids)))
        connection.execute(delete(ARTICLES).where(ARTICLES.c.id.in_(ids)))


def seal(connection: Connection) -> None:
    """Store the version of what is there now, where it is another than before."""
    now = version(connection)
    here = STATE.c.name == VERSION
    stored = connection.scalar(select(STATE.c.value).where(here))
    if stored is None:
        connection.execute(insert(STATE).values(name=VERSION, value=now))
    elif stored != now:
        connection.execute(update(STATE).where(here).values(value=now))


def version(connection: Connection) -> str:
    """The version of what is there: a digest over every article's digest, in order of id."""
    digest = hashlib.sha256()
    for one in connection.scalars(select(ARTICLES.c.digest).order_by(ARTICLES.c.id)):
        digest.update(bytes.fromhex(one))
    return digest.hexdigest()[:16]


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
