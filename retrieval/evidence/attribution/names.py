"""Names of speakers in a sentence: where they begin and end, and who can be meant by one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from retrieval.evidence.attribution import verbs
from retrieval.evidence.attribution import words as known
from retrieval.evidence.attribution.tokens import Word
from retrieval.text.closed_classes import (
    ARTICLES,
    FINITE_AUXILIARIES,
    HAVE,
    INDEFINITE_ARTICLES,
)
from retrieval.text.names import is_acronym, is_possessive

LONGEST = 14
"""Words that a name has at most, with all that belongs to it."""

INDEFINITE = INDEFINITE_ARTICLES | {"his", "her", "its"}
_PRONOUNS = frozenset({"he", "she", "they"})
_PREPOSITIONS = frozenset({"of", "from", "by", "in", "at", "for", "on", "with", "to"})
_OF_TIME = frozenset({"on", "in", "at", "last", "this", "next", "earlier", "late"})
_JOINTS = frozenset({"but", "and", "yet", "so"})
_ACTING = verbs.DELIVERING - verbs.NOUNS
_YEAR = re.compile(r"(?:1[0-9]|20)\d\d")


class Credit(NamedTuple):
    """The words that name a speaker: `words[first:last]`."""

    first: int
    last: int


def checked(words: Sequence[Word], first: int, last: int) -> Credit | None:
    """A name, if it can be one."""
    while last > first and is_time(words, last - 1):
        last -= 1
    own = words[first:last]
    if len(own) == 1 and own[0].low in _PRONOUNS:
        return Credit(first, last)
    if not own or len(own) > LONGEST or not _may_speak(own):
        return None
    inside = any(word.capital for word in own[1:]) or (own[0].capital and first > 0)
    noted = own[0].low in ARTICLES or any(is_among(word, known.SOURCES) for word in own)
    return Credit(first, last) if inside or noted or own[0].capital else None


def _may_speak(name: Sequence[Word]) -> bool:
    """Whether nothing in it belies a name."""
    lows = [word.low for word in name]
    if lows[0] in known.NO_SPEAKER and not is_acronym(name[0].raw):
        return False
    if known.NOBODY.issuperset(lows):
        return False
    if lows[-1] in known.NEVER_LAST or _head(name) in known.EVIDENCE:
        return False
    if any(word.low in _ACTING and not word.capital for word in name):
        return False
    if any(_begins_anew(*pair) for pair in pairwise(name)):
        return False
    negated = any(low.endswith(("n't", "n’t")) for low in lows)
    return not negated and known.NEVER_WITHIN.isdisjoint(lows)


def _begins_anew(word: Word, following: Word) -> bool:
    """Whether another subject begins within a name, as in "The moment a worker"."""
    joined = word.low in _PREPOSITIONS | {"and", "or", "as", "both"} or word.capital
    return following.low in ARTICLES and not (joined or following.capital or following.apart)


def _head(name: Sequence[Word]) -> str:
    """The noun that a name turns on: that before its first preposition, or its last."""
    for word, following in pairwise(name):
        if following.low in _PREPOSITIONS:
            return word.low
    return name[-1].low


def name_end(words: Sequence[Word], first: int) -> int:
    """Where a name that begins at `first` ends."""
    last = first
    while words[last].raw and last - first < LONGEST:
        if last > first and (words[last].apart or words[last].low in known.STOPPERS):
            break
        if last > first and (is_time(words, last) or words[last].low in FINITE_AUXILIARIES):
            break
        if words[last].low == "in" and words[last + 1].low in INDEFINITE and last > first:
            break
        last += 1
    return last


def is_end(words: Sequence[Word], n: int) -> bool:
    """Whether a name surely ends before the word at `n`."""
    return words[n].apart or words[n].low in known.STOPPERS or is_time(words, n)


def with_list(words: Sequence[Word], first: int, last: int) -> int:
    """The end of "US, Ukrainian and South Korean assessments", of which `last` ends the first."""
    if last - first > 2 or "," not in words[last].gap or not words[last].capital:
        return last
    end = name_end(words, last)
    own = words[last:end]
    listed = "and" in [word.low for word in own] and own[-1].low.endswith("s")
    plain = sum(not word.capital for word in own) <= 2
    return end if listed and plain and "," in words[end].gap else last


def name_before(words: Sequence[Word], verb: int) -> Credit | None:
    """The name whose verb stands at `verb`."""
    last = verb
    while last and not words[last].apart and _is_adverb(words[last - 1]):
        last -= 1
    if not last:
        return None
    if "," in words[last].gap and last == verb:
        return _before_apposition(words, last)
    first = last - 1
    while first and not words[first].apart:
        first -= 1
    if words[first].apart and words[first].low in _JOINTS:
        return None
    first = _skip_time(words, first, last)
    return checked(words, _list_start(words, first, last), last)


def _before_apposition(words: Sequence[Word], verb: int) -> Credit | None:
    """The name before "..., a senior analyst," or "..., 45,": the commas are both there."""
    comma = verb - 1
    while comma and "," not in words[comma].gap:
        comma -= 1
    describes = words[comma].low in {*ARTICLES, "who", "whose", "head", "chief", "director"}
    if not comma or not (describes or words[comma].low.isdigit()):
        return None
    first = comma - 1
    while first and not words[first].apart:
        first -= 1
    return checked(words, first, comma)


def _skip_time(words: Sequence[Word], first: int, last: int) -> int:
    """Behind "On Tuesday", "Five years earlier" or "Unfortunately" where no comma follows it."""
    if first == 0 and is_time(words, 0) and last > 2:
        return 2
    for n in range(last - 2, first, -1):
        if words[n].low in known.BEFORE_SUBJECT:
            return n + 1
    joint = words[0].low in _JOINTS | {"as"} or words[0].low.endswith("ly")
    if first == 0 and last > 1 and joint:
        return 1
    return first


def _list_start(words: Sequence[Word], first: int, last: int) -> int:
    """The start of "US, South Korea and others", of which `first` starts the last part."""
    if "and" not in [word.low for word in words[first:last]] or "," not in words[first].gap:
        return first
    short = first <= 3 and words[0].low not in known.OPENING
    return 0 if short and all(word.capital for word in words[:first]) else first


def _is_adverb(word: Word) -> bool:
    return word.low in known.ADVERBS | HAVE or (word.low.endswith("ly") and not word.capital)


def opening_name(words: Sequence[Word]) -> Credit | None:
    """The person whom a sentence is about: the name or the office that it opens with."""
    first = skip_opening(words)
    last = first
    while words[last].raw and (last == first or not words[last].apart) and _names(words[last]):
        last += 1
    found = checked(words, first, last)
    sure = last > first and (words[last - 1].capital or _is_surely_verb(words[last]))
    return person(words, found) if found and sure else None


def skip_opening(words: Sequence[Word]) -> int:
    """The number of the word behind "On Tuesday," or "Last week" or "However,"."""
    opening = words[0].low in known.OPENING or words[0].low.endswith("ly")
    if not opening:
        return 1 if words[0].low == "as" else 0
    for n in range(1, len(words) - 1):
        if "," in words[n].gap:
            return n
        if words[n].low in FINITE_AUXILIARIES:
            break
    if words[0].low in _JOINTS:
        return 1
    return min(2, len(words) - 1) if is_time(words, 0) else 0


def _names(word: Word) -> bool:
    return word.capital or word.low in known.PERSONS or word.low in {"the", "of"}


def _is_surely_verb(word: Word) -> bool:
    return word.low.endswith("ed") or word.low in FINITE_AUXILIARIES | verbs.DELIVERING


def is_pronoun(words: Sequence[Word], found: Credit) -> bool:
    """Whether a credit is "he", "she" or "they"."""
    return found.last == found.first + 1 and words[found.first].low in _PRONOUNS


def person(words: Sequence[Word], found: Credit) -> Credit | None:
    """The credit, if "he" or "she" can stand for it."""
    own = words[found.first : found.last]
    if is_possessive(own[-1].low):
        return None
    if any(word.low.rstrip(".") in known.PERSONS for word in own):
        return found
    bodies = any(word.low in known.BODIES or is_acronym(word.raw) for word in own)
    return None if bodies or own[0].low == "the" or not own[-1].capital else found


def plural(words: Sequence[Word], found: Credit) -> bool:
    """Whether "they" can stand for a credit."""
    own = words[found.first : found.last]
    heads = [word.low for word in own]
    return "and" in heads or heads[-1] in known.SOURCES or heads[-1].endswith("s")


def names_somebody(name: Sequence[Word]) -> bool:
    """Whether it is a name, or a noun for one who speaks, and not a thing."""
    heads = [word for word in name if word.low == _head(name)]
    return any(word.capital or is_among(word, known.SOURCES) for word in heads)


def is_known_source(name: Sequence[Word]) -> bool:
    """Whether it has a name or a noun for one who speaks anywhere in it."""
    return any(word.capital or is_among(word, known.SOURCES) for word in name)


def is_among(word: Word, nouns: frozenset[str]) -> bool:
    """Whether a word is one of some nouns, or the plural of one."""
    return word.low in nouns or word.low.removesuffix("s") in nouns


def is_verb(word: Word, forms: frozenset[str]) -> bool:
    """Whether it is one of these verbs; with a capital it is part of a name or a title."""
    return word.low in forms and not word.capital


def is_time(words: Sequence[Word], n: int) -> bool:
    """Whether "on Saturday", "last week" or "in 1999" begins here."""
    if words[n].low in known.DAYS:
        return True
    following = words[n + 1] if n + 1 < len(words) else words[n]
    time = following.low in known.TIMES or bool(_YEAR.fullmatch(following.low))
    return words[n].low in _OF_TIME and (time or following.low in {"this", "last"})
