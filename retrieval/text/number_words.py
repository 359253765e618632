"""Numbers of one word in the other ways to write them: ten and 10, twentieth and 20th, II and 2."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from retrieval.text.closed_classes import ONES, ORDINALS, TENS

Forms = tuple[str, ...]

_MOST_ROMAN = 39  # L, C, D and M are letters more often than numerals
_NO_NUMERALS = frozenset({"i", "v", "x", "xi", "xx", "xxx"})  # letters, a name, kisses


class _Tables(NamedTuple):
    spelled: dict[Forms, list[Forms]]
    roman: dict[str, str]


def other_spellings(forms: Forms) -> list[Forms]:
    """How else a number is written, as folded words.

    Args:
        forms: One folded word, or two: ("twenty", "five").
    """
    return _tables().spelled.get(forms, [])


def other_numeral(form: str) -> str | None:
    """The Roman numeral of digits, or the digits of a numeral."""
    return _tables().roman.get(form)


@cache
def _tables() -> _Tables:
    spelled: dict[Forms, list[Forms]] = defaultdict(list)
    for ways in _numbers():
        for way in ways:
            spelled[way] += [other for other in ways if other != way]
    numerals = {_numeral(number): str(number) for number in range(1, _MOST_ROMAN + 1)}
    roman = {numeral: digits for numeral, digits in numerals.items() if numeral not in _NO_NUMERALS}
    return _Tables(dict(spelled), roman | {digits: numeral for numeral, digits in roman.items()})


def _numbers() -> Iterator[list[Forms]]:
    """The ways to write each number up to 99, and each rank."""
    for number, word in enumerate(ONES):
        yield [(str(number),), (word,)]
    for number, word in enumerate(ORDINALS, start=1):
        yield [(_ranked(number),), (word,)]
    for tens, word in enumerate(TENS, start=2):
        yield [(str(10 * tens),), (word,)]
        if word != "twenty":
            yield [(_ranked(10 * tens),), (word.removesuffix("y") + "ieth",)]
        for one in range(1, 10):
            yield [(str(10 * tens + one),), (word, ONES[one]), (word + ONES[one],)]
            rank = ORDINALS[one - 1]
            yield [(_ranked(10 * tens + one),), (word, rank), (word + rank,)]


def _ranked(number: int) -> str:
    ones = number % 10 if number // 10 % 10 != 1 else 0
    return f"{number}{({1: 'st', 2: 'nd', 3: 'rd'}).get(ones, 'th')}"


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "x" * tens + ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"][ones]
