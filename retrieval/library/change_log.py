"""What a transaction changes: how the sum of all digests moves, and which articles it touches."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from retrieval.library.changes import MOST_LOGGED
from retrieval.library.soundness import is_digest

MODULUS = 1 << 256  # of the sum of digests


class Held(NamedTuple):
    """What is known of an article that is there.

    Attributes:
        digest: As it is stored: any value, where another program wrote it.
        sound: Whether its row is what was stored.
    """

    digest: object
    sound: bool


class ChangeLog:
    """What a transaction changes, in as much memory however many articles that are.

    Attributes:
        moved: What the sum of all digests grows by, or shrinks by where that is negative.
        is_sound: Whether all that went was as it had been stored.
        touched: Ids of articles that went or came: all, or more than are ever logged.
    """

    def __init__(self) -> None:
        """Nothing is changed yet."""
        self.moved, self.is_sound = 0, True
        self.touched: set[str] = set()

    def go(self, article: str, held: Held) -> None:
        """An article is taken out."""
        self.moved -= number_of(held.digest)
        self.is_sound = self.is_sound and held.sound
        self._touch(article)

    def come(self, article: str, digest: str) -> None:
        """An article is put in."""
        self.moved += number_of(digest)
        self._touch(article)

    def _touch(self, article: str) -> None:
        if len(self.touched) <= MOST_LOGGED:
            self.touched.add(article)


def sum_of(digests: Iterable[object]) -> int:
    """The sum of digests, modulo 2^256."""
    return sum(map(number_of, digests)) % MODULUS


def number_of(digest: object) -> int:
    """A digest as a number; of a value that is none, that of its own digest."""
    if is_digest(digest):
        return int(digest, 16)
    return int.from_bytes(hashlib.sha256(ascii(digest).encode()).digest())
