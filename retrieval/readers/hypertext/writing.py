"""The text of a page in the making: stretches of text in their contexts → blocks."""

from __future__ import annotations

import re

from retrieval.readers.composing import gap_between
from retrieval.readers.hypertext.contexts import Context, Owner, Part
from retrieval.readers.hypertext.furniture import is_control
from retrieval.values import Block, BlockKind

BLANKS = " \t\n\r\f"
_BLANKS = re.compile(f"[{BLANKS}]+")
_BETWEEN_CELLS = "  "


class Writing:
    """What was read so far.

    Attributes:
        blocks: The blocks that are done.
        near: The fragment of a place that was passed since the last text.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.near = ""
        self._stored: list[str] = []
        self._length = 0
        self._parts: list[str] = []
        self._context = Context()
        self._kind: BlockKind = "paragraph"
        self._at_boundary = False
        self._gap = ""  # what stands before the next word of a block

    def finish(self) -> str:
        """The stored text; nothing may be added any more."""
        self._flush()
        return "".join(self._stored)

    def end_block(self) -> None:
        """Whatever comes next belongs to another block, or to another part of this."""
        self._at_boundary = True

    def no_row(self) -> None:
        """What was begun as a row is none."""
        self._flush(is_row=False)

    def end_line(self) -> None:
        """A line ends inside a block."""
        self._gap = "\n"

    def add(self, text: str, context: Context) -> None:
        """Text as it stands between two tags."""
        if context.is_code:
            self._add_code(text, context)
            return
        words = text.strip(BLANKS)
        if not words:
            self._gap = self._gap or " " * bool(text)
            return
        if context.points_here and not any(map(str.isalnum, words)):
            return  # the sign of a link to the place itself
        if text[0] in BLANKS:
            self._gap = self._gap or " "
        self._join(_BLANKS.sub(" ", words), context)
        self._gap = " " if text[-1] in BLANKS else ""

    def _join(self, words: str, context: Context) -> None:
        glue = self._glue(context) if self._parts else None
        if glue is None:
            self._begin(context)
        else:
            self._parts.append(glue)
        self._parts.append(words)
        self._context = context
        self._at_boundary = False

    def _glue(self, context: Context) -> str | None:
        """What stands between the block's words so far and more; None where its end is here."""
        last = self._context
        in_line = context.owner is not None and context.owner.kind in {"row", "heading"}
        if not self._at_boundary:
            return " " if in_line and self._gap else self._gap
        if context.owner is not None and context.owner is last.owner:
            return self._glue_within(context.owner, last.part, context.part)
        titled = last.part is not None and last.part.leads and self._kind == "admonition"
        if titled and context.owner is None and context.kind == "admonition":
            return "\n"
        return None

    def _glue_within(self, owner: Owner, last: Part | None, part: Part | None) -> str | None:
        if owner.kind == "row":
            return " " if part is last else _BETWEEN_CELLS
        if owner.kind == "heading":
            return " "
        if owner.kind == "definition" and self._kind == "definition":
            return "\n" if part is not last or (last and last.leads) else None
        return "\n" if owner.kind == "admonition" and last and last.leads else None

    def _add_code(self, text: str, context: Context) -> None:
        if context.owner is not self._context.owner or not self._parts:
            if not text.strip():
                return
            self._begin(context)
        elif (self._at_boundary and not self._parts[-1].endswith("\n")) or self._gap == "\n":
            self._parts.append("\n")
        self._parts.append(text)
        self._context = context
        self._at_boundary, self._gap = False, ""

    def _begin(self, context: Context) -> None:
        self._flush()
        self._kind = context.kind
        owner = context.owner
        if owner is None:
            return
        if not owner.is_spent:
            self._kind = owner.kind
        owner.is_spent = owner.kind in {"item", "definition"}

    def _flush(self, *, is_row: bool = True) -> None:
        written, self._parts, self._gap = "".join(self._parts), [], ""
        owner, kind = self._context.owner, self._kind
        if kind == "code":
            written = written.strip("\n").rstrip()
        elif any(map(str.isalnum, written)):
            written = written.strip()
        else:
            return
        if kind in {"paragraph", "item", "heading"} and is_control(written):
            return
        if not written:
            return
        level, anchor = 0, ""
        if owner is not None and kind in {"heading", "item"}:
            level = owner.level
            anchor = owner.anchor or (self.near if kind == "heading" else "")
        if kind == "row" and not is_row:
            kind = "paragraph"
        if kind == "row" and owner is not None and owner.heads and not owner.has_data:
            kind = "head"
        self.near = ""
        self._store(written, kind, level, anchor)

    def _store(self, written: str, kind: BlockKind, level: int, anchor: str) -> None:
        if self.blocks:
            gap = gap_between(self.blocks[-1].kind, kind)
            self._stored.append(gap)
            self._length += len(gap)
        indent = len(written) - len(written.lstrip())
        start, end = self._length + indent, self._length + len(written)
        self.blocks.append(Block(kind, start, end, level, anchor))
        self._stored.append(written)
        self._length = end
