"""The sandbox's gateway: logging in, intents, lost connections, compression, close codes."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import discord
import pytest
from discord import utils
from sandbox_bot import TOKEN, Newsbot, Newsroom, newsroom, running

from bot.sandbox import Application, Intent, Sandbox
from bot.sandbox.compression import encoder
from bot.sandbox.protocol import Close, Op


async def test_the_bot_is_ready_with_its_guilds() -> None:
    async with newsroom() as here:
        assert [guild.name for guild in here.client.guilds] == ["Newsroom"]
        assert here.client.user is not None
        assert here.client.user.name == "Pullquote"
        assert here.client.application_id == here.discord.bot.id


async def test_a_wrong_token_is_a_login_failure() -> None:
    async with Sandbox.start(Application(token=TOKEN)) as here:
        with pytest.raises(discord.LoginFailure):
            async with running(here, Newsbot(), token="wrong"):
                pass


@pytest.mark.parametrize("intent", ["message_content", "members", "presences"])
async def test_a_privileged_intent_must_be_enabled(intent: str) -> None:
    client = Newsbot(intents=discord.Intents(guilds=True, **{intent: True}))
    async with Sandbox.start(Application(token=TOKEN)) as here:
        with pytest.raises(discord.PrivilegedIntentsRequired):
            async with running(here, client):
                pass


async def _resumed(here: Newsroom) -> None:
    """Wait until the bot has resumed, by an answer that only a living connection brings."""
    asked = await here.anna.mentions(here.general, "still there?")
    reply = await here.anna.next_message(here.general, after=asked)
    assert reply.text.endswith("still there?")


async def test_a_lost_connection_is_resumed_and_nothing_is_missed() -> None:
    async with newsroom() as here:
        here.discord.gateway.drop()
        await here.anna.says(here.general, "while it is away")
        await _resumed(here)
        assert (here.discord.gateway.identified, here.discord.gateway.resumed) == (1, 1)
        assert here.client.resumes == 1
        assert len(here.client.heard) >= 2


@pytest.mark.parametrize("code", [1000, 1001, 4000, 4008])
async def test_a_connection_closed_with_a_code_is_resumed(code: int) -> None:
    async with newsroom() as here:
        here.discord.gateway.drop(code)
        await _resumed(here)
        assert here.discord.gateway.resumed == 1


async def test_the_bot_reconnects_when_it_is_asked_to() -> None:
    async with newsroom() as here:
        here.discord.gateway.ask_to_reconnect()
        await _resumed(here)
        assert (here.discord.gateway.identified, here.discord.gateway.resumed) == (1, 1)


async def test_a_bot_whose_session_is_invalid_identifies_again() -> None:
    async with newsroom() as here:
        here.discord.gateway.invalidate()
        await here.discord.gateway.until_identified(2)
        await _resumed(here)
        assert here.discord.gateway.resumed == 0


async def test_a_session_that_is_forgotten_cannot_be_resumed() -> None:
    async with newsroom() as here:
        here.discord.gateway.sessions.clear()
        here.discord.gateway.drop()
        await here.discord.gateway.until_identified(2)
        await _resumed(here)
        assert here.discord.gateway.resumed == 0


@pytest.mark.parametrize(("code", "left"), [(1000, 0), (1001, 0), (4000, 1)])
async def test_a_bot_that_says_goodbye_ends_its_session(code: int, left: int) -> None:
    async with Sandbox.start(Application(token=TOKEN)) as here:
        async with _socket(here) as socket:
            await socket.send_json(_identify())
            await here.gateway.until_identified(1)
            await socket.close(code=code)
        await here.gateway.until_quiet()
        assert len(here.gateway.sessions) == left


async def test_a_restarted_bot_serves_the_buttons_of_its_old_messages() -> None:
    async with newsroom() as here:
        here.guild.promote(here.anna)
        card = await here.anna.slash(here.general, "cards")
        await here.client.close()
        async with running(here.discord, Newsbot()):
            turned = await here.anna.clicks(card, "Next")
            assert (turned.id, turned.text) == (card.id, "Page 2")


async def test_heartbeats_are_acknowledged() -> None:
    async with newsroom() as here:
        await _resumed(here)
        assert here.client.latency < 10


@asynccontextmanager
async def _socket(
    here: Sandbox, query: str = "v=10&encoding=json"
) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    address = f"{here.gateway.url}?{query}"
    async with aiohttp.ClientSession() as session, session.ws_connect(address) as socket:
        yield socket


def _identify(**changes: object) -> dict[str, Any]:
    data = {"token": TOKEN, "intents": 1, "properties": {}}
    return {"op": Op.IDENTIFY, "d": data | changes}


def _ask_for_members(**changes: object) -> dict[str, Any]:
    return {"op": Op.REQUEST_MEMBERS, "d": {"guild_id": "1", "user_ids": []} | changes}


@pytest.mark.parametrize(
    ("payloads", "code"),
    [
        ([_identify(token="wrong")], Close.AUTHENTICATION_FAILED),
        ([_identify(intents=1 << 17)], Close.INVALID_INTENTS),
        ([_identify(intents="1")], Close.INVALID_INTENTS),
        ([_identify(intents=int(Intent.MESSAGE_CONTENT))], Close.DISALLOWED_INTENTS),
        ([_identify(shard=[1, 1])], Close.INVALID_SHARD),
        ([_identify(), _identify()], Close.ALREADY_AUTHENTICATED),
        ([{"op": Op.PRESENCE, "d": {}}], Close.NOT_AUTHENTICATED),
        ([_identify(), {"op": 77, "d": {}}], Close.UNKNOWN_OPCODE),
        ([_identify(padding="x" * 5_000)], Close.DECODE_ERROR),
        ([["no object"]], Close.DECODE_ERROR),
        ([_identify(), _ask_for_members(guild_id="x")], Close.DECODE_ERROR),
        ([_identify(), _ask_for_members(user_ids=["x"])], Close.DECODE_ERROR),
    ],
)
async def test_what_breaks_the_protocol_is_closed_with_discords_code(
    payloads: list[Any], code: int
) -> None:
    async with Sandbox.start(Application(token=TOKEN)) as here, _socket(here) as socket:
        for payload in payloads:
            await socket.send_json(payload)
        async for _ in socket:
            pass
        assert socket.close_code == code


@pytest.mark.parametrize("text", ["{", "[" * 4_000])
async def test_what_is_no_json_is_closed_with_4002(text: str) -> None:
    async with Sandbox.start() as here, _socket(here) as socket:
        await socket.send_str(text)
        async for _ in socket:
            pass
        assert socket.close_code == Close.DECODE_ERROR


async def test_an_old_version_is_closed_with_4012() -> None:
    async with Sandbox.start() as here, _socket(here, "v=6") as socket:
        await socket.receive()
        assert socket.close_code == Close.INVALID_VERSION


async def test_a_sequence_from_the_future_is_closed_with_4007() -> None:
    async with newsroom() as here, _socket(here.discord) as socket:
        (session,) = here.discord.gateway.sessions
        data = {"token": TOKEN, "session_id": session, "seq": 10_000}
        await socket.send_json({"op": Op.RESUME, "d": data})
        async for _ in socket:
            pass
        assert socket.close_code == Close.INVALID_SEQUENCE


async def test_an_unknown_session_is_invalid() -> None:
    async with Sandbox.start(Application(token=TOKEN)) as here, _socket(here) as socket:
        await socket.receive_json()
        data = {"token": TOKEN, "session_id": "no such", "seq": 1}
        await socket.send_json({"op": Op.RESUME, "d": data})
        assert (await socket.receive_json())["op"] == Op.INVALID_SESSION


async def test_payloads_are_plain_text_when_no_compression_is_asked() -> None:
    async with Sandbox.start() as here, _socket(here) as socket:
        hello = await socket.receive_json()
        assert hello["op"] == Op.HELLO
        assert hello["d"]["heartbeat_interval"] > 0


async def test_an_unknown_compression_is_refused() -> None:
    async with Sandbox.start() as here:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            async with _socket(here, "v=10&compress=rot13"):
                pass


def test_one_stream_compresses_all_payloads_as_discord_py_reads_them() -> None:
    context = utils._ActiveDecompressionContext()  # noqa: SLF001  # it has no public name
    encode = encoder(context.COMPRESSION_TYPE)
    assert encode is not None
    for number in range(3):
        text = json.dumps({"number": number, "text": "repeated " * 50})
        packed = encode(text)
        assert isinstance(packed, bytes)
        assert len(packed) < len(text)
        assert context.decompress(packed) == text


async def test_the_client_asks_for_compression_and_gets_it() -> None:
    async with newsroom() as here:
        assert {one.compressed for one in here.discord.gateway.connections} == {True}


async def test_a_bot_with_the_members_intent_may_ask_for_all_members() -> None:
    client = Newsbot(intents=discord.Intents(guilds=True, members=True))
    async with newsroom(intents=Intent.GUILD_MEMBERS, client=client) as here:
        guild = here.client.get_guild(here.guild.id)
        assert guild is not None
        found = await guild.query_members("an")
        assert [member.name for member in found] == ["anna"]


async def test_a_guild_made_while_the_bot_runs_is_joined() -> None:
    async with newsroom() as here:
        second = here.discord.guild("Second")
        carla = second.member("carla")
        lobby = second.channel("lobby")
        asked = await carla.mentions(lobby, "hello")
        await carla.next_message(lobby, after=asked)
        assert {guild.name for guild in here.client.guilds} == {"Newsroom", "Second"}


async def test_two_bots_share_a_guild_and_each_gets_its_own() -> None:
    first, second = Application("One", "token one"), Application("Two", "token two")
    async with Sandbox.start(first, second) as here:
        guild = here.guild("Newsroom")
        anna, general = guild.member("anna"), guild.channel("general")
        one, two = Newsbot(), Newsbot()
        async with running(here, one, "token one"), running(here, two, "token two"):
            asked = await anna.mentions(general, "hello", bot=here.world.bots[1])
            reply = await anna.next_message(general, after=asked)
            assert reply.author == "Two"
