"""The application commands that each bot has registered, for everywhere or for one guild."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from bot.sandbox.command_rules import (
    CHAT_INPUT,
    MAX_COMMANDS,
    MESSAGE,
    USER,
    bulk_problems,
    command_problems,
)
from bot.sandbox.errors import Refusal, unknown
from bot.sandbox.forms import check
from bot.sandbox.shapes import COMMAND, type_problems
from bot.sandbox.snowflakes import Snowflakes
from bot.sandbox.state import Bot

Json = Mapping[str, Any]
Command = dict[str, Any]
Scope = int | None  # a guild's id, or None for everywhere


class Commands:
    """All registered commands.

    Attributes:
        writes: How many requests changed or replaced commands, by all bots together. A bot that
            starts again with unchanged commands should leave it as it is.
    """

    def __init__(self, snowflakes: Snowflakes) -> None:
        self.writes = 0
        self._snowflakes = snowflakes
        self._registered: dict[tuple[int, Scope], list[Command]] = {}

    def of(self, bot: Bot, scope: Scope = None) -> list[Command]:
        """The commands of one bot in one scope."""
        return self._registered.setdefault((bot.id, scope), [])

    def visible(self, bot: Bot, guild_id: int | None) -> Iterator[Command]:
        """The commands of `bot` that Discord's client offers in a guild or in direct messages."""
        if guild_id is not None:
            yield from self.of(bot, guild_id)
        yield from (one for one in self.of(bot) if _is_offered(one, dm=guild_id is None))

    def replace(self, bot: Bot, scope: Scope, bodies: object) -> list[Command]:
        """Put these commands in place of all others; those of the same name keep their id.

        Raises:
            Refusal: 400, a command breaks a rule or there are too many.
        """
        check(type_problems(bodies, [COMMAND]))
        bodies = cast("list[Json]", bodies or [])
        check(problem.under(index) for index, problem in bulk_problems(bodies))
        for kind, most in MAX_COMMANDS.items():
            if sum(body.get("type", CHAT_INPUT) == kind for body in bodies) > most:
                raise Refusal(
                    400, 30032, f"Maximum number of application commands reached ({most})"
                )
        self.writes += 1
        kept = [self._made(bot, scope, body) for body in bodies]
        self._registered[bot.id, scope] = kept
        return kept

    def add(self, bot: Bot, scope: Scope, body: Json) -> Command:
        """Register a command, in place of one of the same name and type if there is one.

        Raises:
            Refusal: 400, it breaks a rule.
        """
        check(type_problems(body, COMMAND))
        check(command_problems(body))
        made = self._made(bot, scope, body)
        others = [one for one in self.of(bot, scope) if one["id"] != made["id"]]
        if sum(one["type"] == made["type"] for one in others) >= MAX_COMMANDS[made["type"]]:
            raise Refusal(400, 30032, "Maximum number of application commands reached")
        self.writes += 1
        self._registered[bot.id, scope] = [*others, made]
        return made

    def edit(self, bot: Bot, scope: Scope, snowflake: int, body: Json) -> Command:
        """Change what the body names of a command.

        Raises:
            Refusal: 404, there is no such command; 400, it would break a rule.
        """
        command = self.get(bot, scope, snowflake)
        whole = command | dict(body)
        check(type_problems(whole, COMMAND))
        check(command_problems(whole))
        self.writes += 1
        command.update(_normal(whole), version=str(self._snowflakes.next()))
        return command

    def remove(self, bot: Bot, scope: Scope, snowflake: int) -> None:
        """Take a command away.

        Raises:
            Refusal: 404, there is no such command.
        """
        command = self.get(bot, scope, snowflake)
        self.writes += 1
        self.of(bot, scope).remove(command)

    def get(self, bot: Bot, scope: Scope, snowflake: int) -> Command:
        """One command by its id.

        Raises:
            Refusal: 404, code 10063.
        """
        for command in self.of(bot, scope):
            if command["id"] == str(snowflake):
                return command
        raise unknown("application command")

    def _made(self, bot: Bot, scope: Scope, body: Json) -> Command:
        command = _normal(body) | {"application_id": str(bot.id)}
        if scope is not None:
            command["guild_id"] = str(scope)
        for old in self.of(bot, scope):
            if (old["type"], old["name"]) == (command["type"], command["name"]):
                same = all(old.get(key) == value for key, value in command.items())
                version = old["version"] if same else str(self._snowflakes.next())
                return command | {"id": old["id"], "version": version}
        snowflake = str(self._snowflakes.next())
        return command | {"id": snowflake, "version": snowflake}


def _normal(body: Json) -> Command:
    """A command as Discord gives it back: defaults filled in, empty and false options left out."""
    kind = body.get("type", CHAT_INPUT)
    permissions = body.get("default_member_permissions")
    command: Command = {
        "type": kind,
        "name": body["name"],
        "name_localizations": body.get("name_localizations"),
        "description": body.get("description") or "",
        "description_localizations": body.get("description_localizations"),
        "default_member_permissions": None if permissions is None else str(permissions),
        "dm_permission": body.get("dm_permission") is not False,
        "contexts": body.get("contexts"),
        "integration_types": body.get("integration_types") or [0],
        "nsfw": bool(body.get("nsfw")),
    }
    if body.get("options") and kind not in (USER, MESSAGE):
        command["options"] = [_normal_option(option) for option in body["options"]]
    return command


def _normal_option(option: Json) -> Command:
    kept = {key: value for key, value in option.items() if _says_something(value)}
    if "options" in kept:
        kept["options"] = [_normal_option(inner) for inner in kept["options"]]
    return kept


def _says_something(value: object) -> bool:
    return value is not None and value is not False and value != []


def _is_offered(command: Command, *, dm: bool) -> bool:
    contexts = command["contexts"]
    if contexts is not None:
        return (1 if dm else 0) in contexts
    return not dm or command["dm_permission"]
