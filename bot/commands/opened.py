"""The library that a command names, opened for as long as the command runs."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from bot.commands.progress import Bar
from bot.exits import say
from bot.opening import open_library
from bot.settings import load
from retrieval import Answerer, Library
from retrieval.library import Entry, Problem


def folder_of(option: Path | None) -> Path | None:
    """The folder that `--library` names, else the settings; None means the seed articles."""
    return option or load().library


@contextlib.contextmanager
def opened(option: Path | None) -> Iterator[Answerer]:
    """An answerer over the library that `--library` or the settings name."""
    settings = load()
    with open_library(option or settings.library) as library:
        yield answering(library, settings.threshold)


class Listed:
    """The articles of a library without their texts, to go through once.

    What cannot be listed is named on the standard error as it is met.

    Attributes:
        problems: How many that were so far.
    """

    def __init__(self, library: Library) -> None:
        """List the articles of `library`."""
        self.problems = 0
        self._library = library

    def __iter__(self) -> Iterator[Entry]:
        """The articles that can be listed, in order of id."""
        for found in self._library.listed():
            if isinstance(found, Problem):
                self.problems += 1
                say(str(found))
            else:
                yield found


def answering(library: Library, threshold: float | None = None) -> Answerer:
    """An answerer over `library`, its index brought up to date; a bar shows long work."""
    with Bar("indexing", "articles") as bar:
        return Answerer.open(library, threshold=threshold, progress=bar.reach)
