"""Nouns that count the same people or things under a collective name: troops are soldiers.

`python -m tools.collectives` lists those that WordNet defines as "soldiers collectively"; here are
the ones that are counted, "12,000 troops", read by hand.
"""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.text.terms import read_terms

_COLLECTIVES = "troops/soldiers soldiery/soldiers clergy/clergymen"


def _pairs() -> Iterator[tuple[str, str]]:
    for pair in _COLLECTIVES.split():
        one, other = (read_terms(word)[-1].term for word in pair.split("/"))
        yield one, other
        yield other, one


COLLECTIVES: dict[str, frozenset[str]] = {
    one: frozenset(other for term, other in _pairs() if term == one) for one, _ in _pairs()
}
"""Terms of nouns, and those of nouns that count the same."""
