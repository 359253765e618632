"""What exists in the sandbox: users, bots, guilds, channels and their messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.intents import Intent
from bot.sandbox.permissions import EVERYONE, EVERYTHING, Permission


@dataclass(frozen=True)
class Application:
    """A bot as its developer set it up in Discord's portal.

    Attributes:
        name: The bot's user name.
        token: What it must log in with.
        intents: The privileged intents that are switched on.
    """

    name: str = "Pullquote"
    token: str = "sandbox.token.of-the-bot"  # noqa: S105  # opens nothing but the sandbox
    intents: Intent = Intent.NONE


@dataclass(eq=False)
class User:
    """A person or a bot, the same in every guild.

    Attributes:
        id: Snowflake.
        name: Unique in the sandbox.
        bot: Whether it is a bot's user.
        accepts_dms: Whether bots may send it direct messages.
    """

    id: int
    name: str
    bot: bool = False
    accepts_dms: bool = True

    @property
    def mention(self) -> str:
        """The text that mentions this user."""
        return f"<@{self.id}>"


@dataclass(eq=False)
class Bot:
    """An application and its user, who share one id.

    Attributes:
        application: As it was set up.
        user: Its user.
    """

    application: Application
    user: User

    @property
    def id(self) -> int:
        """The id of the application and of its user."""
        return self.user.id

    @property
    def mention(self) -> str:
        """The text that mentions the bot."""
        return self.user.mention


@dataclass(eq=False)
class Role:
    """A role of a guild."""

    id: int
    name: str
    permissions: Permission

    @property
    def mention(self) -> str:
        """The text that mentions everyone with this role."""
        return f"<@&{self.id}>"


@dataclass(eq=False)
class Membership:
    """A user in a guild.

    Attributes:
        user: Who.
        joined: When, in seconds since 1970.
        roles: Beside `@everyone`.
    """

    user: User
    joined: float
    roles: list[Role] = field(default_factory=list)


@dataclass(eq=False)
class Guild:
    """A server, as Discord's users call it."""

    id: int
    name: str
    owner: User
    channels: list[Channel] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    memberships: dict[int, Membership] = field(default_factory=dict)

    def permissions(self, user: User) -> Permission:
        """What `user` may do in this guild, before a channel's overwrites."""
        if user is self.owner:
            return EVERYTHING
        granted = EVERYONE
        for role in self.memberships[user.id].roles:
            granted |= role.permissions
        return EVERYTHING if Permission.ADMINISTRATOR in granted else granted


@dataclass(eq=False)
class Channel:
    """A text channel of a guild, or a direct message channel between a user and a bot.

    Attributes:
        id: Snowflake.
        name: Its name; empty for direct messages.
        guild: Its guild, or None for direct messages.
        recipients: The two parties of direct messages.
        messages: In the order they were sent, deleted ones included.
        denied: By user id, what that member may not do here.
        typing: Who began to type here, in order; never cleared.
    """

    id: int
    name: str
    guild: Guild | None = None
    recipients: tuple[User, ...] = ()
    messages: list[Message] = field(default_factory=list)
    denied: dict[int, Permission] = field(default_factory=dict)
    typing: list[User] = field(default_factory=list)

    @property
    def mention(self) -> str:
        """The text that links to this channel."""
        return f"<#{self.id}>"

    def permissions(self, user: User) -> Permission:
        """What `user` may do here; nothing where they cannot see the channel."""
        if self.guild is None:
            return EVERYONE if user in self.recipients else Permission.NONE
        if user.id not in self.guild.memberships:
            return Permission.NONE
        granted = self.guild.permissions(user)
        if granted != EVERYTHING:
            granted &= ~self.denied.get(user.id, Permission.NONE)
        return granted if Permission.VIEW_CHANNEL in granted else Permission.NONE

    def allows(self, user: User, wanted: Permission) -> bool:
        """Whether `user` can see this channel and do all of `wanted` here."""
        return (wanted | Permission.VIEW_CHANNEL) in self.permissions(user)

    def deny(self, user: User, permissions: Permission) -> None:
        """Take permissions from one user in this channel."""
        self.denied[user.id] = self.denied.get(user.id, Permission.NONE) | permissions

    def find(self, message_id: int) -> Message | None:
        """The message with this id, unless it was deleted."""
        return next((m for m in self.messages if m.id == message_id and not m.deleted), None)


@dataclass(eq=False)
class Attachment:
    """A file that was sent with a message."""

    id: int
    filename: str
    content: bytes
    content_type: str
    description: str | None = None


@dataclass(eq=False)
class Message:
    """A message as it stands now.

    Attributes:
        kind: Discord's message type: 0 plain, 19 a reply, 20 the response to a slash command.
        reference: The message that this one replies to, even if it was deleted since.
        pinged: The users that were notified, as `allowed_mentions` left them.
        pings_everyone: Whether `@everyone` or `@here` notified.
        pinged_roles: The roles that were notified.
        only_for: The one user who sees it, if it is ephemeral.
        application_id: The application whose interaction made it.
        metadata: Discord's `interaction_metadata`, if an interaction made it.
        edits: How often it was changed.
    """

    id: int
    channel: Channel
    author: User
    created: float
    content: str = ""
    embeds: list[dict[str, Any]] = field(default_factory=list)
    components: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    kind: int = 0
    nonce: str | int | None = None
    reference: Message | None = None
    pinged: list[User] = field(default_factory=list)
    pings_everyone: bool = False
    pinged_roles: list[Role] = field(default_factory=list)
    only_for: User | None = None
    application_id: int | None = None
    metadata: dict[str, Any] | None = None
    edited: float | None = None
    edits: int = 0
    deleted: bool = False

    def visible_to(self, user: User) -> bool:
        """Whether `user` can see it now."""
        if self.deleted or self.only_for not in (None, user):
            return False
        return self.channel.allows(user, Permission.VIEW_CHANNEL)


class MessageFlag:
    """Bits of a message's flags, as Discord documents them."""

    SUPPRESS_EMBEDS = 1 << 2
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    COMPONENTS_V2 = 1 << 15


class MessageKind:
    """Discord's message types that the sandbox knows."""

    DEFAULT = 0
    REPLY = 19
    SLASH_RESPONSE = 20
