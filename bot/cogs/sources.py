"""The command `sources`: which articles there are."""

from __future__ import annotations

from typing import Any

from discord.ext import commands

from bot import replies
from bot.cards import cards
from bot.rate_limit import LISTS, RateLimit
from bot.service import Service
from bot.settings import Settings


class Sources(commands.Cog):
    """Lists the articles, to the one who asks only where Discord can do that."""

    def __init__(self, service: Service, settings: Settings) -> None:
        self._service = service
        self._rate_limit = RateLimit(LISTS, settings.cooldown)

    @commands.hybrid_command(description="List the articles that answer here.")  # type: ignore[arg-type] # mypy cannot infer it
    async def sources(self, ctx: commands.Context[Any]) -> None:
        """Answer with the first page of the list.

        A flood of messages is passed over: the list that all can read stands there already.
        """
        with self._service.work():
            card = cards.sources_card((await self._service.article_list()).entries)
            if ctx.interaction is not None:
                await replies.respond(ctx.interaction, card)
            elif not self._rate_limit.wait(ctx.author):
                await replies.reply(ctx.message, card)
