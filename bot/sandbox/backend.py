"""What a sandbox is made of behind its routes: what exists, and what brings changes about."""

from __future__ import annotations

from collections.abc import Sequence

from bot.sandbox.changes import Changes
from bot.sandbox.clock import Clock, SystemClock
from bot.sandbox.commands import Command, Commands
from bot.sandbox.errors import NotPossible
from bot.sandbox.events import Events
from bot.sandbox.gateway import Gateway
from bot.sandbox.interactions import Interactions
from bot.sandbox.invocation import offered
from bot.sandbox.messages import Messages
from bot.sandbox.state import Application, Bot, Channel, User
from bot.sandbox.world import World


class Backend:
    """The parts that members, guilds and routes share.

    Attributes:
        clock: Where time comes from.
        changes: Wakes those who wait.
        world: What exists.
        gateway: Its sessions; with it a test drops connections.
        events: Tells the sessions what happened.
        commands: What the bots have registered, and how often they wrote.
        messages: The way in which messages come to be.
        interactions: What members have begun.
    """

    def __init__(self, applications: Sequence[Application], clock: Clock | None) -> None:
        self.clock = clock or SystemClock()
        self.changes = Changes()
        self.world = World(applications or (Application(),), self.clock)
        self.gateway = Gateway(self.world, self.changes)
        self.events = Events(self.world, self.gateway)
        self.commands = Commands(self.world.snowflakes)
        self.messages = Messages(self.world, self.events, self.changes)
        self.interactions = Interactions(self.world, self.events, self.changes)

    @property
    def bot(self) -> Bot:
        """The first bot."""
        return self.world.bots[0]

    def command(self, name: str, user: User, channel: Channel) -> tuple[Bot, Command]:
        """The slash command that Discord's client offers to `user` in `channel`, and its bot.

        Raises:
            NotPossible: There is none, or the user may not use it here.
        """
        guild_id = None if channel.guild is None else channel.guild.id
        for bot in self.world.bots:
            if bot.user in channel.recipients or channel.guild is not None:
                visible = list(self.commands.visible(bot, guild_id))
                if any(one["name"] == name for one in visible):
                    return bot, offered(visible, name, user, channel)
        raise NotPossible(f"there is no command /{name} here")
