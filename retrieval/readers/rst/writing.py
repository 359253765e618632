"""Stretches of a source, block by block → a stored text that has nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.values import Block, BlockKind, Run, Span

_LINE_END = re.compile(r"\r\n|\n|\r")


class RunWriter:
    """A text that is the source with stretches taken out.

    Attributes:
        blocks: Those so far.
    """

    def __init__(self, source: str) -> None:
        """Begin with an empty text."""
        self.blocks: list[Block] = []
        self._source = source
        self._spans: list[Span] = []
        self._length = 0

    def add(
        self, kind: BlockKind, spans: Sequence[Span], *, level: int = 0, anchor: str = ""
    ) -> None:
        """Write a block; what has no letter or digit is none, if it is no code."""
        trimmed = self._trim(spans)
        if not trimmed or not (kind == "code" or any(map(str.isalnum, self.words(trimmed)))):
            return
        if self.blocks:
            self._part(self._spans[-1].end, trimmed[0].start)
        start = self._length
        for span in trimmed:
            self._put(span)
        self.blocks.append(Block(kind, start, self._length, level, anchor))

    def words(self, spans: Sequence[Span]) -> str:
        """What stands in some stretches of the source."""
        return "".join(self._source[start:end] for start, end in spans)

    def finish(self) -> tuple[str, tuple[Run, ...]]:
        """The text, and its stretches in the source."""
        runs: list[Run] = []
        length = 0
        for start, end in self._spans:
            last = runs[-1] if runs else None
            if last and last.source + last.length == start:
                runs[-1] = last._replace(length=last.length + end - start)
            else:
                runs.append(Run(length, start, end - start))
            length += end - start
        return self.words(self._spans), tuple(runs)

    def _part(self, start: int, end: int) -> None:
        """Up to two of the line ends between two blocks."""
        for count, found in enumerate(_LINE_END.finditer(self._source, start, end)):
            if count == 2:
                return
            self._put(Span(*found.span()))

    def _put(self, span: Span) -> None:
        self._spans.append(span)
        self._length += span.end - span.start

    def _trim(self, spans: Sequence[Span]) -> list[Span]:
        """Without blanks at both ends."""
        kept = [span for span in spans if span.start < span.end]
        first = 0
        while first < len(kept):
            words = self._source[kept[first].start : kept[first].end]
            if bare := words.lstrip():
                kept[first] = Span(kept[first].end - len(bare), kept[first].end)
                break
            first += 1
        del kept[:first]
        while kept:
            start, end = kept[-1]
            if bare := self._source[start:end].rstrip():
                kept[-1] = Span(start, start + len(bare))
                break
            kept.pop()
        return kept
