"""How many and how much: the one number of a sentence that is of what is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from retrieval.evidence.answer_spans.asides import is_aside
from retrieval.quantities import Quantity, read_quantities
from retrieval.quantities.units import scale
from retrieval.text.closed_classes import FINITE_AUXILIARIES
from retrieval.text.terms import read_terms
from retrieval.values import Span

_COUNTED = re.compile(r"\b(?:how\smany|number\sof)\s(?P<noun>(?:[\w'’-]+\s*){1,4})", re.IGNORECASE)
_WORD = re.compile(r"[\w'’-]+")
# What ends the noun after "how many".
_BEHIND_NOUN = FINITE_AUXILIARIES | frozenset(
    "in on at of to from by for with there a an the it he she they you i we that who which".split()
)
_LENGTHS = frozenset({"length"})


def _is(*kinds: str) -> Callable[[Quantity], bool]:
    return lambda quantity: quantity.kind in kinds


def _is_length(quantity: Quantity) -> bool:
    return quantity.kind == "measure" and scale(quantity.unit)[0] in _LENGTHS


# What is asked, in the order in which it is tried, and what answers it.
_SORTS: tuple[tuple[re.Pattern[str], Callable[[Quantity], bool]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), test)
    for pattern, test in (
        (r"\bhow\sold\b|\b(?:what|which)\sage\b", _is("age")),
        (r"\bhow\slong\b", _is("duration")),
        (r"\bhow\s(?:far|tall|high|deep|wide)\b", _is_length),
        (r"\b(?:what|which)\s(?:\w+\s)?(?:percent|percentage|proportion|share)\b", _is("percent")),
        (
            r"\bhow\smuch\smoney\b|\b(?:cost|costs|price|paid|spend|spent|earn|worth)\b",
            _is("money"),
        ),
        (r"\bhow\smuch\b", _is("money", "measure", "percent")),
    )
)


def find_number(question: str, text: str) -> Span | None:
    """The number that answers: the only new one of the noun, the unit or the sort that is asked."""
    asked = [_value(quantity) for quantity in read_quantities(question)]
    new = [
        quantity
        for quantity in read_quantities(text)
        if quantity.kind not in {"date", "ordinal"} and _value(quantity) not in asked
        if not is_aside(text, quantity.start)
    ]
    counted = _COUNTED.search(question)
    if counted:
        return _only(_counting(_noun(counted["noun"]), new, text))
    test = next((test for pattern, test in _SORTS if pattern.search(question)), None)
    return _only([quantity for quantity in new if test(quantity)]) if test else None


def _value(quantity: Quantity) -> tuple[object, ...]:
    return quantity.kind, quantity.low, quantity.high, quantity.unit


def _only(found: Sequence[Quantity]) -> Span | None:
    return Span(found[0].start, found[0].end) if len(found) == 1 else None


def _noun(written: str) -> list[str]:
    """The terms of what is counted, up to the verb or what else follows it."""
    words = []
    for word in _WORD.findall(written):
        if word.lower() in _BEHIND_NOUN:
            break
        words.append(word)
    return [term.term for term in read_terms(" ".join(words))]


def _counting(noun: list[str], new: Sequence[Quantity], text: str) -> list[Quantity]:
    """The numbers of that noun; where there is none, those with it as their unit."""
    held = {term.term for term in read_terms(text)}
    counts = [q for q in new if q.of and _names(noun, text[q.of.start : q.of.end], held)]
    if counts:
        return counts
    return [q for q in new if q.unit and _has_unit(noun, q)]


def _names(noun: list[str], of: str, held: set[str]) -> bool:
    """Whether a number is of the noun: its head is, and what stands before that is in the text."""
    terms = [term.term for term in read_terms(of)]
    if not terms or terms[-1] not in noun[:2]:
        return False
    return held.issuperset(noun[: noun.index(terms[-1])])


def _has_unit(noun: list[str], quantity: Quantity) -> bool:
    terms = read_terms(quantity.unit)
    return bool(terms) and terms[0].term in noun
