"""Who does what to whom, by the order of words around a verb.

There is no parser behind it: names right before a verb do it, those right behind suffer it, others
are told by their preposition, and what is less plain is not told at all.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Literal, NamedTuple

from retrieval.evidence.doubts.reading import Reading, Run
from retrieval.evidence.doubts.verbs import (
    AUXILIARIES,
    BEFORE_NOUN,
    BESIDE,
    CLOSING,
    REACH,
    helped,
    is_adverb,
    is_passive,
    is_verb,
)
from retrieval.text.names import is_possessive
from retrieval.text.nations import nations_in

Role = Literal["agent", "patient", "goal", "source"]

_GOAL = frozenset("to into against on onto upon toward towards".split())
_ROLES: dict[str, Role] = dict.fromkeys(_GOAL, "goal") | {"from": "source"}
_NOUN_ROLES: dict[str, Role] = dict.fromkeys("of against on upon".split(), "patient") | {
    "by": "agent"
}
_INSIDE = frozenset("of in at from for".split())  # what a noun phrase has inside
_RELATIVES = frozenset("who which that whom".split())
_PHRASE = 3  # words from a name to the noun that it is said of
_REACHED: frozenset[Role] = frozenset({"goal", "source"})
_FRONTED = frozenset("what who whom which many much".split())


class Predicate(NamedTuple):
    """A word that says what happens, and the names around it.

    Attributes:
        word: Its place.
        parts: The part of each name.
        has_object: Whether something suffers it.
    """

    word: int
    parts: dict[Run, Role]
    has_object: bool

    @property
    def reaches(self) -> bool:
        """Whether it goes from one to another."""
        return self.has_object or not _REACHED.isdisjoint(self.parts.values())


def predicates(reading: Reading, terms: Container[str] | None = None) -> Iterator[Predicate]:
    """All that happens to names in a text.

    Args:
        reading: A sentence or a question.
        terms: The words that are looked at; None for all.
    """
    for n, word in enumerate(reading.words):
        if terms is not None and word.term not in terms:
            continue
        found = _predicate(reading, n)
        if found and found.parts:
            yield found


def _predicate(reading: Reading, n: int) -> Predicate | None:
    if is_verb(reading, n):
        return _verbal(reading, n)
    if reading.lows[n + 1 : n + 2] == ["than"]:
        return _compared(reading, n)
    return _nominal(reading, n) if reading.is_noun(n) else None


def _verbal(reading: Reading, verb: int) -> Predicate:
    passive = is_passive(reading, verb)
    subject: Role = "patient" if passive else "agent"
    parts: dict[Run, Role] = dict.fromkeys(_before(reading, verb), subject)
    parts |= dict(_behind(reading, verb, passive=passive))
    parts = {run: r for run, r in parts.items() if r != "patient" or not _describes(reading, run)}
    return Predicate(verb, parts, passive or _has_object(reading, verb))


def _nominal(reading: Reading, noun: int) -> Predicate | None:
    """What the names around a noun do: "A's invasion of B", "the invasion of B by A"."""
    before = [run for run in reading.runs if run[1] < noun <= run[1] + _PHRASE]
    doers = [run for run in before if all(map(reading.is_noun, range(run[1] + 1, noun)))]
    parts: dict[Run, Role] = dict.fromkeys(doers, "agent")
    n, role = noun + 1, None
    while n < len(reading.words) and n - noun <= REACH and not reading.pauses(n):
        low = reading.lows[n]
        if n in reading.starts:
            if role:
                parts[reading.starts[n]] = role
            n = reading.starts[n][1]
        elif low in _NOUN_ROLES:
            role = _NOUN_ROLES[low]
        elif low not in BEFORE_NOUN and not (low == "and" and role):
            break
        n += 1
    return Predicate(noun, parts, True) if {"agent", "patient"} <= set(parts.values()) else None


def _compared(reading: Reading, more: int) -> Predicate | None:
    """What is compared with what: "A is larger than B"."""
    if not reading.is_noun(more):
        return None
    parts: dict[Run, Role] = dict.fromkeys(_before(reading, more), "agent")
    following = (run for run in reading.runs if more + 1 < run[0] <= more + 3)
    return Predicate(more, parts | dict.fromkeys(following, "goal"), True)


def _before(reading: Reading, verb: int) -> Iterator[Run]:
    """The names in what stands before a verb as its subject."""
    n = _subject_end(reading, verb)
    while n >= 0 and verb - n <= REACH:
        if n in reading.ends:
            yield reading.ends[n]
            n = reading.ends[n][0]
        elif _begins(reading, n):
            return
        if "," in reading.gaps[n] or reading.pauses(n):
            return
        n -= 1


def _begins(reading: Reading, n: int) -> bool:
    """Whether a subject begins behind a word before it."""
    low = reading.lows[n]
    if low in _INSIDE or (low == "and" and n - 1 in reading.ends):
        return False
    return low in CLOSING or low in BESIDE


def _subject_end(reading: Reading, verb: int) -> int:
    """The place of the last word of what stands before a verb as its subject; -1 for none."""
    n = helped(reading, verb)
    if reading.pauses(n):
        return -1
    lows, gaps = reading.lows, reading.gaps
    if n > 1 and lows[n - 1] == "to" and n == verb:  # "A agreed to buy B"
        if not is_verb(reading, n - 2):
            return -1
        n = helped(reading, n - 2)
    n -= 1
    if n >= 0 and lows[n] in _RELATIVES:
        return n - 1
    if n >= 0 and "," in gaps[n + 1]:  # "A, a firm, bought B"
        while n > 0 and "," not in gaps[n]:
            n -= 1
        return n - 1
    return n


def _behind(reading: Reading, verb: int, *, passive: bool) -> Iterator[tuple[Run, Role]]:
    """The names behind a verb, each with its part."""
    role: Role | None = None if passive else "patient"
    n, named = verb + 1, False
    while n < len(reading.words) and n - verb <= REACH and not reading.pauses(n):
        run = reading.starts.get(n)
        if "," in reading.gaps[n] and not (named and run):
            return
        named = run is not None
        if run and role:
            yield run, role
        if run is None:
            if _ends(reading, n):
                return
            role = _role_behind(reading, n, role, passive=passive)
        n = run[1] + 1 if run else n + 1


def _role_behind(reading: Reading, n: int, role: Role | None, *, passive: bool) -> Role | None:
    """The part of the names behind a word, which had another before it."""
    low = reading.lows[n]
    if low == "by":
        return "agent" if passive else None
    if low in _ROLES:
        return _ROLES[low]
    return None if low in BESIDE and low != "of" else role


def _ends(reading: Reading, n: int) -> bool:
    """Whether what belongs to a verb ends before a word behind it."""
    lows, low = reading.lows, reading.lows[n]
    if low == "to":
        return _is_infinitive(reading, n + 1)
    if low == "and":
        return n + 1 not in reading.starts and lows[n + 1 : n + 2] not in (["the"], ["a"])
    return low in CLOSING or (low not in BESIDE and _may_be_verb(reading, n))


def _is_infinitive(reading: Reading, n: int) -> bool:
    if n >= len(reading.words) or reading.words[n].capital:
        return False
    return reading.lows[n] not in BEFORE_NOUN and not reading.words[n].raw[0].isdigit()


def _may_be_verb(reading: Reading, n: int) -> bool:
    """Whether a word behind a noun looks like another verb."""
    if reading.words[n].capital or reading.lows[n - 1] in BEFORE_NOUN:
        return False
    return reading.lows[n].endswith(("ed", "ing"))


def _describes(reading: Reading, run: Run) -> bool:
    """Whether a name says what sort something is: in "sent French engineers" nobody sent France."""
    n = run[1] + 1
    if is_possessive(reading.words[run[1]].raw) or not reading.is_noun(n):
        return False
    return reading.gaps[n] == " " and bool(nations_in(reading.terms(*run)))


def _has_object(reading: Reading, verb: int) -> bool:
    lows, n = reading.lows, verb + 1
    while n < len(lows) and is_adverb(reading, n):
        n += 1
    goes_on = n < len(lows) and not reading.pauses(n) and "," not in reading.gaps[n]
    if goes_on and lows[n] not in BESIDE and lows[n] not in CLOSING:
        return True
    inverted = reading.asks and not AUXILIARIES.isdisjoint(lows[:verb])
    return inverted and not _FRONTED.isdisjoint(lows[:verb])
