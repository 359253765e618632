"""The gateway: the WebSocket over which bots identify, resume and are told what happens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp import WSMsgType, web

from bot.sandbox import payloads, protocol
from bot.sandbox.changes import Changes
from bot.sandbox.compression import encoder
from bot.sandbox.intents import Intent
from bot.sandbox.protocol import Close, Op
from bot.sandbox.sessions import Connection, Session
from bot.sandbox.state import Bot
from bot.sandbox.world import World

Json = dict[str, Any]


class Gateway:
    """Every session of every bot.

    Attributes:
        sessions: By id.
        connections: Those that are open.
        identified: How often a bot began a session.
        resumed: How often a bot went on with one.
        url: Where it listens; set when the sandbox starts.
        welcome: Called with each new session, to tell it of its guilds.
    """

    def __init__(self, world: World, changes: Changes) -> None:
        self.sessions: dict[str, Session] = {}
        self.identified = 0
        self.resumed = 0
        self.url = ""
        self.welcome: Callable[[Session], None] = lambda _session: None
        self.connections: set[Connection] = set()
        self._world = world
        self._changes = changes

    def dispatch(
        self, bot: Bot, event: str, data: Json, *, intent: Intent, guild_id: int | None = None
    ) -> None:
        """Tell the sessions of `bot` that asked for it."""
        for session in self.sessions.values():
            if session.wants(bot, intent, guild_id):
                session.dispatch(event, data)

    def drop(self, code: int | None = None) -> None:
        """Cut every connection: with a close code, or without a word. Sessions can resume."""
        for connection in self.connections:
            if code is None:
                connection.abort()
            else:
                connection.close(code)

    def ask_to_reconnect(self) -> None:
        """Ask every bot to reconnect and resume, as Discord does before it restarts a server."""
        for connection in self.connections:
            connection.send(Op.RECONNECT)

    def invalidate(self) -> None:
        """Forget every session; the bots must identify again."""
        self.sessions.clear()
        for connection in self.connections:
            connection.send(Op.INVALID_SESSION, False)

    async def until_identified(self, times: int) -> None:
        """Wait until bots have identified so many times in all."""
        await self._changes.until(lambda: self.identified >= times or None, "IDENTIFY")

    async def until_quiet(self) -> None:
        """Wait until no bot is connected."""
        await self._changes.until(lambda: not self.connections or None, "end of all connections")

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, from HELLO until it closes."""
        encode = encoder(request.query.get("compress"))
        if encode is None:
            raise web.HTTPBadRequest(text="unknown compression")
        socket = web.WebSocketResponse(compress=False, max_msg_size=0)
        await socket.prepare(request)
        connection = Connection(request, socket, encode)
        self.connections.add(connection)
        writing = asyncio.create_task(connection.write())
        try:
            await self._converse(request, socket, connection)
        finally:
            self._end(socket, connection)
            await writing
        return socket

    async def _converse(
        self, request: web.Request, socket: web.WebSocketResponse, connection: Connection
    ) -> None:
        try:
            protocol.check_version(request.query.get("v"))
            connection.send(Op.HELLO, {"heartbeat_interval": protocol.HEARTBEAT_MS})
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._receive(connection, message.data)
        except Close as close:
            connection.close(close.code)
            async for _ in socket:  # what still comes is not read
                pass

    def _end(self, socket: web.WebSocketResponse, connection: Connection) -> None:
        self.connections.discard(connection)
        session = self._session_on(connection)
        if session is not None:
            session.connection = None
            # A bot that says goodbye ends its session; any other loss can be resumed.
            if socket.close_code in (1000, 1001) and not connection.closed_here:
                del self.sessions[session.id]
        connection.close(1000)
        self._changes.happened()

    def _session_on(self, connection: Connection) -> Session | None:
        found = (one for one in self.sessions.values() if one.connection is connection)
        return next(found, None)

    def _receive(self, connection: Connection, text: str) -> None:
        op, data = protocol.decoded(text)
        if op == Op.HEARTBEAT:
            connection.send(Op.HEARTBEAT_ACK)
        elif op == Op.IDENTIFY:
            self._identify(connection, data)
        elif op == Op.RESUME:
            self._resume(connection, data)
        else:
            self._serve_session(connection, op, data)

    def _serve_session(self, connection: Connection, op: object, data: Json) -> None:
        session = self._session_on(connection)
        if session is None:
            raise Close(Close.NOT_AUTHENTICATED)
        if op == Op.REQUEST_MEMBERS:
            self._send_members(session, data)
        elif op not in (Op.PRESENCE, Op.VOICE):
            raise Close(Close.UNKNOWN_OPCODE)

    def _identify(self, connection: Connection, data: Json) -> None:
        if self._session_on(connection) is not None:
            raise Close(Close.ALREADY_AUTHENTICATED)
        bot = self._authenticated(data)
        session = Session(bot, protocol.asked_intents(data, bot), protocol.asked_shard(data))
        session.connection = connection
        self.sessions[session.id] = session
        self.identified += 1
        session.dispatch("READY", self._ready(session))
        self.welcome(session)
        self._changes.happened()

    def _ready(self, session: Session) -> Json:
        bot = session.bot
        guilds = [g for g in self._world.guilds.values() if bot.id in g.memberships]
        application = payloads.application(bot, self._world.owner)
        return {
            "v": 10,
            "user": payloads.user(bot.user) | {"verified": True, "mfa_enabled": False},
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": list(session.shard),
            "application": {"id": application["id"], "flags": application["flags"]},
        }

    def _resume(self, connection: Connection, data: Json) -> None:
        bot = self._authenticated(data)
        session = self.sessions.get(str(data.get("session_id")))
        sequence = data.get("seq")
        if session is None or session.bot is not bot or not isinstance(sequence, int):
            connection.send(Op.INVALID_SESSION, False)
            return
        if sequence > session.sequence:
            raise Close(Close.INVALID_SEQUENCE)
        if not session.can_resume_after(sequence):
            connection.send(Op.INVALID_SESSION, False)
            return
        self.resumed += 1
        session.replay(connection, sequence)
        session.dispatch("RESUMED", {})
        self._changes.happened()

    def _authenticated(self, data: Json) -> Bot:
        bot = self._world.bot_with(str(data.get("token")).removeprefix("Bot "))
        if bot is None:
            raise Close(Close.AUTHENTICATION_FAILED)
        return bot

    def _send_members(self, session: Session, data: Json) -> None:
        asked = protocol.asked_members(data)
        guild = self._world.guilds.get(asked.guild_id)
        if guild is None or session.bot.id not in guild.memberships:
            return
        everyone = list(guild.memberships.values())
        if asked.user_ids:
            everyone = [one for one in everyone if one.user.id in asked.user_ids]
        elif Intent.GUILD_MEMBERS not in session.intents:
            return
        chosen = [one for one in everyone if one.user.name.startswith(asked.prefix)]
        chunk: Json = {
            "guild_id": str(guild.id),
            "members": [payloads.member(one) for one in chosen],
            "chunk_index": 0,
            "chunk_count": 1,
            "nonce": data.get("nonce"),
        }
        session.dispatch("GUILD_MEMBERS_CHUNK", chunk)
