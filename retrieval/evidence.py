"""Who else says so: near-identical sentences take one place, and the others stand beside it."""

from __future__ import annotations

from collections.abc import Iterable
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
    groups: list[tuple[frozenset[int], list[Candidate]]] = []
    for candidate in candidates:
        terms = index.terms_of(candidate.sentence)
        shortest, longest = NEAR_IDENTICAL * len(terms), len(terms) / NEAR_IDENTICAL
        group = next(
            (
                group
                for said, group in groups
                if shortest <= len(said) <= longest and _near_identical(index, said, terms)
            ),
            None,
        )
        if group is None:
            groups.append((terms, [candidate]))
        else:
            group.append(candidate)
    return [Statement(first, tuple(others)) for _, (first, *others) in groups]


def _near_identical(index: Index, terms: frozenset[int], others: frozenset[int]) -> bool:
    """Whether two sentences have nearly the same terms and exactly the same figures."""
    shared = len(terms & others)
    if shared < NEAR_IDENTICAL * (len(terms) + len(others) - shared):
        return False
    return not any(index.is_figure(term) for term in terms ^ others)
