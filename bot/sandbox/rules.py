"""Discord's limits on a message: its text, embeds, flags, mentions and nonce."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.component_rules import layout_problems
from bot.sandbox.embed_rules import embed_problems
from bot.sandbox.errors import Refusal
from bot.sandbox.forms import Problem, bad_choice, bad_count, bad_length, check
from bot.sandbox.shapes import MESSAGE, type_problems
from bot.sandbox.state import MessageFlag

MAX_CONTENT = 2_000
MAX_NONCE = 25
MAX_MENTIONS = 100
MAX_ATTACHMENTS = 10

Json = Mapping[str, Any]

_NOT_HERE = ("poll", "sticker_ids")  # what the sandbox does not have
_NOT_IN_V2 = ("content", "embeds")


def check_message(body: Json, *, files: int = 0) -> None:
    """Refuse a message that Discord would refuse.

    Args:
        body: The message as it would stand: for an edit, what stays and what changes.
        files: How many files it has, uploaded or kept.

    Raises:
        Refusal: 400; code 50035 with the problems, or 50006 for an empty message.
    """
    check(type_problems(body, MESSAGE))
    check(_message_problems(body, files))
    text = (body.get("content") or "").strip()
    if not (text or files or body.get("embeds") or body.get("components")):
        raise empty_message()


def empty_message() -> Refusal:
    """A message without anything to see."""
    return Refusal(400, 50006, "Cannot send an empty message")


def is_layout(body: Json) -> bool:
    """Whether the body has the flag of Components V2."""
    return bool((body.get("flags") or 0) & MessageFlag.COMPONENTS_V2)


def _message_problems(body: Json, files: int) -> Iterator[Problem]:
    yield from bad_length(body.get("content") or "", 0, MAX_CONTENT, "content")
    yield from bad_length(str(body.get("nonce") or ""), 0, MAX_NONCE, "nonce")
    yield from _mention_problems(body.get("allowed_mentions") or {})
    yield from embed_problems(body.get("embeds") or [])
    yield from layout_problems(body.get("components") or [], layout=is_layout(body))
    if is_layout(body):
        yield from _legacy_problems(body)
    if files > MAX_ATTACHMENTS:
        yield from bad_count([None] * files, 0, MAX_ATTACHMENTS, "attachments")
    for key in _NOT_HERE:
        if body.get(key):
            yield Problem((key,), "SANDBOX_UNSUPPORTED", f"The sandbox has no {key}.")


def _mention_problems(allowed: Json) -> Iterator[Problem]:
    parse = allowed.get("parse") or []
    for index, kind in enumerate(parse):
        place = ("allowed_mentions", "parse", index)
        yield from bad_choice(kind, ("users", "roles", "everyone"), *place)
    for kind in ("users", "roles"):
        named = allowed.get(kind) or []
        yield from bad_count(named, 0, MAX_MENTIONS, "allowed_mentions", kind)
        if len({str(one) for one in named}) < len(named):
            message = "The set already contains this value"
            yield Problem(("allowed_mentions", kind), "SET_TYPE_ALREADY_CONTAINS_VALUE", message)
        for index, one in enumerate(named):
            if not str(one).isdecimal():
                place = ("allowed_mentions", kind, index)
                yield Problem(place, "NUMBER_TYPE_COERCE", f'Value "{one}" is not snowflake.')
        if kind in parse and named:
            message = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            code = "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"
            yield Problem(("allowed_mentions",), code, message)


def _legacy_problems(body: Json) -> Iterator[Problem]:
    for key in _NOT_IN_V2:
        if body.get(key):
            yield Problem(
                (key,),
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
            )
