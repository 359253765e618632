"""What stands in one place in two sentences that have nearly all words in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from retrieval.evidence.attribution import verbs
from retrieval.quantities.units import are_one_unit
from retrieval.text import closed_classes as classes
from retrieval.text import stopwords
from retrieval.text.names import Word, is_acronym

_PERSONS = ("i me my we us our", "you your", "he him his", "she her", "it its", "they them their")
_AGAINST = (  # prepositions and conjunctions that say another thing of what follows
    ("before until till by", "after since from", "on in at during"),
    ("to into toward towards", "from by"),
    ("for", "against"),
    ("over above", "under below beneath"),
    ("inside within in", "outside"),
    ("with", "without"),
    ("and", "or nor"),
    ("because due owing thanks", "despite notwithstanding although though"),
    ("if when", "unless"),
)


def _contraries(*groups: str) -> dict[str, frozenset[str]]:
    """Each word of some groups, with all those of the others."""
    parts = [frozenset(group.split()) for group in groups]
    return {word: frozenset().union(*parts) - part for part in parts for word in part}


def _merged() -> dict[str, frozenset[str]]:
    merged: dict[str, frozenset[str]] = {}
    for groups in (_PERSONS, *_AGAINST):
        for word, others in _contraries(*groups).items():
            merged[word] = merged.get(word, frozenset()) | others
    return merged


_CONTRARY = _merged()
SAYING = (
    (verbs.SAYING | verbs.TELLING | verbs.STATING) - verbs.FINDING - {"write", "writes", "wrote"}
)
"""What says that somebody says so; in either way is the same."""

Related = Callable[[str, str], bool]


class Slot(NamedTuple):
    """What two sentences have in one place.

    Attributes:
        one: The content words of the one.
        other: Those of the other.
        is_tight: Whether it is a word for a word, between words that both have.
    """

    one: list[Word]
    other: list[Word]
    is_tight: bool


def substitutes(one: Sequence[Word], other: Sequence[Word], are_related: Related) -> Iterator[Slot]:
    """The places where two sentences have words that do not mean the same. Symmetric.

    Words that stand elsewhere in the other sentence as well have only been moved.
    """
    if [word.term for word in other] < [word.term for word in one]:
        one, other = other, one
    ours, theirs = [word.term for word in one], [word.term for word in other]
    left, more = Counter(ours) - Counter(theirs), Counter(theirs) - Counter(ours)
    codes = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    for kind, start, end, first, last in codes:
        if kind != "replace":
            continue
        mine = [word for word in one[start:end] if word.term in left]
        yours = [word for word in other[first:last] if word.term in more]
        if mine and yours and _tell_apart(mine, yours, are_related):
            own, others = list(filter(is_content, mine)), list(filter(is_content, yours))
            yield Slot(own, others, end - start == last - first == 1)


def _tell_apart(mine: Sequence[Word], yours: Sequence[Word], are_related: Related) -> bool:
    own, others = list(filter(is_content, mine)), list(filter(is_content, yours))
    figures = [{word.figure for word in words} - {None} for words in (own, others)]
    if bool(figures[0]) != bool(figures[1]):
        return True
    if figures[0] and figures[0] == figures[1]:
        return False
    if not own or not others:
        return any(are_contrary(a, b) for a in map(_low, mine) for b in map(_low, yours))
    if any(a.low in SAYING for a in own) and any(b.low in SAYING for b in others):
        return False
    pairs = [(a, b) for a in own for b in others]
    return not any(are_related(a.term, b.term) or are_one_unit(a.raw, b.raw) for a, b in pairs)


def are_contrary(one: str, other: str) -> bool:
    """Whether two prepositions or pronouns, in lower case, cannot stand for each other."""
    return other in _CONTRARY.get(one, ())


def _low(word: Word) -> str:
    return word.raw if is_acronym(word.raw) else word.low


def is_content(word: Word) -> bool:
    """Whether a word tells something: an acronym does, "US", and a function word does not."""
    return is_acronym(word.raw) or (
        word.low not in stopwords.ENGLISH and word.low not in classes.HONORIFICS
    )
