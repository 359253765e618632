"""How often one person may ask, so that nobody can flood a channel."""

from __future__ import annotations

import time
from typing import Protocol

from discord.ext.commands import Cooldown, CooldownMapping

ASKS = 5
PRESSES = 15
LISTS = 2
OFFERS = 50  # keystrokes


class Person(Protocol):
    """Whoever asks; only the id is looked at."""

    @property
    def id(self) -> int:
        """The account's id."""


class RateLimit:
    """Counts what each person does within a window that opens with the first thing.

    Time is the monotonic clock's: nobody waits longer because the machine's clock is set.

    Attributes:
        most: How often something may be done within the window.
        window: Its length in seconds; 0 for no limit.
    """

    def __init__(self, most: int, window: float) -> None:
        self.most = most
        self.window = window
        self._done = _counter(most, window)
        self._told = _counter(1, window)

    def wait(self, person: Person) -> float:
        """Count one more; how many seconds `person` has to wait, 0 for none."""
        if not self.window:
            return 0.0
        return self._done.update_rate_limit(person, time.monotonic()) or 0.0

    def is_told(self, person: Person) -> bool:
        """Whether `person` was told within the window that they are too fast; now they are.

        Where every refusal is a message that all can read, one is enough.
        """
        return self._told.update_rate_limit(person, time.monotonic()) is not None


def _counter(most: int, window: float) -> CooldownMapping[Person]:
    return CooldownMapping(Cooldown(most, window or 1.0), lambda person: person.id)
