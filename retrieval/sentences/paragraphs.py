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


def find(text: str) -> list[Span]:
    """The paragraphs of `text`, in order; together they hold every letter and digit.

    A blank line always ends a paragraph. A single line end does too, unless the lines around
    it are wrapped at a fixed width: then it is a mere space.
    """
    return [span for lines in _blocks(text) for span in _join(text, lines)]


def _blocks(text: str) -> Iterator[list[Span]]:
    """Runs of lines without a blank one between them."""
    lines: list[Span] = []
    for match in _LINE.finditer(text):
        piece = match.group()
        if not piece.isspace():
            lines.append(Span(*match.span()))
        elif lines and match.start() != lines[-1].end:
            # The second line end after a line, or a line of nothing but spaces.
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
    if not _NARROWEST <= width <= _WIDEST:
        return False
    pairs = list(itertools.pairwise(lines))
    full = sum(_is_full(text, line, following, width) for line, following in pairs)
    continued = sum(_is_continued(text, line, following) for line, following in pairs)
    return full >= _FULL_SHARE * len(pairs) and continued >= _CONTINUED_SHARE * len(pairs)


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether the next line's first word had no room on this line."""
    first, *_ = text[following.start : following.end].split(maxsplit=1)
    return len(text[line.start : line.end].rstrip()) + 1 + len(first) > width


def _is_continued(text: str, line: Span, following: Span) -> bool:
    """Whether the line end falls inside a sentence, as the letters on both sides tell."""
    first = text[following.start : following.end].lstrip()[0]
    if first.isupper() or not first.isalpha():
        return False
    return first.islower() or not _ENDS.search(text[line.start : line.end].rstrip())


def _runs_on(text: str, line: Span, following: Span, width: int) -> bool:
    if _ITEM.match(text, following.start, following.end):
        return False
    return _is_full(text, line, following, width) or _is_continued(text, line, following)
