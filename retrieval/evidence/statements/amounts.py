"""The amounts of a sentence as statements are compared by them: value, unit, bound, noun."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from retrieval.quantities import Quantity, read_quantities
from retrieval.quantities.hedges import Hedge
from retrieval.text.terms import read_terms

_BOUNDS: dict[Hedge, str] = {
    "over": "over",
    "at_least": "over",
    "under": "under",
    "at_most": "under",
    "about": "about",
    "exactly": "exactly",
}
_ALIKE = {("", "about"), ("", "exactly")}


class Amount(NamedTuple):
    """An amount.

    Attributes:
        value: As it is written, the lower one of a range.
        unit: What sort of amount it is, and in what unit.
        bound: Whether the true one is "over", "under", "about" or "exactly" it; "" where nothing
            says so.
        noun: The term of what is counted; "" for none.
        is_vague: Whether it is the least of an order: "thousands".
    """

    value: Fraction
    unit: str
    bound: str
    noun: str
    is_vague: bool


def read_amounts(text: str) -> Iterator[Amount]:
    """The amounts of a sentence; dates and ranks are none."""
    for quantity in read_quantities(text):
        if quantity.low is None or quantity.kind in {"date", "ordinal"}:
            continue
        yield Amount(
            quantity.low,
            f"{quantity.kind} {quantity.unit}",
            _BOUNDS.get(quantity.hedge, ""),
            _noun(text, quantity),
            quantity.high is None,
        )


def _noun(text: str, quantity: Quantity) -> str:
    if quantity.of is None or quantity.kind != "count":
        return ""
    terms = read_terms(text[quantity.of.start : quantity.of.end])
    return terms[-1].term if terms else ""


def amounts_differ(one: Iterable[Amount], other: Iterable[Amount]) -> bool:
    """Whether two sentences give one value in two units, or two values for one noun. Symmetric."""
    ours, theirs = list(one), list(other)
    if not (ours and theirs):
        return False
    for key, of in (("value", "unit"), ("noun", "value"), ("unit", "is_vague")):
        mine, yours = _grouped(ours, key, of), _grouped(theirs, key, of)
        if any(mine[name].isdisjoint(yours[name]) for name in mine.keys() & yours.keys() - {""}):
            return True
    pairs = [(a.bound, b.bound) for a in ours for b in theirs if a.value == b.value]
    return bool(pairs) and not any(_agree(*pair) for pair in pairs)


def _agree(one: str, other: str) -> bool:
    """Whether what two sentences say of a value's bounds goes together."""
    return one == other or (one, other) in _ALIKE or (other, one) in _ALIKE


def _grouped(amounts: Iterable[Amount], key: str, of: str) -> dict[object, set[object]]:
    grouped = defaultdict[object, set[object]](set)
    for amount in amounts:
        grouped[getattr(amount, key)].add(getattr(amount, of))
    return grouped
