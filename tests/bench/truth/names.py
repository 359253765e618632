"""Names and numbers of a question, found by how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from retrieval.values import Span

_WORD = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*")
_NUMBER = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w-]|[.,]\d)")
_OWNER = re.compile(r"['’]s$")
_DAYS = frozenset(
    "january february march april may june july august september october november december monday "
    "tuesday wednesday thursday friday saturday sunday i i'm god english".split()
)


def words(text: str) -> list[Span]:
    """The words of a text; an owner's 's is left out."""
    found = []
    for match in _WORD.finditer(text):
        word = _OWNER.sub("", match[0])
        found.append(Span(match.start(), match.start() + len(word)))
    return found


def find_names(question: str) -> list[Span]:
    """Runs of capitalised words past the first word; none in a title or in shouting."""
    if _is_title(question):
        return []
    spans = words(question)[1:]
    found = []
    for capital, run in groupby(spans, key=lambda s: _is_capital(question[s.start : s.end])):
        if capital:
            found += list(_unbroken(question, list(run)))
    return found


def _is_title(text: str) -> bool:
    """Whether most words of a text, past the first, have a capital."""
    spans = words(text)[1:]
    long = [text[s.start] for s in spans if s.end - s.start > 3]
    return bool(long) and sum(one.isupper() for one in long) >= 0.8 * len(long) and len(long) > 2


def _is_capital(word: str) -> bool:
    return word[0].isupper() and len(word) > 1 and word.casefold() not in _DAYS


def _unbroken(text: str, run: list[Span]) -> Iterator[Span]:
    """A run, parted where more than a space stands between two words."""
    start = run[0].start
    for one, other in zip(run, [*run[1:], None], strict=True):
        if other is None or text[one.end : other.start] != " ":
            yield Span(start, one.end)
            start = other.start if other else start


def find_numbers(question: str) -> list[Span]:
    """Numbers in digits that stand by themselves."""
    return [Span(*match.span()) for match in _NUMBER.finditer(question)]
