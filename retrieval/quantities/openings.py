"""Where in a text a quantity may begin, so that the slower patterns need not look everywhere."""

from __future__ import annotations

import re
from typing import NamedTuple

from retrieval.quantities import amounts, dates, ordinals, shares
from retrieval.text.closed_classes import SCALES


class Openings(NamedTuple):
    """Offsets, ascending, at which a date, a number, a share or an ordinal may begin."""

    dates: list[int]
    numbers: list[int]
    shares: list[int]
    ordinals: list[int]


_KINDS = (  # in the order of `Openings`
    dates.OPENERS,
    amounts.OPENERS,
    amounts.OPENERS | shares.OPENERS,
    ordinals.OPENERS,
)
_OPENED_BY = {
    word: tuple(kind for kind, words in enumerate(_KINDS) if word in words)
    for words in _KINDS
    for word in words
}
_PLACES = {
    word: re.compile(rf"(?<![^\W\d_]){word}(?![^\W\d_])", re.IGNORECASE) for word in _OPENED_BY
}
# Common words open a quantity only where a word of the other set stands: "a third", "this year".
_COMMON = frozenset(
    "a an some many several half this that last next past previous coming recent".split()
)
_COMPANY = frozenset(
    word + ending
    for words in (dates.PERIODS, shares.OPENERS, SCALES)
    for word in words
    for ending in ("", "s")
) | {"centuries"}
_BEFORE_DIGITS = frozenset("from between early earlier late later beginning middle end".split())
_WORD = re.compile("[a-z]+")
_DIGITS = re.compile(r"\d[\d.,]*")
_SIGNS = "$€£¥₹₽₩−-"


def find_openings(text: str) -> Openings:
    """Everywhere that a digit or a word stands with which a quantity may begin."""
    openings = Openings([], [], [], [])
    words = set(_WORD.findall(text.lower()))
    opening = _OPENED_BY.keys() & words
    if _COMPANY.isdisjoint(words):
        opening -= _COMMON
        if not _DIGITS.search(text):
            opening -= _BEFORE_DIGITS
    for word in opening:
        for found in _PLACES[word].finditer(text):
            for kind in _OPENED_BY[word]:
                openings[kind].append(found.start())
    for found in _DIGITS.finditer(text):
        at = _sign(text, found.start())
        for starts in openings:
            starts.append(at)
    for starts in openings:
        starts.sort()
    return openings


def _sign(text: str, digit: int) -> int:
    """Where the currency or the minus before a digit stands, or the digit."""
    before = text[max(0, digit - 2) : digit]
    if before and before[-1] in _SIGNS:
        return _country(text, digit - 1)
    if len(before) == 2 and before[-1].isspace() and before[0] in _SIGNS[:-2]:
        return _country(text, digit - 2)
    return digit


def _country(text: str, sign: int) -> int:
    """Where the letters before a currency sign begin, "US$", or the sign."""
    while sign and text[sign - 1].isupper():
        sign -= 1
    return sign
