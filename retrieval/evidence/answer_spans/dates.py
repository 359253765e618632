"""When: the one date of a sentence that the question does not have."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.evidence.answer_spans.asides import is_aside
from retrieval.quantities import Quantity, read_quantities
from retrieval.quantities.dates import Date, find_dates
from retrieval.quantities.openings import find_openings
from retrieval.values import Span

_ASKING = re.compile(
    r"\bwhen\b|\b(?:what|which)\s(?:\w+\s)?"
    r"(?P<period>year|date|day|month|decade|century)s?\b",
    re.IGNORECASE,
)
_EDGE = 2  # words at most before the question word, or after it: else it opens a clause
_YEAR = 372  # days of the scale of `dates`
_MONTH = 31

_ANY = range(1, 1 << 30)
# How many days a date may span that answers after such a period.
_FITS: dict[str | None, range] = {
    None: _ANY,
    "year": _ANY,
    "date": range(1, 2),
    "day": range(1, 2),
    "month": range(1, _MONTH + 1),
    "decade": range(10 * _YEAR, 10 * _YEAR + 1),
    "century": range(100 * _YEAR, 100 * _YEAR + 1),
}


def find_date(question: str, text: str) -> Span | None:
    """The date that answers: the only one that is new, is no aside, and is as exact as is asked.

    A year that is part of a name ("the Act of 1960") is a rival too.
    """
    asking = _ASKING.search(question)
    if asking is None or not _is_at_an_edge(question, asking):
        return None
    fits = _FITS[asking["period"] and asking["period"].lower()]
    known = [q for q in read_quantities(question) if q.kind == "date"]
    new = [
        date
        for date in find_dates(text, find_openings(text).dates)
        if date.low is not None and not _is_known(date, question, text, known)
    ]
    if len(new) != 1 or _days(new[0]) not in fits or is_aside(text, new[0].start):
        return None
    return next((Span(q.start, q.end) for q in read_quantities(text) if _is_of(q, new[0])), None)


def _is_at_an_edge(question: str, asking: re.Match[str]) -> bool:
    around = question[: asking.start()], question[asking.end() :]
    return any(len(words.split()) <= _EDGE for words in around)


def _is_known(date: Date, question: str, text: str, known: Sequence[Quantity]) -> bool:
    if text[date.start : date.end].lower() in question.lower():
        return True
    return any(_lies_within(date, other) for other in known)


def _lies_within(date: Date, other: Quantity) -> bool:
    if date.low is None or date.high is None or other.low is None or other.high is None:
        return False
    return other.low <= date.low and date.high <= other.high


def _days(date: Date) -> int:
    return 0 if date.low is None or date.high is None else date.high - date.low + 1


def _is_of(quantity: Quantity, date: Date) -> bool:
    return quantity.kind == "date" and quantity.start <= date.start and date.end <= quantity.end
