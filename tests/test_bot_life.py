"""The bot from its start to its stop: as a process of its own, and where it cannot start."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord.http
import pytest
from bot_room import TOKEN, Room, plain, running
from interrupting import ctrl_c

from bot import app, retries
from bot.client import PullquoteBot
from bot.errors import DiscordRefused, DiscordUnreachable, MissingToken, RefusedIntent, RefusedToken
from bot.registration import register
from bot.sandbox import Intent, pointed_at
from bot.service import Service
from bot.settings import Settings
from retrieval import Answerer

RUNNER = Path(__file__).parent / "run_pointed_at.py"
PATIENCE = 600.0  # seconds for a process: a busy machine is no failure
TROOPS = "How many troops has North Korea sent to Russia?"


@asynccontextmanager
async def process(
    api: str, gateway: str, folder: Path, *, foreground: bool = True, **settings: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """`pullquote run` in an empty folder, pointed at a Discord; killed if it stays."""
    inherited = {name: value for name, value in os.environ.items() if "PULLQUOTE" not in name}
    with ctrl_c(heeded=foreground):
        started = await asyncio.create_subprocess_exec(
            sys.executable,
            str(RUNNER),
            api,
            gateway,
            "run",
            cwd=folder,
            env={**inherited, **settings},
            stderr=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
    try:
        yield started
    finally:
        if started.returncode is None:
            started.kill()
        await started.communicate()


def addresses(room: Room) -> tuple[str, str]:
    """Where the room's Discord is served: REST and gateway."""
    return room.discord.api, room.discord.gateway.url


async def until_ready(room: Room) -> None:
    """Wait for a new process, which has all of Python to load, to reach the gateway."""
    gateway = room.discord.gateway
    await room.discord.changes.until(
        lambda: gateway.identified or None, "IDENTIFY", patience=PATIENCE
    )


async def end_of(started: asyncio.subprocess.Process) -> tuple[int | None, list[str]]:
    """The exit code, and the lines on the standard error."""
    _, said = await asyncio.wait_for(started.communicate(), PATIENCE)
    return started.returncode, said.decode().splitlines()


@pytest.mark.parametrize(
    ("foreground", "signals"),
    [(True, [signal.SIGINT]), (False, [signal.SIGINT, signal.SIGTERM])],
    ids=["Ctrl-C", "SIGTERM, in the background, where Ctrl-C is ignored"],
)
async def test_a_signal_stops_it_cleanly_after_the_answer_that_is_under_way(
    foreground: bool,
    signals: list[signal.Signals],
    room: Room,
    tmp_path: Path,
) -> None:
    *ignored, heeded = signals
    log = {"DISCORD_TOKEN": TOKEN, "PULLQUOTE_LOG_LEVEL": "DEBUG"}
    async with process(*addresses(room), tmp_path, foreground=foreground, **log) as started:
        await until_ready(room)
        for number in ignored:
            started.send_signal(number)
        room.discord.fail_next(
            "PATCH",
            "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
            status=429,
            retry_after=0.5,
        )
        asked = await room.anna.invokes(room.general, "ask", question=TROOPS)
        await asked.acknowledged()
        started.send_signal(heeded)
        card = await asked.answer()
        code, lines = await end_of(started)
    assert "10,000" in plain(card)
    assert code == 0
    assert lines[-1].endswith("stopped")
    await room.discord.gateway.until_quiet()
    said = "\n".join(lines)
    assert "Traceback" not in said
    assert "troops" not in said
    assert TOKEN not in said


async def test_with_a_refused_token_it_stops_with_one_clear_line(
    room: Room, tmp_path: Path
) -> None:
    settings: dict[str, Any] = {
        "DISCORD_TOKEN": "not.the.token",
        "PULLQUOTE_LOG_LEVEL": "ERROR",
    }
    async with process(*addresses(room), tmp_path, **settings) as started:
        code, lines = await end_of(started)
    assert code == 2
    assert len(lines) == 1
    assert "Discord refused DISCORD_TOKEN" in lines[0]
    assert "not.the.token" not in lines[0]


async def test_a_signal_stops_it_while_it_waits_for_the_network(tmp_path: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # and does not listen
        port = nobody.getsockname()[1]
        api, gateway = f"http://127.0.0.1:{port}/api/v10", f"ws://127.0.0.1:{port}"
        async with process(api, gateway, tmp_path, DISCORD_TOKEN=TOKEN) as started:
            assert started.stderr is not None
            while b"cannot reach Discord" not in (line := await started.stderr.readline()):
                assert line, "it ended"
            started.send_signal(signal.SIGTERM)
            code, lines = await end_of(started)
    assert code == 0
    assert lines[-1].endswith("stopped")


@pytest.mark.parametrize("token", [None, "   "])
def test_an_empty_token_is_a_missing_one(token: str | None) -> None:
    with pytest.raises(MissingToken):
        app.run(Settings.model_validate({"token": token}))


@pytest.mark.parametrize("token", ["two words", "line\nbreak", "schlüssel"])
def test_a_token_that_cannot_be_sent_is_refused(token: str) -> None:
    with pytest.raises(RefusedToken):
        app.run(Settings.model_validate({"token": token}))


def maker(shipped: Answerer, kind: type[PullquoteBot] = PullquoteBot) -> PullquoteBot:
    chosen = Settings(_env_file=None, cooldown=0)
    return kind(Service(shipped, 3), chosen, guild_ready_timeout=0)


async def test_a_token_that_is_renewed_meanwhile_is_a_refused_one(
    room: Room, shipped: Answerer
) -> None:
    bot = room.discord.bot

    class Renewed(PullquoteBot):
        async def setup_hook(self) -> None:
            await super().setup_hook()
            bot.application = replace(bot.application, token="another")

    with pointed_at(room.discord), pytest.raises(RefusedToken):
        await app.serve(lambda: maker(shipped, Renewed), TOKEN)


async def test_a_refused_intent_is_our_error_and_says_where_to_switch_it_on(
    room: Room, shipped: Answerer, caplog: pytest.LogCaptureFixture
) -> None:
    chosen = Settings(_env_file=None, message_content=True)
    where = "Bot → Message Content Intent"
    with pointed_at(room.discord), pytest.raises(RefusedIntent, match=where) as caught:
        await app.serve(lambda: PullquoteBot(Service(shipped, 3), chosen), TOKEN)
    assert "\n" not in str(caught.value)
    assert not [one for one in caplog.records if one.levelno >= logging.ERROR]


async def test_without_a_network_it_tries_again_and_then_says_so(
    shipped: Answerer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    policy = retries.logging_in
    monkeypatch.setattr(retries, "logging_in", lambda: policy(wait))
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # and does not listen
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}/api/v10"
        monkeypatch.setattr(discord.http.Route, "BASE", address)
        with pytest.raises(DiscordUnreachable, match="check this machine's network"):
            await app.serve(lambda: maker(shipped), TOKEN)
    assert len(waited) == 5
    assert sum("cannot reach Discord" in line for line in caplog.messages) == 5


async def test_what_discord_refuses_at_the_start_is_said_with_its_number(
    room: Room, shipped: Answerer
) -> None:
    room.discord.fail_next("GET", "/applications/{application_id}/commands", status=403)
    with pointed_at(room.discord), pytest.raises(DiscordRefused, match="403"):
        await app.serve(lambda: maker(shipped), TOKEN)


async def test_unchanged_commands_are_registered_once(room: Room, shipped: Answerer) -> None:
    for _ in range(3):
        async with running(room, shipped):
            pass
    assert room.discord.commands.writes == 1


async def test_changed_commands_are_registered_again(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped) as client:
        client.tree.remove_command("sources")
        assert await register(client.tree)
        assert not await register(client.tree)
    assert room.discord.commands.writes == 2


async def test_a_lost_connection_is_taken_up_again(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped):
        room.discord.gateway.drop()
        asked = await room.anna.mentions(room.general, TROOPS)
        card = await room.anna.next_message(room.general, after=asked)
    assert "10,000" in plain(card)
    assert room.discord.gateway.resumed == 1


async def test_it_asks_for_no_more_than_it_needs(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped) as client:
        assert client.intents.value == (
            Intent.GUILDS | Intent.GUILD_MESSAGES | Intent.DIRECT_MESSAGES
        )
        assert list(client.cached_messages) == []
        assert client.allowed_mentions is not None
        assert dict(client.allowed_mentions.to_dict()) == {"parse": []}
