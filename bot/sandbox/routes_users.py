"""Routes about the bot itself, other users, and guilds."""

from __future__ import annotations

from aiohttp import web

from bot.sandbox import payloads
from bot.sandbox.calls import Answer, Call
from bot.sandbox.errors import Refusal, missing_access, unknown
from bot.sandbox.forms import check, required
from bot.sandbox.gateway import Gateway
from bot.sandbox.rest import Rest
from bot.sandbox.state import Guild
from bot.sandbox.world import World


class UserRoutes:
    """Users, applications, guilds, and where the gateway is."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self._world = world
        self._gateway = gateway

    def add_to(self, app: web.Application, rest: Rest) -> None:
        """Serve these routes."""
        rest.add(app, "GET", "/gateway", self._where, open_=True)
        rest.add(app, "GET", "/gateway/bot", self._where_for_bots)
        rest.add(app, "GET", "/users/@me", self._me)
        rest.add(app, "GET", "/users/@me/guilds", self._my_guilds)
        rest.add(app, "POST", "/users/@me/channels", self._open_dm)
        rest.add(app, "GET", "/users/{user_id}", self._user)
        rest.add(app, "GET", "/applications/@me", self._application)
        rest.add(app, "GET", "/oauth2/applications/@me", self._application)
        rest.add(app, "GET", "/guilds/{guild_id}", self._guild)
        rest.add(app, "GET", "/guilds/{guild_id}/channels", self._channels)
        rest.add(app, "GET", "/guilds/{guild_id}/members/{user_id}", self._member)

    def _where(self, _call: Call) -> Answer:
        return {"url": self._gateway.url}

    def _where_for_bots(self, _call: Call) -> Answer:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        return {"url": self._gateway.url, "shards": 1, "session_start_limit": limit}

    def _me(self, call: Call) -> Answer:
        return payloads.user(call.me.user) | {"verified": True, "mfa_enabled": False, "flags": 0}

    def _application(self, call: Call) -> Answer:
        return payloads.application(call.me, self._world.owner)

    def _my_guilds(self, call: Call) -> Answer:
        guilds = [g for g in self._world.guilds.values() if call.me.id in g.memberships]
        return [{"id": str(g.id), "name": g.name, "icon": None, "features": []} for g in guilds]

    def _open_dm(self, call: Call) -> Answer:
        recipient = str(call.form.get("recipient_id"))
        if not recipient.isdecimal():
            check([required("recipient_id")])
        person = self._world.users.get(int(recipient))
        if person is None:
            raise unknown("User")
        if person.bot:
            raise Refusal(400, 50007, "Cannot send messages to this user")
        return payloads.channel(self._world.dm_channel(person, call.me.user))

    def _user(self, call: Call) -> Answer:
        person = self._world.users.get(call.ids["user_id"])
        if person is None:
            raise unknown("User")
        return payloads.user(person)

    def _guild(self, call: Call) -> Answer:
        guild = self._own_guild(call)
        return payloads.guild(guild, [guild.memberships[call.me.id]])

    def _channels(self, call: Call) -> Answer:
        return [payloads.channel(one) for one in self._own_guild(call).channels]

    def _member(self, call: Call) -> Answer:
        membership = self._own_guild(call).memberships.get(call.ids["user_id"])
        if membership is None:
            raise unknown("Member")
        return payloads.member(membership)

    def _own_guild(self, call: Call) -> Guild:
        guild = self._world.guild(call.ids["guild_id"])
        if call.me.id not in guild.memberships:
            raise missing_access()
        return guild
