"""Questions: the command `ask`, in a message too, a mention, a direct message."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot import replies
from bot.cards import cards, limits, wording
from bot.cards.buttons import key as key_of
from bot.rate_limit import ASKS, OFFERS, RateLimit
from bot.service import Service
from bot.settings import Settings
from retrieval.library import Entry

# Custom emoji and mentions are numbers to Discord, which no article knows.
WORDLESS = re.compile(r"<(?:a?:\w{1,32}:|@[!&]?|#)[0-9]{1,20}>")
# What stands between two equal runs of backticks is shown as it is typed and names nobody.
CODE = re.compile(r"(?<![`\\])(`+)(?!`)(?:[^`]|(?!\1(?!`))`+)*+\1(?!`)")
MEANT_FOR_READING = {discord.MessageType.default, discord.MessageType.reply}


class Asking(commands.Cog):
    """Takes questions and sends the answers' cards.

    An edited message is not answered again: the first answer would stay beside the second.
    """

    def __init__(self, bot: commands.Bot, service: Service, settings: Settings) -> None:
        self._bot = bot
        self._service = service
        self._reads_commands = settings.message_content
        self._rate_limit = RateLimit(ASKS, settings.cooldown)
        self._offer_limit = RateLimit(OFFERS, settings.cooldown)

    @app_commands.command(description="Ask the articles a question; they answer word for word.")
    @app_commands.describe(
        question="What you want to know",
        article="Ask one article only; leave it out to ask all of them",
        private="Show the answer to you alone",
    )
    async def ask(
        self,
        interaction: discord.Interaction[Any],
        *,
        question: app_commands.Range[str, 1, limits.QUESTION],
        article: str | None = None,
        private: bool = False,
    ) -> None:
        """Answer a slash command."""
        with self._service.work():
            if wait := self._rate_limit.wait(interaction.user):
                await replies.respond(interaction, self._slow_down(wait))
                return
            within = await self._named(article) if article else None
            if article and within is None:
                await replies.respond(interaction, cards.note_card(wording.NO_SUCH_ARTICLE))
                return
            await self._service.acknowledge(replies.defer(interaction, private=private))
            answer = await self._service.ask(_words_of(question), within)
            card = cards.answer_card(answer, quotes=self._service.quotes, within=within)
            await replies.respond(interaction, card)

    @ask.autocomplete("article")
    async def _offer_articles(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        if self._offer_limit.wait(interaction.user):
            return []
        articles = await self._service.article_list()
        offered = await asyncio.to_thread(articles.offer, typed, limits.CHOICES)
        return [
            app_commands.Choice(name=wording.title(one.title, one.id), value=key_of(one.id))
            for one in offered
        ]

    @commands.command("ask")
    async def ask_in_message(
        self, ctx: commands.Context[Any], *, question: commands.Range[str, 1, limits.QUESTION]
    ) -> None:
        """Answer a message that starts with the prefix."""
        await self._answer_message(ctx.message, question)

    async def cog_command_error(self, ctx: commands.Context[Any], error: Exception) -> None:
        """Answer a message without a question, or with too long a one; the rest is the client's."""
        if isinstance(error, commands.MissingRequiredArgument):
            await self._answer_message(ctx.message, "")
        if isinstance(error, commands.RangeError):
            await self._answer_message(ctx.message, str(error.value))

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a mention or a direct message; hand a command on."""
        if message.author.bot or message.webhook_id or message.type not in MEANT_FOR_READING:
            return
        if self._reads_commands:
            ctx = await self._bot.get_context(message)
            if ctx.command is not None:
                await self._bot.invoke(ctx)
                return
        question = self._question(message)
        if question is not None:
            await self._answer_message(message, question)

    def _question(self, message: discord.Message) -> str | None:
        """What a message asks of the bot, or None where it is not meant for the bot.

        A reply notifies the bot without naming it in the text, and is not taken for a question;
        nor is a mention that stands in code.
        """
        me = self._bot.user
        mention = re.compile(rf"<@!?{me.id}>" if me else r"(?!)")
        is_direct = isinstance(message.channel, discord.DMChannel)
        if is_direct or mention.search(CODE.sub(" ", message.content)):
            return message.content
        return None

    async def _answer_message(self, message: discord.Message, question: str) -> None:
        question = _words_of(question)
        with self._service.work():
            if wait := self._rate_limit.wait(message.author):
                if not self._rate_limit.is_told(message.author):
                    await replies.reply(message, self._slow_down(wait))
            elif not question:
                articles = await self._service.article_list()
                await replies.reply(message, cards.help_card(len(articles.entries)))
            elif len(question) > limits.QUESTION:
                await replies.reply(message, cards.too_long_card(question))
            else:
                asked = self._service.ask(question)
                answer = await replies.typing_meanwhile(message.channel, asked)
                card = cards.answer_card(answer, quotes=self._service.quotes)
                await replies.reply(message, card)

    async def _named(self, article: str) -> Entry | None:
        articles = await self._service.article_list()
        return await asyncio.to_thread(articles.named, article)

    def _slow_down(self, wait: float) -> ui.LayoutView:
        limit = f"{self._rate_limit.most} questions"
        return cards.note_card(wording.slow_down(limit, self._rate_limit.window, wait))


def _words_of(text: str) -> str:
    """What was typed, on one line, without what is no word of it."""
    return " ".join(WORDLESS.sub(" ", text).split())
