"""The command `sources`: which articles there are."""

from __future__ import annotations

from typing import Any

from discord.ext import commands

from bot import cards, replies
from bot.desk import Desk


class Sources(commands.Cog):
    """Lists the articles, to the one who asks only where Discord can do that."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @commands.hybrid_command(description="List the articles that answer here.")  # type: ignore[arg-type] # mypy cannot infer it
    async def sources(self, ctx: commands.Context[Any]) -> None:
        """Answer with the first page of the list."""
        with self._desk.work():
            card = cards.sources_card(self._desk.shelf.entries)
            if ctx.interaction is None:
                await replies.reply(ctx.message, card)
            else:
                await replies.respond(ctx.interaction, card)
