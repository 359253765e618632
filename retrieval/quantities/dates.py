"""Dates as they are written: years, months, days, decades, centuries, and those that stay relative.

A date is a range of days on a plain scale, 372 to a year and 31 to a month: it orders dates and
tells whether one lies within another, which is all that is asked of it. "June", "Friday" and "last
month" depend on when they were written, so they are found but never placed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from retrieval.text.closed_classes import (
    DEICTIC_DAYS,
    INDEFINITE_ARTICLES,
    MONTHS,
    ONES,
    ORDINALS,
    SEASONS,
    SHORT_MONTHS,
    WEEKDAYS,
)

_YEAR = 372
_MONTH = 31
_ORDINALS = [*ORDINALS, "twenty-first"]

_MONTH_NAME = (
    "(?P<month>"
    + "|".join(name.capitalize() for name in MONTHS)
    + "|"
    + "|".join(rf"{name.capitalize()}\b\.?" for name in sorted(SHORT_MONTHS, key=len, reverse=True))
    + ")"
)
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_ANY_YEAR = r"(?P<year>1\d{3}|20\d{2})"
_ERA = r"(?:\s?(?P<era>BCE|BC|B\.C\.E?\.?|CE|AD|A\.D\.))"
_PART = r"(?:(?:the\s)?(?:early|late|mid|beginning|middle|end)(?:[\s-]|\sof\s))?"
_WEEKDAY = "(?:" + "|".join(name.capitalize() for name in WEEKDAYS) + ")"
PERIODS = frozenset(
    [*"day night week weekend month year decade century quarter".split(), *SEASONS, *WEEKDAYS]
)
"""What "last" and "ago" date by, in lower case."""
_PERIOD = (
    "(?:"
    + "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in sorted(PERIODS))
    + "|centurie(?=s))"
)
_SMALL_NUMBERS = ONES[1:11]
_NUMBER = rf"(?:\d+|an?|{'|'.join(_SMALL_NUMBERS)}|several|a\sfew|many)"

# The first that matches at a place is the one: the fuller form stands before its parts.
_FORMS = {
    "iso": r"(?P<iso>(?:1\d{3}|20\d{2})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))",
    "numeric": (
        r"(?P<one>\d{1,2})(?P<parting>[/.])(?P<two>\d{1,2})(?P=parting)(?P<last>1\d{3}|20\d{2})"
    ),
    "day_month": rf"{_DAY}\s(?:of\s)?{_MONTH_NAME}(?:(?:\s?,)?\s{_ANY_YEAR})?",
    "month_day": rf"{_MONTH_NAME}\s{_DAY}(?![\d,]\d)(?:(?:\s?,)?\s{_ANY_YEAR})?",
    "month": rf"{_MONTH_NAME}(?:,?\s(?:of\s)?{_ANY_YEAR})?",
    "decade": r"(?:the\s)?(?P<decade>1\d{2}0|20\d0)['’]?s",
    "century": (
        r"(?:the\s)?(?P<century>\d{1,2}(?:st|nd|rd|th)|" + "|".join(_ORDINALS) + ")"
        rf"[\s-][Cc]entury(?:{_ERA})?"
    ),
    "era": rf"(?:(?P<before>AD)\s(?P<after_era>\d{{1,4}})|(?P<era_year>\d{{1,4}}){_ERA})",
    "years": r"(?P<from>1\d{3}|20\d{2})\s?(?:--|[–—/-])\s?(?P<to>1\d{3}|20\d{2}|\d{2})",
    "span": (
        r"(?:[Bb]etween|[Ff]rom)\s(?P<first>1\d{3}|20\d{2})"
        r"\s(?:and|to|until|till|through)\s(?P<final>1\d{3}|20\d{2})"
    ),
    "year": _ANY_YEAR,
    "relative": (
        r"(?:(?:[Ee]arly|[Ll]ater?|[Ee]arlier)\s)?"
        rf"(?:[Ll]ast|[Nn]ext|[Tt]his|[Tt]hat|[Pp]ast|[Pp]revious)\s{_PERIOD}"
        r"|(?:the\s)?(?:last|next|past|previous|coming)"
        rf"\s(?:few|couple\sof|{_NUMBER})\s{_PERIOD}s"
        rf"|[Rr]ecent\s{_PERIOD}s"
        rf"|{_NUMBER}\s{_PERIOD}s?\s(?:ago|earlier|later)"
        rf"|(?:\AY|y)esterday|(?:\AT|t)o(?:day|night|morrow)|{_WEEKDAY}"
    ),
}
OPENERS = (
    frozenset([*MONTHS, *SHORT_MONTHS, *_ORDINALS, *WEEKDAYS, *_SMALL_NUMBERS])
    | DEICTIC_DAYS
    | INDEFINITE_ARTICLES
    | frozenset(
        "twenty ad early earlier late later mid beginning middle end last next this that past "
        "previous coming recent between from tonight several many".split()
    )
)
"""The words that a date may begin with, in lower case; others begin with a digit."""
_MONTH_NUMBERS = {
    **{name: n for n, name in enumerate(MONTHS, start=1)},
    **{name[:3]: n for n, name in enumerate(MONTHS, start=1)},
    "sept": 9,
}
_FORM = {name: re.compile(f"{_PART}(?:{form})") for name, form in _FORMS.items()}


def _scanner() -> re.Pattern[str]:
    """All forms in one pass; which one matched is the name of its group."""
    forms = (
        f"(?P<{name}>" + re.sub(r"\(\?P<\w+>", "(?:", form).replace("(?P=parting)", "[/.]") + ")"
        for name, form in _FORMS.items()
    )
    return re.compile(
        r"(?<![^\s(\[“‘\"'—–/-])(?<!\d\s)(?<!\d[–/-])"
        rf"{_PART}(?:{'|'.join(forms)})(?!\w|[.,:/]\d|[–-]\w|%)"
    )


_ANY = _scanner()


class Date(NamedTuple):
    """A date in a text.

    Attributes:
        start: First character.
        end: One past the last.
        form: How it is written; a `year` is four digits that may as well be a count.
        low: Its first day on the scale, or None where it depends on when it was written.
        high: Its last day, or None.
    """

    start: int
    end: int
    form: str
    low: int | None
    high: int | None


def find_dates(text: str, starts: Iterable[int]) -> Iterator[Date]:
    """The dates of a sentence in order; whether a bare "1500" is one, the caller decides.

    Args:
        text: A sentence.
        starts: Where a digit or one of the `OPENERS` begins, ascending.
    """
    end = 0
    for start in starts:
        found = _ANY.match(text, start) if start >= end else None
        if found is None:
            continue
        form, end = found.lastgroup or "", found.end()
        parts = _FORM[form].fullmatch(found.group())
        read = _READERS.get(form)
        low, high = read(parts.groupdict()) if parts and read else (None, None)
        yield Date(start, end, form, low, high)


_Parts = Mapping[str, str | None]
_Days = tuple[int | None, int | None]


def _years(first: int, last: int) -> _Days:
    return first * _YEAR, (last + 1) * _YEAR - 1


def _read_month(parts: _Parts) -> _Days:
    year, month, day = parts["year"], parts["month"] or "", parts.get("day")
    if year is None:
        return None, None
    number = _MONTH_NUMBERS[month.lower().rstrip(".")]
    return _days(int(year), number, int(day) if day else None)


def _days(year: int, month: int, day: int | None) -> _Days:
    first = year * _YEAR + (month - 1) * _MONTH
    return (first, first + _MONTH - 1) if day is None else (first + day - 1, first + day - 1)


def _read_iso(parts: _Parts) -> _Days:
    year, month, day = (int(part) for part in (parts["iso"] or "").split("-"))
    return _days(year, month, day)


def _read_numeric(parts: _Parts) -> _Days:
    """Which of the two is the month differs between countries, unless one is past 12."""
    one, two, year = (int(parts[name] or 0) for name in ("one", "two", "last"))
    if min(one, two) < 1 or max(one, two) > 31 or min(one, two) > 12:
        return None, None
    if max(one, two) > 12 or one == two:
        return _days(year, min(one, two), max(one, two))
    return _years(year, year)


def _read_decade(parts: _Parts) -> _Days:
    first = int(parts["decade"] or 0)
    return _years(first, first + 9)


def _read_century(parts: _Parts) -> _Days:
    written = (parts["century"] or "").lower()
    digits = re.match(r"\d+", written)
    number = int(digits.group()) if digits else _ORDINALS.index(written) + 1
    if (parts["era"] or "").startswith("B"):
        return _years(-100 * number, -100 * number + 99)
    return _years(100 * number - 99, 100 * number)


def _read_era(parts: _Parts) -> _Days:
    year = int(parts["after_era"] or parts["era_year"] or 0)
    year = -year if (parts["era"] or "").startswith("B") else year
    return _years(year, year)


def _read_years(parts: _Parts) -> _Days:
    first, last = parts["from"] or "", parts["to"] or ""
    whole = int(first[: 4 - len(last)] + last)
    return _years(int(first), whole) if whole > int(first) else (None, None)


def _read_span(parts: _Parts) -> _Days:
    first, last = int(parts["first"] or 0), int(parts["final"] or 0)
    return _years(first, last) if first < last else (None, None)


def _read_year(parts: _Parts) -> _Days:
    year = int(parts["year"] or 0)
    return _years(year, year)


_READERS: dict[str, Callable[[_Parts], _Days]] = {
    "iso": _read_iso,
    "numeric": _read_numeric,
    "day_month": _read_month,
    "month_day": _read_month,
    "month": _read_month,
    "decade": _read_decade,
    "century": _read_century,
    "era": _read_era,
    "years": _read_years,
    "span": _read_span,
    "year": _read_year,
}
