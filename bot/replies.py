"""Sends a card as the answer to a message or an interaction, whatever state that is in."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable
from typing import Any, TypeVar

import aiohttp
import discord
from discord import ui

T = TypeVar("T")
# An answer takes milliseconds; who sees "is typing" for that long sees a flicker.
PATIENCE = 0.7

Interaction = discord.Interaction[Any]
# Discord's code where the bot may write, but not read what was written before.
NO_HISTORY = 160002
DEFERRED = discord.InteractionResponseType.deferred_channel_message


async def reply(message: discord.Message, card: ui.LayoutView) -> None:
    """Reply to `message` without notifying its author; where it cannot be referred to, just send.

    Raises:
        discord.HTTPException: The bot may not write there.
    """
    reference = message.to_reference(fail_if_not_exists=False)
    try:
        await message.channel.send(view=card, reference=reference, mention_author=False)
    except discord.HTTPException as refused:
        if refused.code != NO_HISTORY:
            raise
        await message.channel.send(view=card)


async def respond(interaction: Interaction, card: ui.LayoutView) -> None:
    """Fill in the answer that is being waited for, or say it to the one who asked only.

    Raises:
        discord.HTTPException: The interaction is no longer waiting.
    """
    response = interaction.response
    if not response.is_done():
        await response.send_message(view=card, ephemeral=True)
    elif response.type is DEFERRED:
        await interaction.edit_original_response(view=card)
    else:
        await interaction.followup.send(view=card, ephemeral=True)


async def typing_meanwhile(channel: discord.abc.Messageable, work: Awaitable[T]) -> T:
    """The result of `work`; if it takes long, the bot is seen typing, once."""
    task = asyncio.ensure_future(work)
    await asyncio.wait({task}, timeout=PATIENCE)
    if task.done():
        return task.result()
    typing = asyncio.create_task(_type(channel))
    try:
        return await task
    finally:
        typing.cancel()


async def _type(channel: discord.abc.Messageable) -> None:
    """Be seen typing; who may not, or has to wait for it, can still answer."""
    with contextlib.suppress(discord.HTTPException, aiohttp.ClientError, OSError):
        await channel.typing()
