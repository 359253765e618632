"""Who is named behind what is said: "..., KCNA said on Monday" and "“...,” said Kim"."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.evidence.attribution import verbs
from retrieval.evidence.attribution import words as known
from retrieval.evidence.attribution.names import checked, is_time, is_verb, name_before, name_end
from retrieval.evidence.attribution.persons import Credit, is_pronoun, names_somebody
from retrieval.evidence.attribution.tokens import Word
from retrieval.text.closed_classes import ARTICLES, FINITE_AUXILIARIES

TAIL = 8
"""Words that may follow "..., KCNA said": on what day, where, to whom."""
_TAILS = frozenset({"in", "on", "at", "during", "after"})
_HEARERS = (["reporters"], ["journalists"], ["the"])


def closing(words: Sequence[Word]) -> Credit | None:
    """Whose verb of saying ends a sentence or a part of it."""
    for n in range(len(words) - 2, 0, -1):
        if is_verb(words[n], verbs.CLOSING) and _only_tail_follows(words, n + 1):
            found = name_before(words, n)
            if found and _closes_a_part(words, found, words[n].low):
                return found
    return None


def _closes_a_part(words: Sequence[Word], found: Credit, verb: str) -> bool:
    """Whether something that may be said ends before a name, and its verb says that."""
    first, gap = found.first, words[found.first].gap
    if words[first].spoken or (first == 1 and words[0].low == "as"):
        return True
    if verb in verbs.OF_SPEECH or not _says(words, found, verb):
        return False
    lead_in = words[0].low in known.OPENING and not any(w.apart for w in words[1:first])
    return first > 0 and "," in gap and not lead_in


def _says(words: Sequence[Word], found: Credit, verb: str) -> bool:
    """Whether a name before a verb is no thing in a list: "..., the percentage predicted, ..."."""
    if verb in verbs.SAYING or is_pronoun(words, found):
        return True
    return names_somebody(words[found.first : found.last])


def _only_tail_follows(words: Sequence[Word], n: int) -> bool:
    """Whether from `n` on there is nothing, or another part, or only when, where and to whom."""
    if not words[n].raw or words[n].apart:
        return "“" not in words[n].gap or "”" in words[n].gap
    tail = 0
    while words[n + tail].raw and not (tail and words[n + tail].apart):
        tail += 1
    lows = [word.low for word in words[n : n + tail]]
    if tail > TAIL or "that" in lows or not FINITE_AUXILIARIES.isdisjoint(lows):
        return False
    if words[n - 1].low in verbs.TELLING or is_time(words, n):
        return True
    if lows[0] == "on" and words[n - 1].low not in verbs.SAYING:
        return False  # "insisted on its conditions"
    return lows[0] in _TAILS or (lows[0] == "to" and lows[1:2] in _HEARERS)


def inverted(words: Sequence[Word]) -> Credit | None:
    """Who stands behind a verb of saying that follows what is said."""
    for n in range(len(words) - 1):
        verb, name = words[n], words[n + 1]
        if not is_verb(verb, verbs.CLOSING) or name.apart or not name.raw:
            continue
        last = name_end(words, n + 1)
        if not verb.spoken and not _is_told_behind(words, n, last):
            continue
        found = checked(words, n + 1, last)
        if found and (name.capital or name.low in {*ARTICLES, "one"}):
            return found
    return None


def _is_told_behind(words: Sequence[Word], n: int, last: int) -> bool:
    """Whether the verb at `n` follows what is said without quotation marks, "..., wrote Kim"."""
    if n <= 2 or words[n].gap.strip() != "," or words[n].low in verbs.OF_SPEECH:
        return False
    return words[n + 1].capital and words[last].apart and names_somebody(words[n + 1 : last])
