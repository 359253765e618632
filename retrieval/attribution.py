"""Whom one sentence credits in its own words, by the grammar of attribution.

A credit is looked for from the outside in: what "according to KCNA, Kim said" is known from KCNA.
Each rule is content to find nothing; none guesses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from retrieval import speaker_words as names
from retrieval import speech_verbs as verbs
from retrieval.sentence_words import Word

_PRONOUNS = frozenset({"he", "she", "they"})
_LONGEST = 14  # words of a name with all that belongs to it
_TAIL = 8  # words that may follow "..., KCNA said": on what day, where, to whom
_THAT = 7  # words between a verb and its "that"
_CLAUSE = 10  # words within which a clause shows its verb
_YEAR = re.compile(r"(?:1[0-9]|20)\d\d")
_INDEFINITE = frozenset({"a", "an", "his", "her", "its"})
_ARTICLES = frozenset({"a", "an", "the"})
_OF_TIME = frozenset({"on", "in", "at", "last", "this", "next", "earlier", "late"})
_BESIDE = frozenset({"in", "on", "at", "to", "during", "after", "earlier", "again"})
_TAILS = frozenset({"in", "on", "at", "during", "after"})
_HEARERS = (["reporters"], ["journalists"], ["the"])


class Credit(NamedTuple):
    """The words that name a speaker: `words[first:last]`."""

    first: int
    last: int


def credit(words: Sequence[Word]) -> Credit | None:
    """Whom a sentence credits, by its words; a pronoun stands as it is."""
    rules = (_according, _as_reported, _closing, _inverted, _leading, _delivering, _adding)
    return next((found for rule in rules if (found := rule(words))), None)


def is_pronoun(words: Sequence[Word], found: Credit) -> bool:
    """Whether a credit is "he", "she" or "they"."""
    return found.last == found.first + 1 and words[found.first].low in _PRONOUNS


def opening_name(words: Sequence[Word]) -> Credit | None:
    """The person whom a sentence is about: the name or the office that it opens with."""
    first = _skip_opening(words)
    last = first
    while words[last].raw and (last == first or not words[last].apart) and _names(words[last]):
        last += 1
    found = _checked(words, first, last)
    sure = last > first and (words[last - 1].capital or _is_surely_verb(words[last]))
    return person(words, found) if found and sure else None


def _is_surely_verb(word: Word) -> bool:
    return word.low.endswith("ed") or word.low in verbs.FINITE | verbs.DELIVERING


def _names(word: Word) -> bool:
    return word.capital or word.low in names.PERSONS or word.low in {"the", "of"}


def person(words: Sequence[Word], found: Credit) -> Credit | None:
    """The credit, if "he" or "she" can stand for it."""
    own = words[found.first : found.last]
    if own[-1].low.endswith(("'s", "’s", "s’", "s'")):
        return None
    if any(word.low.rstrip(".") in names.PERSONS for word in own):
        return found
    bodies = any(word.low in names.BODIES or _is_acronym(word) for word in own)
    return None if bodies or own[0].low == "the" or not own[-1].capital else found


def plural(words: Sequence[Word], found: Credit) -> bool:
    """Whether "they" can stand for a credit."""
    own = words[found.first : found.last]
    heads = [word.low for word in own]
    return "and" in heads or heads[-1] in names.SOURCES or heads[-1].endswith("s")


def _is_acronym(word: Word) -> bool:
    letters = word.raw.strip("().")
    return len(letters) > 1 and letters.isupper() and "." not in letters


# "According to KCNA, ..." and "..., as reported by KCNA"


def _according(words: Sequence[Word]) -> Credit | None:
    for n in range(len(words) - 2):
        if words[n].low != "according" or words[n + 1].low != "to" or words[n + 2].apart:
            continue
        if n and not words[n].apart and words[n - 1].low not in {"and", "but", "that"}:
            continue  # in which way a thing was done: "sorted according to size"
        last = _name_end(words, n + 2)
        last = last if n else _with_list(words, n + 2, last)
        name = words[n + 2 : last]
        if not _is_end(words, last):
            return None
        if _known_source(name) and names.MEASURES.isdisjoint(word.low for word in name):
            return _checked(words, n + 2, last)
    return None


def _as_reported(words: Sequence[Word]) -> Credit | None:
    for n in range(len(words) - 3):
        if words[n].low == "as" and words[n + 1].low in verbs.REPORTED and words[n + 2].low == "by":
            return _checked(words, n + 3, _name_end(words, n + 3))
    return None


def _name_end(words: Sequence[Word], first: int) -> int:
    """Where a name that begins at `first` ends."""
    last = first
    while words[last].raw and last - first < _LONGEST:
        if last > first and (words[last].apart or words[last].low in names.STOPPERS):
            break
        if last > first and (_is_time(words, last) or words[last].low in verbs.FINITE):
            break
        if words[last].low == "in" and words[last + 1].low in _INDEFINITE and last > first:
            break
        last += 1
    return last


def _is_end(words: Sequence[Word], n: int) -> bool:
    """Whether a name surely ends before the word at `n`."""
    return words[n].apart or words[n].low in names.STOPPERS or _is_time(words, n)


def _with_list(words: Sequence[Word], first: int, last: int) -> int:
    """The end of "US, Ukrainian and South Korean assessments", of which `last` ends the first."""
    if last - first > 2 or "," not in words[last].gap or not words[last].capital:
        return last
    end = _name_end(words, last)
    own = words[last:end]
    listed = "and" in [word.low for word in own] and own[-1].low.endswith("s")
    plain = sum(not word.capital for word in own) <= 2
    return end if listed and plain and "," in words[end].gap else last


def _is_time(words: Sequence[Word], n: int) -> bool:
    """Whether "on Saturday", "last week" or "in 1999" begins here."""
    if words[n].low in names.DAYS:
        return True
    following = words[n + 1] if n + 1 < len(words) else words[n]
    time = following.low in names.TIMES or bool(_YEAR.fullmatch(following.low))
    return words[n].low in _OF_TIME and (time or following.low in {"this", "last"})


def _known_source(name: Sequence[Word]) -> bool:
    return any(word.capital or _is_among(word, names.SOURCES) for word in name)


# "..., KCNA said on Monday" and "“...,” said Kim"


def _closing(words: Sequence[Word]) -> Credit | None:
    for n in range(len(words) - 2, 0, -1):
        if _is_verb(words[n], verbs.CLOSING) and _only_tail_follows(words, n + 1):
            found = _name_before(words, n)
            if found and found.first and _closes_a_part(words, found.first):
                return found
            if found and found.first == 0 and "”" in words[0].gap:
                return found
            if found and found.first == 1 and words[0].low == "as":
                return found
    return None


def _closes_a_part(words: Sequence[Word], first: int) -> bool:
    """Whether something that may be said ends before `first`."""
    gap = words[first].gap
    if "”" in gap:
        return True
    lead_in = words[0].low in names.OPENING and not any(w.apart for w in words[1:first])
    return "," in gap and not lead_in


def _only_tail_follows(words: Sequence[Word], n: int) -> bool:
    """Whether from `n` on there is nothing, or another part, or only when, where and to whom."""
    if not words[n].raw or words[n].apart:
        return "“" not in words[n].gap or "”" in words[n].gap
    tail = 0
    while words[n + tail].raw and not (tail and words[n + tail].apart):
        tail += 1
    lows = [word.low for word in words[n : n + tail]]
    if tail > _TAIL or "that" in lows or not verbs.FINITE.isdisjoint(lows):
        return False
    if words[n - 1].low in verbs.TELLING or _is_time(words, n):
        return True
    return lows[0] in _TAILS or (lows[0] == "to" and lows[1:2] in _HEARERS)


def _inverted(words: Sequence[Word]) -> Credit | None:
    for n in range(len(words) - 1):
        verb, name = words[n], words[n + 1]
        if not _is_verb(verb, verbs.CLOSING) or name.apart or not name.raw:
            continue
        spoken = "”" in verb.gap or (n > 2 and verb.gap.strip() == "," and name.capital)
        found = _checked(words, n + 1, _name_end(words, n + 1)) if spoken else None
        if found and (name.capital or name.low in {*_ARTICLES, "one"}):
            return found
    return None


# "Experts suggest that ..."


def _leading(words: Sequence[Word]) -> Credit | None:
    for n in range(1, len(words) - 1):
        if _is_verb(words[n], verbs.STATING) and _states(words, n):
            found = _name_before(words, n)
            return (
                found if found and _opens(words, found.first) and _fits(words, found, n) else None
            )
        if words[n].low == "quoted" and _is_quoted(words, n):
            found = _name_before(words, n - 1)
            return found if found and _opens(words, found.first) else None
    return None


def _is_quoted(words: Sequence[Word], n: int) -> bool:
    """Whether "was quoted (as) saying" stands here."""
    behind = [word.low for word in words[n + 1 : n + 3]]
    return words[n - 1].low in {"was", "is", "were", "are"} and "saying" in behind


def _states(words: Sequence[Word], n: int) -> bool:
    """Whether what is said follows the verb at `n`."""
    verb, following = words[n].low, words[n + 1]
    if verb in verbs.NOUNS:
        bare = verb in verbs.BARE and _clause_follows(words, n + 1, finite=True)
        return following.low == "that" or bare
    if "“" in following.gap or ":" in following.gap:
        return True
    if _that_follows(words, n):
        return True
    if verb in verbs.SAYING:
        return following.low not in names.OBJECTS and _clause_follows(words, n + 1, least=3)
    return verb in (verbs.BARE | verbs.THINKING) and _clause_follows(words, n + 1, finite=True)


def _that_follows(words: Sequence[Word], n: int) -> bool:
    """Whether "that" follows the verb, or when and where it was said and then "that"."""
    first = words[n + 1]
    told = words[n].low in verbs.TELLING
    if first.low != "that" and not (told or first.low in _BESIDE or _is_time(words, n + 1)):
        return False
    for word in words[n + 1 : n + 2 + _THAT]:
        if word.low == "that":
            return not (word.apart and "," in word.gap)
        if not word.raw or word.apart or word.low in verbs.FINITE:
            return "“" in word.gap and word.raw != ""
    return False


def _clause_follows(words: Sequence[Word], n: int, *, least: int = 1, finite: bool = False) -> bool:
    ahead = [word for word in words[n : n + _CLAUSE] if word.raw]
    if len(ahead) < least:
        return False
    return not finite or any(word.low in verbs.FINITE for word in ahead[1:])


def _opens(words: Sequence[Word], first: int) -> bool:
    """Whether a name at `first` is the subject of the main clause."""
    if first == 0:
        return True
    opening = _skip_opening(words)
    return first == opening


def _skip_opening(words: Sequence[Word]) -> int:
    """The number of the word behind "On Tuesday," or "Last week" or "However,"."""
    opening = words[0].low in names.OPENING or words[0].low.endswith("ly")
    if not opening:
        return 1 if words[0].low == "as" else 0
    for n in range(1, len(words) - 1):
        if "," in words[n].gap:
            return n
        if verbs.FINITE & {words[n].low}:
            break
    if words[0].low in {"but", "and", "yet", "so"}:
        return 1
    if _is_time(words, 0):
        return 2
    return 0


def _fits(words: Sequence[Word], found: Credit, verb: int) -> bool:
    """Whether such a speaker does what the verb says."""
    name, low = words[found.first : found.last], words[verb].low
    if low in verbs.FINDING:
        return any(_is_among(word, names.FINDERS) for word in name)
    if low in verbs.HINTING:
        return _names_somebody(name) or is_pronoun(words, found)
    return not (low in verbs.THINKING and is_pronoun(words, found))


def _names_somebody(name: Sequence[Word]) -> bool:
    """Whether it is a name, or a noun for one who speaks, and not a thing."""
    heads = [word for word in name if word.low == _head(name)]
    return any(word.capital or _is_among(word, names.SOURCES) for word in heads)


def _is_among(word: Word, nouns: frozenset[str]) -> bool:
    """Whether a word is one of some nouns, or the plural of one."""
    return word.low in nouns or word.low.removesuffix("s") in nouns


# "In a statement, Kim praised ..." and "Kim praised ..., adding that ..."


def _delivering(words: Sequence[Word]) -> Credit | None:
    first = _skip_opening(words)
    if not first or words[0].low != "in" or words[1].low not in _INDEFINITE:
        return None
    if names.OCCASIONS.isdisjoint(word.low for word in words[2:first]):
        return None
    for n in range(first + 1, min(len(words) - 1, first + _LONGEST)):
        if _is_verb(words[n], verbs.DELIVERING):
            found = _name_before(words, n)
            return found if found and found.first == first else None
    return None


def _adding(words: Sequence[Word]) -> Credit | None:
    for n in range(2, len(words) - 1):
        if words[n].low in verbs.ADDING and "," in words[n].gap:
            follows = words[n + 1]
            if follows.low == "that" or "“" in follows.gap or ":" in follows.gap:
                return opening_name(words)
    return None


# names


def _name_before(words: Sequence[Word], verb: int) -> Credit | None:
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
    while first < last and words[first].low in {"and", "but"} and words[first].apart:
        return None
    first = _skip_time(words, first, last)
    return _checked(words, _list_start(words, first, last), last)


def _is_adverb(word: Word) -> bool:
    return word.low in names.ADVERBS | names.AUXILIARIES or (
        word.low.endswith("ly") and not word.capital
    )


def _before_apposition(words: Sequence[Word], verb: int) -> Credit | None:
    """The name before "..., a senior analyst," or "..., 45,": the commas are both there."""
    comma = verb - 1
    while comma and "," not in words[comma].gap:
        comma -= 1
    describes = words[comma].low in {*_ARTICLES, "who", "whose", "head", "chief", "director"}
    if not comma or not (describes or words[comma].low.isdigit()):
        return None
    first = comma - 1
    while first and not words[first].apart:
        first -= 1
    return _checked(words, first, comma)


def _is_verb(word: Word, forms: frozenset[str]) -> bool:
    """Whether it is one of these verbs; with a capital it is part of a name or a title."""
    return word.low in forms and not word.capital


def _skip_time(words: Sequence[Word], first: int, last: int) -> int:
    """Behind "On Tuesday", "Last week" or "Unfortunately" where no comma follows it."""
    if first == 0 and _is_time(words, 0) and last > 2:
        return 2
    joint = words[0].low in {"but", "and", "yet", "so", "as"} or words[0].low.endswith("ly")
    if first == 0 and last > 1 and joint:
        return 1
    return first


def _list_start(words: Sequence[Word], first: int, last: int) -> int:
    """The start of "US, South Korea and others", of which `first` starts the last part."""
    if "and" not in [word.low for word in words[first:last]] or "," not in words[first].gap:
        return first
    short = first <= 3 and words[0].low not in names.OPENING
    return 0 if short and all(word.capital for word in words[:first]) else first


def _checked(words: Sequence[Word], first: int, last: int) -> Credit | None:
    """A name, if it can be one."""
    while last > first and _is_time(words, last - 1):
        last -= 1
    own = words[first:last]
    if len(own) == 1 and own[0].low in _PRONOUNS:
        return Credit(first, last)
    if not own or len(own) > _LONGEST or not _may_speak(own):
        return None
    inside = any(word.capital for word in own[1:]) or (own[0].capital and first > 0)
    known = own[0].low in _ARTICLES or any(_is_among(word, names.SOURCES) for word in own)
    return Credit(first, last) if inside or known or own[0].capital else None


def _may_speak(name: Sequence[Word]) -> bool:
    """Whether nothing in it belies a name."""
    lows = [word.low for word in name]
    if lows[0] in names.NO_SPEAKER and not _is_acronym(name[0]):
        return False
    if lows[-1] in names.NEVER_LAST or _head(name) in names.EVIDENCE:
        return False
    acting = verbs.DELIVERING - verbs.NOUNS
    if any(word.low in acting and not word.capital for word in name):
        return False
    negated = any(low.endswith(("n't", "n’t")) for low in lows)
    return not negated and names.NEVER_WITHIN.isdisjoint(lows)


def _head(name: Sequence[Word]) -> str:
    """The noun that a name turns on: that before its first preposition, or its last."""
    for word, following in pairwise(name):
        if following.low in {"of", "from", "by", "in", "at", "for", "on", "with", "to"}:
            return word.low
    return name[-1].low
