"""What the gateway sends that discord.py cannot read, or sends twice."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Iterator
from typing import Any

import pytest
from bot_room import Room, hurry_requests, plain, running
from discord.state import ConnectionState

from bot.dispatches import Parse, guard
from bot.sandbox.sessions import Session
from retrieval import Answerer

TROOPS = "How many troops has North Korea sent to Russia?"
MESSAGES = "/channels/{channel_id}/messages"
ORIGINAL = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
WRONG: tuple[Any, ...] = (None, 5, "x", [], {})
LEFT_OUT = object()
# The two that a session begins or goes on with are no events of what somebody did.
EVENTS = sorted(
    name.removeprefix("parse_").upper()
    for name in dir(ConnectionState)
    if name.startswith("parse_") and name not in {"parse_ready", "parse_resumed"}
)


@pytest.fixture(autouse=True)
def in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """No stop waits for replies to malformed messages, and nobody for a new session."""
    hurry_requests(monkeypatch)
    monkeypatch.setattr("bot.client.GRACE", 0.1)
    monkeypatch.setattr("bot.client.ExponentialBackoff.delay", lambda _: 0)


def session_of(room: Room) -> Session:
    return list(room.discord.gateway.sessions.values())[-1]


def last(room: Room, event: str) -> Any:  # noqa: ANN401 - JSON
    """What was last dispatched of an event."""
    return next(data for _, name, data in reversed(session_of(room).sent) if name == event)


async def still_answers(room: Room) -> None:
    asked = card = await room.anna.mentions(room.general, TROOPS)
    while card.reply_to != asked.id:
        card = await room.anna.next_message(room.general, after=card)
    assert "10,000" in plain(card)


def broken(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """`data` with each of its fields left out or wrong, also those of its objects."""
    for path in [(key,) for key in data] + [
        (key, inner) for key, value in data.items() if isinstance(value, dict) for inner in value
    ]:
        for wrong in (LEFT_OUT, None, 5) if len(path) == 1 else (LEFT_OUT,):
            changed = copy.deepcopy(data)
            place = changed if len(path) == 1 else changed[path[0]]
            if wrong is LEFT_OUT:
                del place[path[-1]]
            else:
                place[path[-1]] = wrong
            yield changed


async def test_no_event_that_cannot_be_read_ends_the_session(
    room: Room, shipped: Answerer, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(room, shipped):
        session = session_of(room)
        for event in EVENTS:
            for wrong in (*WRONG, {"id": []}, {"id": "1", "guild_id": {}}):
                session.dispatch(event, wrong)
        await still_answers(room)
    assert room.discord.gateway.identified == 1
    assert any("dropped a malformed MESSAGE_CREATE (KeyError" in one for one in caplog.messages)


@pytest.mark.parametrize("event", ["MESSAGE_CREATE", "INTERACTION_CREATE", "GUILD_CREATE"])
async def test_no_field_that_is_missing_or_wrong_ends_the_session(
    event: str, room: Room, shipped: Answerer
) -> None:
    async with running(room, shipped):
        await still_answers(room)
        await room.anna.slash(room.general, "sources")
        data = last(room, event)
        for number, changed in enumerate(broken(data)):
            if changed.get("id") == data["id"] and event != "GUILD_CREATE":
                changed["id"] = str(int(data["id"]) + 1 + number)
            session_of(room).dispatch(event, changed)
        session_of(room).dispatch("GUILD_CREATE", last(room, "GUILD_CREATE") | {"unavailable": 5})
        await still_answers(room)
    assert room.discord.gateway.identified == 1


async def test_what_is_no_payload_begins_a_new_session(room: Room, shipped: Answerer) -> None:
    frames = (
        "no JSON",
        "[]",
        "5",
        '{"op":0,"t":"READY","s":1,"d":{}}',
        '{"op":0,"t":"READY","s":1,"d":{"session_id":"x","resume_gateway_url":"x"}}',
        '{"op":0,"t":"RESUMED","s":1,"d":null}',
        '{"op":0,"t":[],"s":1,"d":{}}',
        '{"op":10,"d":null}',
        '{"op":10,"d":{"heartbeat_interval":"soon"}}',
    )
    async with running(room, shipped):
        for number, frame in enumerate(frames, 2):
            connection = session_of(room).connection
            assert connection is not None
            connection.send_text(frame)
            await room.discord.gateway.until_identified(number)
        connection = session_of(room).connection
        assert connection is not None
        connection.send_text('{"op":99,"d":{}}')
        await still_answers(room)
    assert room.discord.gateway.identified == len(frames) + 1


async def test_what_is_dispatched_twice_is_answered_once(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped):
        session = session_of(room)
        await room.anna.mentions(room.general, TROOPS)
        session.dispatch("MESSAGE_CREATE", last(room, "MESSAGE_CREATE"))
        await room.discord.until_requested("POST", r"/channels/\d+/messages")
        asked = await room.anna.invokes(room.general, "ask", question=TROOPS)
        session.dispatch("INTERACTION_CREATE", last(room, "INTERACTION_CREATE"))
        await asked.answer()
        await still_answers(room)
    said = [one.route for one in room.discord.requests if one.route in {MESSAGES, ORIGINAL}]
    assert sorted(said) == sorted([MESSAGES, ORIGINAL, MESSAGES])
    assert {one.status for one in room.discord.requests} <= {200, 204}


def test_only_so_many_ids_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.dispatches.REMEMBERED", 2)
    read: list[str] = []
    parsers = {"MESSAGE_CREATE": lambda data: read.append(data["id"])}
    guard(parsers)
    for name in "abcba":
        parsers["MESSAGE_CREATE"]({"id": name})
    assert "".join(read) == "abca"


def test_what_nobody_answers_is_not_read() -> None:
    """A bot's message, and what becomes of a message later: each answer is both."""
    read: list[str] = []

    def reader(event: str) -> Parse:
        return lambda data: read.append(f"{event} {data['id']}")

    events = ("MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE", "MESSAGE_DELETE_BULK")
    parsers = {event: reader(event) for event in events}
    guard(parsers)
    for number, author in enumerate(({"bot": True}, {"id": "2"}, {"bot": False})):
        for parse in parsers.values():
            parse({"id": str(number), "author": author})
    assert read == ["MESSAGE_CREATE 1", "MESSAGE_CREATE 2"]


async def test_a_bot_that_stops_begins_no_new_session(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped) as client:
        stopping = asyncio.create_task(client.close())
        connection = session_of(room).connection
        if connection is not None:
            connection.send_text("no JSON")
        await stopping
    assert room.discord.gateway.identified == 1
