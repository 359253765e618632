"""From an article back to what it was read from, where the library keeps that."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import replace

from retrieval.errors import LibraryDamaged
from retrieval.library import layouts
from retrieval.library.database import Database
from retrieval.library.entries import Problem, Source
from retrieval.library.packing import ERRORS, unpack_original, unpack_runs
from retrieval.library.soundness import AGAIN, OTHER_LAYOUT
from retrieval.models import Article
from retrieval.values import Layout

OTHER = "its source is not the one that was stored"


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
        runs, original = unpack_runs(packed), unpack_original(compressed)
    except (zlib.error, *ERRORS):
        return OTHER
    source = Source(original, encoding, runs)
    return source if _is_named(source, article.layout) else OTHER


def traced(database: Database, article: Article) -> Article | Problem:
    """The article, or why its layout does not lead from its text to the source that is kept."""
    what = _fault(database, article, article.layout) if article.layout else None
    return Problem(article=article.id, what=f"{what}; {AGAIN}") if what else article


def _is_named(source: Source, layout: Layout) -> bool:
    """Whether the layout is that of this source."""
    with_runs = replace(layout, runs=source.runs, runs_left="")
    digest = hashlib.sha256(source.original).hexdigest()
    return digest == layout.source_sha256 and with_runs.runs_sha256 == layout.runs_sha256


def _fault(database: Database, article: Article, layout: Layout) -> str | None:
    try:
        fits = not layout.fault(len(article.text))
    except LibraryDamaged:
        fits = False
    if not fits:
        return OTHER_LAYOUT
    source = source_of(database, article)
    if source is None or isinstance(source, str):
        return source
    return None if source.gives(article.text) else "its source does not give its text"
