"""Every body that the real client sends in a whole scenario, checked by Discord's description."""

from __future__ import annotations

import discord
import pytest
from discord_api import ABSENT, openapi_validator
from sandbox_bot import newsroom

CHECK = openapi_validator()

pytestmark = pytest.mark.skipif(CHECK is None, reason=ABSENT)


async def test_every_body_of_a_scenario_is_as_discord_describes_it() -> None:
    assert CHECK is not None
    async with newsroom(described=False) as here:
        here.guild.promote(here.anna)
        asked = await here.anna.mentions(here.general, "hello")
        await here.anna.next_message(here.general, after=asked)
        await here.anna.slash(here.general, "ask", question="Who?", private=True)
        await here.anna.autocomplete(here.general, "ask", article="Kim")
        await here.anna.slash(here.general, "deferred")
        card = await here.anna.slash(here.general, "cards")
        await here.anna.clicks(card, "Next")
        buttons = await here.anna.slash(here.general, "buttons")
        await here.anna.chooses(buttons, "Red")
        await here.anna.clicks(buttons, "Later")
        await here.anna.submits(await here.anna.invokes(here.general, "form"), line="a typo")
        channel = here.client.get_partial_messageable(here.general.id)
        await channel.send("a file", file=discord.File(__file__), embed=discord.Embed(title="t"))
        await (await here.client.fetch_user(here.anna.id)).send("hello")
        await here.discord.until_requested("DELETE", "/webhooks/.*")

        sent = [one for one in here.discord.requests if one.body is not None]
        assert {one.method for one in sent} == {"POST", "PUT", "PATCH"}
        for one in sent:
            assert CHECK(one.method, one.path, one.body) == [], (one.method, one.path)


def test_the_description_notices_what_is_wrong() -> None:
    assert CHECK is not None
    path = "/channels/1/messages"
    assert CHECK("POST", path, {"content": "text"}) == []
    assert CHECK("POST", path, {"content": 5}) == ["$.content: 5 is not of type 'string', 'null'"]
    (wrong,) = CHECK("POST", path, {"components": [{"type": 99}]})
    assert wrong.startswith("$.components[0]")
    (unknown,) = CHECK("POST", "/nothing", {})
    assert "not in Discord's description" in unknown


def test_snowflakes_may_be_numbers_as_discord_takes_them() -> None:
    assert CHECK is not None
    reply = {"content": "x", "message_reference": {"message_id": 1574156003656597504}}
    assert CHECK("POST", "/channels/1/messages", reply) == []


async def test_a_sandbox_with_the_description_refuses_what_it_does_not_allow() -> None:
    async with newsroom(described=True) as here:
        refused = await here.post(f"/channels/{here.general.id}/messages", content=5)
        assert (refused.status, refused.code) == (400, 50035)
        assert refused.errors["_errors"][0]["code"] == "OPENAPI"
