"""Shares in words, "one in five children", "two thirds of patients", read as percentages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from retrieval.quantities.numerals import NUMERAL, read_numeral
from retrieval.quantities.units import UNIT
from retrieval.text.closed_classes import ORDINALS

_PARTS = {"half": 2, "quarter": 4} | {
    word: n for n, word in enumerate(ORDINALS[:10], start=1) if n == 3 or n > 4
}  # a "fourth" is a rank more often
_SHARE = re.compile(
    rf"(?P<few>{NUMERAL})\s(?:in|out\sof)\s(?:every\s)?(?P<all>{NUMERAL})(?![\w-])"
    rf"|(?:(?P<times>an?|one|two|three|four)[\s-])?(?P<part>{'|'.join(_PARTS)})s?(?=\sof\s)",
    re.IGNORECASE,
)
OPENERS = frozenset(_PARTS)
"""The words that only a share begins with, in lower case."""
_MOST = 1_000  # "one in 1,000"; larger ones are years and counts
_STEP = Fraction(1)


class Share(NamedTuple):
    """A share of a whole, in percent.

    Attributes:
        start: First character.
        end: One past the last; what it is a share of follows.
        value: The percentage.
        step: How finely it is stated.
        is_exact: Whether both of its numbers are stated, "one in five".
    """

    start: int
    end: int
    value: Fraction
    step: Fraction
    is_exact: bool


def find_shares(text: str, starts: Iterable[int]) -> Iterator[Share]:
    """The shares of a sentence, in order.

    Args:
        text: A sentence.
        starts: Where a number or one of the `OPENERS` begins, ascending.
    """
    for start in starts:
        found = _SHARE.match(text, start)
        value = _value(text, found) if found else None
        if found and value is not None:
            yield Share(start, found.end(), value, _STEP, found["few"] is not None)


def _value(text: str, found: re.Match[str]) -> Fraction | None:
    if found["part"]:
        times = (found["times"] or "one").lower()
        count = Fraction(1) if times in {"a", "an"} else read_numeral(times).value
        return 100 * count / _PARTS[found["part"].lower()]
    few, everyone = read_numeral(found["few"]).value, read_numeral(found["all"]).value
    if not 0 < few < everyone <= _MOST or UNIT.match(text, found.end()):
        return None
    return 100 * few / everyone
