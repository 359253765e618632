"""A small real bot, and a newsroom in the sandbox where it works; what the sandbox's tests use."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Self

import aiohttp
import discord
from discord import app_commands, ui
from discord.ext import commands
from discord.http import Route
from discord_api import openapi_validator

from bot.sandbox import (
    Application,
    Channel,
    Clock,
    GuildHandle,
    Intent,
    Member,
    Sandbox,
    pointed_at,
)

TOKEN = "made-up.token"
Asked = discord.Interaction["Newsbot"]
ARTICLES = ["Kim meets Belousov", "Troops in Kursk", "Treaty signed"]


class PageButton(ui.DynamicItem[ui.Button[ui.LayoutView]], template=r"page:(?P<number>\d+)"):
    """Turns to a page; it works after a restart, because its custom_id says all."""

    def __init__(self, number: int) -> None:
        super().__init__(ui.Button(label="Next", custom_id=f"page:{number}"))
        self.number = number

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls(int(match["number"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(view=page(self.number))


def page(number: int) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    text: ui.TextDisplay[ui.LayoutView] = ui.TextDisplay(f"Page {number}")
    view.add_item(ui.Container(text, ui.Separator()))
    link: ui.Button[ui.LayoutView] = ui.Button(label="Source", url="https://example.org/")
    grey: ui.Button[ui.LayoutView] = ui.Button(label="Back", custom_id="back", disabled=number == 1)
    view.add_item(ui.ActionRow(PageButton(number + 1), link, grey))
    return view


class Buttons(ui.View):
    """Buttons that answer in every way that Discord has."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @ui.button(label="Tell me", custom_id="tell")
    async def tell(self, interaction: discord.Interaction, _button: ui.Button[Self]) -> None:
        await interaction.response.send_message("only for you", ephemeral=True)

    @ui.button(label="Later", custom_id="later")
    async def later(self, interaction: discord.Interaction, _button: ui.Button[Self]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="changed later", view=None)

    @ui.button(label="Ignore", custom_id="ignore")
    async def ignore(self, interaction: discord.Interaction, _button: ui.Button[Self]) -> None:
        pass

    @ui.select(
        custom_id="colour",
        options=[discord.SelectOption(label="Red"), discord.SelectOption(label="Blue")],
    )
    async def choose(self, interaction: discord.Interaction, menu: ui.Select[Self]) -> None:
        await interaction.response.send_message(f"you chose {menu.values[0]}")


class Form(ui.Modal, title="Feedback"):
    """A modal of one line."""

    line: ui.TextInput[Self] = ui.TextInput(label="What was wrong?", custom_id="line")

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"noted: {self.line.value}", ephemeral=True)


class Newsbot(commands.Bot):
    """Answers in every way that the sandbox has to serve.

    Attributes:
        heard: The content of every message event, as the bot got it.
        refused: Errors that Discord answered to the bot's commands.
        answer_now: Lets a waiting `/patient` go on.
        resumes: How often it resumed.
    """

    def __init__(self, *, intents: discord.Intents | None = None) -> None:
        super().__init__(
            commands.when_mentioned_or("!"),
            intents=intents or discord.Intents.default(),
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=0.0,
        )
        self.heard: list[str] = []
        self.refused: asyncio.Queue[int] = asyncio.Queue()
        self.answer_now = asyncio.Event()
        self.resumes = 0

    async def setup_hook(self) -> None:
        self.add_dynamic_items(PageButton)
        self.add_view(Buttons())
        for command in SLASH_COMMANDS:
            self.tree.add_command(command)
        self.add_command(echo)
        await self.tree.sync()

    async def before_identify_hook(self, _shard: int | None, *, initial: bool = False) -> None:
        """Identify at once; discord.py waits 5 s before it does so again."""

    async def on_message(self, message: discord.Message) -> None:
        self.heard.append(message.content)
        if message.author.bot:
            return
        if self.user in message.mentions or message.guild is None:
            await message.reply(f"heard: {message.clean_content}", mention_author=False)
        if message.content.startswith("!"):
            await self.process_commands(message)

    async def on_resumed(self) -> None:
        self.resumes += 1

    async def send_raw(self, channel: Channel, body: dict[str, Any]) -> dict[str, Any]:
        """Send a body as it is, past the checks that discord.py makes itself."""
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel.id)
        sent: dict[str, Any] = await self.http.request(route, json=body)
        return sent


async def say_again(ctx: commands.Context[Any], *, text: str) -> None:
    await ctx.send(text)


echo: commands.HybridCommand[Any, ..., None] = commands.HybridCommand(
    say_again, name="echo", description="Say it again"
)


@app_commands.command(description="Ask the articles")
@app_commands.describe(question="What you want to know")
async def ask(
    interaction: Asked,
    question: app_commands.Range[str, 1, 100],
    article: str | None = None,
    private: bool = False,
    quotes: app_commands.Range[int, 1, 5] = 3,
    tone: Literal["plain", "warm"] = "plain",
) -> None:
    said = f"{question} / {article} / {quotes} / {tone}"
    await interaction.response.send_message(said, ephemeral=private)


@ask.autocomplete("article")
async def suggest(_interaction: Asked, typed: str) -> list[app_commands.Choice[str]]:
    if typed == "too long":
        return [app_commands.Choice(name="x" * 101, value="x")]
    found = [title for title in ARTICLES if typed.casefold() in title.casefold()]
    return [app_commands.Choice(name=title, value=title) for title in found]


@app_commands.command(description="Answers only when it is told to")
async def patient(interaction: Asked) -> None:
    await interaction.client.answer_now.wait()
    try:
        await interaction.response.send_message("here I am")
    except discord.HTTPException as error:
        interaction.client.refused.put_nowait(error.code)


@app_commands.command(description="Acknowledges twice")
async def twice(interaction: Asked) -> None:
    await interaction.response.send_message("once")
    again = Route(
        "POST",
        "/interactions/{webhook_id}/{webhook_token}/callback",
        webhook_id=interaction.id,
        webhook_token=interaction.token,
    )
    try:
        await interaction.client.http.request(again, json={"type": 5})
    except discord.HTTPException as error:
        interaction.client.refused.put_nowait(error.code)


@app_commands.command(description="Takes its time and then says several things")
async def deferred(interaction: Asked, private: bool = False) -> None:
    await interaction.response.defer(ephemeral=private, thinking=True)
    await interaction.edit_original_response(content="first")
    second = await interaction.followup.send("second", ephemeral=private, wait=True)
    await second.edit(content="second, edited")
    third = await interaction.followup.send("third", wait=True)
    await third.delete()


@app_commands.command(description="Opens a form")
async def form(interaction: Asked) -> None:
    await interaction.response.send_modal(Form())


@app_commands.command(description="Shows buttons")
async def buttons(interaction: Asked) -> None:
    await interaction.response.send_message("choose", view=Buttons())


@app_commands.command(description="Shows a layout")
@app_commands.guild_only()
@app_commands.default_permissions(manage_messages=True)
async def cards(interaction: Asked) -> None:
    await interaction.response.send_message(view=page(1))


SLASH_COMMANDS: list[app_commands.Command[Any, ..., Any]] = [
    ask,
    patient,
    twice,
    deferred,
    form,
    buttons,
    cards,
]


@dataclass
class Newsroom:
    """A guild with two members and the running bot."""

    discord: Sandbox
    guild: GuildHandle
    general: Channel
    anna: Member
    ben: Member
    client: Newsbot

    async def post(self, path: str, **body: object) -> Answered:
        """Post a body as it is, without a client that checks it or tries again."""
        headers = {"Authorization": f"Bot {TOKEN}"}
        async with (
            aiohttp.ClientSession(self.discord.url, headers=headers) as session,
            session.post("/api/v10" + path, json=body) as response,
        ):
            answer = await response.json() if response.status != 204 else {}
            return Answered(response.status, answer.get("code"), answer.get("errors", {}))


class Answered(NamedTuple):
    """How the sandbox answered: the HTTP status, and Discord's code and errors if it refused."""

    status: int
    code: int | None
    errors: dict[str, Any]


@asynccontextmanager
async def newsroom(
    *,
    clock: Clock | None = None,
    intents: Intent = Intent.NONE,
    client: Newsbot | None = None,
    described: bool = True,
) -> AsyncIterator[Newsroom]:
    """A sandbox with a bot that is ready.

    Args:
        clock: Where the sandbox's time comes from.
        intents: The privileged intents that are enabled.
        client: The bot, if it is not to be the usual one.
        described: Check every body by Discord's description too, before the sandbox's own rules.
    """
    application = Application(token=TOKEN, intents=intents)
    validator = openapi_validator() if described else None
    async with Sandbox.start(application, clock=clock, validator=validator) as here:
        guild = here.guild("Newsroom")
        general, anna, ben = guild.channel("general"), guild.member("anna"), guild.member("ben")
        async with running(here, client or Newsbot()) as bot:
            yield Newsroom(here, guild, general, anna, ben, bot)


@asynccontextmanager
async def running(here: Sandbox, client: Newsbot, token: str = TOKEN) -> AsyncIterator[Newsbot]:
    """The bot, ready; an error that ends it ends the test."""
    with pointed_at(here):
        async with client:
            life = asyncio.create_task(client.start(token))
            ready = asyncio.create_task(client.wait_until_ready())
            await asyncio.wait([life, ready], return_when=asyncio.FIRST_COMPLETED)
            if life.done():
                ready.cancel()
                life.result()
            yield client
            assert client.is_closed() or not life.done(), life
        await life
