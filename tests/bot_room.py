"""A newsroom in a sandbox, with the real bot in it, for the tests of the bot."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from discord_api import openapi_validator

from bot.client import PullquoteBot
from bot.sandbox import (
    Application,
    Channel,
    Intent,
    ManualClock,
    Member,
    Sandbox,
    SeenMessage,
    pointed_at,
)
from bot.service import Service
from bot.settings import Settings
from retrieval import Answerer

TOKEN = "made-up-token"


@dataclass(frozen=True)
class Room:
    """A server with two members and a channel; its time passes when a test says so."""

    discord: Sandbox
    clock: ManualClock
    general: Channel
    anna: Member
    ben: Member


@asynccontextmanager
async def open_room(intents: Intent = Intent.NONE) -> AsyncIterator[Room]:
    """A sandbox, as strict as Discord; every route that the bot used must be one of Discord's."""
    application, clock = Application(token=TOKEN, intents=intents), ManualClock()
    async with Sandbox.start(application, clock=clock, validator=openapi_validator()) as discord:
        guild = discord.guild("Newsroom")
        anna, ben = guild.member("anna"), guild.member("ben")
        yield Room(discord, clock, guild.channel("general"), anna, ben)
        assert discord.unknown_routes == []


@asynccontextmanager
async def running(room: Room, answerer: Answerer, **settings: Any) -> AsyncIterator[PullquoteBot]:  # noqa: ANN401 - any setting
    """The bot, logged in and ready; an error that ends it ends the test."""
    chosen = Settings(_env_file=None, **{"cooldown": 0, **settings})
    client = PullquoteBot(Service(answerer, chosen.quotes), chosen, guild_ready_timeout=0)
    with pointed_at(room.discord):
        await client.login(TOKEN)
        life = asyncio.create_task(client.connect())
        ready = asyncio.create_task(client.wait_until_ready())
        await asyncio.wait({life, ready}, return_when=asyncio.FIRST_COMPLETED)
        if life.done():
            ready.cancel()
            await life
        try:
            yield client
        finally:
            await client.close()
            await life


def hurry_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let neither the bot nor discord.py wait long before a request is repeated."""
    sleep = asyncio.sleep
    hurried = {**vars(asyncio), "sleep": lambda _: sleep(0.001)}
    monkeypatch.setattr("bot.retries.FIRST_WAIT", 0.002)
    for module in ("discord.http.asyncio", "discord.webhook.async_.asyncio"):
        monkeypatch.setattr(module, SimpleNamespace(**hurried))


async def press_alone(room: Room, question: str, label: str) -> SeenMessage:
    """What one who presses a button of another's card is shown, and nobody else."""
    card = await room.anna.slash(room.general, "ask", question=question)
    shown = await room.ben.clicks(card, label)
    assert shown.ephemeral
    assert shown not in room.anna.reads(room.general)
    assert room.anna.rereads(card) == card
    return shown


def plain(message: SeenMessage) -> str:
    """A card's text without its marks."""
    lines = (re.sub(r"^(?:### |-# |> )+", "", line) for line in message.text.split("\n"))
    return re.sub(r"\\([^0-9A-Za-z\s])|\*", lambda found: found[1] or "", "\n".join(lines))
