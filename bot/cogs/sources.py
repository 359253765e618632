"""The command `sources`: which articles there are."""

from __future__ import annotations

from typing import Any

from discord import ui
from discord.ext import commands

from bot import replies
from bot.cards import cards, wording
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
            wait = self._rate_limit.wait(ctx.author)
            if wait and ctx.interaction is None:
                return
            articles = await self._service.article_list()
            card = self._slow_down(wait) if wait else cards.sources_card(articles.entries)
            if ctx.interaction is None:
                await replies.reply(ctx.message, card)
            else:
                await replies.respond(ctx.interaction, card)

    def _slow_down(self, wait: float) -> ui.LayoutView:
        return cards.note_card(wording.slow_down(f"{LISTS} lists", self._rate_limit.window, wait))
