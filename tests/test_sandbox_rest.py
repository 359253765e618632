"""The sandbox's REST API: who may ask, what does not exist, limits, faults, permissions."""

from __future__ import annotations

import aiohttp
import discord
import pytest
from sandbox_bot import TOKEN, Newsroom, newsroom

from bot.sandbox import Application, Permission, Sandbox, pointed_at


def _channel(here: Newsroom) -> discord.PartialMessageable:
    return here.client.get_partial_messageable(here.general.id)


@pytest.mark.parametrize("header", [None, "Bot wrong", f"Bearer {TOKEN}", TOKEN])
async def test_a_request_without_the_bots_token_is_unauthorized(header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    async with (
        Sandbox.start(Application(token=TOKEN)) as here,
        aiohttp.ClientSession(headers=headers) as session,
        session.get(here.api + "/users/@me") as response,
    ):
        assert response.status == 401
        assert await response.json() == {"message": "401: Unauthorized", "code": 0}


async def test_an_unknown_route_is_not_found_and_remembered() -> None:
    async with newsroom() as here:
        with pytest.raises(discord.NotFound) as caught:
            await here.client.http.request(discord.http.Route("GET", "/nothing/here"))
        assert caught.value.code == 0
        assert here.discord.unknown_routes == ["GET /nothing/here"]


async def test_a_known_path_with_another_method_is_unknown_too() -> None:
    async with newsroom() as here:
        with pytest.raises(discord.NotFound):
            await here.client.http.request(discord.http.Route("DELETE", "/users/@me"))
        assert here.discord.unknown_routes == ["DELETE /users/@me"]


async def test_answers_have_exactly_the_content_type_that_discord_py_reads() -> None:
    async with (
        Sandbox.start() as here,
        aiohttp.ClientSession() as session,
        session.get(here.api + "/gateway") as response,
    ):
        assert response.headers["Content-Type"] == "application/json"
        assert await response.json() == {"url": here.gateway.url}


async def test_a_body_that_is_no_json_or_no_object_is_refused() -> None:
    async with newsroom() as here, aiohttp.ClientSession() as session:
        headers = {"Authorization": f"Bot {TOKEN}"}
        url = f"{here.discord.api}/channels/{here.general.id}/messages"
        for body, code in (("{", 50109), ("[" * 100_000, 50109), ("[]", 50035), ("5", 50035)):
            async with session.post(url, data=body, headers=headers) as response:
                assert (response.status, (await response.json())["code"]) == (400, code)


async def test_a_429_is_waited_out_and_tried_again() -> None:
    async with newsroom() as here:
        route = "/channels/{channel_id}/messages"
        here.discord.fail_next("POST", route, status=429, retry_after=0.01)
        await _channel(here).send("at last")
        statuses = [one.status for one in here.discord.requests if one.route == route]
        assert statuses == [429, 200]
        assert [one.text for one in here.anna.reads(here.general)] == ["at last"]


async def test_a_429_of_a_webhook_is_waited_out_too() -> None:
    async with newsroom() as here:
        route = "/interactions/{interaction_id}/{interaction_token}/callback"
        here.discord.fail_next("POST", route, status=429, retry_after=0.01)
        assert (await here.anna.slash(here.general, "ask", question="Who?")).text


async def test_a_5xx_is_tried_again() -> None:
    async with newsroom() as here:
        here.discord.fail_next("POST", "/channels/{channel_id}/messages", status=502)
        await _channel(here).send("at last")
        assert [one.text for one in here.anna.reads(here.general)] == ["at last"]


async def test_a_503_is_an_error_at_once() -> None:
    async with newsroom() as here:
        here.discord.fail_next("GET", "/users/@me", status=503)
        with pytest.raises(discord.DiscordServerError):
            await here.client.http.request(discord.http.Route("GET", "/users/@me"))


async def test_a_bot_cannot_write_where_it_may_not() -> None:
    async with newsroom() as here:
        here.guild.deny(here.general, here.discord.bot.user, Permission.SEND_MESSAGES)
        with pytest.raises(discord.Forbidden) as caught:
            await _channel(here).send("hello")
        assert caught.value.code == 50013


async def test_a_bot_neither_sees_nor_hears_a_channel_that_is_closed_to_it() -> None:
    async with newsroom() as here:
        closed = here.guild.channel("closed")
        here.guild.deny(closed, here.discord.bot.user, Permission.VIEW_CHANNEL)
        await here.anna.mentions(closed, "can you hear me?")
        with pytest.raises(discord.Forbidden) as caught:
            await here.client.get_partial_messageable(closed.id).send("hello")
        assert caught.value.code == 50001
        asked = await here.anna.mentions(here.general, "and here?")
        await here.anna.next_message(here.general, after=asked)
        assert not any("can you hear me" in content for content in here.client.heard)


@pytest.mark.parametrize(
    ("denied", "options"),
    [
        (Permission.EMBED_LINKS, {"embed": discord.Embed(title="Title")}),
        (Permission.ATTACH_FILES, {"file": "a file"}),
    ],
)
async def test_embeds_and_files_need_their_permissions(
    denied: Permission, options: dict[str, object]
) -> None:
    async with newsroom() as here:
        here.guild.deny(here.general, here.discord.bot.user, denied)
        if "file" in options:
            options = {"file": discord.File(__file__)}
        with pytest.raises(discord.Forbidden):
            await _channel(here).send(**options)  # type: ignore[call-overload]  # one of many
        await _channel(here).send("plain text")


async def test_a_reply_needs_the_permission_to_read_the_history() -> None:
    async with newsroom() as here:
        said = await here.anna.says(here.general, "hello")
        here.guild.deny(here.general, here.discord.bot.user, Permission.READ_MESSAGE_HISTORY)
        with pytest.raises(discord.HTTPException) as caught:
            await _channel(here).get_partial_message(said.id).reply("hello")
        assert caught.value.code == 160002


async def test_direct_messages_go_only_to_those_who_take_them() -> None:
    async with newsroom() as here:
        user = await here.client.fetch_user(here.anna.id)
        await user.send("hello")
        assert here.anna.reads(here.anna.dm_channel())[0].text == "hello"
        here.anna.user.accepts_dms = False
        with pytest.raises(discord.Forbidden) as caught:
            await user.send("hello?")
        assert caught.value.code == 50007


async def test_what_does_not_exist_is_unknown_by_name() -> None:
    async with newsroom() as here:
        for path, code in (
            ("/channels/1", 10003),
            (f"/channels/{here.general.id}/messages/1", 10008),
            ("/guilds/1", 10004),
            ("/users/1", 10013),
            (f"/guilds/{here.guild.id}/members/1", 10007),
            (f"/applications/{here.discord.bot.id}/commands/1", 10063),
            ("/channels/not-a-number", 10003),
        ):
            with pytest.raises(discord.NotFound) as caught:
                await here.client.http.request(discord.http.Route("GET", path))
            assert caught.value.code == code, path


async def test_the_bot_can_look_around() -> None:
    async with newsroom() as here:
        guild = await here.client.fetch_guild(here.guild.id, with_counts=False)
        channels = await guild.fetch_channels()
        member = await guild.fetch_member(here.anna.id)
        channel = await here.client.fetch_channel(here.general.id)
        assert isinstance(channel, discord.TextChannel)
        assert ([one.name for one in channels], member.name) == (["general"], "anna")
        assert (channel.name, channel.permissions_for(guild.me).send_messages) == ("general", True)
        assert [one.name async for one in here.client.fetch_guilds()] == ["Newsroom"]
        info = await here.client.application_info()
        assert (info.name, info.owner.name) == ("Pullquote", "owner")
        assert here.discord.unknown_routes == []


async def test_the_bot_knows_the_permissions_that_were_taken_from_it() -> None:
    async with newsroom() as here:
        here.guild.deny(here.general, here.discord.bot.user, Permission.SEND_MESSAGES)
        here.guild.promote(here.anna, Permission.MANAGE_GUILD)
        asked = await here.anna.dm("are you up to date?")
        await here.anna.next_message(here.anna.dm_channel(), after=asked)
        guild = here.client.get_guild(here.guild.id)
        assert guild is not None
        assert not guild.text_channels[0].permissions_for(guild.me).send_messages
        assert "anna" in [role.name for role in guild.roles]


async def test_a_query_that_is_no_number_or_out_of_range_is_refused() -> None:
    async with newsroom() as here:
        for query in ("limit=0", "limit=101", "limit=many", "after=yesterday", "around=x"):
            path = f"/channels/{here.general.id}/messages?{query}"
            with pytest.raises(discord.HTTPException) as caught:
                await here.client.http.request(discord.http.Route("GET", path))
            assert (caught.value.status, caught.value.code) == (400, 50035), query


async def test_typing_is_noticed() -> None:
    async with newsroom() as here, _channel(here).typing():
        assert here.general.typing == [here.discord.bot.user]


async def test_a_bot_deletes_what_others_wrote_only_with_the_permission() -> None:
    async with newsroom() as here:
        said = await here.anna.says(here.general, "hello")
        here.guild.deny(here.general, here.discord.bot.user, Permission.MANAGE_MESSAGES)
        with pytest.raises(discord.Forbidden):
            await _channel(here).get_partial_message(said.id).delete()
        here.general.denied.clear()
        await _channel(here).get_partial_message(said.id).delete()
        assert here.anna.reads(here.general) == []
        dm = await here.anna.dm("mine")
        mine = here.client.get_partial_messageable(dm.channel_id).get_partial_message(dm.id)
        with pytest.raises(discord.Forbidden):
            await mine.delete()


async def test_an_ephemeral_message_is_out_of_reach_of_the_channels_routes() -> None:
    async with newsroom() as here:
        seen = await here.anna.slash(here.general, "ask", question="Who?", private=True)
        with pytest.raises(discord.NotFound):
            await _channel(here).fetch_message(seen.id)
        assert [one.id async for one in _channel(here).history()] == []


async def test_the_client_is_pointed_back_afterwards() -> None:
    before = discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    async with Sandbox.start() as here:
        with pointed_at(here):
            assert here.api == discord.http.Route.BASE
        after = discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    assert before == after


async def test_a_member_can_do_only_what_discords_client_lets_them() -> None:
    async with newsroom() as here:
        message = await here.anna.says(here.general, "mine")
        changed = await here.anna.edits(message, "still mine")
        assert (changed.text, here.ben.rereads(message).text) == ("still mine", "still mine")
