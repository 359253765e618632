"""The command `sources`, in a message too: which articles there are."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands, ui
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

    @app_commands.command(description="List the articles that answer here.")
    async def sources(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a slash command with the first page of the list."""
        with self._service.work():
            if wait := self._rate_limit.wait(interaction.user):
                await replies.respond(interaction, self._slow_down(wait))
            else:
                await replies.respond(interaction, await self._first_page())

    @commands.command("sources")
    async def sources_in_message(self, ctx: commands.Context[Any]) -> None:
        """Answer a message with the first page of the list.

        A flood of messages is passed over: the list that all can read stands there already.
        """
        with self._service.work():
            if not self._rate_limit.wait(ctx.author):
                await replies.reply(ctx.message, await self._first_page())

    async def _first_page(self) -> ui.LayoutView:
        articles = await self._service.article_list()
        return cards.sources_card(articles.entries)

    def _slow_down(self, wait: float) -> ui.LayoutView:
        return cards.note_card(wording.slow_down(f"{LISTS} lists", self._rate_limit.window, wait))
