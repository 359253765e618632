"""From an article back to what it was read from, where the library keeps that."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import replace

from retrieval.library import layouts
from retrieval.library.database import Database
from retrieval.library.entries import Problem, Source
from retrieval.library.packing import ERRORS, unpack_runs
from retrieval.library.soundness import AGAIN
from retrieval.models import Article
from retrieval.values import Layout

OTHER = f"its source is not the one that was stored; {AGAIN}"


def source_of(database: Database, article: Article) -> Source | str | None:
    """The source of an article; what is wrong with it; None where none is kept for its layout."""
    if article.layout is None:
        return None
    with database.looking_up() as cursor:
        row = layouts.kept(cursor, article.id, article.layout.digest)
    if row is None or not any(value is not None for value in row):
        return None
    encoding, packed, compressed = row
    if not (
        isinstance(encoding, str) and isinstance(packed, str) and isinstance(compressed, bytes)
    ):
        return OTHER
    try:
        runs, original = unpack_runs(packed), zlib.decompress(compressed)
    except (zlib.error, *ERRORS):
        return OTHER
    source = Source(original, encoding, runs)
    return source if _is_named(source, article.layout) else OTHER


def traced(database: Database, article: Article) -> Article | Problem:
    """The article, or why its text cannot be proven against the source that is kept of it."""
    source = source_of(database, article)
    if source is None:
        return article
    what = source if isinstance(source, str) else _fault(source, article)
    return Problem(article=article.id, what=what) if what else article


def _is_named(source: Source, layout: Layout) -> bool:
    """Whether the layout is that of this source."""
    with_runs = replace(layout, runs=source.runs, runs_left="")
    digest = hashlib.sha256(source.original).hexdigest()
    return digest == layout.source_sha256 and with_runs.runs_sha256 == layout.runs_sha256


def _fault(source: Source, article: Article) -> str | None:
    if source.gives(article.text):
        return None
    return f"its source does not give its text; {AGAIN}"
