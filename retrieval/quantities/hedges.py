"""What the words around a number say of the true value: "over 10,000", "10,000 or so"."""

from __future__ import annotations

import re
from typing import Literal

from retrieval.quantities.numerals import NUMERAL
from retrieval.quantities.units import PREFIX

Hedge = Literal["none", "exactly", "about", "nearly", "over", "at_least", "under", "at_most"]

_BEFORE: dict[Hedge, str] = {
    "exactly": "exactly|precisely",
    "nearly": "nearly|almost|just under|just below|close to|just shy of",
    "about": (
        r"about|around|approximately|approx\.?|roughly|some|an estimated|estimated at|circa|ca\."
        r"|c\.|in the region of|on the order of|[~≈∼]"
    ),
    "at_least": ("at least|no less than|no fewer than|not less than|not fewer than|a minimum of|≥"),
    "at_most": "at most|no more than|not more than|up to|as many as|as much as|a maximum of|≤",
    "over": (
        "(?:well |just |slightly |a little |far )?(?:over|above|more than|greater than"
        "|upwards? of)|in excess of|exceeding|>"
    ),
    "under": "(?:well |far )?(?:under|below|fewer than|less than|lower than)|<",
}
_DATE_BEFORE: dict[Hedge, str] = {
    "about": r"about|around|approximately|circa|ca\.|c\.",
    "under": "before",
    "at_most": "by|until",
    "over": "after",
}
_NO_NUMBER = rf"(?!\s(?:{PREFIX}\s?)?{NUMERAL})"  # which it would belong to: "37% at least three"
_BEHIND: dict[Hedge, str] = {
    "at_least": (
        r"\+|[- ]plus\b| or (?:more|greater|higher|over|older)\b(?! than)"
        rf"|,? at (?:the )?least\b{_NO_NUMBER}"
    ),
    "about": r" or so\b",
    "at_most": (
        r" or (?:fewer|less|lower|under|younger)\b(?! than)"
        rf"|,? at (?:the )?most\b{_NO_NUMBER}"
    ),
}


def _pattern(forms: dict[Hedge, str], shape: str) -> re.Pattern[str]:
    return re.compile(
        shape.format("|".join(f"(?P<{name}>{form})" for name, form in forms.items())),
        re.IGNORECASE,
    )


_HEDGED = _pattern(_BEFORE, r"(?:(?<=\s)|(?<=[(“\"—])|^)(?:{})\s?(?:a\stotal\sof\s)?$")
_HEDGED_DATE = _pattern(_DATE_BEFORE, r"(?:(?<=\s)|(?<=\()|^)(?:{})\s?(?:the\s)?$")
_HEDGED_BEHIND = _pattern(_BEHIND, "{}")
_LONGEST = 30
# What the hedges end with: without one of these there is none, which is soon seen.
_LAST_WORDS = tuple(
    "exactly precisely nearly almost under below to of about around approximately approx approx. "
    "roughly some estimated at circa ca. c. ~ ≈ ∼ least than ≥ most many much ≤ over above "
    "exceeding > < before by until after".split()
)


def hedge_before(text: str, start: int, floor: int, *, date: bool = False) -> tuple[Hedge, int]:
    """The hedge that ends where the number begins, and where it begins, at `floor` or later."""
    before = max(floor, start - _LONGEST)
    last = text[before:start].rsplit(None, 1)
    if not last or not last[-1].lower().lstrip('(“"—').endswith(_LAST_WORDS):
        return "none", start
    found = (_HEDGED_DATE if date else _HEDGED).search(text[before:start])
    return (_name(found), before + found.start()) if found else ("none", start)


def hedge_behind(text: str, end: int, ceiling: int) -> tuple[Hedge, int]:
    """The hedge that begins where the number ends, and where it ends, at `ceiling` or before."""
    found = _HEDGED_BEHIND.match(text, end, ceiling)
    return (_name(found), found.end()) if found else ("none", end)


def _name(found: re.Match[str]) -> Hedge:
    return next(name for name in (*_BEFORE, *_DATE_BEFORE) if found.groupdict().get(name))
