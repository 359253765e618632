"""Interactions: a member uses a command, a component or a modal, and the bot has 3 seconds."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from bot.sandbox import payloads
from bot.sandbox.changes import Changes
from bot.sandbox.clock import Timer
from bot.sandbox.errors import Refusal, unknown
from bot.sandbox.events import Events
from bot.sandbox.state import Bot, Channel, Message, User
from bot.sandbox.world import World

TO_ACKNOWLEDGE = 3.0  # seconds
TOKEN_LIVES = 15 * 60.0  # seconds


class Kind(IntEnum):
    """What a member did."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


@dataclass(eq=False)
class Interaction:
    """Something that a member did, and what became of it.

    Attributes:
        id: Snowflake.
        token: With it the bot may answer for 15 minutes.
        kind: What was done.
        bot: Whose command or component it is.
        user: Who did it.
        channel: Where.
        created: When, in seconds since 1970.
        data: What was used and with which values, as Discord sends it.
        source: The message whose component was used.
        acknowledged: The callback type with which the bot answered, or None.
        late: The 3 seconds passed without an answer.
        original: What `@original` means: the response, or the message of the component.
        messages: What the bot sent in response, in order.
        choices: What it suggests, if it was asked to complete.
        modal: The modal that it opened.
        deferred: The deferred response is still to be filled.
        timer: Ends the 3 seconds.
    """

    id: int
    token: str
    kind: Kind
    bot: Bot
    user: User
    channel: Channel
    created: float
    data: dict[str, Any]
    source: Message | None = None
    acknowledged: int | None = None
    late: bool = False
    original: Message | None = None
    messages: list[Message] = field(default_factory=list)
    choices: list[dict[str, Any]] | None = None
    modal: dict[str, Any] | None = None
    deferred: bool = False
    timer: Timer | None = None

    def metadata(self) -> dict[str, Any]:
        """Discord's `interaction_metadata` for a message that this interaction made."""
        body: dict[str, Any] = {
            "id": str(self.id),
            "type": int(self.kind),
            "user": payloads.user(self.user),
            "authorizing_integration_owners": _owners(self.channel),
        }
        if self.kind is Kind.COMMAND:
            body["name"] = self.data["name"]
        if self.source is not None:
            body["interacted_message_id"] = str(self.source.id)
        return body


class Interactions:
    """Every interaction of the sandbox, found by its token."""

    def __init__(self, world: World, events: Events, changes: Changes) -> None:
        self._world = world
        self._events = events
        self._changes = changes
        self._by_token: dict[str, Interaction] = {}

    def begin(
        self,
        kind: Kind,
        bot: Bot,
        user: User,
        channel: Channel,
        data: dict[str, Any],
        source: Message | None = None,
    ) -> Interaction:
        """Tell the bot what the member did, and start its 3 seconds."""
        interaction = Interaction(
            id=self._world.snowflakes.next(),
            token=secrets.token_urlsafe(48),
            kind=kind,
            bot=bot,
            user=user,
            channel=channel,
            created=self._world.clock.now(),
            data=data,
            source=source,
        )
        self._by_token[interaction.token] = interaction
        interaction.timer = self._world.clock.call_later(
            TO_ACKNOWLEDGE, lambda: self._expire(interaction)
        )
        guild_id = None if channel.guild is None else channel.guild.id
        self._events.interaction(bot, self._body(interaction), guild_id)
        return interaction

    def to_acknowledge(self, snowflake: int, token: str) -> Interaction:
        """The interaction that a callback answers.

        Raises:
            Refusal: 404, code 10062, if there is none or its 3 seconds are over;
                400, code 40060, if it was answered before.
        """
        interaction = self._by_token.get(token)
        if interaction is None or interaction.id != snowflake:
            raise unknown("interaction")
        if interaction.acknowledged is not None:
            raise Refusal(400, 40060, "Interaction has already been acknowledged.")
        if self._age(interaction) >= TO_ACKNOWLEDGE:
            raise unknown("interaction")
        return interaction

    def acknowledge(self, interaction: Interaction, callback: int) -> None:
        """Note the answer and stop the 3 seconds."""
        interaction.acknowledged = callback
        if interaction.timer is not None:
            interaction.timer.cancel()
        self._changes.happened()

    def to_follow_up(self, application_id: int, token: str) -> Interaction:
        """The acknowledged interaction that a webhook request belongs to.

        Raises:
            Refusal: 404, code 10015, if there is none or it is not acknowledged yet;
                401, code 50027, after 15 minutes.
        """
        interaction = self._by_token.get(token)
        if interaction is None or interaction.bot.id != application_id:
            raise unknown("Webhook")
        if self._age(interaction) >= TOKEN_LIVES:
            raise Refusal(401, 50027, "Invalid Webhook Token")
        if interaction.acknowledged is None or interaction.kind is Kind.AUTOCOMPLETE:
            raise unknown("Webhook")
        return interaction

    def close(self) -> None:
        """Stop waiting for answers."""
        for interaction in self._by_token.values():
            if interaction.timer is not None:
                interaction.timer.cancel()

    def _age(self, interaction: Interaction) -> float:
        return self._world.clock.now() - interaction.created

    def _expire(self, interaction: Interaction) -> None:
        interaction.late = True
        self._changes.happened()

    def _body(self, interaction: Interaction) -> dict[str, Any]:
        channel, bot = interaction.channel, interaction.bot
        body: dict[str, Any] = {
            "id": str(interaction.id),
            "application_id": str(bot.id),
            "type": int(interaction.kind),
            "token": interaction.token,
            "version": 1,
            "data": interaction.data,
            "channel_id": str(channel.id),
            "channel": payloads.channel(channel),
            "locale": "en-US",
            "attachment_size_limit": 10 * 1024 * 1024,
            "entitlements": [],
            "authorizing_integration_owners": _owners(channel),
            "app_permissions": str(channel.permissions(bot.user).value),
            "context": 1 if channel.guild is None else 0,
            **_asker(interaction),
        }
        if interaction.source is not None:
            body["message"] = payloads.message(
                interaction.source, bot.user, self._events.base, content=True
            )
        return body


def _asker(interaction: Interaction) -> Mapping[str, Any]:
    guild = interaction.channel.guild
    if guild is None:
        return {"user": payloads.user(interaction.user)}
    membership = guild.memberships[interaction.user.id]
    permissions = str(interaction.channel.permissions(interaction.user).value)
    return {
        "member": payloads.member(membership) | {"permissions": permissions},
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": "en-US", "features": []},
        "guild_locale": "en-US",
    }


def _owners(channel: Channel) -> dict[str, str]:
    # Installed to servers only ("0"); in direct messages with the bot Discord sends 0.
    return {"0": "0" if channel.guild is None else str(channel.guild.id)}
