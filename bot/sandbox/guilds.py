"""A guild in the hands of a test: its channels and members come to be when they are named."""

from __future__ import annotations

from bot.sandbox.actors import Member
from bot.sandbox.backend import Backend
from bot.sandbox.permissions import Permission
from bot.sandbox.state import Channel, Guild, User


class GuildHandle:
    """One guild of a sandbox.

    Attributes:
        guild: What it is made of.
    """

    def __init__(self, backend: Backend, guild: Guild) -> None:
        self._backend = backend
        self.guild = guild

    @property
    def id(self) -> int:
        """The guild's id."""
        return self.guild.id

    @property
    def name(self) -> str:
        """The guild's name."""
        return self.guild.name

    def channel(self, name: str) -> Channel:
        """The text channel with this name, made if there is none."""
        for channel in self.guild.channels:
            if channel.name == name:
                return channel
        channel = self._backend.world.new_channel(self.guild, name)
        self._backend.events.channel_created(channel)
        return channel

    def member(self, name: str, permissions: Permission = Permission.NONE) -> Member:
        """The member with this name, who joins if they are not here yet.

        Args:
            name: The same name is the same person in every guild.
            permissions: What they may do beyond everyone's, given when they join.
        """
        user = self._backend.world.user_named(name)
        member = Member(self._backend, user)
        if user.id not in self.guild.memberships:
            membership = self._backend.world.join(self.guild, user)
            self._backend.events.member_joined(self.guild, membership)
            if permissions:
                self.promote(member, permissions)
        return member

    def promote(self, member: Member, permissions: Permission = Permission.ADMINISTRATOR) -> None:
        """Give a member a role with these permissions."""
        role = self._backend.world.grant(self.guild, member.user, permissions)
        self._backend.events.role_given(self.guild, role, self.guild.memberships[member.id])

    def deny(self, channel: Channel, user: User, permissions: Permission) -> None:
        """Take permissions from one user, such as the bot's, in a channel of this guild."""
        channel.deny(user, permissions)
        self._backend.events.channel_updated(channel)
