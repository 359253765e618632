"""Characters of a block's Markdown → pieces of the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from retrieval.readers.markdown.lines import Page
from retrieval.readers.writing import Piece

END = -1
_OPENING = re.compile(r"[^#]*#{1,6}[ \t]+")
_PIPE = re.compile(r"(?<!\\)\|")


class Segment(NamedTuple):
    """A stretch of a block's Markdown that stands in one line of the page.

    Attributes:
        start: Where it begins in the block's Markdown.
        length: How many characters it has.
        line: The number of the line.
        column: Where it begins there; `END` for the line's end.
    """

    start: int
    length: int
    line: int
    column: int


class Placing:
    """Knows where the lines of a page stand in its source."""

    def __init__(self, page: Page) -> None:
        self._lines = page.lines
        self._masks = page.masks
        self._starts = [mask.start for mask in page.masks]

    def of_block(self, content: str, first: int, *, is_heading: bool = False) -> list[Segment]:
        """Where the lines of `content` stand, the first of them in line `first`."""
        segments = []
        start = 0
        for number, line in enumerate(content.split("\n"), first):
            words = line.strip()
            if number > first:
                segments.append(Segment(start - 1, 1, number - 1, END))
            column = self._column(words, number) if is_heading else self._last(words, number)
            if words and column >= 0:
                lead = len(line) - len(line.lstrip())
                segments.append(Segment(start + lead, len(words), number, column))
            start += len(line) + 1
        return segments

    def _last(self, words: str, number: int) -> int:
        """What a line ends with stands at its end, wherever else it stands, too."""
        return self._lines[number].text.rfind(words) if number < len(self._lines) else -1

    def _column(self, words: str, number: int) -> int:
        """What closes a heading may stand in it, too: its words are those behind its opening."""
        text = self._lines[number].text
        opening = _OPENING.match(text)
        return text.find(words, opening.end() if opening else 0)

    def of_cells(self, number: int, contents: Sequence[str]) -> list[list[Segment]]:
        """Where the cells of a table's row stand; without the backslashes before their bars."""
        text = self._lines[number].text
        edges = [0, *(pipe.end() for pipe in _PIPE.finditer(text)), len(text) + 1]
        cells = list(pairwise(edges))
        if not cells[0][1] or contents[0] not in text[slice(*cells[0])] or not contents[0]:
            cells = cells[1:]
        return [
            list(self._cell(content, number, *cell))
            for content, cell in zip(contents, cells, strict=False)
        ]

    def _cell(self, content: str, number: int, start: int, end: int) -> Iterator[Segment]:
        text = self._lines[number].text
        place = 0
        for part in re.split(r"(?=\|)", content):
            start = text.find(part, start, end)
            if part and start >= 0:
                yield Segment(place, len(part), number, start)
            start = max(start, 0) + len(part)
            place += len(part)

    def pieces(self, segments: Sequence[Segment], start: int, end: int) -> Iterator[Piece]:
        """What stands from `start` to `end` of a block's Markdown."""
        at = max(0, bisect_right(segments, start, key=lambda one: one.start) - 1)
        for number in range(at, len(segments)):
            one = segments[number]
            if one.start >= end:
                return
            first = max(start, one.start) - one.start
            last = min(end, one.start + one.length) - one.start
            if first >= last:
                continue
            line = self._lines[one.line]
            if one.column == END:
                yield Piece(line.end, line.next, None if line.next > line.end else "\n")
            else:
                source = line.source + one.column
                yield from self.unmasked(source + first, source + last)

    def unmasked(self, start: int, end: int) -> Iterator[Piece]:
        """What is text from `start` to `end` of the source."""
        at = max(0, bisect_right(self._starts, start) - 1)
        while at < len(self._masks) and self._masks[at].start < end:
            mask = self._masks[at]
            if mask.end > start:
                if mask.start > start:
                    yield Piece(start, mask.start)
                if mask.parts:
                    yield Piece(mask.start, mask.start, "")
                start = mask.end
            at += 1
        if start < end:
            yield Piece(start, end)

    def source(self, segments: Sequence[Segment], place: int) -> int:
        """Where a character of a block's Markdown stands in the source."""
        at = max(0, bisect_right(segments, place, key=lambda one: one.start) - 1)
        if not segments:
            return 0
        one = segments[at]
        return self._lines[one.line].source + one.column + max(0, place - one.start)

    def code(self, content: str, first: int) -> Iterator[Piece]:
        """A code block's lines, the first of them in line `first`."""
        lines = content.split("\n")
        for number, line in enumerate(lines, first):
            if number >= len(self._lines):
                return
            text, source, end, after = self._lines[number][:4]
            shown = line if text.endswith(line) else line.lstrip()
            if shown and text.endswith(shown):
                yield from self.unmasked(source + len(text) - len(shown), source + len(text))
            if number - first < len(lines) - 1 and after > end:
                yield Piece(end, after)
