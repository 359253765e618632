"""What a format is, and what passes between it and the road that all files take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from retrieval.errors import UnreadableSource
from retrieval.models import Article
from retrieval.readers.details import Details
from retrieval.readers.trouble import Trouble, name
from retrieval.untrusted.files import read_file, too_large


class Piece(NamedTuple):
    """What one stretch of a file gave.

    Attributes:
        item: Its article or its trouble; None where there is neither, as in a blank line.
        line: Where it stands, from 1, where the format has lines.
        size: Its bytes in the file, for the progress; the rest is counted at the file's end.
        original: The bytes that the article was read from, where it has a layout.
        path: Its own, where it came out of another file, as a member of an archive.
        address: The path within its site that the article states of itself; see `Site.address`.
    """

    item: Article | Trouble | None
    line: int | None = None
    size: int = 0
    original: bytes | None = None
    path: Path | None = None
    address: str = ""


class Format(NamedTuple):
    """One format that is read.

    Attributes:
        keys: What it is known by: suffixes (".md"), media types ("text/markdown") and schemes of
            addresses ("https:"), in small letters.
        read: A file and what `sources.toml` says of it → its articles, as they come. It raises
            `UnreadableSource` where the file as a whole cannot be read.
        is_described: Whether `sources.toml` beside the file says what is known of its article; no
            for a file of many articles, each of which states that itself.
        reader: The name and the version of what reads it: "markdown 1".
    """

    keys: tuple[str, ...]
    read: Callable[[Found, Details], Iterator[Piece]]
    is_described: bool = True
    reader: str = ""


class Found(NamedTuple):
    """A file that should hold one article or many.

    Attributes:
        path: The file.
        id: Its article's id: its path below the folder that was named, without the suffix.
        format: What it is read by.
        size: Its bytes, as it was found.
        within: The folder out of which no link beside it may lead; None where links are followed.
        data: Its content, where it is a member of an archive: then its path names both.
        modified: When its content last changed, in nanoseconds.
        changed: When it last changed in any way, in nanoseconds.
    """

    path: Path
    id: str
    format: Format
    size: int = 0
    within: Path | None = None
    data: bytes | None = None
    modified: int = 0
    changed: int = 0

    def content(self, most: int) -> bytes:
        """The whole content of the file.

        Args:
            most: Its bytes at most.

        Raises:
            UnreadableSource: It is empty, too large, or cannot be read.
        """
        data = read_file(self.path, most) if self.data is None else self.data
        if not data:
            raise UnreadableSource(name(self.path), "it is empty")
        if len(data) > most:
            raise too_large(self.path, most)
        return data
