"""Sends a card as the answer to a message or an interaction, whatever state that is in."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

import aiohttp
import discord
from discord import InteractionResponseType, ui

from bot import retries

T = TypeVar("T")
# An answer takes milliseconds; who sees "is typing" for that long sees a flicker.
PATIENCE = 0.7

Interaction = discord.Interaction[Any]
# Discord's code where the bot may write, but not read what was written before.
NO_HISTORY = 160002
# And where an interaction was acknowledged before.
ACKNOWLEDGED = 40060
DEFERRED = InteractionResponseType.deferred_channel_message
# For how many seconds a request is repeated. Discord waits three for an acknowledgement, knows the
# nonce of a message for some minutes, and takes answers for fifteen.
ACKNOWLEDGE_WITHIN = 3.0
REPLY_WITHIN = 120.0
ANSWER_WITHIN = 14 * 60.0


async def reply(message: discord.Message, card: ui.LayoutView) -> None:
    """Reply to `message` without notifying its author; where it cannot be referred to, just send.

    Discord takes one message of a nonce only, so a message has one reply however often it is sent.

    Raises:
        discord.HTTPException: The bot may not write there.
    """
    send = partial(message.channel.send, view=card, nonce=message.id)
    reference = message.to_reference(fail_if_not_exists=False)
    refer = partial(send, reference=reference, mention_author=False)
    try:
        await retries.send(refer, REPLY_WITHIN)
    except discord.HTTPException as refused:
        if refused.code != NO_HISTORY:
            raise
        await retries.send(send, REPLY_WITHIN)


async def defer(interaction: Interaction, *, private: bool, in_place: bool = False) -> None:
    """Acknowledge: a card will come, for all or in private, or the one that was pressed change.

    Raises:
        discord.HTTPException: The interaction is no longer waiting.
    """
    kind = InteractionResponseType.deferred_message_update if in_place else DEFERRED
    send = partial(interaction.response.defer, ephemeral=private, thinking=not in_place)
    await _acknowledge(interaction, send, kind)


async def respond(interaction: Interaction, card: ui.LayoutView) -> None:
    """Fill in the answer that is being waited for, or say it to the one who asked only.

    Raises:
        discord.HTTPException: The interaction is no longer waiting.
    """
    response = interaction.response
    if not response.is_done():
        send = partial(response.send_message, view=card, ephemeral=True)
        await _acknowledge(interaction, send, InteractionResponseType.channel_message)
    elif response.type is DEFERRED:
        await show(interaction, card)
    else:
        # Sent twice if only Discord's answer was lost: to the one who asked, better than never.
        follow_up = partial(interaction.followup.send, view=card, ephemeral=True)
        await retries.send(follow_up, ANSWER_WITHIN)


async def show(interaction: Interaction, card: ui.LayoutView) -> None:
    """Put a card where one was announced, or in the place of the one that was pressed.

    Raises:
        discord.HTTPException: The interaction is no longer waiting.
    """
    await retries.send(partial(interaction.edit_original_response, view=card), ANSWER_WITHIN)


async def _acknowledge(
    interaction: Interaction, send: Callable[[], Awaitable[object]], kind: InteractionResponseType
) -> None:
    """Send the first response, which Discord takes once: a try may find that the last one came."""
    is_repeated = False

    async def once() -> None:
        nonlocal is_repeated
        response, may_have_come = interaction.response, is_repeated
        if is_repeated:
            response._response_type = None  # noqa: SLF001 - discord.py takes any 200 for Discord's
        is_repeated = True
        try:
            await send()
        except discord.HTTPException as refused:
            if not may_have_come or refused.code != ACKNOWLEDGED:
                raise
            response._response_type = kind  # noqa: SLF001 - so it was, and discord.py did not hear

    await retries.send(once, ACKNOWLEDGE_WITHIN)


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
