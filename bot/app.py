"""The composition root of `pullquote run`: settings → library → answerer → client."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType

import aiohttp
import discord

from bot import logs, retries
from bot.client import PullquoteBot
from bot.errors import (
    DiscordRefused,
    DiscordUnreachable,
    MissingToken,
    RefusedIntent,
    RefusedToken,
)
from bot.opening import open_library
from bot.service import Service
from bot.settings import Settings
from retrieval import Answerer

log = logging.getLogger(__name__)

SIGNALS = (signal.SIGINT, signal.SIGTERM)
BAD_TOKEN = 4004
# Seconds: answers have `client.GRACE` of them, and Docker kills after ten.
LONGEST_STOP = 9.5


def run(settings: Settings) -> int:
    """Run the bot until it is told to stop with SIGTERM or Ctrl-C; then 0.

    Raises:
        InputError: No token, or Discord refuses it or the intent that is set.
        DiscordError: Discord cannot be reached, or refuses something else.
        LibraryError: The library cannot be used.
    """
    token = _token(settings)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # we never speak
    with logs.started(settings.log_level, token), open_library(settings.library) as library:
        log.info("opening the library")
        answerer = Answerer.open(library, threshold=settings.threshold)
        answerer.warm_up()
        service = Service(answerer, settings.quotes)
        log.info("answering from %d articles", len(library))
        with _bounded_stop() as began:
            asyncio.run(serve(lambda: PullquoteBot(service, settings), token, began))
        log.info("stopped")
    return 0


@contextlib.contextmanager
def _bounded_stop() -> Iterator[Callable[[], None]]:
    """Gives what to call when a stop begins: it then lasts `LONGEST_STOP` seconds at most.

    A thread cannot be ended from outside, and asyncio and Python wait for each of theirs: one that
    a dead disk or network mount holds would hold the process. Only answers are lost with it.
    """

    def end() -> None:
        log.warning("stopped, though something under way does not end")
        os._exit(0)

    timer = threading.Timer(LONGEST_STOP, end)
    timer.daemon = True
    try:
        yield timer.start
    finally:
        timer.cancel()


async def serve(
    make: Callable[[], PullquoteBot],
    token: str,
    stop_began: Callable[[], object] = lambda: None,
) -> None:
    """Log in and answer, until a signal to stop.

    Args:
        make: Gives a client; called once for each attempt to log in.
        token: The bot's token.
        stop_began: Called when a signal to stop has come.

    Raises:
        InputError: Discord refuses the token or the intent.
        DiscordError: Discord cannot be reached, or refuses something else.
    """
    stopping = asyncio.Event()
    session = asyncio.create_task(_session(make, token))
    stopped = asyncio.create_task(stopping.wait())
    with _signalled(stopping):
        await asyncio.wait({session, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if session.done():
        await session
        return
    log.info("stopping")
    stop_began()
    session.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await session


async def _session(make: Callable[[], PullquoteBot], token: str) -> None:
    """One client's life; what ends it becomes one of our errors."""
    try:
        async with await _log_in(make, token) as client:
            await client.connect()
    except discord.LoginFailure:
        raise RefusedToken from None
    except discord.PrivilegedIntentsRequired:
        raise RefusedIntent from None
    except discord.ConnectionClosed as closed:
        if closed.code == BAD_TOKEN:
            raise RefusedToken from None
        raise DiscordRefused(f"Discord closed the connection with code {closed.code}") from closed
    except (aiohttp.ClientError, *retries.NO_CONNECTION) as error:
        raise DiscordUnreachable(
            f"Discord cannot be reached ({type(error).__name__}); check this machine's network"
        ) from error
    except discord.HTTPException as error:
        raise DiscordRefused(
            f"Discord answered {error.status} (code {error.code}); try again later"
        ) from error
    except discord.DiscordException as error:
        raise DiscordRefused(
            f"discord.py stopped with {type(error).__name__}; try again later"
        ) from error


async def _log_in(make: Callable[[], PullquoteBot], token: str) -> PullquoteBot:
    """A client that is logged in, each attempt a new one: a failed one cannot be used again."""
    async for attempt in retries.logging_in():
        with attempt:
            client = make()
            try:
                await client.login(token)
            except BaseException:
                await client.close()
                raise
            return client
    raise AssertionError("the policy re-raises the last error")


def _token(settings: Settings) -> str:
    """The token, if it could be one.

    Raises:
        MissingToken: None is set.
        RefusedToken: It cannot even be sent.
    """
    if settings.token is None:
        raise MissingToken
    token = settings.token.get_secret_value().strip()
    if not token:
        raise MissingToken
    if not (token.isascii() and token.isprintable()) or " " in token:
        raise RefusedToken
    return token


@contextlib.contextmanager
def _signalled(stopping: asyncio.Event) -> Iterator[None]:
    """Let SIGTERM and Ctrl-C set `stopping`; a second one is Python's own business again.

    Started in the background, where a shell has Ctrl-C ignored, it stays so.
    """
    loop = asyncio.get_running_loop()

    def stop(_number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stopping.set)

    ignored = {signal.SIGINT} if signal.getsignal(signal.SIGINT) == signal.SIG_IGN else set()
    before = {number: signal.signal(number, stop) for number in SIGNALS if number not in ignored}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
