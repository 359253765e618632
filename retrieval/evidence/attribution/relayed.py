"""Who is named as a source beside what is said: "according to KCNA", "as reported by KCNA"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.evidence.attribution import verbs
from retrieval.evidence.attribution import words as known
from retrieval.evidence.attribution.names import checked, is_end, name_end, with_list
from retrieval.evidence.attribution.persons import Credit, is_among, is_known_source, names_somebody
from retrieval.evidence.attribution.tokens import Word
from retrieval.text.closed_classes import POSSESSIVES

_PLATES = frozenset("fig figs figure figures table tables eq equation section step".split())
_PARTED = re.compile(r"^\W*\)\W*$")  # a bracket closes, and the clause goes on


def according(words: Sequence[Word]) -> Credit | None:
    """Whom "according to" names, where a clause may end before it."""
    for n in range(len(words) - 2):
        if words[n].low != "according" or words[n + 1].low != "to" or words[n + 2].apart:
            continue
        if n and not _is_aside(words, n):
            continue  # in which way a thing was done: "sorted according to size"
        last = name_end(words, n + 2)
        last = last if n else with_list(words, n + 2, last)
        name = words[n + 2 : last]
        if not is_end(words, last):
            return None
        # With a capital in the middle it opens a second sentence, which nothing parts off.
        doubtful = n and (words[n].capital or any(is_among(w, known.GUIDANCE) for w in name))
        return None if doubtful or not _is_source(name) else checked(words, n + 2, last)
    return None


def _is_aside(words: Sequence[Word], n: int) -> bool:
    """Whether "according" at `n` says who says it, and not in which way a thing was done."""
    before = words[n - 1].low
    joined = before in {"but", "that"} or (before == "and" and (n == 1 or words[n].apart))
    return joined or (words[n].apart and _PARTED.match(words[n].gap) is None)


def _is_source(name: Sequence[Word]) -> bool:
    """Whether a thing that one goes by is a source, and no measure, plate or habit."""
    lows = [word.low for word in name]
    if not is_known_source(name) or any(is_among(word, known.MEASURES) for word in name):
        return False
    plate = lows[0] in _PLATES and (len(lows) == 1 or lows[-1][0].isdigit())
    return lows[0] not in POSSESSIVES and not plate


def as_reported(words: Sequence[Word]) -> Credit | None:
    """Whom "as reported by" names, parted from what it reports."""
    for n in range(len(words) - 3):
        if n and not _is_aside(words, n):
            continue  # in which way a thing was done: "measured as described by the maker"
        if words[n].low == "as" and words[n + 1].low in verbs.REPORTED and words[n + 2].low == "by":
            last = name_end(words, n + 3)
            named = names_somebody(words[n + 3 : last])
            return checked(words, n + 3, last) if named else None
    return None
