"""What members see if a request of the bot fails on the way, over real connections."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any, NamedTuple

import pytest
from bot_room import Room, hurry_requests, plain, running

from bot import replies, retries
from bot.sandbox import SeenMessage
from bot.sandbox.calls import Fault
from bot.sandbox.component_rules import walk
from retrieval import Answerer

PAGED = "How many North Korean troops are there in Russia?"  # fills several pages
MESSAGES = "/channels/{channel_id}/messages"
CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
FOLLOW_UP = "/webhooks/{webhook_id}/{webhook_token}"
ORIGINAL = f"{FOLLOW_UP}/messages/@original"

FAULTS = {
    "cut before it was carried out": Fault("", "", None),
    "cut after it was carried out": Fault("", "", None, done=True),
    "Discord's 200 without JSON": Fault("", "", 200, page=True, done=True),
    "another server's 200": Fault("", "", 200, page=True),
    "Cloudflare's 429": Fault("", "", 429, page=True),
    "a page with 502": Fault("", "", 502, page=True),
    "a page with 503": Fault("", "", 503, page=True),
}


class Cards(NamedTuple):
    """Cards to press on: one that all see, one that only anna sees, one of another library."""

    shared: SeenMessage
    private: SeenMessage
    old: SeenMessage


Step = Callable[[Room, Cards], Coroutine[Any, Any, SeenMessage]]


async def mention(room: Room, _: Cards) -> SeenMessage:
    asked = await room.anna.mentions(room.general, PAGED)
    return await room.anna.next_message(room.general, after=asked)


async def ask(room: Room, _: Cards) -> SeenMessage:
    return await room.anna.slash(room.general, "ask", question=PAGED)


async def sources(room: Room, _: Cards) -> SeenMessage:
    return await room.anna.slash(room.general, "sources")


async def why(room: Room, cards: Cards) -> SeenMessage:
    return await room.anna.clicks(cards.shared, "Why")


async def turn(room: Room, cards: Cards) -> SeenMessage:
    now = room.anna.rereads(cards.private)
    return await room.anna.clicks(now, "Back" if "Back" in now.labels else "More")


async def turn_old(room: Room, cards: Cards) -> SeenMessage:
    """The note beside a private card that cannot turn; the card itself stays."""
    pressed = await room.anna.presses(cards.old, "More")
    await room.discord.changes.until(lambda: pressed.messages() or None, "a note")
    return pressed.messages()[0]


STEPS: dict[str, tuple[str, str, Step, str]] = {
    "the reply to a message": ("POST", MESSAGES, mention, "10,000"),
    "the acknowledgement of a command": ("POST", CALLBACK, ask, "10,000"),
    "the answer of a command": ("PATCH", ORIGINAL, ask, "10,000"),
    "the answer at once": ("POST", CALLBACK, sources, "5 articles"),
    "the acknowledgement of a press": ("POST", CALLBACK, why, "Why these quotes"),
    "the answer to a press": ("PATCH", ORIGINAL, why, "Why these quotes"),
    "the acknowledgement of a turn": ("POST", CALLBACK, turn, "Quotes "),
    "the turn of a page": ("PATCH", ORIGINAL, turn, "Quotes "),
    "a note beside a card": ("POST", FOLLOW_UP, turn_old, "My library has changed"),
}


@pytest.fixture(autouse=True)
def in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the bot nor discord.py waits long before it tries again."""
    hurry_requests(monkeypatch)


async def cards_of(room: Room) -> Cards:
    shared = await room.anna.slash(room.general, "ask", question=PAGED)
    private, old = [
        await room.anna.slash(room.general, "ask", question=PAGED, private=True) for _ in range(2)
    ]
    message = room.general.find(old.id)
    assert message is not None
    more = next(one for _, one in walk(message.components) if one.get("label") == "More")
    number, quotes = more["custom_id"].split(":")[2:4]
    more["custom_id"] = f"pq:page:{number}:{quotes}:{'0' * 12}:-"
    return Cards(shared, private, old)


@pytest.mark.parametrize("fault", FAULTS)
async def test_every_last_step_is_repeated_and_nothing_is_said_twice(
    fault: str, room: Room, shipped: Answerer
) -> None:
    async with running(room, shipped):
        cards = await cards_of(room)
        for step, (method, route, act, says) in STEPS.items():
            before = len(room.general.messages)
            planted = replace(FAULTS[fault], method=method, route=route)
            room.discord.rest.fail_next(planted)
            shown = await act(room, cards)
            assert says in plain(shown), step
            assert not room.discord.rest.faults, step
            new = len(room.general.messages) - before
            once = 2 if act is mention else int(act is not turn)
            assert new == once or (planted.done and act is turn_old and new == 2), step


@pytest.mark.parametrize("fault", ["cut before it was carried out", "another server's 200"])
@pytest.mark.parametrize("act", [mention, ask])
async def test_what_cannot_be_sent_in_time_gets_an_apology(
    act: Step, fault: str, room: Room, shipped: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retries, "FIRST_WAIT", 30)  # longer than anybody waits
    for limit in ("ANSWER_WITHIN", "REPLY_WITHIN"):
        monkeypatch.setattr(replies, limit, 30)
    method, route = ("POST", MESSAGES) if act is mention else ("PATCH", ORIGINAL)
    async with running(room, shipped):
        cards = Cards(*[SeenMessage(0, 0, "", "")] * 3)
        room.discord.rest.fail_next(replace(FAULTS[fault], method=method, route=route))
        said = await act(room, cards)
    assert "Something went wrong on my side" in plain(said)


async def test_an_answer_is_tried_again_and_again(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped):
        room.discord.rest.fail_next(Fault("PATCH", ORIGINAL, None, times=6))
        card = await room.anna.slash(room.general, "ask", question=PAGED)
    assert "10,000" in plain(card)
