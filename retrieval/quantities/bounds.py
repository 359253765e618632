"""Which true values a quantity allows: "over 10,000" and "approximately 12,000" share some."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import inf
from typing import NamedTuple

from retrieval.quantities.hedges import Hedge
from retrieval.quantities.reading import Quantity
from retrieval.quantities.units import scale

_ABOUT = Fraction(1, 10)  # how far "about" may be off, as a share of the value
_ABOUT_DAYS = 5 * 372  # and for a date, on the scale of `dates`
_HAIR = Fraction(1, 1_000_000)
_COUNTED = {"count", "ordinal", "age"}


class Bounds(NamedTuple):
    """The least and the greatest true value that a statement allows, in its dimension's unit."""

    low: Fraction | float
    high: Fraction | float


def read_bounds(quantity: Quantity) -> Bounds:
    """What a quantity allows. It has a value: none that is relative or open.

    An unhedged number allows what rounds to it, to the step in which it is stated.
    """
    low, high = stated(quantity)
    step = quantity.step * scale(quantity.unit)[1]
    slack, hair = step * _slack(quantity), step * _HAIR
    allowed: dict[Hedge, Bounds] = {
        "none": Bounds(low - slack, high + slack - min(slack, hair)),
        "exactly": Bounds(low, high),
        "about": Bounds(low - _off(quantity, low), high + _off(quantity, high)),
        "nearly": Bounds(low - _off(quantity, low), high),
        "over": Bounds(low + hair, inf),
        "at_least": Bounds(low, inf),
        "under": Bounds(-inf, high - hair),
        "at_most": Bounds(-inf, high),
    }
    return allowed[quantity.hedge]


def stated(quantity: Quantity) -> tuple[Fraction, Fraction]:
    """The two ends of a quantity's value as it is written, in its dimension's unit."""
    _, factor = scale(quantity.unit)
    low = quantity.low if quantity.low is not None else Fraction(0)
    high = quantity.high if quantity.high is not None else low
    return low * factor, high * factor


def _slack(quantity: Quantity) -> Fraction:
    """How much of a step the true value may be off: what is counted one by one is not rounded."""
    if quantity.kind == "date" or (quantity.kind in _COUNTED and quantity.step == 1):
        return Fraction(0)
    return Fraction(1, 2)


def _off(quantity: Quantity, value: Fraction) -> Fraction:
    return Fraction(_ABOUT_DAYS) if quantity.kind == "date" else abs(value) * _ABOUT


def is_compatible(all_bounds: Iterable[Bounds]) -> bool:
    """Whether one true value could satisfy all."""
    lows, highs = zip(*all_bounds, strict=True)
    return bool(max(lows) <= min(highs))
