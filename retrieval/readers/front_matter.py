"""The fields with which a document may begin (YAML or TOML) → what they state of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pydantic import ValidationError

from retrieval.readers.details import ADDRESS, Details, explain
from retrieval.sentences.boilerplate import split_front_matter
from retrieval.untrusted.parsing import ForeignError, read_toml, read_yaml_texts

LONGEST = 64_000  # characters of front matter; what is longer states nothing
KEYS = (  # of generators of sites → ours; of several that state the same, the first counts
    ("title", "title"),
    ("author", "author"),
    ("date", "published"),
    ("language", "language"),
    ("lang", "language"),
    ("kind", "kind"),
    ("url", "url"),
    ("permalink", "url"),
    ("slug", "url"),
)
WITHIN = ("url", "permalink", "slug")
NOTHING = Details()


class FrontMatter(NamedTuple):
    """What a document states of itself.

    Attributes:
        details: What it states.
        end: Where its own text begins, in characters.
        fault: What is wrong with what it states as its kind, if anything.
        address: The path that it states within its site; see `Site.address`.
    """

    details: Details = NOTHING
    end: int = 0
    fault: str | None = None
    address: str = ""


def read_front_matter(text: str) -> FrontMatter:
    """The front matter of `text`, as far as it has one.

    It belongs to other programs: what is not of its format, and a value that cannot be ours (a
    list of authors, an address within a site), state nothing. Only a `kind` that is none is told.
    """
    front, body = split_front_matter(text)
    fields = _fields(front, text.startswith("+++"))
    stated: dict[str, str] = {}
    fault = None
    for key, name in KEYS:
        value = fields.get(key)
        if not value or name in stated or (name == "url" and not ADDRESS.fullmatch(value)):
            continue
        try:
            stated |= Details.model_validate({name: value}).stated()
        except ValidationError as error:
            if name == "kind":
                fault = f"in the front matter, {explain(error, Details)}"
    details = Details.model_validate(stated)
    return FrontMatter(details, len(text) - len(body), fault, _address(fields))


def _address(fields: Mapping[str, str | None]) -> str:
    """The path that a page states: a slug stands in the page's folder, the others at the top."""
    for key in WITHIN:
        value = (fields.get(key) or "").strip()
        if value and ":" not in value:  # neither a whole address nor one with places to fill
            return value if key == "slug" else f"/{value.lstrip('/')}"
    return ""


def _fields(front: str, is_toml: bool) -> Mapping[str, str | None]:
    try:
        if len(front) > LONGEST:
            return {}
        return dict(_texts(read_toml(front))) if is_toml else read_yaml_texts(front)
    except ForeignError:
        return {}


def _texts(table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, datetime.date):
            yield key, value.isoformat()
