"""A Word document (DOCX) → its article, as a reader of its pages sees it.

python-docx opens it and knows its styles; the text is walked here, since it leaves out what stands
in tracked insertions, content controls and text boxes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from retrieval.errors import UnreadableSource
from retrieval.readers.composing import Writer, is_head, row_of, write_piece
from retrieval.readers.details import Details
from retrieval.readers.formats import Format, Found, Piece
from retrieval.readers.trouble import name
from retrieval.untrusted.archives import Archive
from retrieval.values import BlockKind

if TYPE_CHECKING:
    from docx.document import Document

LARGEST = 64 * 2**20  # bytes of a file
LARGEST_UNPACKED = 256 * 2**20  # bytes of all of its parts
LARGEST_PART = 32 * 2**20  # bytes of one of them that is XML: it takes ten times as much in memory
READER = "docx 1"
DEEPEST = 12  # tables inside each other that are read as tables; what lies deeper is text
MOST_BASES = 20  # styles that one may be based on, one upon the other
OLD = b"\xd0\xcf\x11\xe0"  # how a file begins that is encrypted, or of an older Word

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_HEADING = re.compile(r"heading ([1-9])")
_LISTED = re.compile(r"list (?:bullet|number)(?: (\d))?")
_CODE = re.compile(r"(?:source )?code(?: block)?|html preformatted|macro text")
_QUOTED = frozenset({"quote", "intense quote", "block text"})
_CONTENTS = re.compile(r"toc (?:\d|heading)|table of figures")
# What a page does not show where it stands: deletions, instructions of fields, twins of drawings.
_UNSEEN = frozenset(
    {_W + "del", _W + "moveFrom", _W + "instrText", _W + "delText", _MC + "Fallback"}
    | {_W + one for one in ("pPr", "rPr", "tblPr", "tcPr", "trPr", "sectPr", "footnoteReference")}
)
_BOX = _W + "txbxContent"


def read_document(found: Found, details: Details) -> Iterator[Piece]:
    """The article in a Word document.

    Raises:
        UnreadableSource: It is none, is encrypted or damaged, goes beyond what is read, or has no
            letter.
    """
    data, source = found.content(LARGEST), name(found.path)
    document = _open(data, source)
    try:
        writer = _Reading(document).write()
        core = document.core_properties
        title, author, language = core.title, core.author, core.language
    except Exception as error:
        raise UnreadableSource(source, "it is a damaged Word document; save it anew") from error
    stated = Details.of(title=title, author=author, language=language)
    yield write_piece(found, data, READER, writer, details, stated)


def _open(data: bytes, source: str) -> Document:
    from docx import Document  # noqa: PLC0415 - a question, which reads no file, is not slowed

    if data.startswith(OLD):
        reason = "it is encrypted, or of an old Word; save it as DOCX without a password"
        raise UnreadableSource(source, reason)
    archive = Archive(io.BytesIO(data), source, most=LARGEST_UNPACKED)
    for member in archive.members:
        archive.check(member, LARGEST_PART if member.endswith((".xml", ".rels")) else LARGEST)
    try:
        return Document(io.BytesIO(data))
    except Exception as error:
        raise UnreadableSource(source, "it is no Word document, or a damaged one") from error


class _Shape(NamedTuple):
    """What a paragraph is, by its style and its own properties."""

    kind: BlockKind | None
    level: int = 0


class _Reading:
    """One walk over a document."""

    def __init__(self, document: Document) -> None:
        self._body = document.element.body
        self._styles = {one.style_id: one.element for one in document.styles}
        self._shapes: dict[str, _Shape] = {}
        self._writer = Writer()

    def write(self) -> Writer:
        self._blocks(self._body, 0)
        return self._writer

    def _blocks(self, parent: Any, depth: int) -> None:  # noqa: ANN401 - an element of lxml, which has no types
        """The paragraphs and tables in an element, in order, whatever holds them."""
        for one in _within(parent, {_W + "p", _W + "tbl"}):
            if one.tag == _W + "p":
                self._paragraph(one, depth)
            else:
                self._table(one, depth + 1)

    def _paragraph(self, paragraph: Any, depth: int) -> None:  # noqa: ANN401 - see above
        shape = self._shape(paragraph)
        if shape.kind:
            self._writer.add(shape.kind, _text(paragraph), level=shape.level)
        for box in _within(paragraph, {_BOX}):
            self._blocks(box, depth)

    def _table(self, table: Any, depth: int) -> None:  # noqa: ANN401 - see above
        rows = list(_within(table, {_W + "tr"}))
        cells = [list(_within(row, {_W + "tc"})) for row in rows]
        if sum(map(len, cells)) == 1 and depth < DEEPEST:  # a frame around text
            self._blocks(cells[0][0], depth)
            return
        texts = [[_cell(cell) for cell in row] for row in cells]
        for number, (row, words) in enumerate(zip(rows, texts, strict=True)):
            says_so = number == 0 and (_names_columns(row) or all(map(_is_bold, cells[0])))
            heads = number == 0 and (says_so or is_head(texts))
            self._writer.add("head" if heads and len(rows) > 1 else "row", row_of(words))

    def _shape(self, paragraph: Any) -> _Shape:  # noqa: ANN401 - see above
        properties = paragraph.find(_W + "pPr")
        if properties is None:
            return self._styled("")
        level = _value(properties, "outlineLvl")
        numbering = properties.find(_W + "numPr")
        style = self._styled(_value(properties, "pStyle") or "")
        if style.kind == "heading":
            return style
        if level is not None and level.isdigit() and int(level) < 9:
            return _Shape("heading", min(int(level) + 1, 6))
        if numbering is None:
            return style
        if _value(numbering, "numId") == "0":
            return _Shape("paragraph")
        depth = _value(numbering, "ilvl") or "0"
        return _Shape("item", int(depth) + 1 if depth.isdigit() else 1)

    def _styled(self, style: str) -> _Shape:
        if style not in self._shapes:
            self._shapes[style] = self._look_up(style)
        return self._shapes[style]

    def _look_up(self, style: str) -> _Shape:
        """What a style makes of a paragraph, by its name or by what it is based on."""
        for _ in range(MOST_BASES):
            element = self._styles.get(style)
            if element is None:
                break
            if shape := _named(_value(element, "name") or ""):
                return shape
            properties = element.find(_W + "pPr")
            if properties is not None:
                level = _value(properties, "outlineLvl") or ""
                if level.isdigit() and int(level) < 9:
                    return _Shape("heading", min(int(level) + 1, 6))
                if properties.find(_W + "numPr") is not None:
                    return _Shape("item", 1)
            style = _value(element, "basedOn") or ""
        return _Shape("paragraph")


def _named(style: str) -> _Shape | None:
    """What the name of a style says; Word writes its own in English in every language."""
    style = style.lower()
    if style == "title":
        return _Shape("heading", 1)
    if heading := _HEADING.fullmatch(style):
        return _Shape("heading", min(int(heading[1]), 6))
    if listed := _LISTED.fullmatch(style):
        return _Shape("item", int(listed[1] or 1))
    if _CODE.fullmatch(style):
        return _Shape("code")
    if style in _QUOTED:
        return _Shape("quotation")
    return _Shape(None) if _CONTENTS.fullmatch(style) else None


def _value(parent: Any, tag: str) -> str | None:  # noqa: ANN401 - see above
    element = parent.find(_W + tag)
    return None if element is None else element.get(_W + "val")


def _within(parent: Any, tags: Iterable[str]) -> Iterator[Any]:  # noqa: ANN401 - see above
    """The nearest elements below one that have one of some tags, in order, but what is unseen."""
    wanted = frozenset(tags)
    pending = list(reversed(parent))
    while pending:
        one = pending.pop()
        if one.tag in wanted:
            yield one
        elif one.tag not in _UNSEEN and one.tag != _BOX and not _is_hidden(one):
            pending.extend(reversed(one))


def _is_hidden(element: Any) -> bool:  # noqa: ANN401 - see above
    """Whether it is a run of hidden text."""
    return element.tag == _W + "r" and _is_on(element.find(f"{_W}rPr/{_W}vanish"))


def _is_on(flag: Any) -> bool:  # noqa: ANN401 - see above
    return flag is not None and flag.get(_W + "val") not in {"0", "false", "off"}


def _text(paragraph: Any) -> str:  # noqa: ANN401 - see above
    """The words of a paragraph, without those of text boxes in it."""
    shown = {"t": None, "tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
    found = _within(paragraph, {_W + one for one in shown})
    words = (shown[one.tag.removeprefix(_W)] or one.text or "" for one in found)
    return re.sub(r"[^\S\n]*\n\s*", "\n", "".join(words)).strip()


def _cell(cell: Any) -> str:  # noqa: ANN401 - see above
    return " ".join(" ".join(map(_text, _within(cell, {_W + "p"}))).split())


def _names_columns(row: Any) -> bool:  # noqa: ANN401 - see above
    properties = row.find(_W + "trPr")
    return properties is not None and _is_on(properties.find(_W + "tblHeader"))


def _is_bold(cell: Any) -> bool:  # noqa: ANN401 - see above
    """Whether all words of a cell are bold by their own formatting."""
    runs = [run for run in _within(cell, {_W + "r"}) if "".join(_text(run).split())]
    return all(_is_on(run.find(f"{_W}rPr/{_W}b")) for run in runs)


FORMAT = Format(
    (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    read_document,
    reader=READER,
)
