"""A zip file → the articles of its members, which are read as the files of a folder are."""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from retrieval.errors import UnreadableSource
from retrieval.readers.details import Described, Details
from retrieval.readers.documents import weighed
from retrieval.readers.finding import OWN, SOURCES, Others
from retrieval.readers.formats import Format, Found, Piece
from retrieval.readers.registry import format_of_file
from retrieval.readers.sources import LARGEST as LARGEST_SOURCES
from retrieval.readers.sources import NOTHING, Sources, merged, parse_sources
from retrieval.readers.trouble import Trouble, name
from retrieval.untrusted.archives import Archive, shown
from retrieval.untrusted.files import CHUNK, open_file

LARGEST = 1024 * 2**20  # bytes of an archive
LARGEST_MEMBER = 64 * 2**20  # bytes of a member
IN_MEMORY = 64 * 2**20  # bytes of an archive that are no file of the system's temporary ones
HIDDEN = (".", "__MACOSX")


def read_members(found: Found, _: Details) -> Iterator[Piece]:
    """The articles of all members; one that cannot be read is a trouble and the next is read.

    A member's id stands below that of the archive. `sources.toml` in the archive says what is
    known of the members beside it.

    Raises:
        UnreadableSource: The file is no archive, or cannot be read.
    """
    if found.data is not None:
        raise UnreadableSource(name(found.path), "it is an archive in an archive; unpack it")
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as copy:
        _copy(found.path, copy)
        yield from _Members(found, Archive(copy, name(found.path))).read()


def _copy(path: Path, copy: IO[bytes]) -> None:
    with open_file(path, LARGEST) as file:
        while data := file.read(CHUNK):
            try:
                copy.write(data)
            except OSError as error:
                reason = "there is no room for a temporary copy of it; make room, or unpack it"
                raise UnreadableSource(name(path), reason) from error


class _Members:
    """One run over an archive: what it has read so far."""

    def __init__(self, found: Found, archive: Archive) -> None:
        self._found, self._archive = found, archive
        self._sources: dict[PurePosixPath, Sources] = {}

    def read(self) -> Iterator[Piece]:
        others: dict[str, Others] = {}
        for member in self._archive.members:
            path = PurePosixPath(member)
            parts = member.replace("\\", "/").split("/")
            if any(part.startswith(HIDDEN) for part in parts) and ".." not in parts:
                continue
            if format_of_file(path):
                yield from self._pieces(member)
            elif path.name not in OWN:
                others.setdefault(path.suffix.lower(), Others()).add(self._place(member))
        yield from (Piece(other.passed_over()) for _, other in sorted(others.items()))
        yield from self._end()

    def _pieces(self, member: str) -> Iterator[Piece]:
        size = self._archive.packed(member)
        try:
            details = yield from self._describe(PurePosixPath(member))
            yield from self._read(member, details)
        except UnreadableSource as error:
            yield Piece(Trouble.of(error))
        yield Piece(None, size=size)

    def _read(self, member: str, details: Described) -> Iterator[Piece]:
        if details.exclude:
            return
        one = self._found_in(member)
        for piece in one.format.read(one, details):
            weighted = weighed(piece, details, one.format.reader)
            yield weighted._replace(size=0, path=one.path)

    def _found_in(self, member: str) -> Found:
        kind = format_of_file(PurePosixPath(member))
        if kind is None:
            raise AssertionError(member)
        place = self._place(member)
        article = f"{self._found.id}/{PurePosixPath(member).with_suffix('').as_posix()}"
        if not article.isprintable():
            reason = "its name cannot be an article's id; rename it with readable characters"
            raise UnreadableSource(name(place), reason)
        data = self._archive.read(member, LARGEST_MEMBER)
        return Found(place, article, kind, len(data), data=data)

    def _place(self, member: str) -> Path:
        return Path(f"{self._found.path}!{shown(member)}")

    def _describe(self, member: PurePosixPath) -> Generator[Piece, None, Described]:
        """What the `sources.toml` of a member's folder and of those above it say of the member.

        What is wrong in one is told once.
        """
        kind = format_of_file(member)
        if kind is None or not kind.is_described:
            return NOTHING
        for folder in reversed(member.parents):
            if folder not in self._sources:
                self._sources[folder] = self._load(str(folder / SOURCES))
                yield from map(Piece, self._sources[folder].troubles)
        return merged(self._sources[one].about(member.relative_to(one)) for one in member.parents)

    def _end(self) -> Iterator[Piece]:
        """A trouble for each name in a `sources.toml` that no member below it has."""
        for folder, sources in self._sources.items():
            paths = map(PurePosixPath, self._archive.members)
            below = [one.relative_to(folder) for one in paths if one.is_relative_to(folder)]
            yield from map(Piece, sources.unmatched(list(filter(format_of_file, below))))

    def _load(self, member: str) -> Sources:
        folder = PurePosixPath(member).parent
        paths = map(PurePosixPath, self._archive.members)
        beside = [path for path in paths if path.parent == folder]
        return parse_sources(
            self._place(member),
            lambda: self._archive.read(member, LARGEST_SOURCES) if member in self._archive else b"",
            lambda: beside,
        )


FORMAT = Format((".zip", "application/zip"), read_members, is_described=False)
