"""The retry policies, each argument explained.

discord.py repeats its own requests and reconnects its own gateway, so neither is retried here.
What it does not repeat is the very first request, when there is no network yet.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import aiohttp
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential_jitter,
)

log = logging.getLogger(__name__)

NO_CONNECTION = (aiohttp.ClientConnectionError, OSError, TimeoutError)


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


def _say(state: RetryCallState) -> None:
    error = state.outcome.exception() if state.outcome else None
    wait = state.next_action.sleep if state.next_action else 0.0
    log.warning("cannot reach Discord (%s); next try in %.0f s", type(error).__name__, wait)
