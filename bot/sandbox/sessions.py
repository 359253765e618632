"""A bot's sessions at the gateway: what was sent to each, and over which connection."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import deque
from contextlib import suppress
from typing import Any

from aiohttp import web

from bot.sandbox.compression import Encoder
from bot.sandbox.intents import Intent
from bot.sandbox.state import Bot

REMEMBERED = 1_000  # events of a session that can be sent again when it resumes

Json = dict[str, Any]


class Connection:
    """One WebSocket; payloads leave it in the order in which they were given.

    Attributes:
        compressed: Whether the bot asked for compression.
        closed_here: Whether the gateway closed it, not the bot.
    """

    def __init__(
        self, request: web.Request, socket: web.WebSocketResponse, encode: Encoder
    ) -> None:
        self.compressed = "compress" in request.query
        self.closed_here = False
        self._request = request
        self._socket = socket
        self._encode = encode
        self._outgoing: asyncio.Queue[Json | str | int] = asyncio.Queue()

    def send(self, op: int, data: object = None, **more: object) -> None:
        """Send a payload after those before it."""
        self._outgoing.put_nowait({"op": op, "d": data, "s": None, "t": None, **more})

    def send_text(self, text: str) -> None:
        """Send what may be no payload at all."""
        self._outgoing.put_nowait(text)

    def close(self, code: int) -> None:
        """Close with a code once everything before is sent."""
        self.closed_here = True
        self._outgoing.put_nowait(code)

    def abort(self) -> None:
        """Cut the line without a word, as a failing network does."""
        if self._request.transport is not None:
            self._request.transport.abort()

    async def write(self) -> None:
        """Send what is given until the connection closes."""
        with suppress(ConnectionError):  # that the bot is gone is noticed by whoever reads
            while not isinstance(item := await self._outgoing.get(), int):
                text = item if isinstance(item, str) else json.dumps(item, separators=(",", ":"))
                encoded = self._encode(text)
                if isinstance(encoded, bytes):
                    await self._socket.send_bytes(encoded)
                else:
                    await self._socket.send_str(encoded)
            await self._socket.close(code=item)


class Session:
    """What one IDENTIFY began; it outlives its connections until it is forgotten.

    Attributes:
        id: What RESUME names.
        bot: Whose it is.
        intents: What it asked to be told.
        shard: Its number and how many there are.
        sequence: The number of its last event.
        connection: Where it is connected now, if it is.
        sent: The number, name and data of its last events.
    """

    def __init__(self, bot: Bot, intents: Intent, shard: tuple[int, int]) -> None:
        self.id = secrets.token_hex(16)
        self.bot = bot
        self.intents = intents
        self.shard = shard
        self.sequence = 0
        self.connection: Connection | None = None
        self.sent: deque[tuple[int, str, Json]] = deque(maxlen=REMEMBERED)

    def wants(self, bot: Bot, intent: Intent, guild_id: int | None) -> bool:
        """Whether an event of this kind and guild goes to this session."""
        if bot is not self.bot or intent not in self.intents:
            return False
        number, count = self.shard
        return number == (0 if guild_id is None else (guild_id >> 22) % count)

    def dispatch(self, event: str, data: Json) -> None:
        """Send an event now, or when the session resumes."""
        self.sequence += 1
        self.sent.append((self.sequence, event, data))
        if self.connection is not None:
            self.connection.send(0, data, s=self.sequence, t=event)

    def can_resume_after(self, sequence: int) -> bool:
        """Whether every event after `sequence` is still remembered."""
        return sequence == self.sequence or any(n == sequence + 1 for n, _, _ in self.sent)

    def replay(self, connection: Connection, after: int) -> None:
        """Go on over another connection with the events that the bot missed."""
        self.connection = connection
        for number, event, data in self.sent:
            if number > after:
                connection.send(0, data, s=number, t=event)
