"""The gateway's protocol: opcodes, close codes, and what a bot may send."""

from __future__ import annotations

import json
from enum import IntEnum
from typing import Any, NamedTuple

from bot.sandbox.intents import KNOWN_BITS, PRIVILEGED, Intent
from bot.sandbox.state import Bot

HEARTBEAT_MS = 41_250
MAX_PAYLOAD = 4_096  # bytes that a bot may send at once

Json = dict[str, Any]


class Op(IntEnum):
    """What a payload is, as Discord numbers it."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    VOICE = 4
    RESUME = 6
    RECONNECT = 7
    REQUEST_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Close(Exception):
    """The gateway closes the connection.

    Attributes:
        code: Discord's close code.
    """

    UNKNOWN_OPCODE = 4001
    DECODE_ERROR = 4002
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    ALREADY_AUTHENTICATED = 4005
    INVALID_SEQUENCE = 4007
    INVALID_SHARD = 4010
    INVALID_VERSION = 4012
    INVALID_INTENTS = 4013
    DISALLOWED_INTENTS = 4014

    def __init__(self, code: int) -> None:
        """Close with this code."""
        super().__init__(str(code))
        self.code = code


def check_version(version: str | None) -> None:
    """Close with 4012 unless the client asks for a version that still exists."""
    if version not in ("9", "10"):
        raise Close(Close.INVALID_VERSION)


def decoded(text: str) -> tuple[object, Json]:
    """A payload's opcode and data, or a close with 4002."""
    if len(text.encode()) > MAX_PAYLOAD:
        raise Close(Close.DECODE_ERROR)
    try:
        payload = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise Close(Close.DECODE_ERROR) from error
    if not isinstance(payload, dict):
        raise Close(Close.DECODE_ERROR)
    data = payload.get("d")
    return payload.get("op"), data if isinstance(data, dict) else {}


def asked_intents(data: Json, bot: Bot) -> Intent:
    """The intents of an IDENTIFY, or a close with 4013 or 4014."""
    bits = data.get("intents")
    if not isinstance(bits, int) or bits < 0 or bits & ~KNOWN_BITS:
        raise Close(Close.INVALID_INTENTS)
    asked = Intent(bits)
    if asked & PRIVILEGED & ~bot.application.intents:
        raise Close(Close.DISALLOWED_INTENTS)
    return asked


def asked_shard(data: Json) -> tuple[int, int]:
    """The shard of an IDENTIFY and how many there are, or a close with 4010."""
    match data.get("shard", [0, 1]):
        case [int(number), int(count)] if 0 <= number < count:
            return number, count
    raise Close(Close.INVALID_SHARD)


class MemberRequest(NamedTuple):
    """Which members a bot asks for.

    Attributes:
        guild_id: Of which guild.
        user_ids: Exactly these, if there are any.
        prefix: Those whose name begins so.
    """

    guild_id: int
    user_ids: set[int]
    prefix: str


def asked_members(data: Json) -> MemberRequest:
    """The members of a REQUEST_MEMBERS, or a close with 4002."""
    named = data.get("user_ids") or []
    named = named if isinstance(named, list) else [named]
    return MemberRequest(
        guild_id=_snowflake(data.get("guild_id")),
        user_ids={_snowflake(one) for one in named},
        prefix=str(data.get("query") or ""),
    )


def _snowflake(value: object) -> int:
    text = str(value)
    if not (text.isascii() and text.isdecimal()):
        raise Close(Close.DECODE_ERROR)
    return int(text)
