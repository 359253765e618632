"""Who can be meant by the words of a name: somebody who speaks, a person, several."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from retrieval.evidence.attribution import verbs
from retrieval.evidence.attribution import words as known
from retrieval.evidence.attribution.tokens import Word
from retrieval.text.closed_classes import ARTICLES, FIRST_AND_SECOND_PERSON, OBJECTS, POSSESSIVES
from retrieval.text.names import is_acronym, is_possessive
from retrieval.text.stopwords import ENGLISH
from retrieval.text.terms import fold

PRONOUNS = frozenset({"he", "she", "they"})
"""Those that may speak."""
_PREPOSITIONS = frozenset({"of", "from", "by", "in", "at", "for", "on", "with", "to"})
_PARTS = frozenset("number majority minority handful couple most many some one all".split())
_OTHERS = (FIRST_AND_SECOND_PERSON | OBJECTS) - {"her", "my", "our", "your"}
_URGING = frozenset("need needs needed want wants wanted try tries able ought".split())
_ACTING = verbs.DELIVERING - verbs.NOUNS


class Credit(NamedTuple):
    """The words that name a speaker: `words[first:last]`."""

    first: int
    last: int


def may_speak(name: Sequence[Word]) -> bool:
    """Whether nothing in it belies a name."""
    lows = [word.low for word in name]
    if _begins_none(name) or known.NOBODY.issuperset(lows):
        return False
    if lows[-1] in known.NEVER_LAST or _shows(name) or _is_natural(lows):
        return False
    if any(word.low in _ACTING and not word.capital for word in name):
        return False
    if any(_begins_anew(*pair) for pair in pairwise(name)) or _is_urged(name):
        return False
    if any(word.low in _OTHERS and not is_acronym(word.raw) for word in name):
        return False
    negated = any(low.endswith(("n't", "n’t")) for low in lows)
    return not negated and known.NEVER_WITHIN.isdisjoint(lows)


def _shows(name: Sequence[Word]) -> bool:
    """Whether it is a thing that shows something, "data", "theories popular in Britain"."""
    turning = head(name)
    thing = any(word.low in known.EVIDENCE for word in _turning_on(name))
    got = any(a.low in known.EVIDENCE and _describes(b, b) for a, b in pairwise(name))
    return turning in known.EVIDENCE or got or (thing and not names_somebody(name))


def _turning_on(name: Sequence[Word]) -> list[Word]:
    """The words of a name before its first preposition."""
    return list(takewhile(lambda word: word.low not in _PREPOSITIONS, name))


def _is_natural(lows: Sequence[str]) -> bool:
    """Whether it is a law of nature, which nobody gave."""
    return any(low in {"law", "laws"} and after == "of" for low, after in pairwise(lows))


def _begins_none(name: Sequence[Word]) -> bool:
    """Whether it begins as no name does, or is a word of grammar: "Please note that"."""
    low = name[0].low
    empty = low in known.NO_SPEAKER or (len(name) == 1 and fold(low) in ENGLISH)
    did = len(name) > 1 and name[1].low == "and" and low.endswith("ed") and not name[0].capital
    return did or (empty and not is_acronym(name[0].raw))


def _begins_anew(word: Word, following: Word) -> bool:
    """Whether another subject begins within a name, as in "The moment a worker"."""
    joined = word.low in _PREPOSITIONS | {"and", "or", "as", "both"} or word.capital
    begins = following.low in ARTICLES | POSSESSIVES
    return begins and not (joined or following.capital or following.apart)


def _is_urged(name: Sequence[Word]) -> bool:
    """Whether it ends in what somebody is to do: "Doctors need to identify"."""
    return any(word.low in _URGING and following.low == "to" for word, following in pairwise(name))


def head(name: Sequence[Word]) -> str:
    """The noun that a name turns on: that before its first preposition, or its last."""
    for n in range(1, len(name)):
        if name[n].low in _PREPOSITIONS:  # "a study led by the university" turns on the study
            if name[n].low == "of" and name[n - 1].low in _PARTS:
                return head(name[n + 1 :]) if name[n + 1 :] else name[n].low
            return name[n - 2 if n > 1 and _describes(name[n - 1], name[n]) else n - 1].low
    return name[-1].low


def _describes(word: Word, following: Word) -> bool:
    """Whether it is a participle behind a noun: "a study led by", "scholars arguing for"."""
    return word.low.endswith("ed") or (word.low.endswith("ing") and following.low != "of")


def names_somebody(name: Sequence[Word]) -> bool:
    """Whether it is a name, or a noun for one who speaks, and not a thing."""
    heads = [word for word in name if word.low == head(name)]
    return any(_is_named(word) or is_among(word, known.SOURCES) for word in heads)


def _is_named(word: Word) -> bool:
    """Whether a capital tells of a name, and not of an article that opens a sentence."""
    return word.capital and word.low not in ENGLISH


def is_known_source(name: Sequence[Word]) -> bool:
    """Whether it has a name or a noun for one who speaks, before what describes it further."""
    return any(word.capital or is_among(word, known.SOURCES) for word in _turning_on(name))


def is_among(word: Word, nouns: frozenset[str]) -> bool:
    """Whether a word is one of some nouns, or the plural of one."""
    return word.low in nouns or word.low.removesuffix("s") in nouns


def person(words: Sequence[Word], found: Credit) -> Credit | None:
    """The credit, if "he" or "she" can stand for it."""
    own = words[found.first : found.last]
    if is_possessive(own[-1].low):
        return None
    if any(word.low.rstrip(".") in known.PERSONS for word in own):
        return found
    return None if is_group(*own) or own[0].low == "the" or not own[-1].capital else found


def is_group(*words: Word) -> bool:
    """Whether words of a name tell that no single person bears it."""
    return any(word.low in known.BODIES or is_acronym(word.raw) for word in words)


def plural(words: Sequence[Word], found: Credit) -> bool:
    """Whether "they" can stand for a credit."""
    own = words[found.first : found.last]
    heads = [word.low for word in own]
    return "and" in heads or heads[-1] in known.SOURCES or heads[-1].endswith("s")


def is_pronoun(words: Sequence[Word], found: Credit) -> bool:
    """Whether a credit is "he", "she" or "they"."""
    return found.last == found.first + 1 and words[found.first].low in PRONOUNS
