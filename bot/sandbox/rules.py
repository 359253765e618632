"""Discord's limits on a message: its text, embeds, flags, mentions and nonce."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.component_rules import layout_problems
from bot.sandbox.embed_rules import embed_problems
from bot.sandbox.errors import Refusal
from bot.sandbox.forms import (
    Problem,
    bad_choice,
    bad_count,
    bad_length,
    check,
    wrong_type,
)
from bot.sandbox.state import MessageFlag

MAX_CONTENT = 2_000
MAX_NONCE = 25
MAX_MENTIONS = 100
MAX_ATTACHMENTS = 10

Json = Mapping[str, Any]

_NOT_HERE = ("poll", "sticker_ids")  # what the sandbox does not have
_NOT_IN_V2 = ("content", "embeds", "poll", "sticker_ids")


def check_message(body: Json, *, files: int = 0) -> None:
    """Refuse a message that Discord would refuse.

    Args:
        body: The message as it would stand: for an edit, what stays and what changes.
        files: How many files it has, uploaded or kept.

    Raises:
        Refusal: 400; code 50035 with the problems, or 50006 for an empty message.
    """
    check(_message_problems(body))
    if not files and not any(body.get(key) for key in ("content", "embeds", "components")):
        raise Refusal(400, 50006, "Cannot send an empty message")


def is_layout(body: Json) -> bool:
    """Whether the body has the flag of Components V2."""
    return bool((body.get("flags") or 0) & MessageFlag.COMPONENTS_V2)


def _message_problems(body: Json) -> Iterator[Problem]:
    yield from _type_problems(body)
    yield from _content_problems(body.get("content"))
    yield from _nonce_problems(body.get("nonce"))
    yield from _mention_problems(body.get("allowed_mentions"))
    for key in _NOT_HERE:
        if body.get(key):
            yield Problem((key,), "SANDBOX_UNSUPPORTED", f"The sandbox has no {key}.")
    layout = isinstance(body.get("flags") or 0, int) and is_layout(body)
    if layout:
        yield from _legacy_problems(body)
    if isinstance(body.get("embeds") or [], list):
        yield from embed_problems(body.get("embeds") or [])
    if isinstance(body.get("components") or [], list):
        yield from layout_problems(body.get("components") or [], layout=layout)


def _type_problems(body: Json) -> Iterator[Problem]:
    wanted = {
        "embeds": (list, "array"),
        "components": (list, "array"),
        "attachments": (list, "array"),
        "flags": (int, "integer"),
        "tts": (bool, "boolean"),
    }
    for key, (kind, name) in wanted.items():
        if body.get(key) is not None and not isinstance(body[key], kind):
            yield wrong_type(name, key)
    if isinstance(body.get("attachments"), list):
        yield from bad_count(body["attachments"], 0, MAX_ATTACHMENTS, "attachments")


def _content_problems(content: object) -> Iterator[Problem]:
    if content is None:
        return
    if not isinstance(content, str):
        yield wrong_type("string", "content")
        return
    yield from bad_length(content, 0, MAX_CONTENT, "content")


def _nonce_problems(nonce: object) -> Iterator[Problem]:
    if nonce is None:
        return
    if isinstance(nonce, bool) or not isinstance(nonce, int | str):
        yield wrong_type("string", "nonce")
        return
    yield from bad_length(str(nonce), 0, MAX_NONCE, "nonce")


def _mention_problems(allowed: object) -> Iterator[Problem]:
    if allowed is None:
        return
    if not isinstance(allowed, dict):
        yield wrong_type("object", "allowed_mentions")
        return
    parse = allowed.get("parse") or []
    for index, kind in enumerate(parse):
        yield from bad_choice(
            kind, ("users", "roles", "everyone"), "allowed_mentions", "parse", index
        )
    for kind in ("users", "roles"):
        named = allowed.get(kind) or []
        yield from bad_count(named, 0, MAX_MENTIONS, "allowed_mentions", kind)
        if kind in parse and named:
            message = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            yield Problem(
                ("allowed_mentions",), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message
            )


def _legacy_problems(body: Json) -> Iterator[Problem]:
    for key in _NOT_IN_V2:
        if body.get(key):
            yield Problem(
                (key,),
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
            )
