"""What a word form is in any text, as bit flags: number, date, pronoun, and other closed classes.

Kept once a form at index time, so that a candidate's words need no second look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from retrieval.text import closed_classes as classes
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
_DATE_WORDS = (  # "may" is more often a verb
    {*classes.MONTHS, *classes.SHORT_MONTHS, *classes.WEEKDAYS, *classes.DEICTIC_DAYS} - {"may"}
) | frozenset("century centuries decade decades bc ad bce ce".split())
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
    (COPULA, (classes.COPULAS - {"am"}) | {"means", "refers", "became"}),
    (ARTICLE, classes.ARTICLES | {"one"}),
    (
        PRONOUN,
        (classes.SUBJECTS | classes.OBJECTS | classes.POSSESSIVES | classes.DEMONSTRATIVES)
        - classes.FIRST_AND_SECOND_PERSON
        | {"such", "both"},
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
