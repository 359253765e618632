"""The library's articles as members name them: by title while they type, by key in a button."""

from __future__ import annotations

import asyncio
import logging
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice

from bot.cards.buttons import key as key_of
from retrieval import Library
from retrieval.errors import LibraryError
from retrieval.library import Entry

# How long a list waits for changes of the library to be read; Discord waits three seconds.
PATIENCE = 1.5
# So many characters are searched at once; between two such searches other threads have their turn.
STRIDE = 1 << 18

log = logging.getLogger(__name__)


class ArticleList:
    """The articles of one library, without their texts, kept in memory.

    Attributes:
        entries: All of them, in the library's order.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._by_key = {key_of(entry.id): entry for entry in self.entries}
        titles = [_folded(entry.title) for entry in self.entries]
        # One text of a title a line, in which a word is found in a few milliseconds.
        self._lines = "\n".join(["", *titles, ""])
        self._starts = list(accumulate((len(title) + 1 for title in titles), initial=1))

    def find(self, key: str) -> Entry | None:
        """The article with this key."""
        return self._by_key.get(key)

    def named(self, text: str) -> Entry | None:
        """The article that `text` names: a key, or as much of a title as only one has."""
        if found := self.find(text):
            return found
        wanted = _folded(text)
        if not wanted:
            return None
        exact = list(islice(self._with(f"\n{wanted}\n"), 2))
        near = exact or list(islice(self._with(wanted), 2))
        return self.entries[near[0]] if len(near) == 1 else None

    def offer(self, typed: str, most: int) -> list[Entry]:
        """Up to `most` articles for what was typed so far; those that start with it first."""
        wanted = _folded(typed)
        if not wanted:
            return list(self.entries[:most])
        first = dict.fromkeys(islice(self._with(f"\n{wanted}"), most))
        others = (number for number in self._with(wanted) if number not in first)
        return [self.entries[number] for number in [*first, *islice(others, most - len(first))]]

    def _with(self, part: str) -> Iterator[int]:
        """The numbers of the titles that have `part`, which is not empty, ascending."""
        start = 0
        while start < len(self._lines):
            place = self._lines.find(part, start, start + STRIDE + len(part))
            if place < 0:
                start += STRIDE
                continue
            number = bisect_right(self._starts, place + 1) - 1
            yield number
            start = self._starts[number + 1] - 1


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


class ListRefresher:
    """Keeps the list of a library's articles as that is now, whoever changes it.

    Attributes:
        newest: The newest list there is, without a look at the library.
    """

    def __init__(self, library: Library) -> None:
        """Read the list of `library`.

        Raises:
            LibraryError: It cannot be read.
        """
        self._library = library
        self._stamp: object = None
        self._version = library.version
        self._work: asyncio.Task[None] | None = None
        self.newest = ArticleList(library.entries())

    async def look(self) -> ArticleList:
        """The articles as they are now; as they were, where that takes too long or cannot be."""
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(asyncio.to_thread(self._refresh))
        done, _ = await asyncio.wait({self._work}, timeout=PATIENCE)
        for work in done:
            work.result()
        return self.newest

    def _refresh(self) -> None:
        # Both are taken before the list is read: a change meanwhile is seen at the next look.
        stamp = self._library.stamp()
        if stamp is not None and stamp == self._stamp:
            return
        try:
            version = self._library.version
            if version != self._version:
                self.newest = ArticleList(self._library.entries())
        except LibraryError as error:
            log.warning("%s; until then articles are listed as they were", error)
            return
        self._version, self._stamp = version, stamp
