"""The numbers, dates and amounts of a sentence, with their units, hedges and what they count.

Libraries for it (quantulum3, recognizers-text, dateparser, price-parser) were tried on the same
sentences: they misread them more often, or took 10 to 20 times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import chain
from typing import Literal, NamedTuple

from retrieval.quantities.amounts import Amount, read_amount
from retrieval.quantities.dates import find_dates
from retrieval.quantities.hedges import Hedge, hedge_before, hedge_behind
from retrieval.quantities.labels import find_serials, is_label
from retrieval.quantities.nouns import find_noun, find_portion
from retrieval.quantities.numerals import Number
from retrieval.quantities.openings import Openings, find_openings
from retrieval.quantities.ordinals import find_ordinals
from retrieval.quantities.shares import find_shares
from retrieval.quantities.years import is_date
from retrieval.values import Span

Kind = Literal["count", "money", "percent", "measure", "duration", "age", "ordinal", "date"]


class Quantity(NamedTuple):
    """A number, date or amount in a sentence.

    Attributes:
        start: First character, the hedge included.
        end: One past the last, the unit included.
        kind: What sort it is.
        low: The value as it is written, in `unit`; the lower one of a range. A date's first day on
            the scale of `dates`. None where it is relative ("last month").
        high: The same as `low`, or the upper one of a range; None where it is open ("thousands").
        step: How finely the number is stated: 1 for "12", 100,000 for "1.5 million".
        unit: The unit's name ("kilometre", "USD", "percent"), with its rate ("gram/day"); "" for
            what is counted.
        hedge: What the words around it say of the true value.
        of: Where the noun stands that it counts ("troops"), or None.
    """

    start: int
    end: int
    kind: Kind
    low: Fraction | None
    high: Fraction | None
    step: Fraction
    unit: str = ""
    hedge: Hedge = "none"
    of: Span | None = None


_KINDS: dict[str, Kind] = {"money": "money", "percent": "percent", "duration": "duration"}
_OLD = re.compile(r"[\s-]olds?\b|\sof\sage\b")
_AGED = re.compile(r"\b(?:aged?|ages|age\sof)\s$", re.IGNORECASE)
_RATE = re.compile(
    r"(?:\s?/\s?|\sper\s)(?P<per>(?:[\d,.]+\s)?[^\W\d_]+)"
    r"|\s(?:an?|each|every)\s(?P<each>second|minute|hour|day|night|week|month|year)\b"
)
_OF = re.compile(r"\sof\s(?:the\s|its\s|their\s|his\s|her\s|these\s|those\s)?")
_STRONG = re.compile(r"-strong\b")
_HYPHENED = re.compile(r"[-‑][^\W\d_]")
_ONE_PRONOUN = re.compile(
    r"\b(?:the|this|that|no|each|every|any|another|which|as|when)\s$", re.IGNORECASE
)
_ONE = Fraction(1)
_MOST = 500  # places where a number may begin: with more, a text is a table and no sentence


class _Found(NamedTuple):
    """What a text has, in order once all is read."""

    quantities: list[Quantity]
    numbers: list[Number]


def read_quantities(text: str) -> list[Quantity]:
    """The quantities of a sentence, in order; none overlaps another.

    Numbers that name or label, "F-16", "Section 5", "[12]", a score, are none. A text with hundreds
    of numbers is a table, and has none either.
    """
    return list(_read(text).quantities)


def read_numbers(text: str) -> list[Number]:
    """The numbers of a sentence, in order, but for dates, ranks and those that name or label.

    Those of a quantity, and those that say how large a thing is, "a 25-member team".
    """
    return list(_read(text).numbers)


@lru_cache(maxsize=1 << 12)
def _read(text: str) -> _Found:
    """Kept for the sentences that come up again and again in the answers of one library."""
    found = _Found([], [])
    openings = find_openings(text)
    if len(openings.numbers) > _MOST:
        return found
    taken = list(find_serials(text)) if openings.numbers else []
    quantities = chain(
        _read_dates(text, openings, taken),
        _read_shares(text, openings, taken, found.numbers),
        _read_numbers(text, openings, taken, found.numbers),
        _read_ordinals(text, openings, taken),
    )
    for quantity in quantities:
        found.quantities.append(quantity)
        taken.append(Span(quantity.start, quantity.end))
    found.quantities.sort(key=lambda quantity: quantity.start)
    found.numbers.sort()
    return found


def _overlaps(taken: list[Span], start: int, end: int) -> bool:
    return any(start < other.end and other.start < end for other in taken)


def _room(text: str, taken: list[Span], start: int, end: int) -> Span:
    """How far the hedge and the unit of what stands at `start`–`end` may reach."""
    before = (other.end for other in taken if other.end <= start)
    behind = (other.start for other in taken if other.start >= end)
    return Span(max(before, default=0), min(behind, default=len(text)))


def _read_dates(text: str, openings: Openings, taken: list[Span]) -> Iterator[Quantity]:
    for date in find_dates(text, openings.dates):
        if _overlaps(taken, date.start, date.end):
            continue
        verdict = is_date(text, date)
        if verdict is None:  # part of a name, so no number either
            taken.append(Span(date.start, date.end))
        elif verdict:
            floor = _room(text, taken, date.start, date.end).start
            hedge, start = hedge_before(text, date.start, floor, date=True)
            low, high = (None if day is None else Fraction(day) for day in (date.low, date.high))
            yield Quantity(start, date.end, "date", low, high, _ONE, "", hedge)


def _read_shares(
    text: str, openings: Openings, taken: list[Span], numbers: list[Number]
) -> Iterator[Quantity]:
    for share in find_shares(text, openings.shares):
        if _overlaps(taken, share.start, share.end):
            continue
        if share.is_exact:
            numbers.append(Number(share.start, share.end, share.value))
        floor = _room(text, taken, share.start, share.end).start
        hedge, start = hedge_before(text, share.start, floor)
        of = find_portion(text, share.end, attribute=True)
        value, step = share.value, share.step
        yield Quantity(start, share.end, "percent", value, value, step, "percent", hedge, of)


def _read_numbers(
    text: str, openings: Openings, taken: list[Span], numbers: list[Number]
) -> Iterator[Quantity]:
    end = 0
    for start in openings.numbers:
        amount = read_amount(text, start) if start >= end else None
        if amount is None or _overlaps(taken, amount.start, amount.end):
            continue
        end = amount.end
        if _is_named(text, amount):
            continue
        numbers += amount.numbers
        if not _is_attribute(text, amount):
            quantity = _describe(text, amount, _room(text, taken, amount.start, amount.end))
            end = max(end, quantity.end)
            yield quantity


def _is_named(text: str, amount: Amount) -> bool:
    """Whether a number counts nothing: a label, a score, the base of a rate."""
    if text.endswith("per ", 0, amount.start):
        return True
    plain = (amount.start, amount.end) == amount.written
    return is_label(text, amount.start, amount.end, plain=plain)


def _is_attribute(text: str, amount: Amount) -> bool:
    """Whether a number is part of another word, "a 25-member team", or a pronoun."""
    if amount.unit is None and _HYPHENED.match(text, amount.end):
        return _STRONG.match(text, amount.end) is None
    written = text[slice(*amount.written)].lower()
    return written == "one" and amount.unit is None and _is_pronoun(text, amount)


def _is_pronoun(text: str, amount: Amount) -> bool:
    if _ONE_PRONOUN.search(text[max(0, amount.start - 10) : amount.start]):
        return True
    return find_noun(text, amount.end, one=True) is None


def _describe(text: str, amount: Amount, room: Span) -> Quantity:
    behind, end = hedge_behind(text, amount.end, room.end)
    before, start = hedge_before(text, amount.start, room.start)
    kind = _kind(text, amount)
    if kind == "duration" and before == "over":
        before, start = "none", amount.start  # "over five years" is during as often as more than
    if kind in {"duration", "measure"} and (old := _OLD.match(text, end, room.end)):
        kind, end = "age", old.end()
    of = _noun(text, kind, amount, end)
    unit = amount.unit.name if amount.unit else ""
    if rate := _RATE.match(text, of.end if of and not amount.unit else end, room.end):
        unit += f"/{rate['per'] or rate['each']}".lower()
        end = end if of and not amount.unit else rate.end()
    hedge = before if before != "none" else behind
    return Quantity(start, end, kind, amount.low, amount.high, amount.step, unit, hedge, of)


def _kind(text: str, amount: Amount) -> Kind:
    if _AGED.search(text[max(0, amount.start - 10) : amount.start]):
        return "age"
    if amount.unit is None:
        return "count"
    return _KINDS.get(amount.unit.dimension.partition("-")[0], "measure")


def _noun(text: str, kind: Kind, amount: Amount, end: int) -> Span | None:
    if kind == "count":
        if amount.high is None and (of := _OF.match(text, end)):
            end = of.end()
        strong = _STRONG.match(text, end)
        return find_noun(
            text, strong.end() if strong else end, one=amount.high == 1 or strong is not None
        )
    if kind == "age" and amount.unit is None:
        return None
    return find_portion(
        text, end, attribute=text.startswith("-", amount.written[1]) or kind == "percent"
    )


def _read_ordinals(text: str, openings: Openings, taken: list[Span]) -> Iterator[Quantity]:
    for start, end, rank in find_ordinals(text, openings.ordinals):
        if not _overlaps(taken, start, end):
            of = find_noun(text, end, one=True)
            yield Quantity(start, end, "ordinal", Fraction(rank), Fraction(rank), _ONE, of=of)
