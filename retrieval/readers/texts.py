"""A file that is one text, plain or Markdown → its article, byte for byte."""

from __future__ import annotations

from pathlib import Path

from retrieval.errors import UnreadableSource
from retrieval.models import Article
from retrieval.readers import markdown, titles
from retrieval.readers.decoding import decode
from retrieval.readers.details import Details, has_letters
from retrieval.readers.finding import Found
from retrieval.readers.trouble import name, unreadable

LARGEST = 32 * 2**20  # bytes of one text
MARKDOWN = (".md", ".markdown")


def read_text(found: Found, details: Details) -> Article:
    """The article in the file that was `found`.

    Line ends are kept and only a byte order mark is dropped, so that the SHA-256 of a plain
    UTF-8 file is that of its article.

    Raises:
        UnreadableSource: It is empty, too large, no text, or cannot be read.
    """
    text = decode(_load(found.path), name(found.path))
    if not has_letters(text):
        raise UnreadableSource(name(found.path), "it has no letter to read")
    known = {"title": _title(found.path, text)} | details.known()
    return Article.model_validate({"id": found.id, "text": text} | known)


def _load(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableSource(name(path), "it is larger than 32 MiB; split it")
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error
    if not data:
        raise UnreadableSource(name(path), "it is empty")
    return data


def _title(path: Path, text: str) -> str:
    if path.suffix.lower() not in MARKDOWN:
        return titles.title_of(text)
    return titles.shorten(markdown.title_of(text) or titles.title_of(text))
