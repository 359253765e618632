"""Pieces of a source, block by block → the stored text, its blocks and its runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from retrieval.values import Block, BlockKind, Run

_LINE_END = re.compile(r"\r\n|\n|\r")


class Piece(NamedTuple):
    """A stretch of the source that goes into the stored text, or stands for something there.

    Attributes:
        start: First character in the source.
        end: One past the last.
        instead: What is stored for it; None where it is stored as it stands. Empty where a blank
            is needed only between two words that would be one without it.
    """

    start: int
    end: int
    instead: str | None = None


class LayoutWriter:
    """Writes a stored text of which the source is known, one block after another."""

    def __init__(self, source: str) -> None:
        self.blocks: list[Block] = []
        self.runs: list[Run] = []
        self._source = source
        self._parts: list[str] = []
        self._length = 0
        self._read = 0  # how far the source is used up

    @property
    def text(self) -> str:
        """What was written."""
        return "".join(self._parts)

    def words(self, pieces: Iterable[Piece]) -> str:
        """What `pieces` would be as a block."""
        return "".join(self._words(one) for one in self.trim(pieces))

    def add(
        self, kind: BlockKind, pieces: Iterable[Piece], *, level: int = 0, anchor: str = ""
    ) -> bool:
        """Write a block; one of blanks only is none.

        Args:
            kind: Its kind.
            pieces: In the order of the source.
            level: Of a heading or an item.
            anchor: Of a heading.
        """
        trimmed = self.trim(pieces)
        if not trimmed:
            return False
        self._separate(trimmed[0].start)
        start = self._length
        for piece in trimmed:
            self._put(piece)
        self.blocks.append(Block(kind, start, self._length, level, anchor))
        return True

    def join(self, kind: BlockKind) -> None:
        """Make one block of the last two."""
        last = self.blocks.pop()
        self.blocks[-1] = self.blocks[-1]._replace(kind=kind, end=last.end, level=0, anchor="")

    def _separate(self, start: int) -> None:
        """Up to two of the line ends between two blocks; one that is not there is put in."""
        if not self.blocks:
            return
        ends = list(_first(2, _LINE_END.finditer(self._source, self._read, max(start, self._read))))
        if not ends:
            self._put(Piece(start, start, "\n"))
        for end in ends:
            self._put(Piece(end.start(), end.end()))

    def _put(self, piece: Piece) -> None:
        words = self._words(piece)
        if piece.instead is None:
            self._run(piece)
        self._parts.append(words)
        self._length += len(words)
        self._read = max(self._read, piece.end)

    def _run(self, piece: Piece) -> None:
        last = self.runs[-1] if self.runs else None
        length = piece.end - piece.start
        if (
            last
            and last.start + last.length == self._length
            and last.source + last.length == piece.start
        ):
            self.runs[-1] = last._replace(length=last.length + length)
        else:
            self.runs.append(Run(self._length, piece.start, length))

    def _words(self, piece: Piece) -> str:
        return self._source[piece.start : piece.end] if piece.instead is None else piece.instead

    def between_cells(self, start: int, end: int) -> list[Piece]:
        """What keeps two cells of a row apart: two blanks or a tab of the source, else its bar."""
        gap = self._source[start:end]
        if tab := gap.find("\t") + 1:
            return [Piece(start + tab - 1, start + tab)]
        blanks = [place for place, one in enumerate(gap, start) if one == " "]
        if len(blanks) > 1:
            return [Piece(blanks[0], blanks[0] + 1), Piece(blanks[-1], blanks[-1] + 1)]
        bar = gap.find("|") + 1
        around = gap[max(0, bar - 2) : bar + 1]
        first = start + gap.find(around)
        return [Piece(first, first + len(around))] if bar else [Piece(start, start, "  ")]

    def trim(self, pieces: Iterable[Piece]) -> list[Piece]:
        """Without blanks around them, and with a blank where two words would be one."""
        trimmed: list[Piece] = []
        gap: Piece | None = None
        for piece in pieces:
            words = self._words(piece)
            if not trimmed and words.strip():
                trimmed.append(_cut(piece, len(words) - len(words.lstrip()), 0))
            elif trimmed and words:
                if gap and words[0].isalnum() and self._words(trimmed[-1])[-1].isalnum():
                    trimmed.append(gap._replace(instead=" "))
                trimmed.append(piece)
            gap = None if words else piece
        while trimmed:
            words = self._words(trimmed[-1])
            if kept := words.rstrip():
                trimmed[-1] = _cut(trimmed[-1], 0, len(words) - len(kept))
                break
            trimmed.pop()
        return trimmed


def _cut(piece: Piece, before: int, after: int) -> Piece:
    if piece.instead is not None:
        return piece._replace(instead=piece.instead[before : len(piece.instead) - after])
    return Piece(piece.start + before, piece.end - after)


def _first(most: int, found: Iterator[re.Match[str]]) -> Iterator[re.Match[str]]:
    for _, one in zip(range(most), found, strict=False):
        yield one
