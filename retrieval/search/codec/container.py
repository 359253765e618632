"""A file of named sections: written beside its place and renamed, read through a memory map.

The header tells where each section lies and is checked whenever a file is opened, with every
offset and length; the sections' own checksums are read by `verify`, because reading a large file
whole would make every start slow.

    magic 8 | version u32 | sections u32 | file size u64 | CRC-32 of this and directory u32 | 0 u32
    directory: name 24, offset u64, length u64, CRC-32 u32, 0 u32 for each section
"""

from __future__ import annotations

import contextlib
import mmap
import os
import struct
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, NamedTuple, Self

from retrieval.errors import IndexDamaged, LibraryUnavailable, reason_of
from retrieval.untrusted.parsing import read_json

MAGIC = b"PQINDEX\0"
VERSION = 3
MOST = 40  # sections a file can have; their directory's place is kept free while writing
ALIGNMENT = 64
HEADER = struct.Struct("<8sIIQII")
ENTRY = struct.Struct("<24sQQII")


class Damage(Exception):
    """Bytes that cannot be those of a term; its text says why."""


class Entry(NamedTuple):
    """Where a section lies, in bytes, and the CRC-32 of what it holds."""

    offset: int
    length: int
    crc: int


class SectionWriter:
    """Writes a file section by section; nobody sees it before it is whole and on the disk."""

    def __init__(self, path: Path, *, synced: bool = True) -> None:
        """Start a file that will stand at `path`.

        Args:
            path: Where; what stands there stays until the new file is whole.
            synced: Whether it is to last through a power cut, which takes the disk milliseconds.
        """
        self._path, self._synced = path, synced
        self._new = path.with_name(f".{path.name}-{os.urandom(8).hex()}")
        self._entries: dict[str, Entry] = {}

    def __enter__(self) -> Self:
        """Open a file under a temporary name."""
        try:
            self._file: BinaryIO = self._new.open("xb")
            self._file.write(bytes(HEADER.size + MOST * ENTRY.size))
        except OSError as error:
            raise _unwritable(self._path, error) from error
        return self

    def add(self, name: str, chunks: Iterable[bytes | memoryview]) -> None:
        """Write a section from its pieces, in order.

        Raises:
            LibraryUnavailable: The disk is full, or cannot be written.
        """
        try:
            self._file.write(bytes(-self._file.tell() % ALIGNMENT))
            offset, crc = self._file.tell(), 0
            for chunk in chunks:
                crc = zlib.crc32(chunk, crc)
                self._file.write(chunk)
        except OSError as error:
            raise _unwritable(self._path, error) from error
        self._entries[name] = Entry(offset, self._file.tell() - offset, crc)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Put the whole file in its place; after an error, leave no trace of it."""
        try:
            if kind is None:
                self._finish()
        except OSError as failure:
            raise _unwritable(self._path, failure) from failure
        finally:
            with contextlib.suppress(OSError):  # what a full disk did not take; that was told
                self._file.close()
            with contextlib.suppress(OSError):  # it was renamed, or the first error is the one
                self._new.unlink()

    def _finish(self) -> None:
        size = self._file.tell()
        directory = b"".join(
            ENTRY.pack(name.encode(), *entry, 0) for name, entry in self._entries.items()
        )
        self._file.seek(0)
        self._file.write(_header(len(self._entries), size, directory) + directory)
        self._file.flush()
        if self._synced:
            os.fsync(self._file.fileno())
        self._new.replace(self._path)
        if self._synced:
            sync(self._path.parent)


def _header(sections: int, size: int, directory: bytes) -> bytes:
    bare = HEADER.pack(MAGIC, VERSION, sections, size, 0, 0)
    return HEADER.pack(MAGIC, VERSION, sections, size, zlib.crc32(directory, zlib.crc32(bare)), 0)


def sync(path: Path) -> None:
    """Make a file, or what was renamed in a folder, last through a power cut, where that can be."""
    with contextlib.suppress(OSError):  # replaced already; or folders cannot be synced here
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _unwritable(path: Path, error: OSError) -> LibraryUnavailable:
    return LibraryUnavailable(
        f"{path}: cannot write the index ({reason_of(error)}); "
        "free some space or mend the folder's permission, then run the command again"
    )


def damaged(path: Path, reason: str) -> IndexDamaged:
    """The error for an index file that is not what was written."""
    return IndexDamaged(f"{path}: the index is damaged ({reason}); delete it, it is made again")


class Sections:
    """A file's sections, mapped into memory.

    Attributes:
        path: The file.
        data: The whole file, read-only.
        entries: Where each section lies.
    """

    def __init__(self, path: Path, data: memoryview, entries: dict[str, Entry]) -> None:
        """Take a directory that was checked; see `open`."""
        self.path, self.data, self.entries = path, data, entries

    @classmethod
    def open(cls, path: Path) -> Self:
        """Map a file and check its directory.

        Raises:
            LibraryUnavailable: It cannot be opened.
            LibraryDamaged: It is no such file, was cut short, or its directory is wrong.
        """
        try:
            with path.open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                if size < HEADER.size:
                    raise damaged(path, "it is too short")
                data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except OSError as error:
            raise LibraryUnavailable(
                f"{path}: cannot open the index ({reason_of(error)}); "
                "see that the file is there and may be read"
            ) from error
        return cls(path, data, _directory(path, data))

    def section(self, name: str) -> memoryview:
        """The bytes of a section.

        Raises:
            LibraryDamaged: The file has no such section.
        """
        entry = self.entries.get(name)
        if entry is None:
            raise damaged(self.path, f"it has no section {name!r}")
        return self.data[entry.offset : entry.offset + entry.length]

    def description(self) -> dict[str, Any]:
        """What the builder wrote about the file as JSON, in its section `meta`.

        Raises:
            LibraryDamaged: There is none, or it cannot be read.
        """
        try:
            meta = read_json(bytes(self.section("meta")).decode())
        except ValueError as error:
            raise damaged(self.path, "its description cannot be read") from error
        if not isinstance(meta, dict):
            raise damaged(self.path, "its description cannot be read")
        return meta

    def verify(self, advance: Callable[[int], None] | None = None) -> None:
        """Read every section and compare its checksum.

        Args:
            advance: Called with the bytes that were read, section by section.

        Raises:
            LibraryDamaged: A section is not what was written.
        """
        for name, entry in self.entries.items():
            if zlib.crc32(self.section(name)) != entry.crc:
                raise damaged(self.path, f"section {name!r} does not match its checksum")
            if advance:
                advance(entry.length)


def _directory(path: Path, data: memoryview) -> dict[str, Entry]:
    magic, version, count, size, _, _ = HEADER.unpack_from(data)
    if magic != MAGIC:
        raise damaged(path, "it is not an index of Pullquote's")
    if version != VERSION:
        raise damaged(path, f"its format is {version}, this program reads {VERSION}")
    end = HEADER.size + count * ENTRY.size
    if count > MOST or size != len(data) or end > size:
        raise damaged(path, "it was cut short")
    directory = bytes(data[HEADER.size : end])
    if _header(count, size, directory) != bytes(data[: HEADER.size]):
        raise damaged(path, "its directory does not match its checksum")
    entries = {}
    for name, offset, length, check, _ in ENTRY.iter_unpack(directory):
        if offset < end or offset > size or length > size - offset or offset % ALIGNMENT:
            raise damaged(path, "a section lies outside of the file")
        entries[name.rstrip(b"\0").decode("ascii", "replace")] = Entry(offset, length, check)
    return entries
