"""Who else says so: near-identical sentences take one place, and the others stand beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from retrieval.index import Index
from retrieval.ranking import Candidate

NEAR_IDENTICAL = 0.8  # Jaccard similarity of the terms of two sentences


class Statement(NamedTuple):
    """A candidate and those that say the same in nearly the same words.

    Attributes:
        first: The best of them.
        others: The rest, best first.
    """

    first: Candidate
    others: tuple[Candidate, ...]


def gather(index: Index, candidates: Iterable[Candidate]) -> list[Statement]:
    """Group near-identical candidates under the best of each, in the order of the best."""
    groups: list[list[Candidate]] = []
    for candidate in candidates:
        group = next((g for g in groups if near_identical(index, g[0], candidate)), None)
        if group is None:
            groups.append([candidate])
        else:
            group.append(candidate)
    return [Statement(first, tuple(others)) for first, *others in groups]


def near_identical(index: Index, one: Candidate, other: Candidate) -> bool:
    """Whether two sentences have nearly the same terms and exactly the same figures."""
    terms, others = index.terms_of(one.sentence), index.terms_of(other.sentence)
    shared = len(terms & others)
    if shared < NEAR_IDENTICAL * len(terms | others):
        return False
    return set(_figures(index, terms)) == set(_figures(index, others))


def _figures(index: Index, terms: Iterable[int]) -> Iterator[int]:
    return (n for n in terms if any(c.isdigit() for c in index.corpus.vocabulary[n]))
