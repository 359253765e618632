"""A bare bot to compare with: discord.py, a list of sentences, rank-bm25, and nothing else.

`python -m bench.burst_bare API GATEWAY` logs in there and answers `/ask` with the three sentences
that rank-bm25 scores highest: no proof, no source, no grouping, no card.
"""

from __future__ import annotations

import os
import sys

import discord
import discord.gateway
import discord.http
import yarl
from discord import app_commands
from rank_bm25 import BM25Okapi

from bot.opening import open_library
from retrieval.sentences import split

SHOWN = 3  # sentences of an answer, as many as our card shows quotes


def sentences() -> list[str]:
    """The seed articles' sentences."""
    with open_library(None) as library:
        return [
            article.text[one.start : one.end]
            for article in library
            for one in split(article.text, article.language)
        ]


def answering() -> tuple[discord.Client, app_commands.CommandTree]:
    """The bot, and its command."""
    texts = sentences()
    bm25 = BM25Okapi([text.lower().split() for text in texts])
    client = discord.Client(intents=discord.Intents(guilds=True))
    tree = app_commands.CommandTree(client)

    @tree.command(description="Ask the sentences a question.")
    async def ask(interaction: discord.Interaction, question: str) -> None:
        await interaction.response.defer()
        found = bm25.get_top_n(question.lower().split(), texts, n=SHOWN)
        await interaction.edit_original_response(content="\n".join(f"> {one}" for one in found))

    @client.event
    async def setup_hook() -> None:
        await tree.sync()

    return client, tree


def main(api: str, gateway: str) -> None:
    """Answer until told to stop."""
    discord.http.Route.BASE = api
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
    client, _ = answering()
    client.run(os.environ["DISCORD_TOKEN"], log_handler=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
