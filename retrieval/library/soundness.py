"""Whether what stands in a row is what was stored: other programs may put any value there."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeGuard

from retrieval.models import Article

Row = Mapping[Any, Any]  # by column, as SQLAlchemy gives it

FIELDS = ("id", "title", "publisher", "author", "published", "url", "language")
NEEDED = frozenset({"id", "title", "language"})  # neither missing nor empty
AGAIN = "remove it and add it again"
ANEW = "make a new library of the articles' files"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_VERSION = re.compile(r"[0-9a-f]{16}")


def can_store(text: str) -> bool:
    """Whether `text` is UTF-8's to encode: it holds no lone surrogate."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def digest_of(row: Row) -> str:
    """The digest over an article's row, whose values are of the right kinds."""
    fields = [row[name] for name in (*FIELDS, "sha256", "characters")]
    return hashlib.sha256(json.dumps(fields).encode()).hexdigest()


def is_digest(value: object) -> TypeGuard[str]:
    """Whether `value` could be a SHA-256 in hexadecimal."""
    return isinstance(value, str) and bool(_DIGEST.fullmatch(value))


def is_version(value: object) -> TypeGuard[str]:
    """Whether `value` could be the version of a library."""
    return isinstance(value, str) and bool(_VERSION.fullmatch(value))


def nameless(row: Row) -> str | None:
    """What is wrong with the id of an article's row, if anything; the row is named by its number.

    `row` is the column `row`: SQLite's number of it.
    """
    wrong = _fault_of_text(row["id"], needed=True)
    return wrong and f"row {row['row']} of its table articles: its id {wrong}; {ANEW}"


def misfit(row: Row, names: Iterable[str] = FIELDS) -> str | None:
    """Which value of an article's row is of a wrong kind, if any.

    Args:
        row: The row by column.
        names: The columns to look at, besides the SHA-256.
    """
    for name in names:
        if wrong := _fault_of_text(row[name], needed=name in NEEDED):
            return f"its {name} {wrong}; {AGAIN}"
    return None if is_digest(row["sha256"]) else f"its SHA-256 is none; {AGAIN}"


def miscounted(row: Row) -> str | None:
    """Whether an article's length is none."""
    length = row["characters"]
    counted = type(length) is int and length >= 0
    return None if counted else f"its length is no number of characters; {AGAIN}"


def is_sound(row: Row) -> bool:
    """Whether an article's row is what was stored, apart from its text."""
    return not (misfit(row) or miscounted(row)) and row["digest"] == digest_of(row)


def judge(row: Row) -> Article | str:
    """The article of a row with its text, or what is wrong with it."""
    wrong = _fault_of_text(row["text"], needed=False)
    if row["text"] is None:
        return f"its text is missing; {AGAIN}"
    if fault := misfit(row) or (wrong and f"its text {wrong}; {AGAIN}") or miscounted(row):
        return fault
    article = Article(text=row["text"], **{name: row[name] for name in FIELDS})
    if article.sha256 != row["sha256"]:
        return f"its text is not the one that was stored; {AGAIN}"
    if len(article.text) != row["characters"] or digest_of(row) != row["digest"]:
        return f"what is known of it is not what was stored; {AGAIN}"
    return article


def _fault_of_text(value: object, *, needed: bool) -> str | None:
    if value is None:
        return "is missing" if needed else None
    if not isinstance(value, str):
        return "is no text"
    if not can_store(value):
        return "is not UTF-8"
    return "is empty" if needed and not value else None
