"""The values of a script: its cases, and what each of them expects of the answer.

    title, description, library   notes for the reader, all optional
    cases:                        at least one
      - id                        unique in its script
        ask                       the question
        note                      why the expectation is fair; optional
        known_failure             why the case fails today; optional
        expect:                   at least one of
          status                  answered, or abstained
          reason                  why it abstains: not_in_sources, nothing_asked, empty_library
          talk                    what it is instead of a question: greeting, thanks, command, bot
          missing                 words that the answer must name as missing; [] for none at all
          apart                   words of which it must say that no paragraph has them together;
                                  [] for none at all
          clear                   true for one clear answer, false for several that may answer
          quote                   a passage, or a list of passages that must all be quoted

A passage has `contains` (a piece of a quote), `equals` (the whole quote), `article` (the id of its
article) and `rank_max` (1 is the first quote; 3 where it is not given), and a quote must meet all
that are given. A quote stands for the places that it lists as saying the same, too. Of the quote
itself, wherever the passage is found, a passage may further ask for

    speaker                       whom its article credits: `contains` or `equals`, as in a passage
    also                          a place, or a list of places, that it must list as saying the
                                  same: `contains`, `equals`, `article`
    origins                       how many independent sources are behind it

`any: [passage, …]` in place of a passage is met by any of them. Text is compared verbatim,
character by character; only `missing` and `apart` ignore the case of letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Protocol, Self, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StrictBool,
    ValidationInfo,
    field_validator,
    model_validator,
)

from retrieval.errors import UnknownArticle
from retrieval.models import Article, Reason, Status, Talk
from retrieval.values import Value

RANK_MAX = 50
Item = TypeVar("Item")


class Articles(Protocol):
    """The library that a script speaks of."""

    def get(self, article_id: str) -> Article:
        """The article with this id, or UnknownArticle."""


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("is blank")
    return text


def _not_empty(items: tuple[Item, ...]) -> tuple[Item, ...]:
    if not items:
        raise ValueError("is empty")
    return items


def _listed(value: object) -> object:
    return value if isinstance(value, list) else [value]


def _as_choice(value: object) -> object:
    return {"any": [value]} if isinstance(value, dict) and "any" not in value else value


def _either(keys: Iterable[str]) -> str:
    *first, last = keys
    return f"{', '.join(first)} or {last}"


Words = Annotated[str, AfterValidator(_not_blank)]


class Part(Value):
    """A part of a script; a key without a value is an error, not a default."""

    @field_validator("*", mode="before")
    @classmethod
    def _has_a_value(cls, value: object) -> object:
        if value is None:
            raise ValueError("has no value; give one or leave the key out")
        return value


class Wording(Part):
    """What a text must be.

    Attributes:
        contains: A piece of it, verbatim.
        equals: All of it, verbatim.
    """

    contains: Words | None = None
    equals: Words | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError(f"says nothing; give {_either(type(self).model_fields)}")
        return self


class Place(Wording):
    """What a place in an article must be.

    Attributes:
        article: The id of the article in which it stands.
    """

    article: Words | None = None

    @field_validator("article")
    @classmethod
    def _is_in_the_library(cls, article: str, info: ValidationInfo) -> str:
        library: Articles | None = (info.context or {}).get("library")
        try:
            if library is not None:
                library.get(article)
        except UnknownArticle as error:
            raise ValueError(str(error)) from None
        return article


class Passage(Place):
    """What one quote must be.

    Attributes:
        speaker: Whom its article credits with it.
        also: Places that it must list as saying the same.
        origins: How many independent sources are behind it.
        rank_max: The last place, from 1, at which it may stand.
    """

    speaker: Wording | None = None
    also: Annotated[tuple[Place, ...], BeforeValidator(_listed), AfterValidator(_not_empty)] = ()
    origins: Annotated[int, Field(strict=True, ge=1)] | None = None
    rank_max: Annotated[int, Field(strict=True, ge=1, le=RANK_MAX)] = 3

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.model_fields_set <= {"rank_max"}:
            raise ValueError(
                "says nothing; give contains, equals, article, speaker, also, origins or any"
            )
        return self


class Choice(Part):
    """Passages of which one is enough.

    Attributes:
        any: The passages.
    """

    any: Annotated[tuple[Passage, ...], AfterValidator(_not_empty)]


class Expect(Part):
    """What an answer must be; what is not given is not looked at.

    Attributes:
        status: Answered or abstained.
        reason: Why it abstained.
        talk: What it was instead of a question.
        missing: Words that the answer names as missing, among others; none at all if empty.
        apart: Words that the answer says are nowhere together, likewise.
        clear: Whether one sentence answers, rather than several that may.
        quote: Passages that must all be quoted, each a choice.
    """

    status: Status | None = None
    reason: Reason | None = None
    talk: Talk | None = None
    missing: tuple[Words, ...] | None = None
    apart: tuple[Words, ...] | None = None
    clear: StrictBool | None = None
    quote: Annotated[
        tuple[Annotated[Choice, BeforeValidator(_as_choice)], ...],
        BeforeValidator(_listed),
        AfterValidator(_not_empty),
    ] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError(f"is empty; give {_either(type(self).model_fields)}")
        return self

    @model_validator(mode="after")
    def _can_be_met(self) -> Self:
        abstains = self.status == "abstained" or self.reason is not None or self.talk is not None
        if abstains and (self.quote or self.clear is not None or self.status == "answered"):
            raise ValueError("cannot be met: an answer that abstains has a reason and no quote")
        if self.talk and self.reason not in (None, "nothing_asked"):
            raise ValueError("cannot be met: the reason of talk is nothing_asked")
        return self

    def passages(self) -> Iterator[Passage]:
        """Every passage that is mentioned."""
        for choice in self.quote:
            yield from choice.any


class Case(Part):
    """A question and what to expect.

    Attributes:
        id: Unique in its script.
        ask: The question.
        expect: What its answer must be.
        note: Why that is fair.
        known_failure: Why the case fails today; it is reported apart, and must fail.
    """

    id: Words
    ask: Words
    expect: Expect
    note: Words | None = None
    known_failure: Words | None = None


class Script(Part):
    """A file of cases.

    Attributes:
        title: What they are about.
        description: More of that.
        library: Which library they were written for; a note, not looked at.
        cases: In the order of the file.
    """

    title: Words | None = None
    description: Words | None = None
    library: Words | None = None
    cases: Annotated[tuple[Case, ...], AfterValidator(_not_empty)]
