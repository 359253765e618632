"""Discord's limits on embeds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.forms import Problem, bad_count, bad_length, bad_text, wrong_type

MAX_EMBEDS = 10
MAX_FIELDS = 25
MAX_ALL_TEXT = 6_000  # characters of all embeds of a message together

_MOST = {"title": 256, "description": 4096}
_MOST_INSIDE = {("footer", "text"): 2048, ("author", "name"): 256}


def embed_problems(embeds: list[Any]) -> Iterator[Problem]:
    """What is wrong with the embeds of a message."""
    yield from bad_count(embeds, 0, MAX_EMBEDS, "embeds")
    total = 0
    for index, embed in enumerate(embeds):
        if not isinstance(embed, dict):
            yield wrong_type("object", "embeds", index)
            continue
        texts = list(_texts(embed))
        total += sum(len(text) for _, text, _, _ in texts)
        for place, text, least, most in texts:
            yield from bad_length(text, least, most, "embeds", index, *place)
        yield from _field_problems(embed, index)
        if not texts and not any(embed.get(key) for key in ("image", "thumbnail", "video")):
            yield Problem(("embeds", index, "description"), "BASE_TYPE_REQUIRED", "Required")
    if total > MAX_ALL_TEXT:
        message = f"Embed size exceeds maximum size of {MAX_ALL_TEXT}"
        yield Problem(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", message)


def _texts(embed: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str, int, int]]:
    for key, most in _MOST.items():
        if isinstance(embed.get(key), str):
            yield (key,), embed[key], 0, most
    for (outer, inner), most in _MOST_INSIDE.items():
        text = (embed.get(outer) or {}).get(inner)
        if isinstance(text, str):
            yield (outer, inner), text, 0, most
    for index, one in enumerate(embed.get("fields") or []):
        for key, most in (("name", 256), ("value", 1024)):
            if isinstance(one.get(key), str):
                yield ("fields", index, key), one[key], 1, most


def _field_problems(embed: Mapping[str, Any], index: int) -> Iterator[Problem]:
    fields = embed.get("fields") or []
    yield from bad_count(fields, 0, MAX_FIELDS, "embeds", index, "fields")
    for number, one in enumerate(fields):
        for key in ("name", "value"):
            if not isinstance(one.get(key), str):
                yield from bad_text(one.get(key), 1, 1, "embeds", index, "fields", number, key)
