"""Asks the answerer on behalf of Discord, in a worker thread, and knows what is under way."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import TypeVar

from bot.article_list import ArticleList, ListRefresher
from bot.cards.buttons import Page, Place, library_key
from bot.errors import TooSlow
from retrieval import Answer, Answerer
from retrieval.library import Entry
from retrieval.models import Context

T = TypeVar("T")

log = logging.getLogger(__name__)

# How many pages of quotes an answer has at most.
PAGES = 5
# Seconds that an answer waits for acknowledgements that are under way: long enough for them to have
# the machine nearly to themselves in a burst, short enough that a flood of them stops no answer.
COURTESY = 0.02
# And that anybody waits for their turn, or for the answer itself.
LONGEST = 60.0


class Service:
    """Where the bot's surfaces bring their questions.

    Attributes:
        quotes: How many quotes a card shows at most.
    """

    def __init__(self, answerer: Answerer, quotes: int) -> None:
        self._answerer = answerer
        # One at a time: several would only take turns at the interpreter, and with the event loop.
        self._turn = asyncio.Lock()
        self._acknowledging = 0
        self._acknowledged = asyncio.Event()
        self._acknowledged.set()
        self._busy = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._list = ListRefresher(answerer.library)
        self.quotes = quotes

    async def article_list(self) -> ArticleList:
        """The articles by title and key, as the library holds them now."""
        return await self._list.look()

    async def ask(
        self,
        question: str,
        within: Entry | None = None,
        *,
        pages: int = 1,
        quotes: int | None = None,
    ) -> Answer:
        """The first pages of an answer; the quotes of all others are counted.

        Args:
            question: Any text.
            within: The only article to ask; None for all.
            pages: How many pages will be shown, from 1.
            quotes: How many quotes a page shows at most; None for the service's own number.

        Raises:
            PullquoteError: The library cannot answer.
        """
        a_page = quotes or self.quotes
        started = time.perf_counter()
        answer = await self._worked(
            partial(
                self._answerer.ask,
                question,
                quotes=min(pages, PAGES) * a_page,
                counted=PAGES * a_page,
                article=within.id if within else None,
            )
        )
        taken = (time.perf_counter() - started) * 1000
        log.info("%s with %d quotes in %.0f ms", answer.status, len(answer.quotes), taken)
        return answer

    async def context(self, entry: Entry, place: Place) -> Context:
        """The surroundings of a quote.

        Raises:
            InputError: No sentence stands there.
        """
        return await self._worked(partial(self._answerer.context, entry.id, place.start, place.end))

    async def _worked(self, work: Callable[[], T]) -> T:
        """What `work` gives, in its turn, which lasts as long as the work: nothing can stop that.

        Raises:
            TooSlow: The turn or the work took longer than anybody waits.
        """
        await self._begin_turn()
        working = asyncio.get_running_loop().run_in_executor(None, work)
        working.add_done_callback(lambda _: self._turn.release())
        done, _ = await asyncio.wait({working}, timeout=LONGEST)
        if not done:
            raise TooSlow
        return working.result()

    async def _begin_turn(self) -> None:
        """Wait for the turn, and then a moment for acknowledgements that are under way.

        Raises:
            TooSlow: The turn took longer than anybody waits.
        """
        try:
            async with asyncio.timeout(LONGEST):
                await self._turn.acquire()
        except TimeoutError:
            raise TooSlow from None
        try:
            async with asyncio.timeout(COURTESY):
                await self._acknowledged.wait()
        except TimeoutError:
            return
        except asyncio.CancelledError:
            self._turn.release()
            raise

    async def acknowledge(self, sending: Awaitable[object]) -> None:
        """Send an acknowledgement, for which Discord waits three seconds; answers let it go first.

        Args:
            sending: The request.

        Raises:
            discord.HTTPException: The interaction is no longer waiting.
        """
        self._acknowledging += 1
        self._acknowledged.clear()
        try:
            await sending
        finally:
            self._acknowledging -= 1
            if not self._acknowledging:
                self._acknowledged.set()

    def continues(self, answer: Answer, page: Page) -> bool:
        """Whether `answer` comes from the library that `page` was made from."""
        return library_key(answer.library) == page.library

    @contextlib.contextmanager
    def work(self) -> Iterator[None]:
        """Count what is under way; a stop waits for it."""
        self._busy += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._busy -= 1
            if not self._busy:
                self._idle.set()

    async def finish(self, seconds: float) -> None:
        """Wait until nothing is under way, but at most `seconds`."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), seconds)
