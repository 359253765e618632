"""What members read when they flood, press what is old, or when something fails; no mocks."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
from bot_room import Room, open_room, plain, running

from bot.sandbox import Intent, Permission, SeenMessage
from bot.sandbox.component_rules import walk
from retrieval import Answer, Answerer, Library
from retrieval.library import NAME

TROOPS = "How many troops has North Korea sent to Russia?"
PAGED = "How many North Korean troops are there in Russia?"  # fills several pages
MESSAGES = "/channels/{channel_id}/messages"
ORIGINAL = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"


async def test_a_flood_is_refused_once_and_the_others_are_still_served(
    room: Room, shipped: Answerer
) -> None:
    async with running(room, shipped, cooldown=600):
        last = await room.anna.mentions(room.general, TROOPS)
        for _ in range(8):
            await room.anna.mentions(room.general, TROOPS)
        asked = await room.ben.mentions(room.general, TROOPS)
        cards: list[SeenMessage] = []
        while len(cards) < 7:
            last = await room.anna.next_message(room.general, after=last)
            cards += [last] if last.layout else []
        assert [card.reply_to for card in cards if "10,000" in plain(card)].count(asked.id) == 1
        assert sum("10,000" in plain(card) for card in cards) == 6
        assert sum("more than 5 questions in 600 seconds" in plain(one) for one in cards) == 1

        slash = await room.anna.slash(room.general, "ask", question=TROOPS)
        assert slash.ephemeral
        assert "Please try again in" in plain(slash)


async def test_a_flood_of_presses_is_refused_to_the_one_who_presses(
    room: Room, shipped: Answerer
) -> None:
    async with running(room, shipped, cooldown=600):
        card = await room.anna.slash(room.general, "ask", question=TROOPS)
        for _ in range(15):
            last = await room.anna.clicks(card, "Context")
            assert "presses" not in plain(last)
        refused = await room.anna.clicks(card, "Context")
        served = await room.ben.clicks(card, "Context")
    assert refused.ephemeral
    assert "more than 15 presses in 600 seconds" in plain(refused)
    assert "presses" not in plain(served)


async def test_a_flood_of_lists_is_passed_over(shipped: Answerer) -> None:
    async with open_room(Intent.MESSAGE_CONTENT) as room:
        async with running(room, shipped, message_content=True, cooldown=600):
            for _ in range(5):
                await room.anna.says(room.general, "!sources")
            asked = last = await room.ben.mentions(room.general, TROOPS)
            while last.reply_to != asked.id:
                last = await room.anna.next_message(room.general, after=last)
        cards = [plain(one) for one in room.anna.reads(room.general) if one.layout]
    assert sum("5 articles" in card for card in cards) == 2


async def test_a_reply_to_a_deleted_question_still_comes(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped):
        asked = await room.anna.mentions(room.general, TROOPS)
        await room.anna.deletes(asked)
        card = await room.ben.next_message(room.general, after=asked)
    assert "10,000" in plain(card)


class Slow(Answerer):
    """Answers when the test lets it."""

    gate: threading.Event

    def ask(
        self, question: str, *, quotes: int = 3, counted: int = 0, article: str | None = None
    ) -> Answer:
        assert self.gate.wait(600)
        return super().ask(question, quotes=quotes, counted=counted, article=article)


async def test_a_slash_command_is_acknowledged_before_its_answer_is_known(
    room: Room, shipped: Answerer
) -> None:
    slow = Slow.open(shipped.library)
    slow.gate = threading.Event()
    async with running(room, slow):
        asked = await room.anna.invokes(room.general, "ask", question=TROOPS)
        await asked.acknowledged()
        room.clock.advance(60)
        slow.gate.set()
        card = await asked.answer()
    assert "10,000" in plain(card)


async def test_the_bot_is_seen_typing_where_an_answer_takes_long(
    room: Room, shipped: Answerer
) -> None:
    slow = Slow.open(shipped.library)
    slow.gate = threading.Event()
    async with running(room, slow):
        asked = await room.anna.mentions(room.general, TROOPS)
        await room.discord.changes.until(lambda: _typed(room), "typing")
        slow.gate.set()
        card = await room.anna.next_message(room.general, after=asked)
    assert "10,000" in plain(card)


def _typed(room: Room) -> bool | None:
    """Whether the bot was seen typing; None while it was not."""
    return any(one.path.endswith("/typing") for one in room.discord.requests) or None


async def test_a_library_that_fails_gets_an_apology_with_a_number_and_the_bot_lives(
    room: Room, shipped: Answerer, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    with Library.open(tmp_path, create=True) as library:
        library.add(shipped.library)
        broken = Answerer.open(library)
        await _sees_it_fail(room, broken, tmp_path / NAME, caplog)


async def _sees_it_fail(
    room: Room, broken: Answerer, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(room, broken):
        card = await room.anna.slash(room.general, "ask", question=TROOPS)
        await asyncio.to_thread(file.write_bytes, b"no library" * 1000)
        failed = await room.anna.slash(room.general, "ask", question=TROOPS)
        asked = await room.anna.mentions(room.general, TROOPS)
        replied = await room.anna.next_message(room.general, after=asked)
        context = await room.anna.clicks(card, "Context")
        alive = await room.anna.slash(room.general, "sources")
    for one in (failed, replied, context):
        number = one.text.rsplit("`", 2)[1]
        assert "It is in my log" in one.text
        assert any(number in line for line in caplog.messages)
    assert "5 articles" in plain(alive)
    assert not any("troops" in line for line in caplog.messages)


class Broken(Answerer):
    """Fails in a way that is none of ours."""

    def ask(
        self, question: str, *, quotes: int = 3, counted: int = 0, article: str | None = None
    ) -> Answer:
        raise TimeoutError(question, quotes, counted, article)


async def test_an_error_of_the_machine_gets_an_apology_too(
    room: Room, shipped: Answerer, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(room, Broken.open(shipped.library)):
        asked = await room.anna.mentions(room.general, TROOPS)
        replied = await room.anna.next_message(room.general, after=asked)
        slash = await room.anna.slash(room.general, "ask", question=TROOPS, private=True)
    assert "Something went wrong on my side" in replied.text
    assert "Something went wrong on my side" in slash.text
    assert not any("troops" in line for line in caplog.messages)


# -- buttons that this bot did not make ---------------------------------------------------------


def rename(room: Room, card: SeenMessage, label: str, custom_id: str) -> None:
    """Give a button of a card that was sent another `custom_id`, as another version would have."""
    message = room.general.find(card.id)
    assert message is not None
    button = next(one for _, one in walk(message.components) if one.get("label") == label)
    button["custom_id"] = custom_id


@pytest.mark.parametrize(
    "custom_id",
    ["garbage", "pq:page:abc", "pq:page:-1:3:0123456789ab:-", "pq:context:zz", "pq:sources:-1"],
)
async def test_a_button_that_nobody_knows_is_answered(
    custom_id: str, room: Room, shipped: Answerer
) -> None:
    async with running(room, shipped):
        card = await room.anna.slash(room.general, "ask", question=PAGED)
        rename(room, card, "More", custom_id)
        said = await room.ben.clicks(card, custom_id)
    assert said.ephemeral
    assert "I don’t know this button" in plain(said)


async def test_a_page_past_the_end_is_the_last_one(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped):
        card = await room.anna.slash(room.general, "ask", question=PAGED)
        far = card.button("More").custom_id
        assert far is not None
        rename(room, card, "More", far.replace("pq:page:1:", "pq:page:9999:"))
        last = await room.anna.clicks(card, "More")
    assert "More" not in last.labels
    assert "Back" in last.labels


async def test_a_span_that_is_no_sentence_shows_no_text(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped):
        card = await room.anna.slash(room.general, "ask", question=TROOPS)
        first = card.button("Context").custom_id
        assert first is not None
        rename(room, card, "Context", f"{first.rsplit(':', 2)[0]}:1:{10**17}")
        said = await room.anna.clicks(card, "Context")
    assert "so I can’t show this quote" in plain(said)


async def test_a_card_without_its_question_says_so(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped):
        card = await room.anna.slash(room.general, "ask", question=PAGED)
        message = room.general.find(card.id)
        assert message is not None
        message.components[0]["components"].pop(0)
        said = await room.anna.clicks(card, "More")
    assert "I can’t read the question" in plain(said)


# -- Discord refuses ------------------------------------------------------------------------------


async def test_where_it_may_not_read_the_history_it_answers_without_a_reply(
    room: Room, shipped: Answerer
) -> None:
    guild = room.discord.guild("Newsroom")
    guild.deny(room.general, room.discord.bot.user, Permission.READ_MESSAGE_HISTORY)
    async with running(room, shipped):
        asked = await room.anna.mentions(room.general, TROOPS)
        card = await room.anna.next_message(room.general, after=asked)
    assert card.reply_to is None
    assert "10,000" in plain(card)


async def test_where_it_may_not_write_it_says_so_once_in_the_log(
    room: Room, shipped: Answerer, caplog: pytest.LogCaptureFixture
) -> None:
    guild = room.discord.guild("Newsroom")
    guild.deny(room.general, room.discord.bot.user, Permission.SEND_MESSAGES)
    async with running(room, shipped):
        await room.anna.mentions(room.general, TROOPS)
        await room.discord.until_requested("POST", r"/channels/\d+/messages")
        card = await room.anna.slash(room.general, "ask", question=TROOPS)
    assert "10,000" in plain(card)
    refused = [line for line in caplog.messages if "Forbidden (403, code 50013)" in line]
    assert len(refused) == 1
    assert len([one for one in room.discord.requests if one.route == MESSAGES]) == 1


@pytest.mark.parametrize("surface", ["message", "slash"])
async def test_a_card_that_discord_does_not_take_gets_an_apology(
    surface: str, room: Room, shipped: Answerer, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(room, shipped):
        if surface == "message":
            room.discord.fail_next("POST", MESSAGES, status=400)
            asked = await room.anna.mentions(room.general, TROOPS)
            card = await room.anna.next_message(room.general, after=asked)
        else:
            room.discord.fail_next("PATCH", ORIGINAL, status=400)
            card = await room.anna.slash(room.general, "ask", question=TROOPS)
    number = card.text.rsplit("`", 2)[1]
    assert "Something went wrong on my side" in plain(card)
    assert any(f"{number}: discord.errors.HTTPException (400" in line for line in caplog.messages)


async def test_being_told_to_wait_before_typing_does_not_hold_up_the_answer(
    room: Room, shipped: Answerer
) -> None:
    slow = Slow.open(shipped.library)
    slow.gate = threading.Event()
    room.discord.fail_next("POST", "/channels/{channel_id}/typing", status=429, retry_after=600)
    async with running(room, slow):
        asked = await room.anna.mentions(room.general, TROOPS)
        await room.discord.until_requested("POST", r"/channels/\d+/typing")
        slow.gate.set()
        card = await room.anna.next_message(room.general, after=asked)
    assert "10,000" in plain(card)
