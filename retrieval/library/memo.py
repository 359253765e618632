"""What was worked out once and is kept, as much as there is room for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar, cast

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_ABSENT = object()


class Memo(Generic[K, V]):
    """Values by key; where there is no more room, the ones kept longest go. Threads may share it.

    Attributes:
        room: How much is kept at most, in units of `size`.
    """

    def __init__(self, room: int, size: Callable[[V], int] = lambda _: 1) -> None:
        """Keep nothing yet.

        Args:
            room: How much is kept at most.
            size: How much of it a value takes; by default, `room` counts values.
        """
        self.room = room
        self._size = size
        self._kept: dict[K, V] = {}
        self._taken = 0
        self._turn = threading.Lock()

    def __contains__(self, key: K) -> bool:
        return key in self._kept

    def get(self, key: K) -> V | None:
        """The value that is kept for a key, or None."""
        return self._kept.get(key)

    def keep(self, key: K, value: V) -> None:
        """Keep a value; one that is larger than the room is not kept."""
        with self._turn:
            self._drop(key)
            self._kept[key] = value
            self._taken += self._size(value)
            while self._taken > self.room:
                self._drop(next(iter(self._kept)))

    def make(self, key: K, maker: Callable[[], V]) -> V:
        """The value that is kept for a key, made first where there is none."""
        found = cast("dict[K, object]", self._kept).get(key, _ABSENT)
        if found is not _ABSENT:
            return cast("V", found)
        made = maker()
        self.keep(key, made)
        return made

    def _drop(self, key: K) -> None:
        if key in self._kept:
            self._taken -= self._size(self._kept.pop(key))
