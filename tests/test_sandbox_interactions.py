"""Interactions in the sandbox: slash commands, buttons, menus, modals, and their deadlines."""

from __future__ import annotations

import asyncio

import pytest
from sandbox_bot import newsroom

from bot.sandbox import DidNotRespond, ManualClock, NotPossible
from bot.sandbox.callbacks import Callback


async def test_a_slash_command_is_answered_for_all_to_see() -> None:
    async with newsroom() as here:
        seen = await here.anna.slash(here.general, "ask", question="Who?", quotes=5)
        assert seen.text == "Who? / None / 5 / plain"
        assert here.ben.reads(here.general) == [seen]
        assert here.discord.unknown_routes == []


async def test_an_ephemeral_answer_is_seen_by_the_asker_only() -> None:
    async with newsroom() as here:
        seen = await here.anna.slash(here.general, "ask", question="Who?", private=True)
        assert seen.ephemeral
        assert here.anna.reads(here.general) == [seen]
        assert here.ben.reads(here.general) == []
        with pytest.raises(NotPossible):
            here.ben.rereads(seen)


async def test_a_slash_command_works_in_direct_messages() -> None:
    async with newsroom() as here:
        dm = here.anna.dm_channel()
        seen = await here.anna.slash(dm, "ask", question="Who?")
        assert seen.channel_id == dm.id


async def test_a_hybrid_command_is_a_slash_command_too() -> None:
    async with newsroom() as here:
        assert (await here.anna.slash(here.general, "echo", text="hello")).text == "hello"


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({}, "'question' is required"),
        ({"question": "Who?", "colour": "red"}, "no option colour"),
        ({"question": 5}, "does not take 5"),
        ({"question": True}, "does not take True"),
        ({"question": ""}, "too short"),
        ({"question": "x" * 101}, "too long"),
        ({"question": "Who?", "quotes": 0}, "out of range"),
        ({"question": "Who?", "quotes": 6}, "out of range"),
        ({"question": "Who?", "quotes": True}, "does not take True"),
        ({"question": "Who?", "tone": "rude"}, "is one of"),
    ],
)
async def test_discords_client_does_not_send_what_does_not_fit_the_command(
    options: dict[str, str | int], why: str
) -> None:
    async with newsroom() as here:
        with pytest.raises(NotPossible, match=why):
            await here.anna.slash(here.general, "ask", **options)


async def test_a_question_of_the_longest_length_is_sent() -> None:
    async with newsroom() as here:
        seen = await here.anna.slash(here.general, "ask", question="x" * 100)
        assert seen.text.startswith("x" * 100)


async def test_a_command_that_is_not_registered_is_not_offered() -> None:
    async with newsroom() as here:
        with pytest.raises(NotPossible, match="no command /nothing"):
            await here.anna.slash(here.general, "nothing")


async def test_a_command_with_default_permissions_is_for_those_who_have_them() -> None:
    async with newsroom() as here:
        with pytest.raises(NotPossible, match="anna may not use /cards"):
            await here.anna.slash(here.general, "cards")
        here.guild.promote(here.ben)
        assert (await here.ben.slash(here.general, "cards")).layout


async def test_a_command_for_guilds_only_is_not_offered_in_direct_messages() -> None:
    async with newsroom() as here:
        with pytest.raises(NotPossible, match="no command /cards"):
            await here.anna.slash(here.anna.dm_channel(), "cards")


async def test_autocomplete_shows_the_names_that_the_bot_suggests() -> None:
    async with newsroom() as here:
        found = await here.anna.autocomplete(here.general, "ask", question="Who?", article="kim")
        assert found == [("Kim meets Belousov", "Kim meets Belousov")]
        assert len(await here.anna.autocomplete(here.general, "ask", article="")) == 3
        with pytest.raises(NotPossible, match="name the option"):
            await here.anna.autocomplete(here.general, "ask")
        with pytest.raises(NotPossible, match="suggests nothing"):
            await here.anna.autocomplete(here.general, "ask", question="Wh")


async def test_suggestions_that_discord_refuses_are_never_shown() -> None:
    clock = ManualClock()
    async with newsroom(clock=clock) as here:
        typed = here.anna.autocomplete(here.general, "ask", article="too long")
        waiting = asyncio.create_task(typed)
        await here.discord.until_requested("POST", "/interactions/.*/callback", status=400)
        clock.advance(3)
        with pytest.raises(DidNotRespond):
            await waiting


async def test_a_bot_that_is_silent_for_3_seconds_did_not_respond() -> None:
    clock = ManualClock()
    async with newsroom(clock=clock) as here:
        asked = await here.anna.invokes(here.general, "patient")
        clock.advance(2.9)
        assert not asked.failed
        clock.advance(0.1)
        assert asked.failed
        with pytest.raises(DidNotRespond, match="The application did not respond"):
            await asked.answer()


async def test_an_answer_after_3_seconds_is_an_unknown_interaction() -> None:
    clock = ManualClock()
    async with newsroom(clock=clock) as here:
        await here.anna.invokes(here.general, "patient")
        clock.advance(3)
        here.client.answer_now.set()
        await here.discord.until_requested("POST", "/interactions/.*/callback", status=404)
        assert await here.client.refused.get() == 10062


async def test_an_answer_in_time_is_taken() -> None:
    clock = ManualClock()
    async with newsroom(clock=clock) as here:
        asked = await here.anna.invokes(here.general, "patient")
        clock.advance(2.9)
        here.client.answer_now.set()
        assert (await asked.answer()).text == "here I am"
        clock.advance(60)
        assert not asked.failed


async def test_a_second_acknowledgement_is_refused() -> None:
    async with newsroom() as here:
        await here.anna.slash(here.general, "twice")
        await here.discord.until_requested("POST", "/interactions/.*/callback", status=400)
        assert await here.client.refused.get() == 40060


@pytest.mark.parametrize("private", [False, True])
async def test_a_deferred_answer_thinks_and_is_then_filled(private: bool) -> None:
    async with newsroom() as here:
        asked = await here.anna.invokes(here.general, "deferred", private=private)
        assert await asked.acknowledged() is Callback.DEFERRED_MESSAGE
        first = await asked.answer()
        await here.discord.until_requested("DELETE", "/webhooks/.*/messages/.*")
        assert (first.text, first.ephemeral, first.thinking) == ("first", private, False)
        assert [one.text for one in asked.messages()] == ["first", "second, edited"]
        assert len(here.anna.reads(here.general)) == 2
        assert len(here.ben.reads(here.general)) == (0 if private else 2)


async def test_follow_ups_are_refused_before_the_answer_and_after_15_minutes() -> None:
    clock = ManualClock()
    async with newsroom(clock=clock) as here:
        waiting = await here.anna.invokes(here.general, "patient")
        asked = await here.anna.invokes(here.general, "ask", question="Who?")
        await asked.answer()
        early = await here.post(f"/webhooks/{here.discord.bot.id}/{waiting.token}", content="x")
        assert (early.status, early.code) == (404, 10015)
        clock.advance(15 * 60 - 1)
        address = f"/webhooks/{here.discord.bot.id}/{asked.token}"
        assert (await here.post(address, content="in time")).status == 200
        clock.advance(1)
        late = await here.post(address, content="too late")
        assert (late.status, late.code) == (401, 50027)


async def test_the_first_follow_up_fills_a_deferred_answer() -> None:
    async with newsroom() as here:
        asked = await here.anna.invokes(here.general, "patient")
        callback = f"/interactions/{asked.interaction.id}/{asked.token}/callback"
        assert (await here.post(callback, type=5, data={"flags": 64})).status == 204
        assert here.anna.reads(here.general)[0].thinking
        webhook = f"/webhooks/{here.discord.bot.id}/{asked.token}"
        await here.post(webhook, content="filled")
        (seen,) = here.anna.reads(here.general)
        assert (seen.text, seen.ephemeral, seen.thinking) == ("filled", True, False)


async def test_an_answer_must_fit_the_interaction() -> None:
    async with newsroom() as here:
        asked = await here.anna.invokes(here.general, "patient")
        callback = f"/interactions/{asked.interaction.id}/{asked.token}/callback"
        for kind in (1, 6, 7, 8, "4", None):
            refused = await here.post(callback, type=kind)
            assert (refused.status, refused.code) == (400, 50035), kind
        unknown = await here.post(f"/interactions/{asked.interaction.id}/no-token/callback", type=4)
        assert (unknown.status, unknown.code) == (404, 10062)


async def test_a_refused_answer_leaves_the_interaction_open() -> None:
    async with newsroom(described=False) as here:
        asked = await here.anna.invokes(here.general, "patient")
        callback = f"/interactions/{asked.interaction.id}/{asked.token}/callback"
        long = await here.post(callback, type=4, data={"content": "x" * 2001})
        assert long.errors["data"]["content"]["_errors"][0]["code"] == "BASE_TYPE_MAX_LENGTH"
        assert (await here.post(callback, type=4, data={"content": "short"})).status == 204
        assert (await asked.answer()).text == "short"


async def test_a_button_changes_its_message() -> None:
    async with newsroom() as here:
        here.guild.promote(here.anna)
        card = await here.anna.slash(here.general, "cards")
        assert card.labels == ["Next", "Source", "Back"]
        turned = await here.ben.clicks(card, "Next")
        assert (turned.id, turned.text, turned.edits) == (card.id, "Page 2", 1)
        again = await here.ben.clicks(turned, "page:3")
        assert again.text == "Page 3"


async def test_a_button_answers_only_the_one_who_clicked() -> None:
    async with newsroom() as here:
        message = await here.anna.slash(here.general, "buttons")
        told = await here.ben.clicks(message, "Tell me")
        assert (told.text, told.ephemeral, told.reply_to) == ("only for you", True, message.id)
        assert here.anna.reads(here.general) == [message]


async def test_a_button_that_defers_changes_its_message_later() -> None:
    async with newsroom() as here:
        message = await here.anna.slash(here.general, "buttons")
        changed = await here.anna.clicks(message, "Later")
        assert (changed.text, changed.buttons) == ("changed later", ())


async def test_a_button_that_does_nothing_fails_visibly() -> None:
    clock = ManualClock()
    async with newsroom(clock=clock) as here:
        message = await here.anna.slash(here.general, "buttons")
        pressed = await here.anna.presses(message, "Ignore")
        clock.advance(3)
        with pytest.raises(DidNotRespond):
            await pressed.answer()


@pytest.mark.parametrize("name", ["Source", "Back", "back", "Nothing"])
async def test_links_disabled_and_absent_buttons_cannot_be_clicked(name: str) -> None:
    async with newsroom() as here:
        here.guild.promote(here.anna)
        card = await here.anna.slash(here.general, "cards")
        with pytest.raises(NotPossible):
            await here.anna.clicks(card, name)


async def test_a_button_on_anothers_ephemeral_message_cannot_be_clicked() -> None:
    async with newsroom() as here:
        message = await here.anna.slash(here.general, "buttons")
        told = await here.anna.clicks(message, "Tell me")
        with pytest.raises(NotPossible, match="ben sees no message"):
            await here.ben.clicks(told, "anything")


async def test_a_menu_gives_the_bot_what_was_chosen() -> None:
    async with newsroom() as here:
        message = await here.anna.slash(here.general, "buttons")
        assert (await here.anna.chooses(message, "Blue")).text == "you chose Blue"
        with pytest.raises(NotPossible):
            await here.anna.chooses(message, "Green")
        with pytest.raises(NotPossible):
            await here.anna.chooses(message, "Red", "Blue")


async def test_a_modal_is_opened_filled_in_and_answered() -> None:
    async with newsroom() as here:
        opened = await here.anna.invokes(here.general, "form")
        assert (await opened.modal())["title"] == "Feedback"
        noted = await here.anna.submits(opened, line="a typo")
        assert (noted.text, noted.ephemeral) == ("noted: a typo", True)
        with pytest.raises(NotPossible, match="'line' is required"):
            await here.anna.submits(opened)


async def test_a_command_that_opens_no_modal_has_none() -> None:
    async with newsroom() as here:
        asked = await here.anna.invokes(here.general, "ask", question="Who?")
        with pytest.raises(NotPossible, match="no modal"):
            await asked.modal()
