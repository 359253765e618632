"""The library's articles as members name them: by title while they type, by key in a button."""

from __future__ import annotations

from collections.abc import Iterable

from bot.buttons import key as key_of
from retrieval.library import Entry


class Shelf:
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
