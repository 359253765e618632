"""Waiting for something to become true in the sandbox, woken by each change, never by a clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from bot.sandbox.errors import NothingCame

T = TypeVar("T")

PATIENCE = 60.0  # seconds of real time before a wait gives up: a busy machine is no failure


class Changes:
    """Tells those who wait that the sandbox has changed."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def happened(self) -> None:
        """Wake everyone who waits."""
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def until(
        self, look: Callable[[], T | None], what: str, *, patience: float = PATIENCE
    ) -> T:
        """The first thing that `look` finds, now or after a later change.

        Args:
            look: Gives what is waited for, or None while it is not there.
            what: How to name it when it does not come.
            patience: Seconds of real time to wait.

        Raises:
            NothingCame: It was not there in time.
        """
        try:
            async with asyncio.timeout(patience):
                return await self._found(look)
        except TimeoutError as error:
            raise NothingCame(f"no {what} within {patience:g} s") from error

    async def _found(self, look: Callable[[], T | None]) -> T:
        while (found := look()) is None:
            future = asyncio.get_running_loop().create_future()
            self._waiting.add(future)
            try:
                await future
            finally:
                self._waiting.discard(future)
        return found
