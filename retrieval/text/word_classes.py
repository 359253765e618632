"""What a word form is in any text, as bit flags: number, date, pronoun, and other closed classes.

Kept once a form at index time, so that a candidate's words need no second look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from retrieval.text import stopwords

Flags = NDArray[np.uint16]

STOP = 1 << 0  # a function word
NUMBER = 1 << 1  # has a digit
DATE = 1 << 2  # a year, a decade, a month, a weekday, a century
PLACE = 1 << 3  # a preposition that a place follows
CAUSE = 1 << 4  # announces a reason
COPULA = 1 << 5  # is, was, are …
ARTICLE = 1 << 6  # a, an, the …
PRONOUN = 1 << 7  # leans on what was said before

_DATE = re.compile(r"(?:1\d|20)\d\d(?:s|th|bc|ad|ce|bce)?|\d{1,2}(?:st|nd|rd|th)")
_DATE_WORDS = frozenset(
    "january february march april june july august september october november december jan feb "
    "mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday "
    "sunday century centuries decade decades bc ad bce ce yesterday today tomorrow".split()
)
_CLOSED = (
    (STOP, stopwords.ENGLISH),
    (PLACE, frozenset("in at near from on to off outside inside across along around".split())),
    (
        CAUSE,
        frozenset(
            "because due since owing therefore thus hence cause causes caused causing reason "
            "reasons resulted results result order so as attributed thanks".split()
        ),
    ),
    (COPULA, frozenset("is was are were be been being means refers became".split())),
    (ARTICLE, frozenset("a an the one".split())),
    (
        PRONOUN,
        frozenset(
            "he she it they this that these those his her its their him them such both".split()
        ),
    ),
)


def classify(forms: Iterable[str]) -> Flags:
    """The flags of each form, folded as `terms.fold` does."""
    return np.fromiter((_classes(form) for form in forms), dtype=np.uint16)


def _classes(form: str) -> int:
    flags = _known().get(form, 0)
    if form.isalpha():
        return flags  # neither a number nor a date with one
    if any(character.isdigit() for character in form):
        flags |= NUMBER
    return flags | DATE if _DATE.fullmatch(form) else flags


@cache
def _known() -> dict[str, int]:
    """The flags of every word of a closed class."""
    flags: dict[str, int] = dict.fromkeys(_DATE_WORDS, DATE)
    for flag, words in _CLOSED:
        for word in words:
            flags[word] = flags.get(word, 0) | flag
    return flags
