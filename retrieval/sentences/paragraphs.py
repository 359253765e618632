"""Where a text's paragraphs stand, also where lines are wrapped at a fixed width."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from retrieval.values import Span

_LINE = re.compile(
    r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+|\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]"
)
_ITEM = re.compile(r"\s*(?:[-*•‣◦▪·–—]|\d{1,3}[.)]|[A-Za-z][.)])\s")
_ENDS = re.compile(r"[.!?…:。！？؟۔।॥]['\"”’»)\]]*$")

# The widths at which editors, mail programs and typesetters wrap a line of prose.
_NARROWEST, _WIDEST = 40, 120
# A wrapped block may hold a few short lines (ends of paragraphs) and a few capitalised ones.
_FULL_SHARE, _CONTINUED_SHARE = 0.6, 0.25
# Narrower columns look like lists and verses, so more lines have to tell.
_COLUMN, _FEWEST_LINES = 18, 4
_FULL_IN_COLUMN, _CONTINUED_IN_COLUMN = 0.75, 0.5
_QUOTED = re.compile(r"(?:>[ \t]?)+")  # what a mail program puts before each line of an answer


def find(text: str) -> list[Span]:
    """The paragraphs of `text`, in order; together they hold every letter and digit.

    A blank line always ends a paragraph. A single line end does too, unless the lines around
    it are wrapped at a fixed width: then it is a mere space.
    """
    return [span for lines in _blocks(text) for span in _join(text, lines)]


def _blocks(text: str) -> Iterator[list[Span]]:
    """Runs of lines without a blank one between them, all of one depth of quotation."""
    lines: list[Span] = []
    for match in _LINE.finditer(text):
        line, piece = Span(*match.span()), match.group()
        blank = piece.isspace()
        if not blank and lines and _depth(text, lines[-1]) != _depth(text, line):
            yield lines
            lines = []
        if not blank and not _QUOTED.fullmatch(piece):
            lines.append(line)
        elif lines and line.start != lines[-1].end:
            # The second line end after a line, or a line of nothing but spaces or marks.
            yield lines
            lines = []
    if lines:
        yield lines


def _join(text: str, lines: list[Span]) -> list[Span]:
    if len(lines) == 1 or not _is_wrapped(text, lines):
        return lines
    width = max(end - start for start, end in lines)
    joined = [lines[0]]
    for line, following in itertools.pairwise(lines):
        if _runs_on(text, line, following, width):
            joined[-1] = Span(joined[-1].start, following.end)
        else:
            joined.append(following)
    return joined


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Whether a fixed width, not the author, ended most of these lines."""
    width = max(end - start for start, end in lines)
    in_column = width < _NARROWEST and not _depth(text, lines[0])
    if width > _WIDEST or (in_column and (width < _COLUMN or len(lines) < _FEWEST_LINES)):
        return False
    pairs = list(itertools.pairwise(lines))
    full = sum(_is_full(text, line, following, width) for line, following in pairs)
    continued = sum(_is_continued(text, line, following) for line, following in pairs)
    full_share = _FULL_IN_COLUMN if in_column else _FULL_SHARE
    continued_share = _CONTINUED_IN_COLUMN if in_column else _CONTINUED_SHARE
    return full >= full_share * len(pairs) and continued >= continued_share * len(pairs)


def _depth(text: str, line: Span) -> int:
    """How many quotation marks a mail program has put before a line."""
    marks = _QUOTED.match(text, *line)
    return marks.group().count(">") if marks else 0


def _start(text: str, line: Span) -> int:
    """Where a line begins behind such marks."""
    marks = _QUOTED.match(text, *line)
    return marks.end() if marks else line.start


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether the next line's first word had no room on this line."""
    first, *_ = text[_start(text, following) : following.end].split(maxsplit=1)
    return len(text[line.start : line.end].rstrip()) + 1 + len(first) > width


def _is_continued(text: str, line: Span, following: Span) -> bool:
    """Whether the line end falls inside a sentence, as the letters on both sides tell."""
    first = text[_start(text, following) : following.end].lstrip()[0]
    if first.isupper() or not first.isalpha():
        return False
    return first.islower() or not _ENDS.search(text[line.start : line.end].rstrip())


def _runs_on(text: str, line: Span, following: Span, width: int) -> bool:
    if _ITEM.match(text, _start(text, following), following.end):
        return False
    return _is_full(text, line, following, width) or _is_continued(text, line, following)
