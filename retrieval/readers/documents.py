"""What every reader of documents does: a file's bytes in, an article with its layout out."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import NamedTuple

from retrieval.errors import UnreadableSource
from retrieval.models import Article
from retrieval.readers.details import Described, Details, has_letters
from retrieval.readers.formats import Found, Piece
from retrieval.readers.trouble import name
from retrieval.values import Block, Genre, Layout, Run

LARGEST = 32 * 2**20  # bytes of one file


class Content(NamedTuple):
    """What was read of a document.

    Attributes:
        text: The text to store.
        blocks: Its blocks.
        runs: What of it stands in the source.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    runs: tuple[Run, ...] = ()


def load(found: Found) -> bytes:
    """The bytes of a file.

    Raises:
        UnreadableSource: It is empty, too large, or cannot be read.
    """
    return found.content(LARGEST)


def weighed(piece: Piece, known: Described, reader: str) -> Piece:
    """A piece whose article has the weight that is stated.

    Args:
        piece: What was read.
        known: What is stated.
        reader: The name and the version of what read it.
    """
    article = piece.item
    if known.weight is None or not isinstance(article, Article):
        return piece
    layout = article.layout or Layout("news", reader, article.sha256)
    laid = replace(layout, weight=float(known.weight))
    return piece._replace(item=article.model_copy(update={"layout": laid}))


def as_piece(
    found: Found, data: bytes, content: Content, known: Details, reader: str, genre: Genre
) -> Piece:
    """The article of a file, with its layout.

    Args:
        found: The file.
        data: Its bytes.
        content: What was read of it.
        known: What is known of it; it has a title.
        reader: The name and the version of what read it.
        genre: What it is.

    Raises:
        UnreadableSource: It has no letter.
    """
    if not has_letters(content.text):
        raise UnreadableSource(name(found.path), "it has no letter to read")
    layout = Layout(genre, reader, hashlib.sha256(data).hexdigest(), content.blocks, content.runs)
    fields = {"id": found.id, "text": content.text, "layout": layout}
    return Piece(Article.model_validate(fields | known.known()), original=data)
