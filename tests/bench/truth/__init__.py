"""Whether what is said about a quote is true: each measure is a module, `python -m bench.truth`.

The measures ask a checkout's product through a process of its own (`child.py`), so that two
checkouts are measured alike in one run.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Figure(NamedTuple):
    """One figure of a measure.

    Attributes:
        measure: The measure's name.
        questions: The set's name.
        name: What is counted.
        value: The share, or None where there was nothing to count.
        count: Of how many.
    """

    measure: str
    questions: str
    name: str
    value: float | None
    count: int


class Case(NamedTuple):
    """A question that a figure counts, for who wants to read it.

    Attributes:
        figure: The figure's name.
        question: What was asked.
        detail: What came of it.
    """

    figure: str
    question: str
    detail: str


class Measured(NamedTuple):
    """What a measure found."""

    figures: list[Figure]
    cases: list[Case]


def share(measure: str, questions: str, name: str, values: Sequence[bool]) -> Figure:
    """The share of `values` that hold."""
    value = sum(values) / len(values) if values else None
    return Figure(measure, questions, name, value, len(values))
