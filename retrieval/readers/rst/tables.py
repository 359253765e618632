"""Tables of reStructuredText → their rows, as stretches of the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from retrieval.readers.rst.frames import Page
from retrieval.readers.rst.inline import lines_of
from retrieval.readers.rst.lines import Line, line_end
from retrieval.values import Span

GRID = re.compile(r"\+(?:[-=]++\+)++\Z")
GRID_HEAD = re.compile(r"\+(?:=++\+)++\Z")
SIMPLE = re.compile(r"=++(?: ++=++)++\Z")
_UNDERLINE = re.compile(r"-++(?: ++-++)*+\Z")  # spans columns of a head
_BAR = re.compile(r"(?<!\S)\|(?!\S)")
_PARTIAL = re.compile(r"\+(?:[-=]++\+)++")
_WIDE = re.compile(r"\s{2,}+")
_ROW = re.compile(r"[*+-]\s++(?=[*+-](?:\s|\Z))")
_CELL = re.compile(r"[*+-](?:\s++|\Z)")


class Row(NamedTuple):
    """A row of a table.

    Attributes:
        lines: Its lines, each as the stretches of its cells; of one that is `listed` its cells,
            each as the stretches of its lines.
        is_head: Whether it stands above the table's head rule.
        form: How it is written.
    """

    lines: list[list[Span]]
    is_head: bool = False
    form: Literal["drawn", "listed", "separated"] = "drawn"

    def spans(self, source: str) -> list[Span]:
        """What of the source is shown: cells two blanks apart, as far as it has them."""
        if self.form == "listed":
            return _apart(source, [lines_of(source, cell) for cell in self.lines if cell])
        found: list[Span] = []
        for line in self.lines:
            cells = _apart(source, [[cell] for cell in line]) if self.form == "drawn" else line
            if found and cells and (end := line_end(source, found[-1].end, cells[0].start)):
                found.append(end)
            found += cells
        return found


def grid_rows(lines: Sequence[Line]) -> Iterator[Row]:
    """The rows of a table that is drawn with bars and crosses.

    Args:
        lines: All of its lines, its borders among them.
    """
    heads = any(GRID_HEAD.match(line.text) for line in lines[1:])
    row: list[list[Span]] = []
    for line in lines:
        if not GRID.match(line.text):
            row.append(list(_between(line, _BAR)))
            continue
        if any(row):
            yield Row([cells for cells in row if cells], heads)
        row = []
        heads = heads and not GRID_HEAD.match(line.text)
    if any(row):
        yield Row([cells for cells in row if cells])


def simple_rows(lines: Sequence[Line], borders: int) -> Iterator[Row]:
    """The rows of a table that has borders of "=" only.

    Args:
        lines: All of its lines, its borders among them.
        borders: How many there are; of three the second stands below the head.
    """
    row: list[list[Span]] = []
    passed = 0
    second = lines[0].indent + lines[0].text.index(" ") + 1
    for line in lines:
        is_border = SIMPLE.match(line.text) is not None
        is_part = line.text and line.indent >= second and not is_border
        if row and not is_part:
            yield Row(row, passed == 1 and borders > 2)
            row = []
        passed += is_border
        if line.text and not is_border and not _UNDERLINE.match(line.text):
            row.append(list(_between(line, _WIDE)))
    if row:
        yield Row(row, passed == 1 and borders > 2)


def csv_rows(lines: Sequence[Line]) -> Iterator[Row]:
    """The rows of comma-separated values, without the quotation marks around them."""
    row: list[list[Span]] = []
    is_open = False
    for line in lines:
        if not line.text:
            continue
        row.append(list(_unquoted(line)))
        is_open ^= line.text.count('"') % 2 == 1
        if not is_open:
            yield Row(row, form="separated")
            row = []
    if row:
        yield Row(row, form="separated")


def list_rows(lines: Sequence[Line]) -> Iterator[Row]:
    """The rows of a list of lists: "* - cell" begins a row, "- cell" a cell."""
    row: list[list[Span]] = []
    column = -1
    for whole in lines:
        line = whole
        if begun := _ROW.match(whole.text):
            if row:
                yield Row(row, form="listed")
            row, line = [], whole.after(begun.end())
            column = line.indent
        is_cell = line.indent == column and (cell := _CELL.match(line.text))
        if is_cell and cell:
            rest = line.after(cell.end())
            row.append([rest.span] if rest.text else [])
        elif line.text and row and not line.text.startswith((":", ".. ")):
            row[-1].append(line.span)
    if row:
        yield Row(row, form="listed")


def _apart(source: str, cells: Sequence[Sequence[Span]]) -> list[Span]:
    """Cells, with two of the blanks between them, or all that stands there where it has fewer."""
    found: list[Span] = []
    for cell in cells:
        if found:
            start, end = found[-1].end, cell[0].start
            blanks = [place for place in range(start, end) if source[place] in " \t"]
            two = [Span(place, place + 1) for place in (*blanks[:1], *blanks[-1:])]
            found += two if len(blanks) > 1 else [Span(start, end)]
        found += cell
    return found


def _between(line: Line, mark: re.Pattern[str]) -> Iterator[Span]:
    """The cells of a line between its marks, without blanks around them."""
    place = 0
    for found in [*mark.finditer(line.text), None]:
        end = found.start() if found else len(line.text)
        for start, stop in _words(line.text, place, end):
            yield Span(line.start + start, line.start + stop)
        place = found.end() if found else end


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The words of a cell, without the border of a cell beside it."""
    place = start
    for border in [*_PARTIAL.finditer(text, start, end), None]:
        stop = border.start() if border else end
        cell = text[place:stop]
        if words := cell.strip():
            first = place + len(cell) - len(cell.lstrip())
            yield first, first + len(words)
        place = border.end() if border else stop


def _unquoted(line: Line) -> Iterator[Span]:
    place = 0
    for mark in [*re.finditer(r'"', line.text), None]:
        end = mark.start() if mark else len(line.text)
        if end > place:
            yield Span(line.start + place, line.start + end)
        place = mark.end() if mark else end


def write_rows(page: Page, rows: Iterable[Row], *, has_head: bool = False) -> None:
    """Write the rows of a table.

    Args:
        page: What is read.
        rows: Of the table.
        has_head: Whether the first of them names the columns, whatever it says itself.
    """
    for number, row in enumerate(rows):
        is_head = number == 0 and (row.is_head or has_head)
        page.row("head" if is_head else "row", row.spans(page.source))
