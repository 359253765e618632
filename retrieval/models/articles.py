"""An article, and what is cut from one: excerpts, quotes and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from retrieval.errors import ProofError
from retrieval.values import Filled, Layout, Place, Value, reading_digest, sha256_of


class Article(Value):
    """A text with a title and what is known of its source; unknown stays None.

    Attributes:
        id: Unique in its library.
        title: For display; its headline, or its opening words.
        text: The stored text, never changed after it is read.
        publisher: Who published it, as the source states it.
        author: Who wrote it, as the source states it.
        published: When, as the source states it.
        url: Where it stands.
        language: The BCP 47 language of the text.
        layout: Its blocks, and how it came out of its source, where that is known.
    """

    id: Filled
    title: Filled
    text: str
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    language: Filled = "en"
    layout: Layout | None = None

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the stored text as UTF-8, in hexadecimal."""
        return sha256_of(self.text)

    @cached_property
    def reading_digest(self) -> str:
        """A digest of what reading it depends on; see `values.reading_digest`."""
        layout = self.layout.digest if self.layout else None
        return reading_digest(self.sha256, self.language, self.title, layout)

    @property
    def is_document(self) -> bool:
        """Whether it is read as a document, not as news."""
        return self.layout is not None and self.layout.genre == "document"

    def cut(self, start: int, end: int) -> str:
        """The characters from `start` up to `end` of the stored text."""
        return self.text[start:end]


class Excerpt(Value):
    """A stretch of an article, verbatim.

    Attributes:
        text: Equal to `article.text[start:end]`.
        article: Its article's id.
        title: Its article's title.
        start: First character in the article's stored text.
        end: One past the last.
        soft: Places in `text` of line ends that a reader sees as spaces; no part of its JSON.
    """

    text: Filled
    article: Filled
    title: Filled
    start: Annotated[int, Field(ge=0)]
    end: int
    soft: Annotated[tuple[int, ...], Field(exclude=True)] = ()

    @property
    def seen(self) -> str:
        """`text` as a reader sees it, character for character: line ends within prose as spaces."""
        if not self.soft:
            return self.text
        characters = list(self.text)
        for place in self.soft:
            characters[place] = " "
        return "".join(characters)

    @model_validator(mode="after")
    def _spans_its_text(self) -> Self:
        if self.end - self.start != len(self.text):
            raise ValueError(f"{self.start}–{self.end} does not span {len(self.text)} characters")
        return self


class Also(Excerpt):
    """Another place that makes the same statement."""


class Named(Value):
    """A name in an article.

    Attributes:
        text: Equal to `article.text[start:end]`.
        start: First character in the article's stored text.
        end: One past the last.
    """

    text: Filled
    start: Annotated[int, Field(ge=0)]
    end: int


class Speaker(Named):
    """Whom an article credits with a sentence, in its own words.

    Attributes:
        quoting: Whom this one quotes in the sentence, if anybody: Kim, as KCNA reports.
    """

    quoting: Named | None = None


class Lead(Named):
    """What a quote is not understood without: a table's head, the sentence before code."""


class Quote(Excerpt):
    """A sentence shown as evidence, with the proof that it is verbatim.

    `title` to `url` are its article's.

    Attributes:
        sha256: SHA-256 of the article's stored text as UTF-8.
        score: The ranking score; comparable within one answer only.
        matched: Spans within `text` of the words that the question shares.
        answer: Spans within `text` of the words that answer, where a rule is sure of them.
        lead: The head of its table, or the sentence before code: a second proven span.
        section: The headings above it, the highest first, without the article's title.
        anchor: The fragment of `url` that leads to it.
        page: Its page, from 1, where the article has pages.
        also: Other places that make the same statement.
        articles: How many articles of the library make the statement, whatever was asked.
        origins: How many of these are known to be independent of each other, at least 1.
        origins_because: Why `origins` is less than `articles`; empty where it is not.
        speaker: Whom the article credits with it, where it or a neighbour says so.
        why: What each feature adds to the score, largest first.
    """

    publisher: str | None
    author: str | None
    published: str | None
    url: str | None
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    score: float
    matched: tuple[Place, ...]
    answer: tuple[Place, ...] = ()
    lead: Lead | None = None
    section: str | None = None
    anchor: str | None = None
    page: int | None = None
    also: tuple[Also, ...] = ()
    articles: Annotated[int, Field(ge=1)] = 1
    origins: Annotated[int, Field(ge=1)] = 1
    origins_because: tuple[Filled, ...] = ()
    speaker: Speaker | None = None
    why: Mapping[str, float] = {}

    @model_validator(mode="after")
    def _marks_lie_in_its_text(self) -> Self:
        for name, spans in (("matched", self.matched), ("answer", self.answer)):
            after = 0
            for start, end in spans:
                if not after <= start < end <= len(self.text):
                    raise ValueError(
                        f"{name} span {start}–{end} is out of order or out of the text"
                    )
                after = end
        return self

    @model_validator(mode="after")
    def _tells_why_there_are_fewer_origins(self) -> Self:
        if self.origins > self.articles or (self.origins < self.articles) != bool(
            self.origins_because
        ):
            raise ValueError(f"{self.origins} origins of {self.articles} articles, and no reason")
        return self

    def _names(self) -> list[Named]:
        named = [self.speaker, self.speaker.quoting] if self.speaker else []
        return [name for name in (*named, self.lead) if name]

    def prove(self, article: Article) -> None:
        """Cut the quote again from `article` and compare.

        Raises:
            ProofError: The article is another one, or does not hold the quote at its place.
        """
        if (
            article.id != self.article
            or article.sha256 != self.sha256
            or article.cut(self.start, self.end) != self.text
            or any(article.cut(name.start, name.end) != name.text for name in self._names())
        ):
            raise ProofError(
                f"article {self.article!r} does not hold the quote at {self.start}–{self.end}; "
                "run `pullquote library verify`"
            )


class Context(Value):
    """A quote where it stands.

    Attributes:
        before: What stands before it in its paragraph, or its section of a document, if anything.
        quote: The quote itself, with its article's source; its score is 0.
        after: What follows it there, if anything.
    """

    before: Excerpt | None
    quote: Quote
    after: Excerpt | None
