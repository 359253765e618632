"""Names of speakers in a sentence: where they begin and end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.evidence.attribution import verbs
from retrieval.evidence.attribution import words as known
from retrieval.evidence.attribution.persons import (
    PRONOUNS,
    Credit,
    is_among,
    may_speak,
    person,
)
from retrieval.evidence.attribution.tokens import Word
from retrieval.text.closed_classes import (
    ARTICLES,
    DEMONSTRATIVES,
    FINITE_AUXILIARIES,
    HAVE,
    INDEFINITE_ARTICLES,
    POSSESSIVES,
    PREPOSITIONS,
)

LONGEST = 14
"""Words that a name has at most, with all that belongs to it."""

INDEFINITE = INDEFINITE_ARTICLES | {"his", "her", "its"}
_GENERATIONS = frozenset({"jr", "jr.", "sr", "sr."})
_OF_TIME = frozenset({"on", "in", "at", "last", "this", "next", "earlier", "late"})
_JOINTS = frozenset({"but", "and", "yet", "so"})
_BEHIND_VERBS = ARTICLES | DEMONSTRATIVES | POSSESSIVES | PREPOSITIONS | {"that"}
_LONGEST_INITIALS = 6  # letters: UNICEF, UNESCO
_DASH = re.compile(r"[—–]|\s--?\s")
_YEAR = re.compile(r"(?:1[0-9]|20)\d\d")


def checked(words: Sequence[Word], first: int, last: int) -> Credit | None:
    """A name, if it can be one."""
    first = _skip_heading(words, first, last)
    while last > first and is_time(words, last - 1):
        last -= 1
    own = words[first:last]
    if len(own) == 1 and own[0].low in PRONOUNS:
        return Credit(first, last)
    if not own or len(own) > LONGEST or not may_speak(own):
        return None
    inside = any(word.capital for word in own[1:]) or (own[0].capital and first > 0)
    noted = own[0].low in ARTICLES or any(is_among(word, known.SOURCES) for word in own)
    return Credit(first, last) if inside or noted or own[0].capital else None


def _skip_heading(words: Sequence[Word], first: int, last: int) -> int:
    """Behind a heading that runs into its sentence, or a note's number: "RESULTS Some experts"."""
    n = min(heading_end(words), last) if first == 0 else first
    if n == last or not words[n].capital:
        return first
    alone = words[n].low in ARTICLES or sum(word.capital for word in words[n:last]) == 1
    return n if alone else first


def heading_end(words: Sequence[Word]) -> int:
    """How many words of a sentence are a heading in capitals, or a note's number."""
    n = 0
    while words[n].raw.isupper() and len(words[n].raw) > (1 if n else _LONGEST_INITIALS):
        n += 1
    return n or int(words[0].raw.isdigit())


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
        if last > first and _turns(words, last):
            break
        last += 1
    return last


def _turns(words: Sequence[Word], n: int) -> bool:
    """Whether another subject begins behind a name without a comma: "Cook their numbers fell"."""
    word, before, following = words[n], words[n - 1], words[n + 1]
    if word.capital or not before.capital or following.capital:
        return False
    return word.low in POSSESSIVES or word.low in ARTICLES


def is_end(words: Sequence[Word], n: int) -> bool:
    """Whether a name surely ends before the word at `n`."""
    return words[n].apart or words[n].low in known.STOPPERS or is_time(words, n) or _turns(words, n)


def with_list(words: Sequence[Word], first: int, last: int) -> int:
    """The end of "US, Ukrainian and South Korean assessments", of which `last` ends the first."""
    if last - first > 2 or "," not in words[last].gap or not words[last].capital:
        return last
    if listed := _end_of_names(words, last):
        return listed
    end = name_end(words, last)
    own = words[last:end]
    listed = "and" in [word.low for word in own] and own[-1].low.endswith("s")
    plain = sum(not word.capital for word in own) <= 2
    return end if listed and plain and "," in words[end].gap else last


def _end_of_names(words: Sequence[Word], n: int) -> int | None:
    """The end of "Johnson, Lee, and Tory", of which the second begins at `n`."""
    while words[n].capital and words[n + 1].apart and words[n + 1].capital:
        n += 1
    joined = words[n].capital and words[n + 1].low == "and" and words[n + 2].capital
    return n + 3 if joined and words[n + 3].apart else None


def name_before(words: Sequence[Word], verb: int) -> Credit | None:
    """The name whose verb stands at `verb`."""
    last = verb
    while last and not words[last].apart and _is_adverb(words[last - 1]):
        last -= 1
    if not last:
        return None
    if last == verb and "," in words[last].gap:
        return _before_apposition(words, last)
    if last == verb and _DASH.search(words[last].gap):
        return None
    first = last - 1
    while first and (not words[first].apart or words[first].low in _GENERATIONS):
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
        if words[n].low in known.BEFORE_SUBJECT and words[n - 1].low not in ARTICLES:
            return n + 1
    if first and last - first > 1 and _is_year_of_date(words, first):
        return first + 1
    joint = words[0].low in _JOINTS | {"as"} or words[0].low.endswith("ly")
    if first == 0 and last > 1 and joint:
        return 1
    return first


def _is_year_of_date(words: Sequence[Word], n: int) -> bool:
    """Whether a year ends a date before a name: "On April 2, 2011 sources"."""
    return _YEAR.fullmatch(words[n].low) is not None and not words[n + 1].capital


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
    sure = last > first and _acts(words, last)
    return person(words, found) if found and sure else None


def skip_opening(words: Sequence[Word]) -> int:
    """The number of the word behind "On Tuesday," or "Last week" or "However,"."""
    opening = words[0].low in known.OPENING or words[0].low.endswith("ly")
    if not opening:
        return 1 if words[0].low == "as" else 0
    for n in range(1, len(words) - 1):
        if "," in words[n].gap:
            return n + 1 if _is_year_of_date(words, n) else n
        if words[n].low in FINITE_AUXILIARIES:
            break
    if words[0].low in _JOINTS:
        return 1
    return min(2, len(words) - 1) if is_time(words, 0) else 0


def _names(word: Word) -> bool:
    return word.capital or word.low in known.PERSONS or word.low in {"the", "of"}


def _acts(words: Sequence[Word], n: int) -> bool:
    """Whether what follows a name is its verb, and no noun as in "American policy was praised"."""
    word, following = words[n], words[n + 1 : n + 2]
    if not word.raw or word.apart or _is_adverb(word) or _is_surely_verb(word):
        return True
    if not words[n - 1].capital or word.capital:
        return False
    return any(
        one.capital or one.apart or one.low in _BEHIND_VERBS or not one.raw for one in following
    )


def _is_surely_verb(word: Word) -> bool:
    return word.low.endswith("ed") or word.low in FINITE_AUXILIARIES | verbs.DELIVERING


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
