"""Discord's ids: 64-bit numbers that begin with the time and always increase."""

from __future__ import annotations

from bot.sandbox.clock import Clock

EPOCH_MS = 1_420_070_400_000  # the first second of 2015, where Discord's time begins


class Snowflakes:
    """Gives out ids, each greater than all before it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> int:
        """A new id; its upper 42 bits are the milliseconds since Discord's epoch."""
        milliseconds = int(self._clock.now() * 1000) - EPOCH_MS
        self._last = max(milliseconds << 22, self._last + 1)
        return self._last
