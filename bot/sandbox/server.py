"""A sandbox's life: everything is put together, served on a loopback port, and taken down."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Self

import discord.gateway
import discord.http
import yarl
from aiohttp import web

from bot.sandbox.actors import Member
from bot.sandbox.backend import Backend
from bot.sandbox.callbacks import Callbacks
from bot.sandbox.calls import Fault, Request, Validator
from bot.sandbox.clock import Clock
from bot.sandbox.guilds import GuildHandle
from bot.sandbox.rest import API, Rest
from bot.sandbox.routes_channels import ChannelRoutes
from bot.sandbox.routes_commands import CommandRoutes
from bot.sandbox.routes_interactions import InteractionRoutes
from bot.sandbox.routes_users import UserRoutes
from bot.sandbox.state import Application


class Sandbox(Backend):
    """A Discord on this machine.

    Attributes:
        rest: The routes that the bots call.
        url: Where it is served, such as `http://127.0.0.1:40123`.
    """

    def __init__(
        self,
        *applications: Application,
        clock: Clock | None = None,
        validator: Validator | None = None,
    ) -> None:
        super().__init__(applications, clock)
        self.rest = Rest(self.world, self.changes, validator)
        self.url = ""

    @classmethod
    @asynccontextmanager
    async def start(
        cls,
        *applications: Application,
        clock: Clock | None = None,
        validator: Validator | None = None,
        port: int = 0,
    ) -> AsyncIterator[Self]:
        """Serve a new sandbox on the loopback interface for as long as the context lasts.

        Args:
            applications: The bots that may log in; by default one, called Pullquote.
            clock: Where time comes from; a `ManualClock` lets a test pass 3 seconds at once.
            validator: Looks at each request (method, path, body) and names what is wrong.
            port: 0 for any free one.
        """
        sandbox = cls(*applications, clock=clock, validator=validator)
        runner = web.AppRunner(sandbox.app(), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", port)
            await site.start()
            sandbox.listen_at(runner.addresses[0][1])
            yield sandbox
        finally:
            sandbox.interactions.close()
            sandbox.gateway.drop(1001)
            await runner.cleanup()

    def listen_at(self, port: int) -> None:
        """Note where this sandbox is served."""
        self.url = self.events.base = f"http://127.0.0.1:{port}"
        self.gateway.url = f"ws://127.0.0.1:{port}/gateway"

    def app(self) -> web.Application:
        """The web application: the API, the gateway and the files."""
        app = web.Application(client_max_size=30 * 1024 * 1024)
        callbacks = Callbacks(self.messages)
        UserRoutes(self.world, self.gateway).add_to(app, self.rest)
        ChannelRoutes(self.world, self.events, self.messages, self.changes).add_to(app, self.rest)
        CommandRoutes(self.world, self.commands).add_to(app, self.rest)
        InteractionRoutes(self.interactions, callbacks, self.messages, self.events).add_to(
            app, self.rest
        )
        app.router.add_get("/gateway", self.gateway.serve)
        app.router.add_get("/gateway/", self.gateway.serve)
        app.router.add_get("/attachments/{attachment_id}/{filename}", self._file)
        app.router.add_route("*", "/{path:.*}", self.rest.refuse)
        return app

    @property
    def api(self) -> str:
        """The base of the REST API."""
        return self.url + API

    @property
    def requests(self) -> list[Request]:
        """Every request of the bots so far, oldest first."""
        return self.rest.requests

    @property
    def unknown_routes(self) -> list[str]:
        """The requests that the sandbox has no route for, as `METHOD path`."""
        return [f"{one.method} {one.path}" for one in self.requests if one.route is None]

    def guild(self, name: str) -> GuildHandle:
        """The guild with this name, made with every bot in it if there is none."""
        for guild in self.world.guilds.values():
            if guild.name == name:
                return GuildHandle(self, guild)
        guild = self.world.new_guild(name)
        self.events.guild_created(guild)
        return GuildHandle(self, guild)

    def user(self, name: str) -> Member:
        """The person with this name, who need not share a guild with the bot."""
        return Member(self, self.world.user_named(name))

    async def until_requested(
        self, method: str, path: str, *, status: int | None = None
    ) -> Request:
        """Wait for a request, now or before; the first if there are several.

        Args:
            method: Such as `POST`.
            path: A regular expression for the whole path.
            status: How it was answered, if that matters.

        Raises:
            NothingCame: There was none in time.
        """

        def fits(one: Request) -> bool:
            asked = one.method == method and re.fullmatch(path, one.path) is not None
            return asked and status in (None, one.status)

        return await self.changes.until(
            lambda: next(filter(fits, self.requests), None), f"{method} {path}"
        )

    def fail_next(self, method: str, route: str, *, status: int, retry_after: float = 0.0) -> None:
        """Answer the next request of a route with an error, such as a 403, a 5xx or a 429.

        Args:
            method: Such as `POST`.
            route: Its template, such as `/channels/{channel_id}/messages`.
            status: What to answer.
            retry_after: Seconds that the bot is told to wait, for 429.

        Raises:
            ValueError: There is no such route.
        """
        self.rest.fail_next(Fault(method, route, status, retry_after))

    async def _file(self, request: web.Request) -> web.Response:
        wanted = request.match_info["attachment_id"]
        file = self.world.files.get(int(wanted)) if wanted.isdecimal() else None
        if file is None:
            raise web.HTTPNotFound
        return web.Response(body=file.content, content_type=file.content_type)


@contextmanager
def pointed_at(sandbox: Sandbox) -> Iterator[None]:
    """Let every discord.py client of this process talk to the sandbox instead of Discord."""
    route, socket = discord.http.Route, discord.gateway.DiscordWebSocket
    api, gateway = route.BASE, socket.DEFAULT_GATEWAY
    route.BASE, socket.DEFAULT_GATEWAY = sandbox.api, yarl.URL(sandbox.gateway.url)
    try:
        yield
    finally:
        route.BASE, socket.DEFAULT_GATEWAY = api, gateway
