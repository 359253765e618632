"""What a library says to a question."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from retrieval.models.articles import Also, Quote
from retrieval.values import Doubt, Filled, LibraryState, Reading, Value

Status = Literal["answered", "abstained"]
Reason = Literal["not_in_sources", "nothing_asked", "empty_library"]
Talk = Literal["greeting", "thanks", "command", "bot"]

UNKNOWN_PUBLISHER = "publisher not known"
"""Why articles are not counted as independent of which nothing says who brought them."""


class FigureValue(Value):
    """One of several differing values.

    Attributes:
        value: In the sources' words.
        quotes: The places, from 0, of the quotes that give it (of the nearest, when abstained).
        articles: How many articles were found to give it.
        places: Where it stands that is not among the quotes.
    """

    value: Filled
    quotes: tuple[int, ...]
    articles: Annotated[int, Field(ge=1)] = 1
    places: tuple[Also, ...] = ()


class Figure(Value):
    """The same thing with different values across articles.

    Attributes:
        of: What is counted or measured, in the sources' words.
        values: Each value with the quotes that give it.
        compatible: Whether one true number could satisfy all: "over 10,000", "about 12,000".
    """

    of: Filled
    values: tuple[FigureValue, ...]
    compatible: bool = False


class Answer(Value):
    """What the library says to a question, or that it does not say.

    Attributes:
        question: As it was asked.
        status: `answered` or `abstained`.
        reason: Why it abstained, or None.
        talk: What was said instead of a question, where `reason` is `nothing_asked`: a greeting,
            thanks, a command that quotes cannot carry out, a question about the bot itself.
        doubts: What speaks against the first quote as the answer, what weighs most first.
        missing: Words of the question that no source has, as they were written.
        apart: Words of the question that are in the sources, but nowhere in one paragraph.
        read: Words that were read as a near one.
        confidence: A score from 0 to 1, not a probability.
        stands_alone: The margin of the first quote; from 0.5 down others are nearly as good.
        quotes: The evidence, best first; empty when abstained.
        nearest: Up to three sentences that come nearest, when abstained.
        figures: Values on which the sources differ, one of them in a quote; when abstained, only
            if the question has a number, and then in a nearest sentence.
        library: Which library answered.
        available: How many quotes there are, as far as was counted; no part of its JSON.
    """

    question: str
    status: Status
    reason: Reason | None
    talk: Talk | None = None
    doubts: tuple[Doubt, ...] = ()
    missing: tuple[str, ...]
    apart: tuple[str, ...] = ()
    read: tuple[Reading, ...]
    confidence: Annotated[float, Field(ge=0, le=1)]
    stands_alone: Annotated[float, Field(ge=0, le=1)] = 0.0
    quotes: tuple[Quote, ...]
    nearest: tuple[Quote, ...]
    figures: tuple[Figure, ...]
    library: LibraryState
    available: Annotated[int, Field(ge=0, exclude=True)] = 0

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        answered = self.status == "answered"
        if answered != (self.reason is None) or answered != bool(self.quotes):
            raise ValueError("answered means quotes and no reason; abstained the reverse")
        if answered and self.nearest:
            raise ValueError("an answered question has no nearest sentences")
        if self.doubts and not answered:
            raise ValueError("without an answer there is nothing to doubt")
        if self.talk and self.reason != "nothing_asked":
            raise ValueError("talk is no question, so nothing was asked")
        return self

    def as_json(self) -> str:
        """The answer as one line of JSON, keys as in the documented contract."""
        return self.model_dump_json(by_alias=True)
