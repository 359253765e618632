"""What every engine of `make bench` can do."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, Protocol, Self, TypeVar

Hits = list[tuple[int, float]]
"""Sentence numbers with their scores, best first; a number of -1 is one the engine cannot tell."""


Found = TypeVar("Found")


class Query(NamedTuple):
    """What is looked for.

    Attributes:
        terms: Its terms.
        text: The same, between single spaces.
    """

    terms: tuple[str, ...]
    text: str

    @classmethod
    def of(cls, terms: tuple[str, ...]) -> Self:
        """The query of these terms."""
        return cls(terms, " ".join(terms))


class Engine(Protocol[Found]):
    """An engine over one corpus.

    What `search` gives is the engine's own, so that only its own work is timed; `hits` reads it.
    """

    @classmethod
    def build(cls, sentences: Path, folder: Path) -> None:
        """Index a file of sentences into a folder, in one thread or as its module says."""

    @classmethod
    def open(cls, sentences: Path, folder: Path) -> Self:
        """Open what `build` wrote; an engine without a file builds from the sentences."""

    def search(self, query: Query, k: int) -> Found:
        """Look for the best k sentences."""

    def hits(self, found: Found) -> Hits:
        """What `search` found."""
