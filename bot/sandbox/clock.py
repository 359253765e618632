"""Time as the sandbox sees it: the system's clock, or one that a test moves by hand."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol


class Timer(Protocol):
    """A call that is still to come."""

    def cancel(self) -> None:
        """Never make the call."""


class Clock(Protocol):
    """Where the sandbox reads the time and sets its deadlines."""

    def now(self) -> float:
        """Seconds since 1970, UTC."""

    def call_later(self, seconds: float, call: Callable[[], None]) -> Timer:
        """Make `call` once, `seconds` from now, unless it is cancelled."""


class SystemClock:
    """The machine's own time."""

    def now(self) -> float:
        """Seconds since 1970, UTC."""
        return time.time()

    def call_later(self, seconds: float, call: Callable[[], None]) -> Timer:
        """Make `call` from the running event loop, `seconds` from now."""
        return asyncio.get_running_loop().call_later(seconds, call)


class _HandTimer:
    def __init__(self, call: Callable[[], None]) -> None:
        self._call: Callable[[], None] | None = call

    def cancel(self) -> None:
        self._call = None

    def fire(self) -> None:
        if self._call is not None:
            self._call()


class ManualClock:
    """Time that stands still until a test says `advance`.

    It starts at the system's time, because clients compare snowflakes with their own clock.
    """

    def __init__(self) -> None:
        self._now = time.time()
        self._order = itertools.count()
        self._timers: list[tuple[float, int, _HandTimer]] = []

    def now(self) -> float:
        """Seconds since 1970, UTC, plus whatever was advanced."""
        return self._now

    def call_later(self, seconds: float, call: Callable[[], None]) -> Timer:
        """Make `call` when time has been advanced by `seconds`."""
        timer = _HandTimer(call)
        heapq.heappush(self._timers, (self._now + seconds, next(self._order), timer))
        return timer

    def advance(self, seconds: float) -> None:
        """Move time forward and make every call that falls due, in order."""
        until = self._now + seconds
        while self._timers and self._timers[0][0] <= until:
            self._now, _, timer = heapq.heappop(self._timers)
            timer.fire()
        self._now = until


def iso(seconds: float) -> str:
    """A moment in the form that Discord writes: ISO 8601 with microseconds, UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")
