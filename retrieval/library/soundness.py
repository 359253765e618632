"""Whether what stands in a row is what was stored: other programs may put any value there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeGuard

from retrieval.library.packing import Stored
from retrieval.models import Article
from retrieval.values import Layout, sha256_of

Row = Mapping[Any, Any]  # by column, as SQLAlchemy gives it

FIELDS = ("id", "title", "publisher", "author", "published", "url", "language")
LAID = ("genre", "reader", "source_sha256", "runs_sha256", "blocks")
NEEDED = frozenset({"id", "title", "language"})  # neither missing nor empty
AGAIN = "remove it and add it again"
OTHER_LAYOUT = "its layout is not the one that was stored"
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


def digest_of(row: Row, layout: str | None) -> str:
    """The digest over an article's row, whose values are of the right kinds, and its layout's."""
    fields = [row[name] for name in (*FIELDS, "sha256", "characters")]
    return sha256_of(json.dumps([*fields, layout] if layout else fields))


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
    if not is_digest(row["sha256"]):
        return f"its SHA-256 is none; {AGAIN}"
    if is_laid(row) and not is_digest(row["layout_digest"]):
        return f"its layout's digest is none; {AGAIN}"
    return None


def miscounted(row: Row) -> str | None:
    """Whether an article's length is none."""
    length = row["characters"]
    counted = type(length) is int and length >= 0
    return None if counted else f"its length is no number of characters; {AGAIN}"


def is_sound(row: Row) -> bool:
    """Whether an article's row is what was stored, apart from its text."""
    if misfit(row) or miscounted(row):
        return False
    return bool(row["digest"] == digest_of(row, layout_digest(row)))


def is_laid(row: Row) -> bool:
    """Whether a row of an article has a layout beside it."""
    return row.get("layout_article") is not None


def layout_digest(row: Row) -> str | None:
    """The digest of a row's layout, which is one; None where there is none."""
    return row["layout_digest"] if is_laid(row) else None


def judge(row: Row) -> Article | str:
    """The article of a row with its text, or what is wrong with it."""
    wrong = _fault_of_text(row["text"], needed=False)
    if row["text"] is None:
        return f"its text is missing; {AGAIN}"
    if fault := misfit(row) or (wrong and f"its text {wrong}; {AGAIN}") or miscounted(row):
        return fault
    layout = _layout(row) if is_laid(row) else None
    if isinstance(layout, str):
        return f"{layout}; {AGAIN}"
    article = Article(text=row["text"], layout=layout, **{name: row[name] for name in FIELDS})
    if article.sha256 != row["sha256"]:
        return f"its text is not the one that was stored; {AGAIN}"
    if len(article.text) != row["characters"] or not is_sound(row):
        or_lost = "" if layout else ", or its layout is missing"
        return f"what is known of it is not what was stored{or_lost}; {AGAIN}"
    return article


def _layout(row: Row) -> Layout | str:
    """The layout beside a row, without its runs, or what is wrong with it."""
    values = [row[f"layout_{name}"] for name in LAID]
    for name, value in zip(LAID, values, strict=True):
        if wrong := _fault_of_text(value, needed=True):
            return f"its layout's {name} {wrong}"
    layout = Stored.of(*values)
    return layout if layout.digest == row["layout_digest"] else OTHER_LAYOUT


def _fault_of_text(value: object, *, needed: bool) -> str | None:
    if value is None:
        return "is missing" if needed else None
    if not isinstance(value, str):
        return "is no text"
    if not can_store(value):
        return "is not UTF-8"
    return "is empty" if needed and not value else None
