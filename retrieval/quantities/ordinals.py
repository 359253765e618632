"""Ranks in a text: "the second largest", "its 21st year"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from retrieval.text.closed_classes import ORDINALS

_WORDS = ORDINALS[:10]
OPENERS = frozenset(_WORDS)
"""The words that an ordinal may be, in lower case; others begin with a digit."""
_ORDINAL = re.compile(
    rf"(?<![\w-])(?:(?P<digits>\d{{1,9}})(?:st|nd|rd|th)|(?P<word>{'|'.join(_WORDS)}))(?![\w-])",
    re.IGNORECASE,
)
_OF_A_FRACTION = re.compile(r"\b(?:an?|one|two|three|four|per|\d+)\s$", re.IGNORECASE)


def find_ordinals(text: str, starts: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    """Each ordinal as (start, end, rank), in order; the third of "one third" is none.

    Args:
        text: A sentence.
        starts: Where a digit or one of the `OPENERS` begins, ascending.
    """
    for start in starts:
        found = _ORDINAL.match(text, start)
        if found is None or _OF_A_FRACTION.search(text[max(0, start - 6) : start]):
            continue
        word = found["word"]
        rank = _WORDS.index(word.lower()) + 1 if word else int(found["digits"])
        yield start, found.end(), rank
