"""Whether the words that two sentences have in common have the same parts in both.

There is no parser behind it. Words that change places do so for a reason, a passive, a circumstance
that stands first, a source that stands last, or they tell the sentences apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import combinations
from typing import NamedTuple

from retrieval.evidence.doubts.reading import Reading
from retrieval.evidence.doubts.roles import Role, predicates
from retrieval.evidence.doubts.verbs import is_verb
from retrieval.evidence.statements.alignment import SAYING, Related, are_contrary, is_content
from retrieval.evidence.statements.amounts import Amount, read_amounts
from retrieval.evidence.statements.markers import limits, marker_of
from retrieval.quantities.units import are_one_unit
from retrieval.text import closed_classes as classes
from retrieval.text.names import Word

_REACHED: frozenset[Role] = frozenset({"patient", "goal"})
_SOURCE = 8  # words of "officials in Strelsau said on Tuesday"
_FIXED = frozenset({"of", "than", "as", "by"})  # their phrases do not move about
_TIMES = frozenset([*classes.MONTHS, *classes.WEEKDAYS])
_DAY = frozenset("morning afternoon evening night".split())
_CAUSING = frozenset("because instead".split())
_BEFORE_NOUN = classes.ARTICLES | classes.POSSESSIVES | classes.DEMONSTRATIVES
_STOPS = frozenset(',;:—–()“”"')

_CLOSING = frozenset({"that", "and", "or", "but", "who", "which", "while"}) | (
    classes.FINITE_AUXILIARIES
)


class Place(NamedTuple):
    """Where a word stands.

    Attributes:
        at: Its place among the words.
        lead: The preposition of its phrase; "" for none.
        is_source: Whether it belongs to what only says who says so.
    """

    at: int
    lead: str
    is_source: bool


class Layout:
    """Where the content words of a sentence stand, and what they do.

    Attributes:
        words: Its words.
        text: The sentence.
    """

    def __init__(self, words: Sequence[Word], text: str) -> None:
        """Lay out the words of `text`."""
        self.words, self.text = words, text

    @cached_property
    def places(self) -> dict[str, Place]:
        """The place of each content term that stands there once."""
        found, seen, source = dict[str, Place](), set[str](), self._source
        for n, lead in enumerate(self._leads()):
            word = self.words[n]
            if not is_content(word) or marker_of(word):
                continue
            found[word.term] = Place(n, lead, n in source)
            if word.term in seen:
                del found[word.term]
            seen.add(word.term)
        return found

    @cached_property
    def limited(self) -> tuple[tuple[str, str], ...]:
        """The class of each word that limits what it says, and the term that it limits."""
        return tuple(limits(self.words))

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """Its numbers with their units."""
        return tuple(read_amounts(self.text))

    @cached_property
    def roles(self) -> dict[str, dict[str, Role]]:
        """The role of each term by the term of the verb."""
        return _roles(self.text[self.words[0].start :]) if self.words else {}

    def between(self, n: int, m: int) -> list[Word]:
        """The words between two places."""
        return list(self.words[min(n, m) + 1 : max(n, m)])

    def _pauses(self, n: int) -> bool:
        """Whether something parts a word from the next one."""
        if n + 1 >= len(self.words):
            return True
        return not _STOPS.isdisjoint(self.text[self.words[n].end : self.words[n + 1].start])

    def _leads(self) -> Iterator[str]:
        """The preposition of the phrase of each word."""
        lead, filled = "", False
        for n, word in enumerate(self.words):
            if word.low in classes.PREPOSITIONS:
                caused = word.low == "of" and n > 0 and self.words[n - 1].low in _CAUSING
                lead, filled = "because" if caused else word.low, False
            elif word.low in _CLOSING or (filled and word.low in classes.ARTICLES):
                lead = ""
            filled = filled or is_content(word)
            yield "on" if word.figure in _TIMES and lead in {"", "in", "on"} else lead
            if self._pauses(n) or (word.figure and lead and not self._goes_on(n)):
                lead = ""

    def _goes_on(self, n: int) -> bool:
        """Whether a phrase goes on behind a number or a date."""
        following = self.words[n + 1]
        return bool(following.figure) or following.low in _DAY or self.words[n].figure not in _TIMES

    @cached_property
    def _source(self) -> range:
        """The words that say who says so, before or behind what is said."""
        lows = [word.low for word in self.words]
        if lows[:2] == ["according", "to"]:
            return range(next((n + 1 for n in range(len(lows)) if self._pauses(n)), 0))
        for n, low in enumerate(lows[:_SOURCE]):
            if self._pauses(n) and low not in SAYING:
                break
            if low in SAYING and n and lows[n - 1] not in _BEFORE_NOUN:
                told = lows[n : n + _SOURCE]
                return range(n + told.index("that") if "that" in told else n + 1)
        for n in range(len(lows) - 1, max(0, len(lows) - _SOURCE), -1):
            if self._pauses(n - 1):
                tail = lows[n:]
                return (
                    range(n, len(lows)) if SAYING & {*tail} or tail[0] == "according" else range(0)
                )
        return range(0)


@lru_cache(maxsize=1 << 10)
def _roles(text: str) -> dict[str, dict[str, Role]]:
    plain = Reading(text)
    alone = [
        (n, n)
        for n, word in enumerate(plain.words)
        if n not in plain.named and is_content(word) and not is_verb(plain, n)
    ]
    named = [run for run in plain.runs if _TIMES.isdisjoint(plain.lows[run[0] : run[1] + 1])]
    reading = Reading(text, words=plain.words, runs=sorted([*named, *alone]))
    found: dict[str, dict[str, Role]] = {}
    for one in predicates(reading):
        if is_verb(reading, one.word):
            if reading.words[one.word].low in SAYING:
                continue
            parts = {t: role for run, role in one.parts.items() for t in reading.terms(*run)}
            found.setdefault(reading.words[one.word].term, {}).update(parts)
    return found


def phrases_with_more(one: Layout, other: Layout, are_related: Related) -> frozenset[str]:
    """The prepositions, "" for none, of words for which another sentence has none.

    Figures do not count, nor does who says so.
    """
    known = {word.term for word in other.words}
    return frozenset(
        place.lead
        for term, place in one.places.items()
        if term not in known
        and not (place.is_source or one.words[place.at].figure)
        and not any(are_related(term, theirs) for theirs in known)
        and not any(are_one_unit(one.words[place.at].raw, word.raw) for word in other.words)
    )


def have_other_roles(
    one: Layout, other: Layout, are_related: Related, terms: frozenset[str]
) -> bool:
    """Whether one of some terms has a part in one sentence and its contrary in the other."""
    for mine, yours in _shared(one, other, are_related):
        for term in mine.keys() & yours.keys() & terms:
            if _lead(one, term) == _lead(other, term) != "":  # "engineers from Norland"
                continue
            if mine[term] != yours[term] and not {mine[term], yours[term]} <= _REACHED:
                return True
    return False


def _lead(layout: Layout, term: str) -> str:
    lead = layout.places[term].lead if term in layout.places else ""
    return "" if lead == "by" else lead


def _shared(
    one: Layout, other: Layout, are_related: Related
) -> Iterator[tuple[dict[str, Role], dict[str, Role]]]:
    """The roles around each verb that both sentences have."""
    for verb, mine in one.roles.items():
        for name, yours in other.roles.items():
            if verb == name or are_related(verb, name):
                yield mine, yours


def are_rearranged(one: Layout, other: Layout, are_related: Related) -> bool:
    """Whether words that two sentences have in common change places or prepositions. Symmetric.

    Those of a passive and its active, of circumstances that keep their prepositions, and of who
    says so may stand anywhere.
    """
    common = sorted(one.places.keys() & other.places.keys())
    if any(_against(one.places[term], other.places[term]) for term in common):
        return True
    same = [
        {term: mine[term] for term in mine.keys() & yours.keys() if mine[term] == yours[term]}
        for mine, yours in _shared(one, other, are_related)
    ]
    happens = one.roles.keys() & other.roles.keys()
    turned = (
        (a, b)
        for a, b in combinations(common, 2)
        if (one.places[a].at < one.places[b].at) != (other.places[a].at < other.places[b].at)
        and not any(_keep(a, b, parts, happens) for parts in same)
    )
    return any(not _may_move(one, other, a, b) for a, b in turned)


def _keep(a: str, b: str, parts: Mapping[str, Role], verbs: Collection[str]) -> bool:
    """Whether two words that change places keep their parts, which are not one and the same."""
    if a in verbs or b in verbs:
        return a in parts or b in parts
    return a in parts and b in parts and parts[a] != parts[b]


def _against(one: Place, other: Place) -> bool:
    """Whether two prepositions say different things: "from" and "to", "before" and "after"."""
    return are_contrary(one.lead, other.lead)


def _may_move(one: Layout, other: Layout, a: str, b: str) -> bool:
    places = (one.places[a], one.places[b]), (other.places[a], other.places[b])
    if any(all(pair[n].is_source for pair in places) for n in (0, 1)):
        return True
    leads = [{pair[n].lead for pair in places} for n in (0, 1)]
    moves = any(len(lead) == 1 and not lead <= _FIXED | {""} for lead in leads)
    if moves and leads[0] != leads[1]:
        return True
    between = [side.between(side.places[a].at, side.places[b].at) for side in (one, other)]
    if any(is_content(word) for words in between for word in words):
        return False
    joined = [{word.low for word in words} for words in between]
    if all(words & {"and", "or"} for words in joined):
        return True
    led = [not words.isdisjoint(classes.PREPOSITIONS) for words in joined]
    return led[0] != led[1]  # "Ireland's voters", "voters in Ireland"
