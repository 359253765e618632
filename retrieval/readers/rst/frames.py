"""A source while it is read: its lines, the frames that these belong to, what was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from retrieval.readers.anchors import Anchors
from retrieval.readers.rst.inline import lines_of, without_marks
from retrieval.readers.rst.lines import Line, code_span, split_lines
from retrieval.readers.writing import LayoutWriter, Piece
from retrieval.values import BlockKind, Span

DEEPEST = 40  # frames inside each other; what lies deeper is read as if it did not
_NO_ID = re.compile(r"[^a-z0-9]++")


@dataclass(slots=True, eq=False)
class Frame:
    """What lines belong to, by their indentation.

    Attributes:
        floor: The least indentation of a line that still belongs here.
        base: The indentation of its own lines; what is indented more is quoted.
        kind: Of its paragraphs.
        depth: How many lists it lies in.
        once: What its first paragraph is, until that is read.
        has_terms: Whether several terms may share one meaning.
    """

    floor: int
    base: int
    kind: BlockKind = "paragraph"
    depth: int = 0
    once: BlockKind | None = None
    has_terms: bool = False


class _Lead(NamedTuple):
    """The beginning of a block that goes on with the first paragraph indented below it."""

    kind: BlockKind
    spans: list[Span]
    floor: int


class Page:
    """A source, and what was read of it.

    Attributes:
        source: It.
        lines: Its lines; of one that is read in steps what is left of it.
        frames: The open ones, outermost first.
        writer: What was read.
        target: The name that was given to what comes next.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.lines = split_lines(source)
        self.frames = [Frame(0, 0)]
        self.writer = LayoutWriter(source)
        self.target = ""
        self._anchors = Anchors()
        self._styles: list[tuple[str, bool]] = []  # of titles, the highest first
        self._lead: _Lead | None = None

    # Lines

    def text(self, at: int) -> str:
        """What stands in a line; empty where there is none."""
        return self.lines[at].text if at < len(self.lines) else ""

    def run_of(self, at: int, belongs: Callable[[Line], bool]) -> int:
        """The line after those that belong together, none of them empty."""
        while at < len(self.lines) and self.lines[at].text and belongs(self.lines[at]):
            at += 1
        return at

    def below(self, at: int, indent: int) -> int:
        """The line after those that are empty or indented more."""
        while at < len(self.lines) and (self.lines[at].indent > indent or not self.text(at)):
            at += 1
        return at

    def skip(self, at: int) -> int:
        """The line after a line and all that is indented below it."""
        return self.below(at + 1, self.lines[at].indent)

    def is_over(self, at: int, indent: int) -> bool:
        """Whether a line is not empty and is indented more than so much."""
        return bool(self.text(at)) and self.lines[at].indent > indent

    # Frames

    def frame_of(self, indent: int) -> Frame:
        """The frame of a line, by its indentation."""
        while indent < self.frames[-1].floor:
            self.frames.pop()
        frame = self.frames[-1]
        if indent <= frame.base or self._lead:
            return frame
        kind: BlockKind = "quotation" if frame.kind == "paragraph" else frame.kind
        return self.push(Frame(indent, indent, kind, frame.depth))

    def push(self, frame: Frame) -> Frame:
        """Open a frame, if not too many are open."""
        if len(self.frames) < DEEPEST:
            self.frames.append(frame)
        return self.frames[-1]

    def open(self, below: int, indent: int, kind: BlockKind) -> Frame:
        """Open a frame for what is indented from a line on, more than so much."""
        while below < len(self.lines) and not self.text(below):
            below += 1
        base = self.lines[below].indent if self.is_over(below, indent) else indent + 3
        return self.push(Frame(indent + 1, base, kind, self.frames[-1].depth))

    def open_rest(self, at: int, count: int, frame: Frame) -> int:
        """Go on reading a line without its first characters, in a frame of its own."""
        rest = self.lines[at].after(count)
        self.lines[at] = rest._replace(indent=frame.base)
        return at if rest.text else at + 1

    # Blocks

    def lead(self, kind: BlockKind, spans: list[Span], indent: int) -> None:
        """Begin a block that goes on with the first paragraph that is indented more."""
        self.end_lead()
        self._lead = _Lead(kind, spans, indent + 1)

    def end_lead(self) -> None:
        """Write what was begun, as nothing follows that belongs to it."""
        if lead := self._lead:
            self._lead = None
            if any(map(str.isalpha, self._words(lead.spans))):  # a mere version is dropped
                self._write(lead.kind, lead.spans)

    def paragraph(self, frame: Frame, spans: list[Span], indent: int) -> None:
        """Write a paragraph, as its frame or what was begun before has it."""
        lead, kind, frame.once = self._lead, frame.once or frame.kind, None
        if lead and indent >= lead.floor:
            self._lead = None
            self._write(lead.kind, [*lead.spans, *spans])
            return
        self.end_lead()
        self._write(kind, spans, frame.depth if kind == "item" else 0)

    def block(self, kind: BlockKind, spans: list[Span]) -> None:
        """Write a block of its own."""
        self.end_lead()
        self._write(kind, spans)

    def row(self, kind: BlockKind, spans: list[Span]) -> None:
        """Write a row, its gaps among its stretches."""
        self.end_lead()
        self._add(kind, without_marks(self.source, spans))

    def code(self, at: int, end: int, *, is_marked: bool = False) -> None:
        """Write some lines as code, without what all of them are indented by.

        Args:
            at: The first line.
            end: The one after the last.
            is_marked: Whether there are marks inside them.
        """
        lines = self.lines[at:end]
        column = min(line.indent for line in lines if line.text)
        spans = [code_span(self.source, line, column) for line in lines]
        self.end_lead()
        written = lines_of(self.source, spans)
        self._add("code", without_marks(self.source, written) if is_marked else written)

    def heading(self, at: int, style: tuple[str, bool]) -> None:
        """Write a title; its level follows from how others before it were adorned."""
        if style not in self._styles:
            self._styles.append(style)
        level = min(6, self._styles.index(style) + 1)
        self.end_lead()
        spans = without_marks(self.source, [self.lines[at].span])
        stated = _NO_ID.sub("-", self.target.lower()).strip("-")
        anchor = self._anchors.of(self._words(spans), stated or None)
        self._add("heading", spans, level=level, anchor=anchor)
        self.target = ""

    def _write(self, kind: BlockKind, spans: list[Span], level: int = 0) -> None:
        shown = without_marks(self.source, lines_of(self.source, spans))
        self._add(kind, shown, level=level)
        self.target = ""

    def _add(
        self, kind: BlockKind, spans: Sequence[Span], *, level: int = 0, anchor: str = ""
    ) -> None:
        """Write a block; what has no letter or digit is none, if it is no code."""
        if kind == "code" or any(map(str.isalnum, self._words(spans))):
            pieces = (Piece(*span) for span in spans if span.start < span.end)
            self.writer.add(kind, pieces, level=level, anchor=anchor)

    def _words(self, spans: Sequence[Span]) -> str:
        """What stands in some stretches of the source."""
        return "".join(self.source[start:end] for start, end in spans)
