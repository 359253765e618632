"""A source → its lines, with where each stands and how far it is indented."""

from __future__ import annotations

import re
from typing import NamedTuple

from retrieval.values import Span

TAB = 8  # columns
_LINE_END = re.compile(r"\r\n|\n|\r")
_BLANKS = " \t\f\v\u00a0\ufeff"


class Line(NamedTuple):
    """A line without its end and the blanks around it.

    Attributes:
        text: What stands in it; empty for a blank line.
        indent: The column at which that begins.
        begin: Where the line begins in the source, with its blanks.
        start: Where its text begins there.
    """

    text: str
    indent: int
    begin: int
    start: int

    @property
    def span(self) -> Span:
        """Where the text stands in the source."""
        return Span(self.start, self.start + len(self.text))

    def after(self, count: int) -> Line:
        """The line without its first characters, which count as its indentation."""
        rest = self.text[count:]
        text = rest.lstrip(_BLANKS)
        count += len(rest) - len(text)
        return Line(text, self.indent + count, self.begin, self.start + count)


def split_lines(source: str) -> list[Line]:
    """The lines of `source`."""
    lines = []
    begin = 0
    for end in _LINE_END.finditer(source):
        lines.append(_line(source, begin, end.start()))
        begin = end.end()
    lines.append(_line(source, begin, len(source)))
    return lines


def code_span(source: str, line: Line, column: int) -> Span:
    """A line from a column on, or from its text on where that begins before."""
    place, at = line.begin, 0
    while place < line.start and at < column:
        at = _next_column(source[place], at)
        place += 1
    return Span(place, line.start + len(line.text))


def line_end(source: str, start: int, end: int) -> Span | None:
    """The first line end of a stretch of the source."""
    found = _LINE_END.search(source, start, end)
    return Span(*found.span()) if found else None


def _line(source: str, begin: int, end: int) -> Line:
    raw = source[begin:end]
    text = raw.lstrip(_BLANKS)
    start = begin + len(raw) - len(text)
    column = 0
    for character in raw[: start - begin]:
        column = _next_column(character, column)
    return Line(text.rstrip(), column, begin, start)


def _next_column(character: str, column: int) -> int:
    return column + TAB - column % TAB if character == "\t" else column + 1
