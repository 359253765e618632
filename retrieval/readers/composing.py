"""Blocks, one after the other → a stored text and their places in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from retrieval.readers.details import Details
from retrieval.readers.documents import Content, as_piece
from retrieval.readers.formats import Found, Piece
from retrieval.readers.titles import named_after, shorten
from retrieval.values import Block, BlockKind

# Those that stand one under the other, with no blank line between.
TOGETHER = ({"item"}, {"head", "row"})

LABEL_WORDS = 4  # of a cell that names a column, at most


class Writer:
    """A text that is written block by block.

    Attributes:
        blocks: Those so far.
    """

    def __init__(self) -> None:
        """Begin with an empty text."""
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._length = 0

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def add(
        self, kind: BlockKind, text: str, *, level: int = 0, anchor: str = "", page: int = 0
    ) -> None:
        """Write a block; what has no letter or digit is none."""
        text = text.strip()
        if not any(map(str.isalnum, text)):
            return
        if self.blocks:
            self._write(gap_between(self.blocks[-1].kind, kind))
        start = self._length
        self._write(text)
        self.blocks.append(Block(kind, start, self._length, level, anchor, page))

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    @property
    def opening(self) -> str | None:
        """The heading with which the text begins, on one line; None where it begins otherwise."""
        if not self.blocks or self.blocks[0].kind != "heading":
            return None
        return " ".join(self.text[self.blocks[0].start : self.blocks[0].end].split())


def gap_between(above: BlockKind, below: BlockKind) -> str:
    """The line ends between two blocks, by their kinds."""
    return "\n" if any({above, below} <= kinds for kinds in TOGETHER) else "\n\n"


def row_of(cells: Iterable[str]) -> str:
    """A row: its cells two blanks apart, those that hold nothing left out."""
    return "  ".join(cell for cell in (" ".join(cell.split()) for cell in cells) if cell)


def is_head(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row of a table names the columns, as its cells tell.

    They are short labels, all of them different and no number, as one below them is.
    """
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    first = [cell.strip() for cell in rows[0]]
    labels = [cell for cell in first if cell]
    if len(labels) < len(first) - 1 or len(set(labels)) < len(labels):
        return False
    if any(len(cell.split()) > LABEL_WORDS or cell.endswith((".", ":")) for cell in labels):
        return False
    below = [cell for row in rows[1:] for cell in row]
    unlike = any(len(cell.split()) > LABEL_WORDS or has_digit(cell) for cell in below)
    return unlike and not any(map(has_digit, labels))


def has_digit(text: str) -> bool:
    """Whether there is a digit in `text`."""
    return any(map(str.isdigit, text))


def write_piece(
    found: Found, data: bytes, reader: str, writer: Writer, details: Details, stated: Details
) -> Piece:
    """What a file of one document gives.

    Args:
        found: The file.
        data: Its content.
        reader: The name and version of what read it.
        writer: Its text.
        details: What is known of it.
        stated: What it states of itself, which counts where nothing else is known.

    Raises:
        UnreadableSource: It has no letter.
    """
    known = details.over(stated)
    title = known.title or shorten(writer.opening or named_after(found.id))
    content = Content(writer.text, tuple(writer.blocks))
    genre = details.kind or "document"
    return as_piece(found, data, content, known.titled(title), reader, genre)
