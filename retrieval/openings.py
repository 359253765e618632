"""Where in a text a quantity may begin, so that the slower patterns need not look everywhere."""

from __future__ import annotations

import re
from typing import NamedTuple

from retrieval import amounts, dates, ordinals, shares


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
_WORD = re.compile("[a-z]+")
_DIGITS = re.compile(r"\d[\d.,]*")
_SIGNS = "$€£¥₹₽₩−-"


def find_openings(text: str) -> Openings:
    """Everywhere that a digit or a word stands with which a quantity may begin."""
    openings = Openings([], [], [], [])
    for word in _OPENED_BY.keys() & _WORD.findall(text.lower()):
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
        return digit - 1
    if len(before) == 2 and before[-1].isspace() and before[0] in _SIGNS[:-2]:
        return digit - 2
    return digit
