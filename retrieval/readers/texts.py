"""A file that is one text → its article, byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from retrieval.errors import UnreadableSource
from retrieval.models import Article
from retrieval.readers import titles
from retrieval.readers.decoding import decode
from retrieval.readers.details import Details, has_letters
from retrieval.readers.documents import Content, as_piece
from retrieval.readers.formats import Format, Found, Piece
from retrieval.readers.trouble import name

LARGEST = 32 * 2**20  # bytes of one text
READER = "text 1"


def read_text(
    found: Found, details: Details, *, title_of: Callable[[str, Path], str]
) -> Iterator[Piece]:
    """The article in the file that was `found`.

    Line ends are kept and only a byte order mark is dropped, so that the SHA-256 of a plain
    UTF-8 file is that of its article.

    Args:
        found: The file.
        details: What is known of it.
        title_of: A text and its path → a title, used if `details` has none.

    Raises:
        UnreadableSource: It is empty, too large, no text, or cannot be read.
    """
    data = found.content(LARGEST)
    text = decode(data, name(found.path))
    if not has_letters(text):
        raise UnreadableSource(name(found.path), "it has no letter to read")
    known = details if details.title else details.titled(title_of(text, found.path))
    if details.kind == "document":
        yield as_piece(found, data, Content(text), known, READER, "document")
    else:
        fields = {"id": found.id, "text": text} | known.known()
        yield Piece(Article.model_validate(fields))


def _opening(text: str, _: Path) -> str:
    return titles.title_of(text)


FORMAT = Format(
    (".txt", ".text", "text/plain"), partial(read_text, title_of=_opening), reader=READER
)
