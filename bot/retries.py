"""The retry policies, each argument explained.

discord.py waits out rate limits, repeats what a server of Discord's failed at, and reconnects its
own gateway. What it does not repeat is the very first request, when there is no network yet, and a
request whose connection broke or whose answer is none of Discord's JSON.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
import discord
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    retry_if_exception_type,
    stop_after_attempt,
    stop_before_delay,
    wait_exponential,
    wait_exponential_jitter,
    wait_random,
)

log = logging.getLogger(__name__)

T = TypeVar("T")

NO_CONNECTION = (aiohttp.ClientConnectionError, OSError, TimeoutError)
# The last four are discord.py's, which reads any answer as if it were one of Discord's.
FAULTS = (aiohttp.ClientError, OSError, TypeError, ValueError, KeyError, AttributeError)
TOO_MANY_REQUESTS = 429  # raised only if Cloudflare answered; Discord's own is waited out
# Seconds.
FIRST_WAIT = 0.25
ONE_TRY = 60.0


def logging_in(sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> AsyncRetrying:
    """For the first contact with Discord, such as on a machine whose network is still starting."""
    return AsyncRetrying(
        # Only where no answer came: a refused token stays refused.
        retry=retry_if_exception_type(NO_CONNECTION),
        # About a minute in all; then it is no passing trouble, and the operator should know.
        stop=stop_after_attempt(6),
        # 1, 2, 4, 8, 16 seconds, each up to a second longer, so that many bots of one machine
        # do not come back at the same moment.
        wait=wait_exponential_jitter(initial=1, exp_base=2, max=30, jitter=1),
        # A bot that waits in silence looks broken.
        before_sleep=_say,
        # The caller knows what the real error means.
        reraise=True,
        sleep=sleep,
    )


async def send(
    request: Callable[[], Awaitable[T]],
    within: float,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> T:
    """The answer to a request to Discord that does no harm when it is carried out twice.

    Args:
        request: Makes the request.
        within: For how many seconds it is repeated.
        sleep: How to wait.

    Raises:
        discord.HTTPException: Discord refuses it, or fails for all that time.
        aiohttp.ClientError: There is no connection for all that time.
    """

    async def once() -> T:
        async with asyncio.timeout(min(ONE_TRY, within / 2)):
            return await request()

    began = time.monotonic()
    try:
        # Nearly always that is all, and a policy takes longer than the request's own handling.
        return await once()
    except Exception as error:
        if not _is_passing(error):
            raise
        failed = [error]

    async def again() -> T:
        """The try that failed already, then others."""
        if failed:
            raise failed.pop()
        return await once()

    return await _sending(within - (time.monotonic() - began), sleep)(again)


def _sending(within: float, sleep: Callable[[float], Awaitable[None]]) -> AsyncRetrying:
    """For a request that does no harm when it is carried out twice, in `within` seconds."""
    return AsyncRetrying(
        # A refusal of Discord's stays one.
        retry=retry_if_exception(_is_passing),
        # Later than that nobody waits for it any more, or it would count as another request.
        stop=stop_before_delay(within),
        # Soon at first, because an acknowledgement has three seconds; later seldom enough for a
        # failing network.
        wait=wait_exponential(multiplier=FIRST_WAIT, max=30) + wait_random(0, FIRST_WAIT),
        before_sleep=_say,
        reraise=True,
        sleep=sleep,
    )


def _is_passing(error: BaseException) -> bool:
    if isinstance(error, discord.HTTPException):
        return error.status >= 500 or error.status == TOO_MANY_REQUESTS
    return isinstance(error, FAULTS)


def _say(state: RetryCallState) -> None:
    error = state.outcome.exception() if state.outcome else None
    wait = state.next_action.sleep if state.next_action else 0.0
    log.warning("cannot reach Discord (%s); next try in %.0f s", type(error).__name__, wait)
