"""Whom a message notifies: the mentions in its text, as its `allowed_mentions` leaves them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.permissions import Permission
from bot.sandbox.state import Channel, Message, Role, User

_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)")  # where nothing is read
_EVERYONE = re.compile(r"@(everyone|here)\b")


@dataclass(frozen=True)
class Pings:
    """Who is notified."""

    users: tuple[User, ...] = ()
    roles: tuple[Role, ...] = ()
    everyone: bool = False


def pings(
    text: str,
    channel: Channel,
    author: User,
    allowed: Mapping[str, Any] | None,
    replied: Message | None,
) -> Pings:
    """Whom a message with this text notifies.

    Args:
        text: Its content and text displays.
        channel: Where it stands; only those who can see it are notified.
        author: Who sends it; `@everyone` needs a permission.
        allowed: Its `allowed_mentions`, or None for everything.
        replied: The message that it replies to.
    """
    allow, text = _Allowed(allowed), _CODE.sub(" ", text)
    people = [u for u in _mentioned_users(text, channel) if allow.names("users", u.id)]
    if replied is not None and allow.replied_user and replied.author not in people:
        people.append(replied.author)
    roles = [r for r in _mentioned_roles(text, channel) if allow.names("roles", r.id)]
    everyone = (
        _EVERYONE.search(text) is not None
        and "everyone" in allow.parse
        and channel.guild is not None
        and channel.allows(author, Permission.MENTION_EVERYONE)
    )
    return Pings(tuple(people), tuple(roles), everyone)


_EVERYTHING = {"parse": ["users", "roles", "everyone"], "replied_user": True}


class _Allowed:
    """`allowed_mentions` with Discord's defaults: absent means that everything is allowed."""

    def __init__(self, given: Mapping[str, Any] | None) -> None:
        body: Mapping[str, Any] = _EVERYTHING if given is None else given
        self.parse: Collection[str] = body.get("parse") or ()
        self.replied_user = bool(body.get("replied_user", False))
        self._named = {kind: {int(i) for i in body.get(kind) or ()} for kind in ("users", "roles")}

    def names(self, kind: str, snowflake: int) -> bool:
        return kind in self.parse or snowflake in self._named[kind]


def _mentioned_users(text: str, channel: Channel) -> list[User]:
    if channel.guild is None:
        known = {person.id: person for person in channel.recipients}
    else:
        known = {key: membership.user for key, membership in channel.guild.memberships.items()}
    found = dict.fromkeys(int(match) for match in _USER.findall(text))
    return [known[key] for key in found if key in known]


def _mentioned_roles(text: str, channel: Channel) -> list[Role]:
    if channel.guild is None:
        return []
    known = {role.id: role for role in channel.guild.roles}
    found = dict.fromkeys(int(match) for match in _ROLE.findall(text))
    return [known[key] for key in found if key in known]
