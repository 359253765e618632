"""Registers the slash commands with Discord when their definition changed, not at each start."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from discord import Client, app_commands

log = logging.getLogger(__name__)

# What Discord adds by itself, and what it no longer reads.
_NOT_OURS = frozenset(
    {
        "id",
        "application_id",
        "guild_id",
        "version",
        "dm_permission",
        "default_permission",
        "handler",
        "name_localized",
        "description_localized",
    }
)


async def register(tree: app_commands.CommandTree[Client]) -> bool:
    """Write the commands if Discord has others; whether it was needed.

    Raises:
        discord.HTTPException: Discord refused to list or to take them.
        discord.MissingApplicationID: The client has not logged in.
    """
    client = tree.client
    if client.application_id is None:
        raise app_commands.MissingApplicationID
    known = await client.http.get_global_commands(client.application_id)
    if canonical(known) == canonical(command.to_dict(tree) for command in tree.get_commands()):
        log.info("the commands are registered as they are")
        return False
    await tree.sync()
    log.info("registered the commands, which changed")
    return True


def canonical(commands: Iterable[Mapping[str, Any]]) -> dict[tuple[str, int], Any]:
    """Definitions of commands by name and kind, in a form that can be compared."""
    return {(one["name"], one.get("type", 1)): _reduce(one) for one in commands}


def _reduce(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """`value` without what is Discord's, and without what says nothing: null, false, empty."""
    if isinstance(value, Mapping):
        kept = {key: _reduce(part) for key, part in value.items() if key not in _NOT_OURS}
        return {key: part for key, part in kept.items() if _says_something(part)}
    if isinstance(value, list | tuple):
        parts = [_reduce(part) for part in value]
        return sorted(parts) if all(isinstance(part, int) for part in parts) else parts
    return value


def _says_something(value: object) -> bool:
    return bool(value) or type(value) is int
