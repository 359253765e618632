"""The JSON types that Discord expects in request bodies; null may stand for any of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.sandbox.forms import Problem, wrong_type

# A shape is a type, a tuple of types, a list of one shape, or a dictionary of shapes.
# Keys that a shape does not name are ignored, as Discord ignores them.
Shape = Any

_DEEPEST = 40  # keys and indices from the body down; no valid body comes near

_NAMES = {str: "string", int: "integer", float: "number", bool: "boolean"}
_SNOWFLAKE = (str, int)
_EMOJI = {"id": _SNOWFLAKE, "name": str, "animated": bool}
_MEDIA = {"url": str}
_CHOICE = {"name": str, "value": (str, int, float)}

COMPONENT: dict[str, Shape] = {
    "type": int,
    "id": int,
    "custom_id": str,
    "style": int,
    "label": str,
    "url": str,
    "sku_id": _SNOWFLAKE,
    "emoji": _EMOJI,
    "disabled": bool,
    "placeholder": str,
    "min_values": int,
    "max_values": int,
    "options": [{"label": str, "value": str, "description": str, "default": bool, "emoji": _EMOJI}],
    "content": str,
    "accent_color": int,
    "spoiler": bool,
    "divider": bool,
    "spacing": int,
    "description": str,
    "media": _MEDIA,
    "file": _MEDIA,
    "items": [{"media": _MEDIA, "description": str, "spoiler": bool}],
    "value": str,
    "min_length": int,
    "max_length": int,
    "required": bool,
}
COMPONENT["components"] = [COMPONENT]
COMPONENT["accessory"] = COMPONENT["component"] = COMPONENT

EMBED: Shape = {
    "title": str,
    "description": str,
    "url": str,
    "color": int,
    "timestamp": str,
    "footer": {"text": str},
    "author": {"name": str, "url": str},
    "image": _MEDIA,
    "thumbnail": _MEDIA,
    "fields": [{"name": str, "value": str, "inline": bool}],
}

MESSAGE: Shape = {
    "content": str,
    "tts": bool,
    "nonce": (str, int),
    "flags": int,
    "embeds": [EMBED],
    "components": [COMPONENT],
    "attachments": [{"id": _SNOWFLAKE, "filename": str, "description": str}],
    "allowed_mentions": {
        "parse": [str],
        "users": [_SNOWFLAKE],
        "roles": [_SNOWFLAKE],
        "replied_user": bool,
    },
    "message_reference": {
        "message_id": _SNOWFLAKE,
        "channel_id": _SNOWFLAKE,
        "guild_id": _SNOWFLAKE,
        "fail_if_not_exists": bool,
    },
}

MODAL: Shape = {"title": str, "custom_id": str, "components": [COMPONENT]}
SUGGESTIONS: Shape = {"choices": [_CHOICE]}

_OPTION: dict[str, Shape] = {
    "type": int,
    "name": str,
    "description": str,
    "required": bool,
    "autocomplete": bool,
    "min_length": int,
    "max_length": int,
    "min_value": (int, float),
    "max_value": (int, float),
    "channel_types": [int],
    "choices": [_CHOICE],
}
_OPTION["options"] = [_OPTION]

COMMAND: Shape = {
    "type": int,
    "name": str,
    "description": str,
    "options": [_OPTION],
    "default_member_permissions": (str, int),
    "dm_permission": bool,
    "contexts": [int],
    "integration_types": [int],
    "nsfw": bool,
}


def type_problems(value: object, shape: Shape, *place: str | int) -> Iterator[Problem]:
    """Every value whose JSON type is not the one that `shape` has at its place."""
    if value is None:
        return
    if len(place) > _DEEPEST:
        yield Problem(place, "BASE_TYPE_BAD_TYPE", "Too deeply nested.")
    elif isinstance(shape, dict):
        yield from _object_problems(value, shape, place)
    elif isinstance(shape, list):
        yield from _array_problems(value, shape[0], place)
    elif not _is_one_of(value, shape if isinstance(shape, tuple) else (shape,)):
        wanted = shape if isinstance(shape, tuple) else (shape,)
        yield wrong_type(" or ".join(_NAMES[one] for one in wanted), *place)


def _object_problems(
    value: object, shape: dict[str, Shape], place: tuple[str | int, ...]
) -> Iterator[Problem]:
    if not isinstance(value, dict):
        message = "Only dictionaries may be used in a ModelType"
        yield Problem(place, "MODEL_TYPE_CONVERT", message)
        return
    for key in shape.keys() & value.keys():
        yield from type_problems(value[key], shape[key], *place, key)


def _array_problems(value: object, shape: Shape, place: tuple[str | int, ...]) -> Iterator[Problem]:
    if not isinstance(value, list):
        yield Problem(place, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        return
    for index, one in enumerate(value):
        if one is None:
            yield Problem((*place, index), "BASE_TYPE_REQUIRED", "This field is required")
        yield from type_problems(one, shape, *place, index)


def _is_one_of(value: object, kinds: tuple[type, ...]) -> bool:
    if isinstance(value, bool):
        return bool in kinds
    return isinstance(value, kinds)
