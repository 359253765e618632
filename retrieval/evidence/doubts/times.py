"""The time that a question names, where a quote is of another."""

from __future__ import annotations

import re

from retrieval.evidence.doubts.surroundings import Surroundings
from retrieval.quantities import Quantity, read_quantities
from retrieval.text.closed_classes import MONTHS

_YEAR = re.compile(r"\d{3,4}")
_SHORT = 3  # letters by which months differ


def other_time(question: str, first: Surroundings) -> tuple[str, str] | None:
    """The asked time and that of a quote, where it is another one and the asked is nowhere around.

    Args:
        question: The question.
        first: The quote.
    """
    asked = _dates(question)
    if not asked:
        return None
    said = _dates(first.quote)
    for text, date in asked:
        others = [written for written, other in said if _parts(text, date, written, other)]
        if not others or len(others) < len(said):
            continue
        if _YEAR.fullmatch(text) and text in first.around:
            continue
        around = _dates(first.around)
        if all(_parts(text, date, written, other) for written, other in around):
            return text, others[0]
    return None


def _dates(text: str) -> list[tuple[str, Quantity]]:
    found = [q for q in read_quantities(text) if q.kind == "date"]
    dates = [(text[q.start : q.end], q) for q in found]
    return [(written, q) for written, q in dates if q.low is not None or _month(written)]


def _parts(one: str, date: Quantity, other: str, its: Quantity) -> bool:
    """Whether two dates cannot be of one time; where one has no year, by their months alone."""
    if date.low is not None and its.low is not None:
        return not (date.low <= _end(its) and its.low <= _end(date))
    months = _month(one), _month(other)
    return None not in months and months[0] != months[1]


def _end(date: Quantity) -> float:
    return float("inf") if date.high is None else float(date.high)


def _month(written: str) -> str | None:
    words = (word[:_SHORT] for word in written.lower().replace(".", " ").split())
    known = {month[:_SHORT] for month in MONTHS}
    return next((word for word in words if word in known), None)
