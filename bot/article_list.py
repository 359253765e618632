"""The library's articles as members name them: by title while they type, by key in a button."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable

from bot.cards.buttons import key as key_of
from retrieval import Library
from retrieval.errors import LibraryError
from retrieval.library import Entry

# How long a list waits for changes of the library to be read; Discord waits three seconds.
PATIENCE = 1.5

log = logging.getLogger(__name__)


class ArticleList:
    """The articles of one library, without their texts, kept in memory.

    Attributes:
        entries: All of them, in the library's order.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._by_key = {key_of(entry.id): entry for entry in self.entries}
        self._titles = [(entry.title.casefold(), entry) for entry in self.entries]

    def find(self, key: str) -> Entry | None:
        """The article with this key."""
        return self._by_key.get(key)

    def named(self, text: str) -> Entry | None:
        """The article that `text` names: a key, or as much of a title as only one has."""
        if found := self.find(text):
            return found
        wanted = text.strip().casefold()
        exact = [entry for title, entry in self._titles if title == wanted]
        near = exact or [entry for title, entry in self._titles if wanted and wanted in title]
        return near[0] if len(near) == 1 else None

    def offer(self, typed: str, most: int) -> list[Entry]:
        """Up to `most` articles for what was typed so far; those that start with it first."""
        wanted = typed.strip().casefold()
        found = [(title, entry) for title, entry in self._titles if wanted in title]
        found.sort(key=lambda pair: not pair[0].startswith(wanted))
        return [entry for _, entry in found[:most]]


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
