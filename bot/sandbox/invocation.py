"""A member fills in a slash command: Discord's client lets only what was registered through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.sandbox import payloads
from bot.sandbox.command_rules import (
    BOOLEAN,
    CHAT_INPUT,
    GROUP,
    INTEGER,
    NUMBER,
    STRING,
    SUBCOMMAND,
)
from bot.sandbox.commands import Command
from bot.sandbox.errors import NotPossible
from bot.sandbox.permissions import EVERYTHING, Permission
from bot.sandbox.state import Channel, Role, User

USER, CHANNEL, ROLE, MENTIONABLE = 6, 7, 8, 9
MAX_TYPED = 6_000  # characters that Discord's client takes in a string option

Json = dict[str, Any]
Value = str | int | float | bool | User | Channel | Role

_PYTHON_TYPES: dict[int, tuple[type, ...]] = {
    STRING: (str,),
    INTEGER: (int,),
    BOOLEAN: (bool,),
    NUMBER: (int, float),
    USER: (User,),
    CHANNEL: (Channel,),
    ROLE: (Role,),
    MENTIONABLE: (User, Role),
}


def filled_in(command: Command, path: list[str], values: Mapping[str, Value]) -> Json:
    """The data of an interaction that invokes `command` with these values.

    Args:
        command: As it is registered.
        path: The names of the group and subcommand below it.
        values: By option name.

    Raises:
        NotPossible: An option is missing or unknown, or a value does not fit it.
    """
    data = _data(command)
    level, options = _descend(command, path, data)
    _refuse_unknown(options, values, level)
    for option in options:
        if option["name"] in values:
            level["options"].append(_filled(option, values[option["name"]]))
        elif option.get("required"):
            raise NotPossible(f"/{command['name']}: option {option['name']!r} is required")
    return _with_resolved(data, values.values())


def being_typed(
    command: Command, path: list[str], focused: str, text: str, values: Mapping[str, Value]
) -> Json:
    """The data of an autocomplete interaction: `text` stands in the option `focused` so far.

    Raises:
        NotPossible: The option does not exist or does not complete.
    """
    data = _data(command)
    level, options = _descend(command, path, data)
    _refuse_unknown(options, {**values, focused: text}, level)
    for option in options:
        if option["name"] == focused:
            if not option.get("autocomplete"):
                raise NotPossible(f"option {focused!r} suggests nothing")
            typed = {"name": focused, "type": option["type"], "value": text, "focused": True}
            level["options"].append(typed)
        elif option["name"] in values:
            level["options"].append(_filled(option, values[option["name"]]))
    return data


def offered(commands: Iterable[Command], name: str, user: User, channel: Channel) -> Command:
    """The slash command that Discord's client offers under `name`.

    Raises:
        NotPossible: There is none, or the member may not use it here.
    """
    if not channel.allows(user, Permission.VIEW_CHANNEL):
        raise NotPossible(f"{user.name} cannot see {channel.name or 'this conversation'}")
    found = (one for one in commands if one["type"] == CHAT_INPUT and one["name"] == name)
    command = next(found, None)
    if command is None:
        raise NotPossible(f"there is no command /{name} here")
    if channel.guild is not None and not _may_use(command, channel.permissions(user)):
        raise NotPossible(f"{user.name} may not use /{name}")
    return command


def _may_use(command: Command, granted: Permission) -> bool:
    needed = command["default_member_permissions"]
    if granted == EVERYTHING or needed is None:
        return Permission.USE_APPLICATION_COMMANDS in granted
    # "0" means that only administrators may use it.
    return needed != "0" and Permission(int(needed)) in granted


def _data(command: Command) -> Json:
    data: Json = {"id": command["id"], "name": command["name"], "type": CHAT_INPUT, "options": []}
    if "guild_id" in command:
        data["guild_id"] = command["guild_id"]
    return data


def _descend(command: Command, path: list[str], data: Json) -> tuple[Json, list[Json]]:
    level, options = data, command.get("options", [])
    for name in path:
        found = next((o for o in options if o["name"] == name and o["type"] <= GROUP), None)
        if found is None:
            raise NotPossible(f"/{command['name']} has no subcommand {name!r}")
        inner: Json = {"name": name, "type": found["type"], "options": []}
        level["options"].append(inner)
        level, options = inner, found.get("options", [])
    if any(option["type"] in (SUBCOMMAND, GROUP) for option in options):
        raise NotPossible(f"/{command['name']} needs a subcommand")
    return level, options


def _refuse_unknown(options: list[Json], values: Mapping[str, Value], level: Json) -> None:
    unknown = set(values) - {option["name"] for option in options}
    if unknown:
        raise NotPossible(f"/{level['name']} has no option {', '.join(sorted(unknown))}")


def _filled(option: Json, value: Value) -> Json:
    name, kind = option["name"], option["type"]
    allowed = _PYTHON_TYPES.get(kind, ())
    if not isinstance(value, allowed) or (isinstance(value, bool) and kind != BOOLEAN):
        raise NotPossible(f"option {name!r} does not take {value!r}")
    if isinstance(value, User | Channel | Role):
        return {"name": name, "type": kind, "value": str(value.id)}
    _refuse_misfit(option, value)
    return {"name": name, "type": kind, "value": value}


def _refuse_misfit(option: Json, value: str | float) -> None:
    choices = [choice["value"] for choice in option.get("choices") or ()]
    if choices and value not in choices:
        raise NotPossible(f"option {option['name']!r} is one of {choices}")
    size = len(value) if isinstance(value, str) else value
    least, most = ("min_length", "max_length") if isinstance(value, str) else _RANGE
    if size < option.get(least, size) or size > option.get(most, size):
        raise NotPossible(f"option {option['name']!r} is too long, too short or out of range")
    if isinstance(value, str) and not 0 < len(value) <= MAX_TYPED:
        raise NotPossible(f"option {option['name']!r} takes 1 to {MAX_TYPED} characters")


_RANGE = ("min_value", "max_value")


def _with_resolved(data: Json, values: Iterable[Value]) -> Json:
    resolved: dict[str, Json] = {}
    for value in values:
        if isinstance(value, User):
            resolved.setdefault("users", {})[str(value.id)] = payloads.user(value)
        elif isinstance(value, Channel):
            channel = payloads.channel(value) | {"permissions": str(EVERYTHING.value)}
            resolved.setdefault("channels", {})[str(value.id)] = channel
        elif isinstance(value, Role):
            resolved.setdefault("roles", {})[str(value.id)] = payloads.role(value)
    return data | {"resolved": resolved} if resolved else data
