"""The discord.py client: least intents, no mentions, one way out for every error."""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.backoff import ExponentialBackoff
from discord.ext import commands

from bot import dispatches, replies, retries
from bot.apology import apologise, describe, unwrap
from bot.cards import buttons, cards
from bot.cogs.asking import Asking
from bot.cogs.presses import Presses
from bot.cogs.sources import Sources
from bot.registration import register
from bot.service import Service
from bot.settings import Settings

log = logging.getLogger(__name__)

# How long a stop waits for answers that are under way; Docker waits ten seconds, systemd longer.
GRACE = 8.0
# How saying something fails.
UNSAYABLE = (discord.DiscordException, *retries.FAULTS)
BAD_REQUEST = 400


class PullquoteBot(commands.Bot):
    """Answers questions in Discord from one library.

    Attributes:
        service: Where the questions go.
        settings: As the operator set them.
    """

    def __init__(self, service: Service, settings: Settings, **options: Any) -> None:  # noqa: ANN401 - discord.py's own options
        prefix = settings.prefix if settings.message_content else commands.when_mentioned
        super().__init__(
            command_prefix=prefix,
            help_command=None,
            tree_cls=Tree,
            intents=intents(message_content=settings.message_content),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            **options,
        )
        dispatches.guard(self._connection.parsers)
        self.service = service
        self.settings = settings

    async def setup_hook(self) -> None:
        """After the log-in, before the gateway: the cogs, the buttons, the commands."""
        for cog in (
            Asking(self, self.service, self.settings),
            Sources(self.service, self.settings),
            Presses(self.service, self.settings),
        ):
            await self.add_cog(cog)
        self.add_dynamic_items(*buttons.ALL)
        await register(self.tree)

    async def connect(self, *, reconnect: bool = True) -> None:
        """Stay at the gateway; what discord.py cannot read there ends a session, not the bot."""
        backoff = ExponentialBackoff()
        while not self.is_closed():
            try:
                await super().connect(reconnect=reconnect)
            except (discord.DiscordException, aiohttp.ClientError, OSError):
                raise
            except Exception as error:
                if self.is_closed():
                    raise
                log.warning("the gateway cannot be read (%s); a new session", describe(error))
                if self.ws is not None:
                    await self.ws.close()
                await asyncio.sleep(backoff.delay())

    async def on_message(self, message: discord.Message, /) -> None:
        """Nothing; `Asking` decides which messages are meant for the bot."""

    async def close(self) -> None:
        """Let answers that are under way finish, then leave the gateway."""
        await self.service.finish(GRACE)
        await super().close()

    async def on_command_error(
        self, context: commands.Context[Any], error: commands.CommandError, /
    ) -> None:
        """Apologise for a command in a message; its cog answers what its author did wrong."""
        if not isinstance(error, commands.UserInputError | commands.CommandNotFound):
            await self.apologise(error, context.message)

    async def on_error(self, event: str, /, *args: Any, **_: Any) -> None:  # noqa: ANN401 - any event's
        """Apologise for an event, if somebody waits for an answer to it."""
        error = sys.exc_info()[1]
        if error is None:
            return
        log.debug("event %s failed", event)
        await self.apologise(error, args[0] if args else None)

    async def apologise(self, error: BaseException, to: object) -> None:
        """Say that something failed, under a number that is logged with the cause."""
        apology = apologise(error)
        log.error("%s", apology.line)
        if not _is_sayable(unwrap(error)):
            return
        card = cards.failure_card(apology.sentence)
        try:
            if isinstance(to, discord.Interaction):
                await replies.respond(to, card)
            elif isinstance(to, discord.Message):
                await replies.reply(to, card)
        except UNSAYABLE as failed:
            log.warning("%s; nor could that be said", apologise(failed).line)


class Tree(app_commands.CommandTree[PullquoteBot]):
    """The slash commands; an error in one goes the client's way."""

    async def on_error(
        self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /
    ) -> None:
        """Apologise for a slash command."""
        await self.client.apologise(error, interaction)


def _is_sayable(error: BaseException) -> bool:
    """Whether an apology may come through: what Discord refuses, it refuses again.

    Unless it was the card's own fault.
    """
    if isinstance(error, discord.HTTPException) and 400 <= error.status < 500:
        return error.status in {BAD_REQUEST, retries.TOO_MANY_REQUESTS}
    return True


def intents(*, message_content: bool) -> discord.Intents:
    """What the bot hears: servers, and messages there and to itself; their text only if asked."""
    return discord.Intents(
        guilds=True, guild_messages=True, dm_messages=True, message_content=message_content
    )
