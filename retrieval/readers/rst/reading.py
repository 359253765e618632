"""A file of reStructuredText → its article, as a reader of its page sees it."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from retrieval.readers.decoding import decode
from retrieval.readers.details import Details, explain
from retrieval.readers.documents import Content, as_piece, load
from retrieval.readers.formats import Format, Found, Piece
from retrieval.readers.rst.frames import Page
from retrieval.readers.rst.marked import FIELD
from retrieval.readers.rst.parsing import parse
from retrieval.readers.titles import named_after, shorten
from retrieval.readers.trouble import Trouble, name
from retrieval.values import Block, Run

READER = "rst 1"
# Fields at the top → what they state; the others there are for the program that makes the page.
_STATED = (  # of several that state the same, the first counts
    *(("title", "title"), ("author", "author"), ("authors", "author"), ("date", "published")),
    *(("language", "language"), ("lang", "language")),
    *(("url", "url"), ("permalink", "url"), ("slug", "url")),
)


def read_rst(source: str) -> tuple[str, tuple[Block, ...], tuple[Run, ...], dict[str, str]]:
    """What a source shows, its blocks, its stretches in the source, and the fields at its top."""
    page = Page(source)
    start, fields = _fields(page)
    parse(page, start)
    writer = page.writer
    return writer.text, tuple(writer.blocks), tuple(writer.runs), fields


def _fields(page: Page) -> tuple[int, dict[str, str]]:
    """The line after the fields with which a source begins, and these."""
    at, fields = 0, dict[str, str]()
    while at < len(page.lines):
        field = FIELD.match(page.text(at))
        if field:
            fields.setdefault(field[1].strip().lower(), page.text(at)[field.end() :])
        elif page.text(at):
            break
        at = page.skip(at) if field else at + 1
    return at if fields else 0, fields


def read_document(found: Found, details: Details) -> Iterator[Piece]:
    """The article in a file of reStructuredText.

    Raises:
        UnreadableSource: It is empty, too large, no text, or has no letter.
    """
    data, place = load(found), name(found.path)
    text, blocks, runs, fields = read_rst(decode(data, place))
    stated = Details()
    for key, ours in _STATED:
        stated = stated.over(Details.of(**{ours: fields.get(key)}))
    kind, fault = _kind(fields.get("kind"))
    if fault:
        yield Piece(Trouble(source=place, reason=fault))
    known = details.over(stated).over(kind)
    heading = next((text[b.start : b.end] for b in blocks[:1] if b.kind == "heading"), "")
    title = known.title or shorten(heading or named_after(found.id))
    content, genre = Content(text, blocks, runs), known.kind or "document"
    yield as_piece(found, data, content, known.titled(title), READER, genre)


def _kind(stated: str | None) -> tuple[Details, str | None]:
    """What a source states as its kind, and what is wrong with that, if anything."""
    try:
        return Details.model_validate({"kind": stated or None}), None
    except ValidationError as error:
        return Details(), f"in the fields at the top, {explain(error, Details)}"


FORMAT = Format(
    (".rst", ".rest", "text/x-rst", "text/prs.fallenstein.rst"), read_document, reader=READER
)
