"""Whether two figures are of the same thing, which has to be nearly certain."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from retrieval.mentions import Mention, Scope

_CLAUSE = 0.6  # the share of each clause's weight that the other clause says too
_SENTENCE = 0.8  # of each sentence's, where the names do not tell
_SENTENCE_TERMS = 5
_AGREEING = 0.5  # of the shorter clause's terms, where the values are equal
_STEM = 4  # letters from which one term may be the beginning of another: "korea", "korean"

_DETERMINER = re.compile(r"\b(?:the|an?|its|his|her|their)\s$", re.IGNORECASE)


class Likeness:
    """Compares mentions by what their clauses say.

    Attributes:
        asked: The question's terms.
    """

    def __init__(
        self,
        asked: frozenset[str],
        related: Callable[[str], frozenset[str]] | None = None,
        weight: Callable[[str], float] | None = None,
    ) -> None:
        """Compare by `related` terms and their `weight`; see `figures.differing`."""
        self.asked = asked
        self._related = related or _nothing
        self._weight = weight or _one

    def same_thing(self, one: Mention, other: Mention) -> bool:
        """Whether two mentions in different articles give a value of the same thing."""
        if not self._comparable(one, other) or one.others != other.others:
            return False
        return self._same_clause(one, other) or self._same_sentence(one, other)

    def agrees(self, one: Mention, other: Mention) -> bool:
        """Whether a mention gives the same value of the same thing: less has to be alike."""
        if one.figure.value != other.figure.value or not self._comparable(one, other):
            return False
        if not self._same_names(one.clause, other.clause):
            return False
        shared = self._shared(one.clause.said, other.clause.said)
        return len(shared) >= _AGREEING * min(len(one.clause.said), len(other.clause.said))

    def _comparable(self, one: Mention, other: Mention) -> bool:
        if one.figure.sort != other.figure.sort or not one.articles.isdisjoint(other.articles):
            return False
        if not self._same_noun(one.head, other.head):
            return False
        if self.asked and not self._asked(one):
            return False
        if one.leans or other.leans or not _are_of_one_time(one.clause, other.clause):
            return False
        return one.clause.labels == other.clause.labels and _are_consistent(
            one.sentence.labels, other.sentence.labels
        )

    def _same_noun(self, one: str | None, other: str | None) -> bool:
        if one is None or other is None:
            return one is other
        return one == other or other in self._related(one)

    def _asked(self, mention: Mention) -> bool:
        terms = mention.sentence.said | ({mention.head} if mention.head else set())
        return bool(self._shared(self.asked, terms))

    def _same_clause(self, one: Mention, other: Mention) -> bool:
        """Same subject by name, no pronoun for it, no other name, and much the same words."""
        if not self._same_names(one.clause, other.clause):
            return False
        if one.subject and other.subject:
            subjects = self._shared(one.clause.named & one.subject, other.subject)
            if not subjects:
                return False
        return min(self._overlap(one.clause.said, other.clause.said)) >= _CLAUSE

    def _same_names(self, one: Scope, other: Scope) -> bool:
        """Whether both name something and one names nothing that the other does not."""
        first = self._shared(one.named, other.named)
        second = self._shared(other.named, one.named)
        return bool(first) and (first == one.named or second == other.named)

    def _same_sentence(self, one: Mention, other: Mention) -> bool:
        """Nearly the same words with the same names: two versions of one sentence."""
        a, b = one.sentence, other.sentence
        if min(len(a.said), len(b.said)) < _SENTENCE_TERMS:
            return False
        if (a.named, a.times, a.labels) != (b.named, b.times, b.labels):
            return False
        return min(self._overlap(a.said, b.said)) >= _SENTENCE

    def _overlap(self, one: frozenset[str], other: frozenset[str]) -> tuple[float, float]:
        """The share of each side's weight that the other side has too."""
        return self._share(one, other), self._share(other, one)

    def _share(self, of: frozenset[str], among: frozenset[str]) -> float:
        total = sum(self._weight(term) for term in sorted(of))
        shared = sum(self._weight(term) for term in sorted(self._shared(of, among)))
        return shared / total if total else 0.0

    def _shared(self, terms: frozenset[str], among: frozenset[str] | set[str]) -> frozenset[str]:
        return frozenset(term for term in terms if self._has(among, term))

    def _has(self, terms: frozenset[str] | set[str], term: str) -> bool:
        if term in terms or not self._related(term).isdisjoint(terms):
            return True
        return any(
            min(len(term), len(other)) >= _STEM
            and (term.startswith(other) or other.startswith(term))
            for other in terms
        )

    def wording(self, mentions: Sequence[Mention]) -> str:
        """What the mentions are of, in the words of the first one."""
        first, *others = mentions
        quantity, text = first.figure.quantity, first.text
        if quantity.of:
            return text[quantity.of.start : quantity.of.end]
        common = [
            word for word in first.words if all(self._has(m.clause.said, word.term) for m in others)
        ]
        before = [word for word in common if word.end <= quantity.start]
        after = [word for word in common if word.start >= quantity.end]
        attribute = _DETERMINER.search(text[: quantity.start])
        nearest = (before or after)[-1 if before else 0] if common else None
        if attribute and after:
            nearest = after[0]
        return text[nearest.start : nearest.end] if nearest else quantity.kind


def _are_of_one_time(one: Scope, other: Scope) -> bool:
    """Dates have to be the same; "last month" may be missing from one, but not differ."""
    return one.times == other.times and _are_consistent(one.moments, other.moments)


def _are_consistent(one: frozenset[str], other: frozenset[str]) -> bool:
    return one == other or not one or not other


def _nothing(_term: str) -> frozenset[str]:
    return frozenset()


def _one(_term: str) -> float:
    return 1.0
