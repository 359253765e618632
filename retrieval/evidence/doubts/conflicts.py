"""Whether a sentence has the names of a question in other roles than the question has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from retrieval.evidence.doubts.owners import Owned, owned
from retrieval.evidence.doubts.reading import Reading, Run
from retrieval.evidence.doubts.roles import Predicate, Role, predicates
from retrieval.evidence.doubts.verbs import is_verb
from retrieval.text import closed_classes as classes
from retrieval.text.derivations import Derivations
from retrieval.text.nations import nations_in

_OPPOSITE: dict[Role, frozenset[Role]] = {
    "agent": frozenset({"patient", "goal", "source"}),
    "patient": frozenset({"agent"}),
    "goal": frozenset({"agent", "source"}),
    "source": frozenset({"agent", "goal"}),
}
# Whom somebody marries marries them: such verbs have no other way round.
_SYMMETRIC = frozenset(
    "marri marry wed divorc meet met fight fought merg border debat clash date".split()
)


class Conflict(NamedTuple):
    """A name that has another role in a sentence than a question gives it.

    Attributes:
        name: The name, as the question has it.
        word: The word of the question in which it has the role.
        is_swapped: Whether another name of the question has its role there.
    """

    name: str
    word: str
    is_swapped: bool


def find_conflict(question: Reading, quote: Reading, derivations: Derivations) -> Conflict | None:
    """The first conflict of roles, one of two names that change places before others.

    Args:
        question: The question.
        quote: A sentence.
        derivations: Which words are of one family.
    """
    if not question.runs or not quote.runs:
        return None
    found = [
        *_of_verbs(question, quote, derivations),
        *_of_owners(question, quote, derivations),
        *_of_prepositions(question, quote),
    ]
    swapped = (one for one in found if one.is_swapped)
    return next(swapped, found[0] if found else None)


def _of_verbs(question: Reading, quote: Reading, derivations: Derivations) -> Iterator[Conflict]:
    asked = [
        (one, derivations.of(term) | derivations.synonyms(term) | {term})
        for one in predicates(question)
        if (term := question.words[one.word].term) not in _SYMMETRIC
    ]
    said = list(predicates(quote, frozenset[str]().union(*(family for _, family in asked))))
    for one, family in asked if said else ():
        there = [other for other in said if quote.words[other.word].term in family]
        word = question.words[one.word].raw
        turned = list(_turned(question, quote, one, there))
        for run in turned:
            yield Conflict(question.written(*run), word, len(turned) > 1)
        for run in _replaced(question, quote, one, there):
            yield Conflict(question.written(*run), word, False)


def _turned(
    question: Reading, quote: Reading, asked: Predicate, there: Sequence[Predicate]
) -> Iterator[Run]:
    """The names whose role in a sentence is against that in the question, and nowhere the same."""
    for run, role in asked.parts.items():
        if role == "agent" and not asked.reaches:
            continue
        said = [
            (other, one.reaches)
            for one in there
            for name, other in one.parts.items()
            if is_same(question, run, quote, name)
        ]
        if any(other == role for other, _ in said):
            continue
        if any(o in _OPPOSITE[role] and (o != "agent" or reaches) for o, reaches in said):
            yield run


def _replaced(
    question: Reading, quote: Reading, asked: Predicate, there: Sequence[Predicate]
) -> Iterator[Run]:
    """The names whose role another name of the question has in a sentence that has both."""
    for run, role in asked.parts.items():
        its = [name for name in quote.runs if is_same(question, run, quote, name)]
        having = {name for one in there for name, other in one.parts.items() if other == role}
        if not its or not having or any(may_be_same(question, run, quote, n) for n in having):
            continue
        rivals = (r for r in question.runs if r != run and asked.parts.get(r) != role)
        if any(is_same(question, rival, quote, name) for rival in rivals for name in having):
            yield run


def _of_owners(question: Reading, quote: Reading, derivations: Derivations) -> Iterator[Conflict]:
    asked = list(owned(question))
    if not asked:
        return
    said = list(owned(quote))
    for one in asked:
        term = question.words[one.noun].term
        others = [other for other in said if quote.words[other.noun].term == term]
        if not others or any(may_be_same(question, one.owner, quote, o.owner) for o in others):
            continue
        if not any(is_same(question, one.owner, quote, name) for name in quote.runs):
            continue
        family = derivations.of(term) | {term}
        if any(w.term in family and is_verb(quote, n) for n, w in enumerate(quote.words)):
            continue  # "A's murder" and "the murder of B" are not both A's and B's deed
        swapped = any(_is_named(question, quote, other) for other in others)
        if swapped or (one.is_sure and all(other.is_sure for other in others)):
            yield Conflict(question.written(*one.owner), question.words[one.noun].raw, swapped)


def _of_prepositions(question: Reading, quote: Reading) -> Iterator[Conflict]:
    """Two names that change their prepositions: "from A to B", "from B to A"."""
    asked = list(_led(question))
    if len(asked) < 2:
        return
    said = list(_led(quote))
    for (one, its), (other, theirs) in combinations(asked, 2):
        if its == theirs or is_same(question, one, question, other):
            continue
        ones = {word for run, word in said if is_same(question, one, quote, run)}
        others = {word for run, word in said if is_same(question, other, quote, run)}
        if theirs in ones and its in others and its not in ones and theirs not in others:
            yield Conflict(question.written(*one), its, True)


def _led(reading: Reading) -> Iterator[tuple[Run, str]]:
    """The names behind a preposition, each with that."""
    for run in reading.runs:
        n = run[0] - 1
        if n >= 0 and reading.lows[n] in classes.ARTICLES:
            n -= 1
        if n >= 0 and reading.lows[n] in classes.PREPOSITIONS:
            yield run, reading.lows[n]


def _is_named(question: Reading, quote: Reading, other: Owned) -> bool:
    return any(is_same(question, run, quote, other.owner) for run in question.runs)


def is_same(one: Reading, run: Run, other: Reading, name: Run) -> bool:
    """Whether two names mean the same: one has all words of the other, or one country."""
    own, others = one.terms(*run), other.terms(*name)
    if set(own) <= set(others) or set(others) <= set(own):
        return True
    return not nations_in(own).isdisjoint(nations_in(others))


def may_be_same(one: Reading, run: Run, other: Reading, name: Run) -> bool:
    """Whether two names have a word or a country in common."""
    own, others = one.terms(*run), other.terms(*name)
    return not set(own).isdisjoint(others) or is_same(one, run, other, name)


def are_both_named(question: Reading, quote: Reading) -> bool:
    """Whether a sentence has two names of a question."""
    names = quote.runs
    found = [run for run in question.runs if any(is_same(question, run, quote, n) for n in names)]
    return len(found) > 1
