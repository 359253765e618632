"""Which library a command answers from: the folder that is named, or the seed articles."""

from __future__ import annotations

from pathlib import Path

from retrieval import Article, Library
from retrieval.errors import UnreadableSource
from retrieval.readers import read
from retrieval.readers.finding import SOURCES
from retrieval.readers.trouble import Trouble

HERE = Path(__file__).parent


def open_library(folder: Path | None) -> Library:
    """Open the library in `folder`, or where that is None, the seed articles in memory.

    Raises:
        InputError: There is no library in `folder`.
        LibraryError: It cannot be used.
    """
    if folder is None:
        return Library.of(map(_whole, read([seeds_folder()])))
    return Library.open(folder)


def seeds_folder() -> Path:
    """Where the seed articles stand: inside an installed package, or at the top of a checkout."""
    installed = HERE / "seeds"
    return installed if (installed / SOURCES).is_file() else HERE.parent / "seeds"


def _whole(item: Article | Trouble) -> Article:
    """A seed that cannot be read is a broken installation, never passed over."""
    if isinstance(item, Trouble):
        raise UnreadableSource(item.source, item.reason, line=item.line)
    return item
