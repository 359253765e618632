"""The lines of pages → blocks: what a page only shows by where it puts the lines."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from retrieval.readers.composing import Writer, is_head, row_of
from retrieval.readers.pdf.pages import Line
from retrieval.values import BlockKind

OUTER = 2  # lines at the top and at the bottom of a page that may be its header and footer
FEWEST_PAGES = 3  # on which such a line is found
REPEATED = 0.4  # of all pages: left and right ones may have their own
LARGER = 1.12  # a heading's letters to those of the text
ALIKE = 0.05  # by how much the letters of one heading differ, as a share
NEAR = 0.2  # of one paragraph, where words of a program stand in it
LONGEST_HEADING = 200  # characters
MOST_LEVELS = 6
WIDE_GAP = 1.35  # to the usual distance of lines: more is between paragraphs
WIDEST_ROW = 3.0  # from row to row of a table, to a letter's size
INDENT = 0.8  # of a letter's size
SHORT = 0.75  # of a full line: a shorter one ends its paragraph, if a stop does too
SHORTER = 0.5  # likewise without a stop, as a row of a table
FULL = 0.9  # of a full line: what follows a longer one stands at the usual distance

_BULLET = re.compile(r"[•◦▪‣●○■]\s*|[·–—*-](?:\s+(?=\w|[\"“(])|$)")
_PAGE_NUMBER = re.compile(r"\W*(?:\d{1,4}|[ivxl]{1,6})\W*", re.IGNORECASE)
_NUMBER = re.compile(r"(?:\d{1,3}[.)]|\(?[a-z]\))\s+(?=\S|$)")
_STOPPED = re.compile(r"[.!?:…。！？]['\"”’»)\]]*$")
_BROKEN = re.compile(r"(?:(?<=\w)[-\u2010]|\u00ad)$")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_DIGITS = re.compile(r"\d+")
_WIDE = "\u2e80"  # from here on letters are Chinese, Japanese or Korean: no blank joins lines


def write_blocks(lines: Sequence[Line], pages: int) -> Writer:
    """The blocks that lines make, without the headers and footers of their pages.

    Args:
        lines: In the order in which they are written.
        pages: How many pages the document has.
    """
    kept = _joined_rows(_without_margins(lines, pages))
    return _Layout(kept).write()


def _without_margins(lines: Sequence[Line], pages: int) -> list[Line]:
    """The lines but those that stand at the same end of most pages, whatever their numbers."""
    outer: dict[Line, str] = {}
    for _, group in groupby(lines, lambda line: line.page):
        there = sorted(group, key=lambda line: -line.height)
        for line in (*there[:OUTER], *there[-OUTER:]):
            outer[line] = _DIGITS.sub("#", " ".join(line.text.split()))
    on = defaultdict[str, set[int]](set)
    for line, key in outer.items():
        on[key].add(line.page)
    fewest = max(FEWEST_PAGES, REPEATED * pages)
    for line, key in outer.items():
        if _PAGE_NUMBER.fullmatch(line.text):
            on[key].update(range(1, int(fewest) + 2))
    return [line for line in lines if line not in outer or len(on[outer[line]]) < fewest]


class _Row(NamedTuple):
    """Lines at one height, which are the cells of a row where they are several."""

    cells: tuple[Line, ...]
    text: str

    @property
    def first(self) -> Line:
        return self.cells[0]


def _joined_rows(lines: Iterable[Line]) -> list[_Row]:
    rows: list[list[Line]] = []
    for line in lines:
        last = rows[-1][-1] if rows else None
        beside = last and last.page == line.page and abs(last.height - line.height) < line.size / 3
        if last and beside and line.left > last.left:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_row(cells) for cells in rows]


def _row(cells: list[Line]) -> _Row:
    if len(cells) > 1 and (
        _BULLET.fullmatch(cells[0].text) or _NUMBER.fullmatch(f"{cells[0].text} ")
    ):
        mark, *cells = cells
        first = cells[0]._replace(text=f"{mark.text} {cells[0].text}")
        cells = [first, *cells[1:]]
    return _Row(tuple(cells), row_of(line.text for line in cells))


class _Layout:
    """One walk over the lines of a document."""

    def __init__(self, rows: Sequence[_Row]) -> None:
        self._rows = rows
        sizes = Counter[float]()
        for row in rows:
            sizes[round(row.first.size, 1)] += len(row.text)
        self._body = sizes.most_common(1)[0][0] if sizes else 0.0
        large = {round(row.first.size, 1) for row in rows if self._is_heading(row)}
        self._levels = {size: place + 1 for place, size in enumerate(sorted(large, reverse=True))}
        body = [row for row in rows if not self._is_heading(row)]
        lengths = sorted(len(row.text) for row in body)
        self._length = lengths[len(lengths) * 3 // 4] if body else 0
        self._words = {word.casefold() for row in rows for word in _WORD.findall(row.text)}
        full = [pair for pair in pairwise(body) if len(pair[0].text) > FULL * self._length]
        gaps = [one.first.height - two.first.height for one, two in full]
        near = [gap for gap in gaps if 0 < gap < 3 * self._body]
        self._gap = median(near) if near else 1.2 * self._body

    def write(self) -> Writer:
        writer = Writer()
        for rows in self._blocks():
            page = rows[0].first.page
            if self._is_heading(rows[0]):
                level = self._levels[round(rows[0].first.size, 1)]
                text = " ".join(row.text for row in rows)
                writer.add("heading", text, level=min(level, MOST_LEVELS), page=page)
            elif len(rows[0].cells) > 1:
                _write_table(writer, rows)
            else:
                text = self._join([row.text for row in rows])
                bullet = _BULLET.match(text)
                is_item = bullet or _NUMBER.match(text)
                text = text[bullet.end() :] if bullet else text
                level = 1 if is_item else 0
                writer.add("item" if is_item else "paragraph", text, level=level, page=page)
        return writer

    def _is_heading(self, row: _Row) -> bool:
        if row.first.size < LARGER * self._body or len(row.text) > LONGEST_HEADING:
            return False
        return sum(map(str.isalpha, row.text)) > 1

    def _blocks(self) -> Iterator[list[_Row]]:
        block: list[_Row] = []
        for row in self._rows:
            if block and not self._runs_on(block, row):
                yield block
                block = []
            block.append(row)
        if block:
            yield block

    def _runs_on(self, block: Sequence[_Row], row: _Row) -> bool:
        """Whether a line belongs to the block before it."""
        last = block[-1]
        one, two = last.first, row.first
        is_heading = self._is_heading(row)
        differs = abs(one.size - two.size) > (ALIKE if is_heading else NEAR) * two.size
        if differs or self._is_heading(last) != is_heading:
            return False
        if (len(last.cells) > 1) != (len(row.cells) > 1):
            return False
        gap = one.height - two.height
        if one.page != two.page or gap <= 0:  # a page or a column ends amid a sentence
            return not is_heading and row.text[:1].islower() and not _ends(last.text)
        if len(row.cells) > 1:
            return gap < WIDEST_ROW * two.size
        if gap > WIDE_GAP * (two.size if is_heading else self._gap):
            return False
        return is_heading or self._is_continued(block, row)

    def _is_continued(self, block: Sequence[_Row], row: _Row) -> bool:
        """Whether a line right below a paragraph goes on with it."""
        if _BULLET.match(row.text) or _NUMBER.match(row.text):
            return False
        last, size = block[-1], row.first.size
        is_indented = row.first.left > last.first.left + INDENT * size and len(block) > 1
        share = len(last.text) / max(self._length, 1)
        is_fresh = not row.text[:1].islower()
        if _ends(last.text):
            return not is_indented and not (is_fresh and share < SHORT)
        return not (is_fresh and share < SHORTER)

    def _join(self, lines: Sequence[str]) -> str:
        """Lines as one text; a word that a line's end breaks is one where others tell its form."""
        text = lines[0]
        for line in lines[1:]:
            first = _WORD.match(line)
            if not first or not _BROKEN.search(text):
                is_wide = text[-1:] >= _WIDE and line[:1] >= _WIDE
                text += line if is_wide else f" {line}"
                continue
            before = _WORD.search(text, _last_word(text))
            begun = (before.group() if before else "").casefold()
            whole, hyphened = (
                begun + first.group().casefold(),
                f"{begun}-{first.group().casefold()}",
            )
            if text.endswith("\u00ad") or whole in self._words:
                text = text[:-1] + line
            elif hyphened in self._words:
                text += line
            else:
                text += f"\n{line}"
        return text


def _write_table(writer: Writer, rows: Sequence[_Row]) -> None:
    texts = [[line.text for line in row.cells] for row in rows]
    for number, row in enumerate(rows):
        kind: BlockKind = "head" if number == 0 and is_head(texts) else "row"
        writer.add(kind, row.text, page=row.first.page)


def _ends(text: str) -> bool:
    return _STOPPED.search(text[-8:]) is not None


def _last_word(text: str) -> int:
    """Where the word begins in whose midst a line ends."""
    start = len(text) - 1
    while start and (text[start - 1].isalpha() or text[start - 1] in "-\u2010"):
        start -= 1
    return start
