"""Discord's limits on embeds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bot.sandbox.forms import Place, Problem, bad_count, bad_length, required

MAX_EMBEDS = 10
MAX_FIELDS = 25
MAX_ALL_TEXT = 6_000  # characters of all embeds of a message together

_PICTURES = ("image", "thumbnail", "video")

Json = Mapping[str, Any]


class _Text(NamedTuple):
    place: Place
    text: str | None
    least: int
    most: int


def embed_problems(embeds: list[Json]) -> Iterator[Problem]:
    """What is wrong with the embeds of a message."""
    yield from bad_count(embeds, 0, MAX_EMBEDS, "embeds")
    for index, embed in enumerate(embeds):
        yield from (problem.under("embeds", index) for problem in _problems(embed))
    texts = (one.text for embed in embeds for one in _texts(embed))
    if sum(len(text) for text in texts if text) > MAX_ALL_TEXT:
        message = f"Embed size exceeds maximum size of {MAX_ALL_TEXT}"
        yield Problem(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", message)


def _problems(embed: Json) -> Iterator[Problem]:
    yield from bad_count(embed.get("fields") or [], 0, MAX_FIELDS, "fields")
    texts = list(_texts(embed))
    for one in texts:
        if one.text is not None:
            yield from bad_length(one.text, one.least, one.most, *one.place)
        elif one.least:
            yield required(*one.place)
    if not any(one.text for one in texts) and not any(embed.get(key) for key in _PICTURES):
        yield required("description")


def _texts(embed: Json) -> Iterator[_Text]:
    footer, author = embed.get("footer") or {}, embed.get("author") or {}
    yield _Text(("title",), embed.get("title"), 0, 256)
    yield _Text(("description",), embed.get("description"), 0, 4096)
    yield _Text(("footer", "text"), footer.get("text"), 0, 2048)
    yield _Text(("author", "name"), author.get("name"), 0, 256)
    for index, one in enumerate(embed.get("fields") or ()):
        yield _Text(("fields", index, "name"), one.get("name"), 1, 256)
        yield _Text(("fields", index, "value"), one.get("value"), 1, 1024)
