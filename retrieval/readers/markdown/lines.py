"""A source → the lines that Markdown's parser is given, and where each stands in the source.

What belongs to a note, a footnote or a definition by its indentation is moved out of it, and what
is no line of text (imports, tables of contents, the ends of notes) is left empty.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from retrieval.readers.markdown.masking import NOTES, Mask, blank, find_masks

INDENT = 4  # blanks by which what belongs to a note is indented

_IMPORTS = re.compile(r"^import\s[\w{}*,$ ]{1,300}\sfrom\s+[\"'][^\"'\n]+[\"'];?\s*$", re.MULTILINE)
_COMPONENT = re.compile(r"^[ \t]*<[A-Z]\w*[a-z]\w*[\s/>]", re.MULTILINE)
_ASIDE = re.compile(
    r"\s*(?:\[\[_?toc_?\]\]|@?\[toc\]|\{:?toc\}|-+8<-+.*|[!@]include\b.*|\[\[include\b.*\]\]"
    r"|\\(?:newpage|pagebreak)|::[\w-]+(?:\[.*\])?(?:\{.*\})?)\s*",
    re.IGNORECASE,
)
_INDENTED_NOTE = re.compile(r"( *)(!!!|\?\?\?\+?|===[!+]?)[ \t]+([^\"\n]*)(?:\"(.*)\")?[ \t]*$")
_FENCED_NOTE = re.compile(r"([ \t]*)(:{3,})[ \t]*+(\{?\.?[\w-]*)(.*)$")
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\[\]\s]{1,80}\]:[ \t]*")
_DEFINITION = re.compile(r" {0,3}:[ \t]{1,3}(?=\S)")
_MARKED_NOTE = re.compile(r"[!?]> +(?=\S)")
_ATTRIBUTES = re.compile(r"\s*\{[^{}]*\}\s*$")


class Line(NamedTuple):
    """A line that the parser is given.

    Attributes:
        text: What it reads.
        source: Where the line's first character stands in the source.
        end: Where the line ends in the source.
        next: Where the next one begins there; the same as `end` where no line end is.
        is_note: Whether it belongs to a note.
        defines: Whether it is the meaning of the term above it.
        is_code: Whether it stands in a fence.
    """

    text: str
    source: int
    end: int
    next: int
    is_note: bool = False
    defines: bool = False
    is_code: bool = False


class Page(NamedTuple):
    """A source as lines.

    Attributes:
        lines: In order.
        masks: The stretches of the source that are no text, in order.
        is_mdx: Whether elements of HTML hold Markdown.
        is_indented: Whether indented lines may be code.
    """

    lines: list[Line]
    masks: list[Mask]
    is_mdx: bool
    is_indented: bool


def read_lines(source: str, start: int, *, is_mdx: bool) -> Page:
    """The lines of `source`.

    Args:
        source: The whole source.
        start: Where its front matter ends.
        is_mdx: Whether it is MDX; a page that imports components is, whatever its name.
    """
    text = " " * start + source[start:].replace("\r\n", " \n").replace("\r", "\n")
    text = text.replace("\0", "\ufffd")
    is_mdx = is_mdx or _IMPORTS.search(text) is not None
    is_indented = not is_mdx and _COMPONENT.search(text) is None
    found = find_masks(text, is_mdx=is_mdx, is_indented=is_indented)
    shown = blank(text, found.masks)
    lines = _Lines(source, _Places(found.fences), _Places(found.notes))
    place = start
    for line in shown[start:].split("\n"):
        after = place + len(line) + 1
        end = after - 1 - (source[after - 2 : after] == "\r\n")
        lines.read(Line(line[: end - place], place, end, min(after, len(source))))
        place = after
    return Page(lines.lines, found.masks, is_mdx, is_indented)


class _Places:
    """Stretches, and whether one of them holds a place."""

    def __init__(self, stretches: Sequence[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(stretches):
            if not self._ends or end > self._ends[-1]:
                self._starts.append(start)
                self._ends.append(end)

    def hold(self, place: int) -> bool:
        at = bisect_right(self._starts, place) - 1
        return at >= 0 and place < self._ends[at]


class _Lines:
    """Reads one line after another."""

    def __init__(self, source: str, fences: _Places, notes: _Places) -> None:
        self.lines: list[Line] = []
        self._source = source
        self._fences = fences
        self._notes = notes
        self._indents: list[
            tuple[int, bool]
        ] = []  # what is open by indentation, and if it is a note
        self._fenced: list[bool] = []  # what is open by colons, and if it is a note

    def read(self, line: Line) -> None:
        line = self._outdent(line)
        is_note = any(self._fenced) or any(note for _, note in self._indents)
        is_note = is_note or self._notes.hold(line.source)
        line = line._replace(is_note=is_note, is_code=self._fences.hold(line.end))
        if line.is_code or not line.text.strip():
            self.lines.append(line)
        elif _ASIDE.fullmatch(line.text):
            self._empty(line)
        elif not self._opens(line):
            self.lines.append(self._begun(line))

    def _outdent(self, line: Line) -> Line:
        """Moved out of what it belongs to; what it does not belong to ends."""
        expanded = line.text.expandtabs(INDENT)
        indent = len(expanded) - len(expanded.lstrip())
        while line.text.strip() and self._indents and indent < self._indents[-1][0] + INDENT:
            self._indents.pop()
        for _ in self._indents:
            width = (
                1
                if line.text[:1] == "\t"
                else min(INDENT, len(line.text) - len(line.text.lstrip(" ")))
            )
            line = line._replace(text=line.text[width:], source=line.source + width)
        return line

    def _begun(self, line: Line) -> Line:
        """Without what is masked at its beginning, so that no blanks stand for it."""
        shown = len(line.text) - len(line.text.lstrip())
        stood = self._source[line.source : line.source + shown]
        width = len(stood.lstrip())
        return line._replace(text=line.text[width:], source=line.source + width)

    def _empty(self, line: Line) -> None:
        self.lines.append(line._replace(text=""))

    def _opens(self, line: Line) -> bool:
        """Read a line that opens or ends a note or the like."""
        if match := _INDENTED_NOTE.match(line.text):
            is_tab = match[2].startswith("===")
            self._title(line, *(match.span(4) if match[4] else (0, 0)), is_note=not is_tab)
            self._indents.append((self._depth(match[1]), not is_tab))
        elif match := _FENCED_NOTE.match(line.text):
            self._colons(line, match)
        elif match := _FOOTNOTE.match(line.text):
            self._part(line, match.end())
            self._indents.append((self._depth(""), False))
        elif (match := _DEFINITION.match(line.text)) and self._has_term():
            self._part(line._replace(defines=True), match.end())
            self._indents.append((self._depth(""), False))
        elif match := _MARKED_NOTE.match(line.text):
            self._part(line._replace(is_note=True), match.end())
        else:
            return False
        return True

    def _depth(self, indent: str) -> int:
        """The indentation in the source of a line that stands at `indent` here."""
        return INDENT * len(self._indents) + len(indent)

    def _has_term(self) -> bool:
        above = [line.text.strip() for line in self.lines[-2:]]
        return any(above)

    def _part(self, line: Line, start: int) -> None:
        """A line that begins at `start`, apart from what stands above it."""
        self.lines.append(Line("", line.source, line.source, line.source, line.is_note))
        self.lines.append(line._replace(text=line.text[start:], source=line.source + start))

    def _title(self, line: Line, start: int, end: int, *, is_note: bool) -> None:
        """A title as a paragraph of its own, or an empty line where there is none."""
        line = line._replace(is_note=line.is_note or is_note)
        if not line.text[start:end].strip():
            self._empty(line)
            return
        self._part(line._replace(text=line.text[:end]), start)
        self.lines.append(Line("", line.end, line.end, line.end, line.is_note))

    def _colons(self, line: Line, match: re.Match[str]) -> None:
        name = match[3].lstrip("{.")
        if not name:
            if self._fenced and not match[4].strip():
                self._fenced.pop()
            self._empty(line)
            return
        start, end = match.span(4)
        if tail := _ATTRIBUTES.search(line.text, start):
            end = tail.start()
        title = line.text[start:end]
        bare = title.strip()
        start += len(title) - len(title.lstrip())
        end = start + len(bare)
        if bare.startswith("[") and bare.endswith("]"):
            start, end = start + 1, end - 1
        self._fenced.append(name.lower() in NOTES)
        self._title(line, start, end, is_note=self._fenced[-1])
