"""What the gateway dispatches is read once, if it concerns the bot, and dropped if it cannot be."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from bot.apology import describe

# With it a session begins: without it there is none that could go on.
BEGINNING = "READY"
# What somebody waits for an answer to; Discord may dispatch it again when a session resumes.
ANSWERED = frozenset({"MESSAGE_CREATE", "INTERACTION_CREATE"})
REMEMBERED = 4096  # ids of each
# What becomes of messages later: discord.py would read each whole, and every answer is an edit.
UNHEARD = ("MESSAGE_UPDATE", "MESSAGE_DELETE", "MESSAGE_DELETE_BULK")

Parse = Callable[[Any], None]

log = logging.getLogger(__name__)


def guard(parsers: dict[str, Parse]) -> None:
    """Let none of discord.py's parsers fail, nor hand on what is answered a second time or never.

    Args:
        parsers: By event; each takes what was dispatched.
    """
    for event in UNHEARD:
        parsers.pop(event, None)
    for event, parse in parsers.items():
        if event in ANSWERED:
            parsers[event] = _whole(event, _of_people(_once(parse)))
        elif event != BEGINNING:
            parsers[event] = _whole(event, parse)


def _of_people(parse: Parse) -> Parse:
    """`parse`, but for what a bot wrote, such as this one: nobody answers that."""

    def parse_theirs(data: Any) -> None:  # noqa: ANN401 - whatever was dispatched
        if not data.get("author", {}).get("bot"):
            parse(data)

    return parse_theirs


def _once(parse: Parse) -> Parse:
    """`parse`, for ids that it has not read before."""
    read: dict[str, None] = {}

    def parse_new(data: Any) -> None:  # noqa: ANN401 - whatever was dispatched
        name = data["id"]
        if name in read:
            return
        parse(data)
        read[name] = None
        if len(read) > REMEMBERED:
            del read[next(iter(read))]

    return parse_new


def _whole(event: str, parse: Parse) -> Parse:
    """`parse`, which leaves out what it fails on; a new session for each would soon be too many."""

    def parse_whole(data: Any) -> None:  # noqa: ANN401 - whatever was dispatched
        try:
            parse(data)
        except Exception as error:  # noqa: BLE001 - discord.py's, of any kind
            log.warning("dropped a malformed %s (%s)", event, describe(error))

    return parse_whole
