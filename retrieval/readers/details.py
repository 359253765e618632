"""What is known of an article beside its text, checked key by key."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, Self, get_args

from pydantic import AfterValidator, BeforeValidator, ValidationError

from retrieval.values import MOST_WEIGHT, Genre, Value

ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}]+")
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
READ_BY = ("kind", "weight", "exclude")
LONGEST_SHOWN = 40  # characters of a wrong value


def _text(value: object) -> object:
    if isinstance(value, str) and re.search("[\0\ud800-\udfff]", value):
        raise ValueError("holds a character that no text may hold (NUL or half of a pair)")
    return value


def _date(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _line(value: str | None) -> str | None:
    """One line, or None for blanks: unknown stays empty."""
    return " ".join((value or "").split()) or None


def _address(value: str | None) -> str | None:
    if value is not None and not ADDRESS.fullmatch(value):
        raise ValueError("is no address that begins with http:// or https://")
    return value


def _language(value: str | None) -> str | None:
    if value is not None and not LANGUAGE.fullmatch(value):
        raise ValueError('is no language tag such as "en" or "pt-BR"')
    return value


def _genre(value: object) -> object:
    value = _line(value) if isinstance(value, str) else value
    if isinstance(value, str) and value not in get_args(Genre):
        kinds = " nor ".join(map(repr, get_args(Genre)))
        raise ValueError(f"is {value[:LONGEST_SHOWN]!r}, which is neither {kinds}")
    return value


def _weight(value: object) -> object:
    if value is None or (type(value) in {int, float} and 0 < float(str(value)) <= MOST_WEIGHT):
        return value
    raise ValueError(f"is no number above 0 and up to {MOST_WEIGHT:g}")


def _switch(value: object) -> object:
    if value is not None and not isinstance(value, bool):
        raise ValueError("is neither true nor false")
    return value


def _filled(value: str) -> str:
    if not (line := _line(value)):
        raise ValueError("is empty")
    return line


def _identifier(value: str) -> str:
    if not value.isprintable() or value != value.strip():
        raise ValueError("holds line ends, control characters or blanks around it")
    return _filled(value)


def _lettered(value: str) -> str:
    if not has_letters(value):
        raise ValueError("has no letter")
    return value


Text = Annotated[str, BeforeValidator(_text)]
Line = Annotated[str | None, AfterValidator(_line), BeforeValidator(_text)]


class Details(Value):
    """An article's source as far as it is stated; what is not stays None.

    Attributes are those of `Article`, and:

    Attributes:
        kind: Whether it is news or a document, whatever its format says.
    """

    title: Line = None
    publisher: Line = None
    author: Line = None
    published: Annotated[Line, BeforeValidator(_date)] = None
    url: Annotated[Line, AfterValidator(_address)] = None
    language: Annotated[Line, AfterValidator(_language)] = None
    kind: Annotated[Genre | None, BeforeValidator(_genre)] = None

    def stated(self) -> dict[str, Any]:
        """The keys that are stated, with their values."""
        return {key: value for key, value in self if value is not None}

    def known(self) -> dict[str, str]:
        """What is stated that is an article's own, so not how it is read."""
        return {key: value for key, value in self.stated().items() if key not in READ_BY}

    @classmethod
    def of(cls, **stated: str | None) -> Self:
        """What another program stated of a file: a value that cannot be ours states nothing."""
        kept = {key: value for key, value in stated.items() if value and _holds(cls, key, value)}
        return cls.model_validate(kept)

    def over(self, other: Details) -> Self:
        """What is stated here, and by `other` what is not."""
        return self.model_validate(other.stated() | self.stated())

    def titled(self, title: str) -> Self:
        """What is stated, under this title."""
        return self.model_copy(update={"title": title})


class Described(Details):
    """What `sources.toml` says of a file.

    Attributes:
        weight: How much it counts in the ranking: 1 as others, more or less up to 2.
        exclude: Whether it is left out.
    """

    weight: Annotated[float | None, BeforeValidator(_weight)] = None
    exclude: Annotated[bool | None, BeforeValidator(_switch)] = None


class Record(Details):
    """A line of a JSONL file: an article with its id and text."""

    id: Annotated[Text, AfterValidator(_identifier)]
    text: Annotated[Text, AfterValidator(_lettered)]


def _holds(model: type[Details], key: str, value: str) -> bool:
    try:
        model.model_validate({key: value})
    except ValidationError:
        return False
    return True


def has_letters(text: str) -> bool:
    """Whether there is anything to read in `text`."""
    return any(character.isalpha() for character in text)


def explain(error: ValidationError, model: type[Details]) -> str:
    """What is wrong with the first wrong key, in words that name it."""
    first = error.errors(include_url=False, include_input=False)[0]
    key = first["loc"][0] if first["loc"] else "?"
    return f"the key {str(key)!r} {_fault(first, model)}"


def _fault(fault: Any, model: type[Details]) -> str:  # noqa: ANN401 - pydantic's own error dict
    if fault["type"] == "extra_forbidden":
        return f"is unknown; known are {', '.join(model.model_fields)}"
    if fault["type"] == "missing":
        return "is missing"
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"])
    return "is no text"
