"""Markdown and MDX: what a reader of the page sees, block by block.

The stored text is the source less its marks: every character of it stands in the source, in the
same order, but for those that stand for others there ("&amp;").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from retrieval.errors import UnreadableSource
from retrieval.readers.decoding import decode
from retrieval.readers.details import Details
from retrieval.readers.documents import Content, as_piece
from retrieval.readers.formats import Format, Found, Piece
from retrieval.readers.front_matter import read_front_matter
from retrieval.readers.titles import named_after, shorten
from retrieval.readers.trouble import Trouble, name
from retrieval.values import Block, Run

READER = "markdown 1"
LARGEST = 8 * 2**20  # bytes of one page


class Shown(NamedTuple):
    """What a reader of a page sees.

    Attributes:
        text: The stored text.
        title: Its first heading, if that comes first.
        blocks: See `Layout`.
        runs: See `Layout`.
    """

    text: str
    title: str | None
    blocks: tuple[Block, ...]
    runs: tuple[Run, ...]


def show(source: str, start: int = 0, *, is_mdx: bool = False) -> Shown:
    """What a reader of the page sees.

    Args:
        source: The decoded source.
        start: Where its front matter ends.
        is_mdx: Whether it is MDX.
    """
    # Here, for a question reads no page and should not wait for markdown-it.
    from retrieval.readers.markdown.blocks import Reader  # noqa: PLC0415
    from retrieval.readers.markdown.lines import read_lines  # noqa: PLC0415

    reader = Reader(source, read_lines(source, start, is_mdx=is_mdx))
    reader.run()
    writer = reader.writer
    return Shown(writer.text, reader.title, tuple(writer.blocks), tuple(writer.runs))


def read_page(found: Found, details: Details) -> Iterator[Piece]:
    """The article in the file that was `found`, and what is wrong with what it states.

    Args:
        found: The file.
        details: What is known of it, which goes before what it states itself.

    Raises:
        UnreadableSource: It is empty, too large, no text, or cannot be read.
    """
    data = found.content(LARGEST)
    place = name(found.path)
    source = decode(data, place)
    front = read_front_matter(source)
    if front.fault and not details.kind:
        yield Piece(Trouble(source=place, reason=front.fault))
    try:
        shown = show(source, front.end, is_mdx=found.path.suffix.lower() == ".mdx")
    except Exception as error:  # whatever a parser of others raises is about this page alone
        raise UnreadableSource(
            place, "it breaks the parser of Markdown; save it as .txt"
        ) from error
    stated = details.over(front.details)
    title = shorten(stated.title or shown.title or named_after(found.id))
    content, genre = Content(shown.text, shown.blocks, shown.runs), stated.kind or "document"
    piece = as_piece(found, data, content, stated.titled(title), READER, genre)
    yield piece._replace(address=front.address)


FORMAT = Format((".md", ".markdown", ".mdx", "text/markdown", "text/mdx"), read_page, reader=READER)
