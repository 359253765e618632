"""The register of everything in one sandbox, found by id, name or token."""

from __future__ import annotations

from collections.abc import Iterable

from bot.sandbox.clock import Clock
from bot.sandbox.errors import unknown
from bot.sandbox.permissions import EVERYONE, Permission
from bot.sandbox.snowflakes import Snowflakes
from bot.sandbox.state import (
    Application,
    Attachment,
    Bot,
    Channel,
    Guild,
    Membership,
    Role,
    User,
)

BOT_PERMISSIONS = EVERYONE | Permission.MENTION_EVERYONE | Permission.MANAGE_MESSAGES


class World:
    """All users, bots, guilds and channels; it only keeps them, and tells nobody."""

    def __init__(self, applications: Iterable[Application], clock: Clock) -> None:
        self.clock = clock
        self.snowflakes = Snowflakes(clock)
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.files: dict[int, Attachment] = {}
        self.owner = self.new_user("owner")
        self.bots = [self._new_bot(application) for application in applications]

    def _new_bot(self, application: Application) -> Bot:
        return Bot(application, self.new_user(application.name, bot=True))

    def new_user(self, name: str, *, bot: bool = False) -> User:
        """A user who did not exist before."""
        user = User(self.snowflakes.next(), name, bot)
        self.users[user.id] = user
        return user

    def user_named(self, name: str) -> User:
        """The person with this name, made if there is none."""
        people = (user for user in self.users.values() if user.name == name and not user.bot)
        return next(people, None) or self.new_user(name)

    def bot_with(self, token: str) -> Bot | None:
        """The bot that logs in with `token`, if there is one."""
        return next((bot for bot in self.bots if bot.application.token == token), None)

    def bot_with_id(self, snowflake: int) -> Bot | None:
        """The bot of this application, if there is one."""
        return next((bot for bot in self.bots if bot.id == snowflake), None)

    def bots_in(self, channel: Channel) -> list[Bot]:
        """The bots that can see a channel."""
        return [bot for bot in self.bots if channel.allows(bot.user, Permission.VIEW_CHANNEL)]

    def new_guild(self, name: str) -> Guild:
        """A guild with every bot in it and nobody else."""
        guild = Guild(self.snowflakes.next(), name, self.owner)
        self.guilds[guild.id] = guild
        self.join(guild, self.owner)
        for bot in self.bots:
            self.join(guild, bot.user)
            self.grant(guild, bot.user, BOT_PERMISSIONS)
        return guild

    def join(self, guild: Guild, user: User) -> Membership:
        """Make `user` a member."""
        membership = guild.memberships[user.id] = Membership(user, self.clock.now())
        return membership

    def grant(self, guild: Guild, user: User, permissions: Permission) -> Role:
        """Give a member permissions beyond everyone's, as a role of their own."""
        role = Role(self.snowflakes.next(), user.name, permissions)
        guild.roles.append(role)
        guild.memberships[user.id].roles.append(role)
        return role

    def new_channel(self, guild: Guild, name: str) -> Channel:
        """A text channel that all members of the guild can use."""
        channel = Channel(self.snowflakes.next(), name, guild)
        guild.channels.append(channel)
        self.channels[channel.id] = channel
        return channel

    def dm_channel(self, one: User, other: User) -> Channel:
        """The direct message channel of two users, made if there is none."""
        pair = {one.id, other.id}
        for channel in self.channels.values():
            if {person.id for person in channel.recipients} == pair:
                return channel
        channel = Channel(self.snowflakes.next(), "", None, (one, other))
        self.channels[channel.id] = channel
        return channel

    def guild(self, snowflake: int) -> Guild:
        """A guild by its id.

        Raises:
            Refusal: 404, code 10004.
        """
        if snowflake not in self.guilds:
            raise unknown("Guild")
        return self.guilds[snowflake]

    def channel(self, snowflake: int) -> Channel:
        """A channel by its id.

        Raises:
            Refusal: 404, code 10003.
        """
        if snowflake not in self.channels:
            raise unknown("Channel")
        return self.channels[snowflake]
