"""A page's lines → its blocks, written one by one as markdown-it's parser finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it.token import Token

from retrieval.readers.anchors import Anchors
from retrieval.readers.markdown.html import Elements, Part
from retrieval.readers.markdown.inline import NESTING, Mark, parser, read_inline
from retrieval.readers.markdown.lines import Page
from retrieval.readers.markdown.placing import Placing, Segment
from retrieval.readers.writing import LayoutWriter, Piece
from retrieval.values import BlockKind

CHUNK = 2_000  # lines that are parsed together, if there is a place to part them
MOST_LINES = 20_000  # lines that are parsed together
_ATTRIBUTES = re.compile(r"(?<!\s)\s*+\{:?[^{}]*\}$|^\{:?[^{}]*\}$")  # "Bees {#bees .wide}"
_STATED = re.compile(r"#([^\s{}.#]+)|\bid=[\"']?([^\s\"'{}]+)")
_BOX = re.compile(r"\[[ xX]\]\s")
_ALERT = re.compile(r"\[![A-Za-z]+\][+-]?[ \t]*")
_AROUND = ("blockquote_open", "list_item_open")  # what others are nested in
_DEFINED = re.compile(r"^ {0,3}\[([^\[\]^][^\[\]]{0,200})\]:[ \t]*(\S+)")
# A line that is no text of its own: a template's tag, hashtags.
_ASIDE = re.compile(r"\{.*\}|#\w[\w/-]*(?:\s+#\w[\w/-]*)*")


class _Kind(NamedTuple):
    """What Markdown takes a block for.

    Attributes:
        kind: Its kind, where no element of HTML says otherwise.
        level: Of a heading, or how many items are open.
        anchor: What its author calls a heading.
        is_top: Whether it stands in nothing else.
        is_markup: Whether it is HTML.
    """

    kind: BlockKind
    level: int = 0
    anchor: str | None = None
    is_top: bool = False
    is_markup: bool = False


_CELLS = _Kind("row")


class Reader:
    """Reads one page.

    Attributes:
        title: The words of the heading that comes first, if one does.
    """

    def __init__(self, source: str, page: Page) -> None:
        self.title: str | None = None
        self.writer = LayoutWriter(source)
        self._page = page
        self._placing = Placing(page)
        self._parser = parser(has_code=page.is_indented, has_markup=not page.is_mdx)
        self._anchors = Anchors()
        self._env: dict[str, object] = {}
        self._untitled = True  # nothing has come yet that is a text of its own
        self._items: list[bool] = []  # the items that are open, and whether each is still empty
        self._quotes: list[bool] = []  # the quotations that are open, and whether each is a note
        self._html = Elements()
        self._anchor: str | None = None  # what an element before a heading calls it
        self._cells: list[str] = []  # of the row that is being read
        self._line = 0  # in which it stands

    def run(self) -> None:
        """Read all of it.

        Raises:
            ValueError: It is nested so deep that the parser would leave words out.
        """
        for first, last in self._chunks():
            text = "\n".join(line.text for line in self._page.lines[first:last])
            tokens: list[Token] = []
            self._parser.block.parse(text, self._parser, self._env, tokens)
            if any(one.level >= NESTING - 1 and one.type in _AROUND for one in tokens):
                raise ValueError("nested too deep")
            self._items, self._quotes = [], []
            for at, token in enumerate(tokens):
                self._token(token, tokens[max(at, 1) - 1], first)

    def _chunks(self) -> Iterator[tuple[int, int]]:
        """Stretches of lines that are parsed together, so that memory and time stay bounded."""
        lines = self._page.lines
        first = 0
        if len(lines) > CHUNK:
            self._env["references"] = dict(self._defined())
        for number in range(1, len(lines)):
            apart = not lines[number - 1].text.strip() and lines[number].text[:1].strip()
            enough = MOST_LINES if not apart else CHUNK
            if number - first >= enough and not lines[number].is_code:
                yield first, number
                first = number
        yield first, len(lines)

    def _defined(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Where links lead that are defined anywhere on the page."""
        for line in self._page.lines:
            if not line.is_code and (match := _DEFINED.match(line.text)):
                label = " ".join(match[1].split()).lower().upper()
                yield label, {"title": "", "href": match[2]}

    def _token(self, token: Token, before: Token, first: int) -> None:
        kind = token.type
        if kind == "list_item_open":
            self._items.append(True)
        elif kind == "list_item_close":
            self._items.pop()
        elif kind == "blockquote_open":
            self._quotes.append(False)
        elif kind == "blockquote_close":
            self._quotes.pop()
        elif kind in {"fence", "code_block"}:
            self._code(token, first)
        elif kind == "html_block":
            self._markup(token, first)
        elif kind == "tr_close":
            self._row(before.type)
        elif kind == "inline":
            self._inline(token, before, first)
        elif kind == "tr_open":
            self._line = first + (token.map or [0])[0]

    def _code(self, token: Token, first: int) -> None:
        start = first + (token.map or [0])[0] + (token.type == "fence")
        pieces = self._placing.code(token.content.rstrip("\n"), start)
        self._write("code", list(pieces))
        self._fill()

    def _markup(self, token: Token, first: int) -> None:
        line = first + (token.map or [0])[0]
        self._blocks(token.content, line, self._kind(line)._replace(is_markup=True))

    def _inline(self, token: Token, before: Token, first: int) -> None:
        line = first + (token.map or [0])[0]
        if before.type in {"th_open", "td_open"}:
            self._cells.append(token.content)
        elif before.type == "heading_open":
            self._heading(token, line, int(before.tag.removeprefix("h")))
        else:
            self._paragraph(token.content, line)

    def _paragraph(self, content: str, line: int) -> None:
        start = 0
        if self._quotes and (alert := _ALERT.match(content)):
            self._quotes[-1], start = True, alert.end()
        if self._items and self._items[-1] and (box := _BOX.match(content)):
            start = box.end()
        defines = self._page.lines[line].defines
        if self._blocks(content, line, self._kind(line), start) and defines:
            self._define()

    def _define(self) -> None:
        """The term above and its meaning are one block."""
        above = self.writer.blocks[-2:-1]
        if above and above[0].kind in {"paragraph", "definition", "item", "admonition"}:
            self.writer.join("definition")

    def _kind(self, line: int) -> _Kind:
        if self._items and self._items[-1]:
            return _Kind("item", len(self._items))
        if any(self._quotes) or self._page.lines[line].is_note:
            return _Kind("admonition")
        return _Kind("quotation" if self._quotes else "paragraph")

    def _fill(self) -> None:
        if self._items:
            self._items[-1] = False

    def _heading(self, token: Token, line: int, level: int) -> None:
        content, stated = token.content, self._anchor
        if attributes := _ATTRIBUTES.search(content):
            content = content[: attributes.start()]
            found = _STATED.search(attributes[0])
            stated = (found[1] or found[2]) if found else stated
        self._blocks(content, line, _Kind("heading", level, stated, is_top=token.level == 1))

    def _blocks(self, content: str, line: int, block: _Kind, skipped: int = 0) -> bool:
        """Write the block that `content` is, or those into which elements of HTML part it."""
        segments = self._placing.of_block(content, line, is_heading=block.kind == "heading")
        self._html.begin(block.kind, block.level)
        self._anchor = block.anchor
        wrote, closed = False, -1
        for mark in read_inline(content, self._parser, self._env):
            shown = mark._replace(start=max(mark.start, skipped))
            pieces = self._pieces(shown, segments) if shown.start < mark.end else []
            if mark.kind != "tag":
                self._html.put(pieces)
                continue
            is_end = mark.value.startswith("</")
            self._anchor = self._html.anchor(mark.value) or self._anchor
            if mark.start == closed and not is_end:
                self._html.put(pieces)  # what stands in two elements is no one word
            closed = mark.end if is_end else -1
            wrote |= self._write_all(self._html.read(mark.value, pieces), block)
        wrote |= self._write_all(self._html.end(), block)
        if wrote:
            self._fill()
        return wrote

    def _write_all(self, parts: Iterator[Part], block: _Kind) -> bool:
        wrote = [self._write(*part, block) for part in parts]
        return any(wrote)

    def _pieces(self, mark: Mark, segments: Sequence[Segment]) -> list[Piece]:
        if mark.kind == "text":
            return list(self._placing.pieces(segments, mark.start, mark.end))
        start = self._placing.source(segments, mark.start)
        if mark.kind == "instead":
            return [Piece(start, start + mark.end - mark.start, mark.value)]
        return [Piece(start, start, "")]

    def _row(self, before: str) -> None:
        """Write a table's row; a bar stays where two cells would stand too near without it."""
        contents, self._cells = self._cells, []
        pieces: list[Piece] = []
        placed = self._placing.of_cells(self._line, contents) if contents else []
        for content, segments in zip(contents, placed, strict=False):
            cell = self.writer.trim(self._cell(content, segments))
            if pieces and cell:
                pieces += self.writer.between_cells(pieces[-1].end, cell[0].start)
            pieces += cell
        self._write("head" if before == "th_close" else "row", pieces)
        self._fill()

    def _cell(self, content: str, segments: Sequence[Segment]) -> Iterator[Piece]:
        for mark in read_inline(content, self._parser, self._env):
            pieces = self._pieces(mark, segments)
            if mark.kind == "tag" and not self._html.is_inline(mark.value):
                pieces = [one._replace(instead=" ") for one in pieces]
            yield from pieces if mark.kind != "tag" or pieces[0].instead else ()

    def _write(
        self, kind: BlockKind, pieces: list[Piece], level: int = 0, block: _Kind = _CELLS
    ) -> bool:
        """Write one block, and see whether it is the page's title."""
        words = self.writer.words(pieces)
        if not words:
            return False
        anchor = self._anchors.of(words, self._anchor) if kind == "heading" else ""
        self._anchor = None
        self.writer.add(kind, pieces, level=level, anchor=anchor)
        if self._untitled and not all(map(_is_aside, words.split("\n"))):
            self._untitled = block.is_markup and kind != "heading"
            if kind == "heading" and (block.is_top or block.is_markup):
                self.title = words
        return True


def _is_aside(line: str) -> bool:
    line = line.strip()
    return not any(map(str.isalnum, line)) or _ASIDE.fullmatch(line) is not None
