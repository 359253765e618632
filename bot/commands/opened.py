"""The library that a command names, opened for as long as the command runs."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from bot.commands.progress import Bar
from bot.opening import open_library
from bot.settings import load
from retrieval import Answerer, Library


def folder_of(option: Path | None) -> Path | None:
    """The folder that `--library` names, else the settings; None means the seed articles."""
    return option or load().library


@contextlib.contextmanager
def opened(option: Path | None) -> Iterator[Answerer]:
    """An answerer over the library that `--library` or the settings name."""
    settings = load()
    with open_library(option or settings.library) as library:
        yield answering(library, settings.threshold)


def answering(library: Library, threshold: float | None = None) -> Answerer:
    """An answerer over `library`, its index brought up to date; a bar shows long work."""
    with Bar("indexing", "articles") as bar:
        return Answerer.open(library, threshold=threshold, progress=bar.reach)
