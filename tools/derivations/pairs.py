"""Pairs of terms, and how much of the terms' use each pair stands for."""

from __future__ import annotations

from tools.derivations.usage import Usage, term_of
from tools.derivations.wordnet import Sense

Pair = tuple[str, str]
"""Two different terms in order."""


def pair_of(one: str, other: str) -> Pair | None:
    """Two words as a pair; None if they are one term or no term."""
    first, second = term_of(one), term_of(other)
    if first is None or second is None or first == second:
        return None
    return min(first, second), max(first, second)


class Pairs:
    """Pairs of linked senses, gathered by the terms of their words."""

    def __init__(self, usage: Usage) -> None:
        """Start without pairs."""
        self._usage = usage
        self._senses: dict[Pair, set[Sense]] = {}

    def add(self, one: Sense, other: Sense) -> None:
        """Link two senses; nothing is done where their words are one term or no term."""
        pair = pair_of(one.word, other.word)
        if pair:
            self._senses.setdefault(pair, set()).update((one, other))

    def above(self, least: float) -> set[Pair]:
        """The pairs whose senses' shares of their terms' use, multiplied, are at least so much."""
        return {pair for pair in self._senses if self._weight(pair) >= least}

    def _weight(self, pair: Pair) -> float:
        senses = self._senses[pair]
        one, other = (
            self._usage.share(term, (s for s in senses if term_of(s.word) == term)) for term in pair
        )
        return one * other
