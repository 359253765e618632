"""What all values are made of, and the places of sentences and words in a text."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field

Filled = Annotated[str, Field(min_length=1)]
Place = tuple[int, int]


def reading_digest(sha256: str, language: str, title: str) -> str:
    """A digest of what reading an article depends on: its text, language and title."""
    known = f"{sha256}\0{language}\0{title}"
    return hashlib.sha256(known.encode()).hexdigest()[:32]


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
