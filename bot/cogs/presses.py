"""Presses of a card's buttons: the next quotes, why these, where they stand, more articles.

A press on a card that all can see is answered to the one who pressed; on a card that only they
can see, that card turns its page.
"""

from __future__ import annotations

import discord
from discord import ui
from discord.ext import commands

from bot.cards import buttons, cards, wording
from bot.cards.buttons import ANY_ARTICLE, Page, Place
from bot.cards.context_card import context_card
from bot.cards.why_card import why_card
from bot.rate_limit import PRESSES, RateLimit
from bot.replies import Interaction, defer, respond, show
from bot.service import Service
from bot.settings import Settings
from retrieval.errors import InputError, UnknownArticle
from retrieval.library import Entry
from retrieval.models import Answer


class Presses(commands.Cog):
    """Answers what `bot/cards/buttons.py` dispatches."""

    def __init__(self, service: Service, settings: Settings) -> None:
        self._service = service
        self._rate_limit = RateLimit(PRESSES, settings.cooldown)

    @commands.Cog.listener()
    async def on_context_press(self, interaction: Interaction, place: Place) -> None:
        """Show a quote in its paragraph."""
        with self._service.work():
            if await self._is_too_fast(interaction):
                return
            await self._service.acknowledge(defer(interaction, private=True))
            await _show(interaction, await self._context(place))

    @commands.Cog.listener()
    async def on_page_press(self, interaction: Interaction, page: Page) -> None:
        """Show another page of an answer."""
        with self._service.work():
            if await self._is_too_fast(interaction):
                return
            await self._service.acknowledge(_defer(interaction))
            await _show(interaction, await self._page(_question(interaction), page))

    @commands.Cog.listener()
    async def on_why_press(self, interaction: Interaction, page: Page) -> None:
        """Say why the quotes of a page stand there."""
        with self._service.work():
            if await self._is_too_fast(interaction):
                return
            await self._service.acknowledge(defer(interaction, private=True))
            await _show(interaction, await self._why(_question(interaction), page))

    @commands.Cog.listener()
    async def on_sources_press(self, interaction: Interaction, number: int) -> None:
        """Show another page of the list of articles."""
        with self._service.work():
            if await self._is_too_fast(interaction):
                return
            await self._service.acknowledge(_defer(interaction))
            articles = await self._service.article_list()
            await _show(interaction, cards.sources_card(articles.entries, number))

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer a press of a button that another version of the bot made."""
        pressed = interaction.type is discord.InteractionType.component
        custom_id = interaction.data.get("custom_id") if interaction.data else None
        if not pressed or buttons.is_known(str(custom_id)):
            return
        with self._service.work():
            if not await self._is_too_fast(interaction):
                await respond(interaction, cards.note_card(wording.UNKNOWN_BUTTON))

    async def _is_too_fast(self, interaction: Interaction) -> bool:
        wait = self._rate_limit.wait(interaction.user)
        if wait:
            sentence = wording.slow_down(f"{PRESSES} presses", self._rate_limit.window, wait)
            await respond(interaction, cards.note_card(sentence))
        return wait > 0

    async def _context(self, place: Place) -> ui.LayoutView | str:
        """The card, or a sentence that says why there is none."""
        entry = (await self._service.article_list()).find(place.article)
        if entry is None:
            return wording.ARTICLE_GONE
        if not entry.sha256.startswith(place.proof):
            return wording.ARTICLE_CHANGED
        try:
            return context_card(await self._service.context(entry, place))
        except UnknownArticle:
            return wording.ARTICLE_GONE
        except InputError:
            return wording.ARTICLE_CHANGED

    async def _page(self, question: str | None, page: Page) -> ui.LayoutView | str:
        """The card, or a sentence that says why there is none."""
        asked = await self._ask_again(question, page)
        if isinstance(asked, str):
            return asked
        answer, within = asked
        if not self._service.continues(answer, page):
            return wording.LIBRARY_CHANGED
        return cards.answer_card(answer, page=page.number, quotes=page.quotes, within=within)

    async def _why(self, question: str | None, page: Page) -> ui.LayoutView | str:
        """The card, or a sentence that says why there is none."""
        asked = await self._ask_again(question, page)
        if isinstance(asked, str):
            return asked
        answer, within = asked
        shown = cards.quotes_on(answer, page=page.number, quotes=page.quotes, within=within)
        if not shown or not self._service.continues(answer, page):
            return wording.REASONS_CHANGED
        return why_card(answer, shown)

    async def _ask_again(
        self, question: str | None, page: Page
    ) -> tuple[Answer, Entry | None] | str:
        """The answer of a card and the one article that was asked, or why there is none."""
        if question is None:
            return wording.QUESTION_LOST
        within = (await self._service.article_list()).find(page.article)
        if within is None and page.article != ANY_ARTICLE:
            return wording.ARTICLE_GONE
        pages = page.number + 1
        return await self._service.ask(question, within, pages=pages, quotes=page.quotes), within


async def _defer(interaction: Interaction) -> None:
    """Acknowledge: a card that only the presser sees will change, else a new one will come."""
    is_private = interaction.message is not None and interaction.message.flags.ephemeral
    await defer(interaction, private=True, in_place=is_private)


async def _show(interaction: Interaction, found: ui.LayoutView | str) -> None:
    """Show a card where it was announced; a sentence leaves a private card as it is."""
    if isinstance(found, str):
        await respond(interaction, cards.note_card(found))
    else:
        await show(interaction, found)


def _question(interaction: Interaction) -> str | None:
    """The question that the pressed card echoes."""
    if interaction.message is None:
        return None
    return cards.read_question(ui.LayoutView.from_message(interaction.message, timeout=None))
