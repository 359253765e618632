"""Whether two figures are of the same thing, which has to be nearly certain."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from retrieval.evidence.figures.mentions import Figure, Mention, Scope
from retrieval.quantities.bounds import is_compatible, read_bounds
from retrieval.text.collectives import COLLECTIVES

_CLAUSE = 0.6  # the share of the longer clause's weight that the shorter one says too
_CLAUSE_TERMS = 3  # the fewest, the noun included
_SENTENCE = 0.8  # the same of each sentence, where no shared name stands in the clause
_SENTENCE_TERMS = 5
_NAMELESS_TERMS = 8  # the same of a sentence without a name: short ones recur about anything
_FRAME_TERMS = 3  # the fewest of two sentences that are the same to the letter but for the value
_AGREEING = 0.5  # the share of the shorter clause's terms, where the values are equal
_ROOT = 4  # letters of a name that its adjective keeps: "Iraq", "Iraqi"
_ADJECTIVE = frozenset("n an ian ean i es ic ish".split())  # as the stemmer leaves them
_BEFORE_NAME = re.compile(
    r"\b(?P<role>by|at|to|from|for|against|in|on|of|with|into|over)\s(?:the\s)?$", re.IGNORECASE
)
_DEFINITE = re.compile(
    r"\b(?:the|this|that|these|those|its|his|her|their|our)\s(?-i:[a-z])", re.IGNORECASE
)
_DETERMINER = re.compile(r"\b(?:the|an?|its|his|her|their)\s$", re.IGNORECASE)


_NOTHING: frozenset[str] = frozenset()


def same_nouns(term: str, related: Callable[[str], frozenset[str]]) -> frozenset[str]:
    """A noun and those that count the same: of one family, synonyms, "troops" and "soldiers"."""
    return related(term) | COLLECTIVES.get(term, _NOTHING) | {term}


class Likeness:
    """Compares mentions by what their clauses say."""

    def __init__(
        self,
        asked: frozenset[str],
        related: Callable[[str], frozenset[str]] | None = None,
        weight: Callable[[str], float] | None = None,
    ) -> None:
        """Compare with the question's terms; see `figures.differing` for the others."""
        self._asked = asked
        known = related or _nothing
        self._related = cache(lambda term: same_nouns(term, known))
        self._weight = weight or _one

    def same_noun(self, one: Figure, other: Figure) -> bool:
        """Whether two figures are of one sort and count things of one name."""
        if one.sort != other.sort or (one.head is None) != (other.head is None):
            return False
        if one.head == other.head or one.head is None or other.head is None:
            return one.head == other.head
        return other.head in self._related(one.head) or one.head in self._related(other.head)

    def differ(self, one: Mention, other: Mention) -> bool:
        """Whether two articles give different values of the same thing."""
        if not self.are_unlike(one.figure, other.figure) or not self.may_differ(one, other):
            return False
        if _are_one_frame(one, other):
            return True
        if not self._is_contained(one, other):
            return False
        if not _have_same_roles(one, other):
            return False
        return self._same_clause(one, other) or self._same_sentence(one.sentence, other.sentence)

    def are_unlike(self, one: Figure, other: Figure) -> bool:
        """Whether two figures count things of one name, and their values differ."""
        return self.same_noun(one, other) and _are_different(one, other)

    def may_differ(self, one: Mention, other: Mention) -> bool:
        """Whether two figures that are unlike may be of the same thing, whatever they name."""
        return self._are_comparable(one, other) and one.others == other.others

    def agree(self, one: Mention, other: Mention) -> bool:
        """Whether two articles give the same value of the same thing: less has to be alike."""
        if not self._are_comparable(one, other) or one.figure.value != other.figure.value:
            return False
        if not self._same_names(one.clause, other.clause):
            return False
        said, also = one.clause.said, other.clause.said
        return len(self._shared(said, also)) >= _AGREEING * min(len(said), len(also))

    def _are_comparable(self, one: Mention, other: Mention) -> bool:
        """What has to hold whatever the words are: noun, kind of statement, time, labels."""
        return (
            one.articles.isdisjoint(other.articles)
            and self.same_noun(one.figure, other.figure)
            and not (one.leans or other.leans)
            and one.cues == other.cues
            and _are_of_one_time(one, other)
            and one.clause.labels == other.clause.labels
            and _are_consistent(one.sentence.labels, other.sentence.labels)
            and self._is_asked(one)
            and self._is_asked(other)
        )

    def _is_asked(self, mention: Mention) -> bool:
        if not self._asked:
            return True
        terms = [*mention.sentence.said, *([mention.figure.head] if mention.figure.head else [])]
        return bool(self._shared(self._asked, terms))

    def _is_contained(self, one: Mention, other: Mention) -> bool:
        """Whether one clause says nothing that the other does not, "killed" beside "injured"."""
        said, also = one.clause.said, other.clause.said
        if min(len(said), len(also)) + (one.figure.head is not None) < _CLAUSE_TERMS:
            return False
        return all(self._is_in(also, term) for term in said) or all(
            self._is_in(said, term) for term in also
        )

    def _same_clause(self, one: Mention, other: Mention) -> bool:
        """The same names in the same order and places, and much the same words."""
        if not self._same_names(one.clause, other.clause):
            return False
        subject, opposite = _subject(one), _subject(other)
        if subject and opposite:
            names = [name for name in one.clause.named if name in subject]
            if not self._shared(names, opposite):
                return False
        return self._overlap(one.clause, other.clause) >= _CLAUSE

    def _same_names(self, one: Scope, other: Scope) -> bool:
        """Whether both name something, and one nothing that the other does not, in one order."""
        first = self._shared(one.named, other.named)
        second = self._shared(other.named, one.named)
        if not first or (len(first) < len(one.named) and len(second) < len(other.named)):
            return False
        return all(self._is_in([b], a) for a, b in zip(first, second, strict=False))

    def _same_sentence(self, one: Scope, other: Scope) -> bool:
        """Nearly the same words with the same names: two versions of one sentence."""
        least = _SENTENCE_TERMS if one.named else _NAMELESS_TERMS
        if min(len(one.said), len(other.said)) < least:
            return False
        if (one.named, one.times, one.labels) != (other.named, other.times, other.labels):
            return False
        return self._overlap(one, other) >= _SENTENCE

    def _overlap(self, one: Scope, other: Scope) -> float:
        """The share of weight that is said on both sides, of the side where it is less."""
        return min(self._share(one.said, other.said), self._share(other.said, one.said))

    def _share(self, of: Sequence[str], among: Sequence[str]) -> float:
        total = sum(self._weight(term) for term in of)
        return sum(self._weight(term) for term in self._shared(of, among)) / total if total else 0.0

    def _shared(self, terms: Iterable[str], among: Sequence[str]) -> list[str]:
        return [term for term in terms if self._is_in(among, term)]

    def _is_in(self, terms: Sequence[str], term: str) -> bool:
        if term in terms or not self._related(term).isdisjoint(terms):
            return True
        return any(_is_adjective(term, other) or _is_adjective(other, term) for other in terms)

    def wording(self, mentions: Sequence[Mention]) -> str:
        """What the mentions are of, in the words of the first one."""
        first, *others = mentions
        quantity, text = first.figure.quantity, first.text
        if quantity.of:
            return text[quantity.of.start : quantity.of.end]
        common = [
            word
            for word in first.words
            if all(self._is_in(m.clause.said, word.term) for m in others)
        ]
        before = [word for word in common if word.end <= quantity.start]
        after = [word for word in common if word.start >= quantity.end]
        if after and (not before or _DETERMINER.search(text[: quantity.start])):
            return text[after[0].start : after[0].end]
        return text[before[-1].start : before[-1].end] if before else quantity.kind


def _subject(mention: Mention) -> list[str]:
    return [word.term for word in mention.words if word.end <= mention.figure.quantity.start]


def _are_one_frame(one: Mention, other: Mention) -> bool:
    """Whether two sentences with a name are the same to the letter but for the value.

    What "the film" is stands elsewhere: then the titles have to be the same, too.
    """
    if not one.sentence.named or len(one.sentence.said) < _FRAME_TERMS:
        return False
    if _frame(one) != _frame(other):
        return False
    return one.title == other.title or not any(_DEFINITE.search(m.text) for m in (one, other))


def _frame(mention: Mention) -> tuple[str, ...]:
    quantity, text = mention.figure.quantity, mention.text
    return (*text[: quantity.start].split(), "", *text[quantity.end :].split())


def _have_same_roles(one: Mention, other: Mention) -> bool:
    """Whether no name stands behind different prepositions, "by Norway" and "at Norway"."""
    roles, others = _roles(one), _roles(other)
    return all(roles[name] == others[name] for name in roles.keys() & others.keys())


def _roles(mention: Mention) -> dict[str, str]:
    found = ((w.term, _BEFORE_NAME.search(mention.text[: w.start])) for w in mention.words)
    return {term: word["role"].lower() for term, word in found if word}


def _are_different(one: Figure, other: Figure) -> bool:
    """Whether two values differ, other than by conversion or by how fine a date is."""
    a, b = one.quantity, other.quantity
    if one.value == other.value:
        return False
    if a.kind == "date" or a.unit != b.unit:
        return not is_compatible([read_bounds(a), read_bounds(b)])
    return True


def _are_of_one_time(one: Mention, other: Mention) -> bool:
    """The clauses' dates have to be the same; elsewhere they may be missing, but not differ."""
    return (
        one.clause.times == other.clause.times
        and _are_consistent(one.sentence.times, other.sentence.times)
        and _are_consistent(one.clause.moments, other.clause.moments)
        and _are_consistent(one.years, other.years)
    )


def _are_consistent(one: frozenset[str], other: frozenset[str]) -> bool:
    return one == other or not one or not other


def _is_adjective(term: str, name: str) -> bool:
    return len(name) >= _ROOT and term.startswith(name) and term[len(name) :] in _ADJECTIVE


def _nothing(_term: str) -> frozenset[str]:
    return _NOTHING


def _one(_term: str) -> float:
    return 1.0
