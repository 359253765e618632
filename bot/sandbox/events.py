"""Who is told of what: each event goes to the bots that can see it and asked for it."""

from __future__ import annotations

from typing import Any

from bot.sandbox import payloads
from bot.sandbox.gateway import Gateway
from bot.sandbox.intents import Intent
from bot.sandbox.sessions import Session
from bot.sandbox.state import Bot, Channel, Guild, Membership, Message, MessageFlag, Role
from bot.sandbox.world import World


class Events:
    """Turns what happened into gateway events.

    Attributes:
        base: Where the sandbox serves files; set when it starts.
    """

    def __init__(self, world: World, gateway: Gateway) -> None:
        self.base = ""
        self._world = world
        self._gateway = gateway
        gateway.welcome = self._welcome

    def message_created(self, message: Message) -> None:
        """A message was sent."""
        self._message("MESSAGE_CREATE", message)

    def message_updated(self, message: Message) -> None:
        """A message was changed."""
        self._message("MESSAGE_UPDATE", message)

    def message_deleted(self, message: Message) -> None:
        """A message was deleted."""
        body = {"id": str(message.id), "channel_id": str(message.channel.id)}
        guild_id = _guild_id(message)
        if guild_id is not None:
            body["guild_id"] = str(guild_id)
        for bot in self._audience(message):
            self._gateway.dispatch(
                bot, "MESSAGE_DELETE", body, intent=_message_intent(message), guild_id=guild_id
            )

    def guild_created(self, guild: Guild) -> None:
        """The bots were added to a guild."""
        for session in self._gateway.sessions.values():
            self._tell_of_guild(session, guild)

    def channel_created(self, channel: Channel) -> None:
        """A guild got a channel."""
        self._channel("CHANNEL_CREATE", channel)

    def channel_updated(self, channel: Channel) -> None:
        """The permissions in a channel changed."""
        self._channel("CHANNEL_UPDATE", channel)

    def role_given(self, guild: Guild, role: Role, membership: Membership) -> None:
        """A guild got a role, and a member has it."""
        made = {"guild_id": str(guild.id), "role": payloads.role(role)}
        self._guild("GUILD_ROLE_CREATE", guild, made, Intent.GUILDS)
        updated = {"guild_id": str(guild.id), **payloads.member(membership)}
        self._guild("GUILD_MEMBER_UPDATE", guild, updated, Intent.GUILD_MEMBERS)

    def member_joined(self, guild: Guild, membership: Membership) -> None:
        """Somebody joined a guild."""
        body = {"guild_id": str(guild.id), **payloads.member(membership)}
        self._guild("GUILD_MEMBER_ADD", guild, body, Intent.GUILD_MEMBERS)

    def interaction(self, bot: Bot, body: dict[str, Any], guild_id: int | None) -> None:
        """A member used a command, a component or a modal of `bot`; no intent is needed."""
        self._gateway.dispatch(
            bot, "INTERACTION_CREATE", body, intent=Intent.NONE, guild_id=guild_id
        )

    def _welcome(self, session: Session) -> None:
        for guild in self._world.guilds.values():
            self._tell_of_guild(session, guild)

    def _tell_of_guild(self, session: Session, guild: Guild) -> None:
        if session.bot.id not in guild.memberships:
            return
        if not session.wants(session.bot, Intent.GUILDS, guild.id):
            return
        own = guild.memberships[session.bot.id]
        others = [one for one in guild.memberships.values() if one is not own]
        members = [own, *others] if Intent.GUILD_MEMBERS in session.intents else [own]
        session.dispatch("GUILD_CREATE", payloads.guild(guild, members))

    def _message(self, event: str, message: Message) -> None:
        intent, guild_id = _message_intent(message), _guild_id(message)
        for session in self._gateway.sessions.values():
            bot = session.bot
            if bot in self._audience(message) and session.wants(bot, intent, guild_id):
                content = Intent.MESSAGE_CONTENT in session.intents
                body = payloads.message_event(message, bot.user, self.base, content=content)
                session.dispatch(event, body)

    def _audience(self, message: Message) -> list[Bot]:
        if message.flags & MessageFlag.EPHEMERAL:
            return [bot for bot in self._world.bots if bot.user is message.author]
        return self._world.bots_in(message.channel)

    def _channel(self, event: str, channel: Channel) -> None:
        if channel.guild is not None:
            self._guild(event, channel.guild, payloads.channel(channel), Intent.GUILDS)

    def _guild(self, event: str, guild: Guild, body: dict[str, Any], intent: Intent) -> None:
        for bot in self._world.bots:
            if bot.id in guild.memberships:
                self._gateway.dispatch(bot, event, body, intent=intent, guild_id=guild.id)


def _guild_id(message: Message) -> int | None:
    if message.channel.guild is None or message.flags & MessageFlag.EPHEMERAL:
        return None
    return message.channel.guild.id


def _message_intent(message: Message) -> Intent:
    # Discord sends an ephemeral message as it sends a direct one.
    return Intent.DIRECT_MESSAGES if _guild_id(message) is None else Intent.GUILD_MESSAGES
