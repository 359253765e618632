"""What all values are made of, the places of sentences and words in a text, and small values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, pairwise
from math import inf
from typing import Annotated, Any, Literal, NamedTuple, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

Filled = Annotated[str, Field(min_length=1)]
Place = tuple[int, int]
DoubtKind = Literal["roles", "name", "value", "negation", "time"]
UNKNOWN_LANGUAGE = "und"
"""The BCP 47 tag of a text whose language nobody states and no model is sure of."""


def primary(language: str) -> str:
    """The language by whose rules a text with a BCP 47 tag is read: "en" of "en-GB".

    What is not known is read as English: where a text has no English words, its rules find none.
    """
    first = language.replace("_", "-").partition("-")[0].lower()
    return "en" if first == UNKNOWN_LANGUAGE else first


def is_english(language: str) -> bool:
    """Whether a text with a BCP 47 tag is read by the rules of English: "en", "en-GB", "und"."""
    return primary(language) == "en"


def reading_digest(sha256: str, language: str, title: str, layout: str | None = None) -> str:
    """A digest of what reading an article depends on: its text, language and title, its layout."""
    return sha256_of(f"{sha256}{layout or ''}\0{language}\0{title}")[:32]


def sha256_of(text: str) -> str:
    """SHA-256 of a text as UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def in_order(spans: Iterable[Place], length: float = inf) -> bool:
    """Whether spans of a text of so many characters are filled, ordered, and do not overlap."""
    edges = list(chain.from_iterable(spans))
    filled = all(start < end for start, end in zip(edges[::2], edges[1::2], strict=True))
    within = not edges or (edges[0] >= 0 and edges[-1] <= length)
    return filled and within and edges == sorted(edges)


class Value(BaseModel):
    """A frozen value; a key that is not its own is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy; what was worked out of the fields (a digest) is not taken over where they change.

        Args:
            update: Fields with other values, which are not checked.
            deep: Whether their values are copied, too.
        """
        copied = super().model_copy(update=update, deep=deep)
        for name in set(copied.__dict__).difference(type(self).model_fields) if update else ():
            del copied.__dict__[name]
        return copied


class Span(NamedTuple):
    """A half-open range of characters (Unicode code points): `text[start:end]`."""

    start: int
    end: int


class Sentence(NamedTuple):
    """A sentence's place in its article.

    Attributes:
        start: First character, an offset into the article's stored text.
        end: One past the last character.
        paragraph: The number of its paragraph in the article, from 0.
        boilerplate: Why it is boilerplate and never quoted, or None for prose.
    """

    start: int
    end: int
    paragraph: int
    boilerplate: str | None = None


BlockKind = Literal[
    "heading",
    "paragraph",
    "item",
    "head",
    "row",
    "definition",
    "option",
    "code",
    "quotation",
    "admonition",
]
KINDS: tuple[BlockKind, ...] = get_args(BlockKind)  # libraries keep their places: new ones go last
Genre = Literal["news", "document"]
MOST_WEIGHT = 2.0


class Block(NamedTuple):
    """A stretch of an article's stored text, as its author set it apart.

    Attributes:
        kind: `head` is the first row of a table where that names the columns; `item` one of a list,
            without the items below it; `definition` a term with what it means; `option` one option
            of a command with what it does.
        start: First character in the stored text, no space.
        end: One past the last, after no space.
        level: Of a heading 1 (the highest) to 6; of an item how deep it lies, from 1; else 0.
        anchor: The fragment by which its page's address leads to a heading; empty where none does.
        page: Its page, from 1, where the format has pages; else 0.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    anchor: str = ""
    page: int = 0


class Run(NamedTuple):
    """A stretch that stands in the stored text as it does in the source.

    Attributes:
        start: Where it begins in the stored text.
        source: Where it begins in the source, decoded; both in characters.
        length: How many characters it has.
    """

    start: int
    source: int
    length: int


@dataclass(frozen=True, eq=False)
class Layout:
    """How an article came out of its source: no layout means a text that is stored as it is.

    Two are equal where their digests are. The runs prove the text against its source: an article
    that a library gives has only their SHA-256, and `Library.source` gives them with the source.

    Attributes:
        genre: `news`, whose page furniture is told by rules; `document`, where what looks like it
            is content.
        reader: The name and the version of what read it: "markdown 1".
        source_sha256: SHA-256 of the source's bytes, in hexadecimal.
        blocks: In order, none of them overlapping; together they hold every letter and digit of
            the stored text. Empty for a text without structure.
        runs: In order. Where they hold all of the stored text, that is the source with stretches
            taken out; what stands between them is what the source stands for ("&amp;" is "&").
            A source that is no text (PDF, a zip of pages) has none.
        runs_left: SHA-256 of the packed runs, where these were left in a library; else empty.
        weight: How much it counts in the ranking, up to 2, where that is stated.
    """

    genre: Genre
    reader: str
    source_sha256: str
    blocks: tuple[Block, ...] = field(default_factory=tuple)  # no class has them: see `Stored`
    runs: tuple[Run, ...] = ()
    runs_left: str = ""
    weight: float | None = None

    def __eq__(self, other: object) -> bool:
        """Whether the other is a layout of the same digest."""
        return isinstance(other, Layout) and self.digest == other.digest

    def __hash__(self) -> int:
        """That of the digest."""
        return hash(self.digest)

    @property
    def packed_genre(self) -> str:
        """The genre as it is stored, with the weight if one is stated: "document 0.5"."""
        return self.genre if self.weight is None else f"{self.genre} {self.weight!r}"

    @cached_property
    def packed_blocks(self) -> str:
        """The blocks as they are stored: JSON of columns.

        Numbers of their kinds, steps from edge to edge, levels, anchors, pages; the last three are
        empty where no block has one.
        """
        edges = chain.from_iterable((block.start, block.end) for block in self.blocks)
        columns: list[list[Any]] = [[KINDS.index(block.kind) for block in self.blocks]]
        columns.append([end - start for start, end in pairwise((0, *edges))])
        for name in ("level", "anchor", "page"):
            values = [getattr(block, name) for block in self.blocks]
            columns.append(values if any(values) else [])
        return json.dumps(columns, separators=(",", ":"))

    @cached_property
    def packed_runs(self) -> str:
        """The runs as they are stored: JSON of their three columns."""
        return json.dumps(list(zip(*self.runs, strict=True)), separators=(",", ":"))

    @cached_property
    def runs_sha256(self) -> str:
        """SHA-256 of the packed runs, wherever these are."""
        return self.runs_left or sha256_of(self.packed_runs)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over all of it as it is stored, in hexadecimal."""
        known = (self.packed_genre, self.reader, self.source_sha256)
        return sha256_of(json.dumps([*known, sha256_of(self.packed_blocks), self.runs_sha256]))

    def fault(self, length: int) -> str | None:
        """What is wrong with it over a text of so many characters, if anything."""
        if self.genre not in get_args(Genre):
            return "its genre is none"
        if not in_order([(block.start, block.end) for block in self.blocks], length):
            return "its blocks overlap, or do not lie within its text"
        there = [(run.start, run.start + run.length) for run in self.runs]
        origins = [(run.source, run.source + run.length) for run in self.runs]
        if not (in_order(there, length) and in_order(origins)):
            return "its runs overlap, or do not lie within its text"
        return None


class Term(NamedTuple):
    """A normalised word and the place where it stands.

    Attributes:
        term: The normalised word, as the index knows it.
        start: First character of the word in the text that was read.
        end: One past its last character.
        form: The word folded, before its stem was taken.
    """

    term: str
    start: int
    end: int
    form: str


class Reading(Value):
    """A word of the question that was read as another one of the library."""

    model_config = ConfigDict(populate_by_name=True)

    word: Filled
    as_: Annotated[Filled, Field(alias="as")]


class Doubt(Value):
    """What speaks against the first quote as the answer.

    Attributes:
        kind: `roles`: it seems to give a name another part than the question does. `name`: neither
            it nor what stands around it has a name or a number of the question. `time`: it is of
            another time. `negation`: of it and the question one denies what is asked. `value`: it
            has none of the kind that is asked for.
        words: What the doubt is about. `roles`: the name and the word in which it has its part;
            `name`: the name; `time`: the asked time, and that of the quote; `negation`: the word
            that denies, and what is denied; `value`: what asks, and the counted noun.
        everywhere: Of `roles`: whether two names change places, in all sentences that are nearly as
            near as well; no part of its JSON.
    """

    kind: DoubtKind
    words: Annotated[tuple[Filled, ...], Field(min_length=1)]
    everywhere: bool = Field(default=False, exclude=True)

    @model_validator(mode="after")
    def _has_its_words(self) -> Self:
        if self.kind in {"roles", "time", "negation"} and len(self.words) != 2:
            raise ValueError(f"a doubt of {self.kind} has two words")
        return self


class LibraryState(Value):
    """Which library answered.

    Attributes:
        version: A digest of all articles; the same articles give the same version.
        articles: How many.
        sentences: How many of their sentences may be quoted (boilerplate is not counted).
        synonyms: A digest of the operator's synonyms, or None where there are none.
    """

    version: Filled
    articles: Annotated[int, Field(ge=0)]
    sentences: Annotated[int, Field(ge=0)]
    synonyms: str | None = None
