"""Stretches of a source, without the marks inside its lines: emphasis, literals, roles, links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from retrieval.readers.rst.lines import line_end
from retrieval.values import Span

_START = r"(?<![^\W_])(?<![`\\])"
_ROLE = _START + r":(?P<name>[A-Za-z][\w+.:-]{0,60}):(?=`)"
_AFTER = r"(?P<after>__?(?!\w)|:[A-Za-z][\w+.-]{0,60}:|(?!\w))"
_MARKS = re.compile(
    r"(?P<literal>(?<![`\\])``(?=\S)(?:[^`]|`(?!`)){1,2000}+``(?!`))"
    rf"|(?P<text>(?:{_ROLE})?+{_START}"
    r"`(?P<inner>(?:[^`\\]|\\.){1,2000}+)`"
    rf"{_AFTER})"
    r"|(?P<strong>(?<![\w*\\])\*\*(?=[^\s*])(?:[^*\\]|\\.|\*(?!\*)){1,2000}+(?<!\s)\*\*(?!\w))"
    r"|(?P<emphasis>(?<![\w*\\])\*(?=[^\s*])(?:[^*\\]|\\.){1,2000}+(?<!\s)\*(?![\w*]))"
    r"|(?P<note>\s?\[(?:\#[\w.-]{0,60}|\*|\d{1,5})\]_(?!\w))"
    r"|(?P<citation>\[[A-Za-z][\w.+-]{1,60}\](?P<mark>_)(?!\w))"
    r"|(?P<anchor>(?<!\w)_(?=`[^`\s]))"
    r"|(?P<gap>\\\s)"
    r"|(?P<escape>\\(?=[^\s\w]))"
    r"|(?P<reference>(?<=[^\W_])__?(?![\w`]))",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?=[^\s\w])")
_UNSHOWN = re.compile(r"raw|raw-.*", re.IGNORECASE)
_NUMBERED = frozenset({"pep", "rfc"})  # a role that is part of what is read: "PEP 8"


def lines_of(source: str, spans: Sequence[Span]) -> list[Span]:
    """Stretches of one block, each on a line of its own, with the line ends between them."""
    found: list[Span] = []
    for span in spans:
        if found and (end := line_end(source, found[-1].end, span.start)):
            found.append(end)
        found.append(span)
    return found


def without_marks(source: str, spans: Sequence[Span]) -> list[Span]:
    """What of some stretches is read, in order.

    Args:
        source: The source.
        spans: Stretches of one block, in order.
    """
    if not spans:
        return []
    first, last = spans[0].start, spans[-1].end
    return list(_subtract(spans, _find(source[first:last], first)))


def _find(text: str, offset: int) -> Iterator[Span]:
    """The marks in a text, in order."""
    for found in _MARKS.finditer(text):
        for start, end in _marks(text, found):
            if start < end:
                yield Span(start + offset, end + offset)


def _marks(text: str, found: re.Match[str]) -> list[tuple[int, int]]:
    start, end = found.span()
    if found["literal"] is not None:
        return [(start, start + 2), (end - 2, end)]
    if found["text"] is not None:
        return _interpreted(text, found)
    if found["strong"] is not None or found["emphasis"] is not None:
        width = 2 if found["strong"] else 1
        escapes = _escapes(text, start + width, end - width)
        return [(start, start + width), *escapes, (end - width, end)]
    if found["reference"] is not None and _is_inner(text, start):
        return []
    if found["citation"] is not None:
        return [found.span("mark")]
    return [(start, end)]


def _is_inner(text: str, end: int) -> bool:
    """Whether the word that ends at a place begins with "_", so that it is a name as it stands."""
    start = end
    while start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    return text[start] == "_"


def _interpreted(text: str, found: re.Match[str]) -> list[tuple[int, int]]:
    """The marks of a role or a link: all but what is read of it."""
    start, end = found.span()
    inner, stop = found.span("inner")
    role = (found["name"] or found["after"].strip("_:")).rpartition(":")[2]
    if _UNSHOWN.fullmatch(role):
        return [(start, end)]
    if role in _NUMBERED and found["name"]:
        return [(start, start + 1), (inner - 1, inner), (stop, end)]
    escapes = _escapes(text, inner, stop)
    words = text[inner:stop]
    opening = words.rfind("<") if words.rstrip().endswith(">") else -1
    if shown := words[: max(0, opening)].rstrip():
        shown_to = inner + len(shown)
        return [(start, inner), *(one for one in escapes if one[1] <= shown_to), (shown_to, end)]
    if opening >= 0:
        return [(start, inner + opening + 1), (inner + words.rindex(">"), end)]
    if words[:1] == "~" and role:
        inner += max(1, words.rfind(".") + 1)
    elif words[:1] == "!" and role:
        inner += 1
    return [(start, inner), *(one for one in escapes if one[0] >= inner), (stop, end)]


def _escapes(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The backslashes before signs in a stretch of a text."""
    return [found.span() for found in _ESCAPE.finditer(text, start, end)]


def _subtract(spans: Iterable[Span], marks: Iterable[Span]) -> Iterator[Span]:
    """What of `spans` lies in none of `marks`, both in order."""
    left = iter(marks)
    mark = next(left, None)
    for start, end in spans:
        place = start
        while mark and mark.start < end:
            if mark.start > place:
                yield Span(place, mark.start)
            place = max(place, mark.end)
            if mark.end > end:
                break
            mark = next(left, None)
        if place < end:
            yield Span(place, end)
