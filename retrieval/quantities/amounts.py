"""A number with its currency or unit, or two that make a range: "$5m", "10 to 20 km"."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from retrieval.quantities.nouns import find_noun
from retrieval.quantities.numerals import NUMERAL, VAGUE, Number, read_numeral
from retrieval.quantities.numerals import OPENERS as NUMBER_OPENERS
from retrieval.quantities.units import PREFIX, SYMBOLS, UNIT, Unit, find_unit


class Amount(NamedTuple):
    """A number as it stands in a text.

    Attributes:
        start: First character, its currency included.
        end: One past the last, its unit included.
        low: Its value, the lower one of a range.
        high: Its value, the higher one of a range; None where it is open ("thousands").
        step: How finely it is stated.
        unit: Its unit, or None.
        written: Where the digits or number words of its (first) number stand.
        numbers: Its number, or both of a range; none where it is open.
    """

    start: int
    end: int
    low: Fraction
    high: Fraction | None
    step: Fraction
    unit: Unit | None
    written: tuple[int, int]
    numbers: tuple[Number, ...]


OPENERS = NUMBER_OPENERS | {re.sub(r"\W", "", symbol).lower() for symbol in SYMBOLS}
"""The words that an amount may begin with, in lower case; others begin with a digit or a sign."""
_NUMBER = re.compile(
    rf"(?P<minus>(?<=\s)[−-](?=\d))?(?P<prefix>{PREFIX}\s?)?"
    rf"(?:(?P<vague>{VAGUE})|(?P<number>{NUMERAL}))",
    re.IGNORECASE,
)
_JOINER = re.compile(r"\s?[–—-]\s?|\s(?:to|and|or)\s", re.IGNORECASE)
_SPREAD = re.compile(rf"\s?(?:±|\+/-|\+-)\s?{NUMERAL}", re.IGNORECASE)
_LETTER_SCALE = re.compile(r"\s?(?:(?P<billion>[bB])|[mM](?:ln)?)\b")
_FROM = re.compile(r"\bfrom\s(?:\w+\s)?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s(?:\w+\s)?$", re.IGNORECASE)


def read_amount(text: str, at: int) -> Amount | None:
    """The amount that begins at `at`, or None."""
    found = _NUMBER.match(text, at)
    if found is None:
        return None
    first = _read(text, found)
    if found["vague"]:
        return first
    return _range(text, first) or _spread(text, first)


def _read(text: str, found: re.Match[str]) -> Amount:
    written = found["number"] or found["vague"]
    value, step = read_numeral(written)
    factor, scaled = _letter_scale(text, found)
    if factor > 1:
        value, step = value * factor, step * factor
    if found["minus"]:
        value = -value
    unit = find_unit(SYMBOLS[found["prefix"].strip().upper()]) if found["prefix"] else None
    behind = None if unit else UNIT.match(text, scaled)
    end = scaled
    if behind and _is_unit(behind, written):
        unit, end = find_unit(behind["unit"]), behind.end()
    span = found.span("number" if found["number"] else "vague")
    if found["vague"]:
        return Amount(found.start(), end, value, None, step, unit, span, ())
    number = Number(span[0], scaled, value)
    return Amount(found.start(), end, value, value, step, unit, span, (number,))


def _letter_scale(text: str, found: re.Match[str]) -> tuple[int, int]:
    """What "m" or "b" behind a number multiplies it by, and where that ends.

    Behind a currency it is a million; elsewhere "m" is a metre, unless a plural or a currency
    follows ("5m people").
    """
    letter = _LETTER_SCALE.match(text, found.end())
    if letter is None or found["vague"]:
        return 1, found.end()
    if not found["prefix"] and (letter.group() != "m" or not _is_counted(text, letter.end())):
        return 1, found.end()
    return (10**9 if letter["billion"] else 10**6), letter.end()


def _is_counted(text: str, at: int) -> bool:
    currency = UNIT.match(text, at)
    if currency:
        return find_unit(currency["unit"]).dimension.startswith("money")
    return find_noun(text, at) is not None


def _is_unit(behind: re.Match[str], written: str) -> bool:
    """Whether what stands behind a number is its unit: "won" and "V" are words and names too."""
    way = behind["unit"]
    if way == "won":
        return len(written) > 3
    return len(way) > 1 or not way.isalpha() or written[-1].isdigit()


def _spread(text: str, amount: Amount) -> Amount:
    """The amount with its "± 3", if it has one."""
    found = _SPREAD.match(text, amount.end)
    if found is None:
        return amount
    behind = UNIT.match(text, found.end())
    if amount.unit or behind is None:
        return amount._replace(end=found.end())
    return amount._replace(end=behind.end(), unit=find_unit(behind["unit"]))


def _range(text: str, first: Amount) -> Amount | None:
    joiner = _JOINER.match(text, first.end)
    found = _NUMBER.match(text, joiner.end()) if joiner else None
    if joiner is None or found is None or found["vague"]:
        return None
    last = _read(text, found)
    low, step = _scaled_alike(text, first, last)
    joined = joiner.group().strip().lower()
    if not _is_range(text[max(0, first.start - 30) : first.start], joined, low, last.low):
        return None
    if first.unit and last.unit and first.unit != last.unit:
        return None
    return last._replace(
        start=first.start,
        low=low,
        step=max(step, last.step),
        unit=last.unit or first.unit,
        written=first.written,
        numbers=(first.numbers[0]._replace(value=low), *last.numbers),
    )


def _scaled_alike(text: str, first: Amount, last: Amount) -> tuple[Fraction, Fraction]:
    """The first value of "5 to 10 million" in millions, like the second."""
    bare = text[slice(*first.written)].replace(".", "").isdigit()
    scale = re.search(r"[a-z]+$", text[slice(*last.written)].lower())
    factor = read_numeral("one " + scale.group()).value if scale else Fraction(1)
    if not bare or first.low * factor >= last.low:
        return first.low, first.step
    return first.low * factor, first.step * factor


def _is_range(before: str, joiner: str, low: Fraction, high: Fraction) -> bool:
    """Whether two numbers bound a range: "from 10 to 20" is a change, "3-1" a score."""
    if low >= high:
        return False
    if joiner == "and":
        return _BETWEEN.search(before) is not None
    if joiner == "or":
        return high - low == 1
    return joiner != "to" or _FROM.search(before) is None
