"""Presses of a card's buttons: the next quotes, a quote's surroundings, more of the articles.

A press on a card that all can see is answered to the one who pressed; on a card that only they
can see, that card turns its page.
"""

from __future__ import annotations

from discord import ui
from discord.ext import commands

from bot import cards, wording
from bot.buttons import ANY_ARTICLE, Page, Place
from bot.desk import Desk
from bot.replies import Interaction
from retrieval.errors import InputError, UnknownArticle


class Presses(commands.Cog):
    """Answers what `bot/buttons.py` dispatches."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @commands.Cog.listener()
    async def on_context_press(self, interaction: Interaction, place: Place) -> None:
        """Show a quote in its paragraph."""
        with self._desk.work():
            await interaction.response.defer(ephemeral=True, thinking=True)
            await interaction.edit_original_response(view=await self._context(place))

    @commands.Cog.listener()
    async def on_page_press(self, interaction: Interaction, page: Page) -> None:
        """Show another page of an answer."""
        with self._desk.work():
            await _defer(interaction)
            card = await self._page(_question(interaction), page)
            await interaction.edit_original_response(view=card)

    @commands.Cog.listener()
    async def on_sources_press(self, interaction: Interaction, number: int) -> None:
        """Show another page of the list of articles."""
        with self._desk.work():
            await _defer(interaction)
            card = cards.sources_card(self._desk.shelf.entries, number)
            await interaction.edit_original_response(view=card)

    async def _context(self, place: Place) -> ui.LayoutView:
        entry = self._desk.shelf.find(place.article)
        if entry is None:
            return cards.note_card(wording.ARTICLE_GONE)
        if not entry.sha256.startswith(place.proof):
            return cards.note_card(wording.ARTICLE_CHANGED)
        try:
            return cards.context_card(await self._desk.context(entry, place))
        except UnknownArticle:
            return cards.note_card(wording.ARTICLE_GONE)
        except InputError:
            return cards.note_card(wording.ARTICLE_CHANGED)

    async def _page(self, question: str | None, page: Page) -> ui.LayoutView:
        if question is None:
            return cards.note_card(wording.QUESTION_LOST)
        within = self._desk.shelf.find(page.article)
        if within is None and page.article != ANY_ARTICLE:
            return cards.note_card(wording.ARTICLE_GONE)
        answer = await self._desk.ask(question, within, quotes=page.quotes)
        if not self._desk.continues(answer, page):
            return cards.note_card(wording.LIBRARY_CHANGED)
        return cards.answer_card(answer, page=page.number, quotes=page.quotes, within=within)


async def _defer(interaction: Interaction) -> None:
    """Acknowledge: a card that only the presser sees will change, else a new one will come."""
    if interaction.message is not None and interaction.message.flags.ephemeral:
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=True, thinking=True)


def _question(interaction: Interaction) -> str | None:
    """The question that the pressed card echoes."""
    if interaction.message is None:
        return None
    return cards.read_question(ui.LayoutView.from_message(interaction.message, timeout=None))
