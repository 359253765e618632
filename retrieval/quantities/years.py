"""Whether something that looks like a date is one: "in 2012", but not "2012 patients"."""

from __future__ import annotations

import re

from retrieval.quantities.dates import Date
from retrieval.quantities.nouns import find_noun
from retrieval.quantities.units import UNIT

_TEMPORAL = re.compile(
    r"(?:\b(?:in|since|from|by|until|till|during|before|after|around|about|circa|between|through"
    r"|early|late|mid|year|born|died|spring|summer|autumn|fall|winter|season|fiscal|to|late|into|for"
    r"|as of)|\bc\.|\bca\.)\s$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:[,(;–—-]|\b(?:and|or|of))\s?$")
_DETERMINED = re.compile(
    r"(?:\b(?:the|a|an|its|his|her|their|our|this|that)|['’]s)\s$", re.IGNORECASE
)
_ONE_OF_MANY = re.compile(r"\ban?\s$", re.IGNORECASE)
_NAMED = re.compile(r"[A-Z][\w'’-]*\s$")
_BEFORE_MONTH = re.compile(
    r"\b(?:in|of|since|until|till|by|last|this|next|early|late|mid|during|from|to|between|and"
    r"|every|each|through|before|after|around|about)[\s-]$",
    re.IGNORECASE,
)
_AMBIGUOUS_MONTHS = frozenset("May March August April June Jan Mar Apr Jun Jul Aug Dec Sep".split())
_CAPITAL = re.compile(r"\s[A-Z]")
_ENDS = re.compile(r"\s*(?:[.,;:)!?\]—–]|$)")
_FIRST_COMMON = 1900  # below, a number before a plural counts it more often than it is a year


def is_date(text: str, date: Date) -> bool | None:
    """Whether a date is meant: True, False for a plain number, None for part of a name."""
    before, written = text[max(0, date.start - 20) : date.start], text[date.start : date.end]
    if date.form == "month":
        return _is_month(before, written, text, date)
    if date.form == "years":
        return _is_span(before, written, text, date)
    if date.form != "year" or not written.isdigit():
        return True
    return _is_year(before, int(written), text, date)


def _is_span(before: str, written: str, text: str, date: Date) -> bool:
    """Whether two numbers span years: "2015–16" always does, "1500–2000 men" does not."""
    if re.search(r"\D\d\d$", written) or find_noun(text, date.end) is None:
        return True
    return any(sign.search(before) for sign in (_TEMPORAL, _DETERMINED, _LISTED))


def _is_month(before: str, written: str, text: str, date: Date) -> bool | None:
    if date.low is not None or written.rstrip(".") not in _AMBIGUOUS_MONTHS:
        return True
    if _CAPITAL.match(text, date.end):
        return None  # "June Carter"
    return True if _BEFORE_MONTH.search(before) else None


def _is_year(before: str, year: int, text: str, date: Date) -> bool | None:
    if UNIT.match(text, date.end):
        return False
    counted = find_noun(text, date.end) is not None
    if _TEMPORAL.search(before):
        return year >= _FIRST_COMMON or not counted
    if _CAPITAL.match(text, date.end) and not _ONE_OF_MANY.search(before):
        return None  # "the 2012 Olympics", but "a 2012 Olympics documentary"
    if _DETERMINED.search(before):
        return not counted
    if _ENDS.match(text, date.end) and _NAMED.search(before):
        return None  # "Windows 2000"
    return not counted and bool(_LISTED.search(before))
