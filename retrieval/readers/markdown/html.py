"""Elements of HTML in Markdown → the blocks into which they part it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retrieval.readers.markdown.tags import BREAKS
from retrieval.readers.writing import Piece
from retrieval.values import BlockKind

Part = tuple[BlockKind, list[Piece], int]
_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
_ID = re.compile(r"\s(?:id|name)\s*=\s*[\"']?([^\s\"'<>]+)", re.IGNORECASE)
_LASTING = frozenset({"ul", "ol", "li", "blockquote", "table", "dl", "details"})
_KINDS: dict[str, BlockKind] = {
    "dt": "definition",
    "dd": "definition",
    "pre": "code",
    "blockquote": "quotation",
    "td": "row",
    "th": "head",
}
MOST_OPEN = 100  # elements in each other
_HEADING = re.compile(r"h[1-6]")


class Elements:
    """What is open, and the block that is being read."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._pieces: list[Piece] = []
        self._kind: BlockKind = "paragraph"
        self._level = 0
        self._row: set[str] = set()  # the kinds of cells that the row has
        self._is_headed = False  # whether the table's first row was read

    def begin(self, kind: BlockKind, level: int) -> None:
        """Begin to read what Markdown takes for a block of this kind and level."""
        self._kind, self._level = kind, level

    def put(self, pieces: Sequence[Piece]) -> None:
        """Go on with the block."""
        self._pieces += pieces

    def read(self, tag: str, place: Sequence[Piece]) -> Iterator[Part]:
        """Read a tag, and give the block that it ends, if any."""
        name = self._name(tag)
        if name in {"br", "hr"}:
            self.put([one._replace(instead="\n") for one in place])
        elif name in {"img", "input"}:
            self.put(place)
        elif name in {"td", "th"}:
            self._cell(name, tag, place)
        elif name == "dd" and not tag.startswith("</"):
            self.put([one._replace(instead="\n") for one in place])
            self._enter(name)
        elif name in BREAKS and not (name == "p" and self._open[-1:] == ["dd"]):
            yield from self._flush()
            self._turn(name, tag)

    def end(self) -> Iterator[Part]:
        """Give the rest; only what holds other blocks stays open."""
        yield from self._flush()
        self._open = [name for name in self._open if name in _LASTING]

    @staticmethod
    def is_inline(tag: str) -> bool:
        """Whether words on both sides of the tag may be one."""
        name = Elements._name(tag)
        return name not in BREAKS and name != "br"

    @staticmethod
    def anchor(tag: str) -> str | None:
        """The fragment that leads to an element."""
        match = None if tag.startswith("</") else _ID.search(tag)
        named = Elements._name(tag)
        return match[1] if match and (named in {"a", "span"} or _HEADING.fullmatch(named)) else None

    @staticmethod
    def _name(tag: str) -> str:
        match = _NAME.match(tag)
        return match[1].lower() if match else ""

    def _turn(self, name: str, tag: str) -> None:
        if name == "table":
            self._is_headed = False
        if tag.startswith("</"):
            self._leave(name)
        elif not tag.endswith("/>"):
            self._enter(name)

    def _enter(self, name: str) -> None:
        if name in {"li", "tr", "td", "th", "dt", "dd", "p", "option"} and name in self._open:
            at = len(self._open) - 1 - self._open[::-1].index(name)
            if not {"ul", "ol", "table", "dl"} & set(self._open[at:]):
                del self._open[at:]
        if len(self._open) < MOST_OPEN:
            self._open.append(name)

    def _leave(self, name: str) -> None:
        if name in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(name) :]

    def _cell(self, name: str, tag: str, place: Sequence[Piece]) -> None:
        """Cells of a row stay apart."""
        if tag.startswith("</"):
            self._leave(name)
        else:
            self.put([one._replace(instead="  ") for one in place])
            self._row.add(name)
            self._enter(name)

    def _flush(self) -> Iterator[Part]:
        pieces, self._pieces = self._pieces, []
        if self._row:
            kind = _KINDS["td"] if self._is_headed or "td" in self._row else _KINDS["th"]
            self._row, self._is_headed = set(), True
            yield kind, pieces, 0
        elif pieces:
            kind, level = self._kind_here()
            yield kind, pieces, level

    def _kind_here(self) -> tuple[BlockKind, int]:
        """The kind of the block that is open, and its level."""
        for name in reversed(self._open):
            if _HEADING.fullmatch(name):
                return "heading", int(name[1])
            if name == "li":
                return "item", max(1, sum(one in {"ul", "ol"} for one in self._open))
            if name in _KINDS:
                return _KINDS[name], 0
        return self._kind, self._level
