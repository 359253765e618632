"""Routes about application commands."""

from __future__ import annotations

from aiohttp import web

from bot.sandbox.calls import Answer, Call
from bot.sandbox.commands import Commands, Scope
from bot.sandbox.errors import Refusal
from bot.sandbox.rest import Rest
from bot.sandbox.state import Bot
from bot.sandbox.world import World

_EVERYWHERE = "/applications/{application_id}/commands"
_IN_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"


class CommandRoutes:
    """Registering, reading, changing and removing commands."""

    def __init__(self, world: World, commands: Commands) -> None:
        self._world = world
        self._commands = commands

    def add_to(self, app: web.Application, rest: Rest) -> None:
        """Serve these routes."""
        for route in (_EVERYWHERE, _IN_GUILD):
            rest.add(app, "GET", route, self._list)
            rest.add(app, "PUT", route, self._replace)
            rest.add(app, "POST", route, self._add)
            rest.add(app, "GET", route + "/{command_id}", self._get)
            rest.add(app, "PATCH", route + "/{command_id}", self._edit)
            rest.add(app, "DELETE", route + "/{command_id}", self._remove)

    def _list(self, call: Call) -> Answer:
        return list(self._commands.of(*self._where(call)))

    def _replace(self, call: Call) -> Answer:
        return list(self._commands.replace(*self._where(call), call.body))

    def _add(self, call: Call) -> Answer:
        return self._commands.add(*self._where(call), call.form)

    def _get(self, call: Call) -> Answer:
        return self._commands.get(*self._where(call), call.ids["command_id"])

    def _edit(self, call: Call) -> Answer:
        return self._commands.edit(*self._where(call), call.ids["command_id"], call.form)

    def _remove(self, call: Call) -> Answer:
        self._commands.remove(*self._where(call), call.ids["command_id"])
        return None

    def _where(self, call: Call) -> tuple[Bot, Scope]:
        if call.ids["application_id"] != call.me.id:
            raise Refusal(
                403, 20012, "You are not authorized to perform this action on this application"
            )
        if "guild_id" not in call.ids:
            return call.me, None
        return call.me, self._world.guild(call.ids["guild_id"]).id
