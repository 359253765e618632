"""The compiled kernel, where it could be built: the same hits as `reference`, sooner."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.engine import reference
from retrieval.engine.reference import Hits, Model, Wanted
from retrieval.engine.segment import Segment

AVAILABLE = False


def numbers(segment: Segment, terms: Sequence[str]) -> list[int | None]:
    """Each term's number in a segment, or None."""
    return [segment.number(term) for term in terms]


def find(segment: Segment, wanted: Sequence[Wanted], models: Sequence[Model], k: int) -> Hits:
    """The `k` best documents of a segment."""
    return reference.top(reference.score(segment, wanted, models), models, k)
