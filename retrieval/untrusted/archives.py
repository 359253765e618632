"""Zip archives that others made → the bytes of their members, within bounds.

An archive of a few kilobytes can name a million members, or one that unpacks to terabytes; a
member may be named so as to land outside of a folder, or be a link. Nothing is unpacked to disk.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
from pathlib import PurePosixPath
from typing import IO

from retrieval.errors import UnreadableSource

MIB = 2**20
MOST_MEMBERS = 50_000
LARGEST_DIRECTORY = 16 * MIB  # bytes of the archive's own list of members
LARGEST_WHOLE = 2048 * MIB  # bytes of all members, unpacked
STEEPEST = 200  # unpacked to packed bytes of a member; text has less than 100
SMALL = MIB  # unpacked bytes up to which that does not matter

_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x07"
_MEMBER = b"PK\x01\x02"
_END_SIZE, _END_64_SIZE, _LONGEST_COMMENT = 22, 20, 2**16
_DRIVE = re.compile(r"[A-Za-z]:")
_ENCRYPTED = 1  # a flag of a member


class Archive:
    """An archive that is open; what is wrong with it or a member is an `UnreadableSource`.

    Attributes:
        members: The files in it, in order of their names; of two with one name the last.
    """

    def __init__(self, file: IO[bytes], source: str, *, most: int = LARGEST_WHOLE) -> None:
        """Open an archive.

        Args:
            file: Its bytes; it can seek.
            source: The archive, for errors.
            most: The bytes that all of its members that are read may have.

        Raises:
            UnreadableSource: It is no archive, or has too many members.
        """
        self._source, self._left, self._most = source, most, most
        _check_directory(file, source)
        try:
            self._zip = zipfile.ZipFile(file)
        except Exception as error:
            raise UnreadableSource(source, "it is no ZIP archive, or a damaged one") from error
        every = self._zip.infolist()
        # Of a damaged archive a name may be empty, at which zipfile itself stumbles.
        found = {one.filename: one for one in every if one.filename and not one.is_dir()}
        self._members = dict(sorted(found.items(), key=lambda item: item[0].split("/")))
        self.members = tuple(self._members)

    def __contains__(self, member: str) -> bool:
        """Whether it has a member of this name."""
        return member in self._members

    def packed(self, member: str) -> int:
        """The bytes that a member takes in the archive, as it says."""
        return self._members[member].compress_size

    def read(self, member: str, most: int) -> bytes:
        """The content of a member.

        Args:
            member: Its name.
            most: Its bytes at most.

        Raises:
            UnreadableSource: It is not there, is encrypted, a link, too large or damaged, its name
                leads out, or the archive unpacks to too much.
        """
        info = self.check(member, most)
        place = self._place(member)
        try:
            with self._zip.open(info) as file:
                data = file.read(most + 1)  # no more than the size that was stated
        except NotImplementedError as error:
            reason = "it is packed in a way that is not read; pack it with deflate"
            raise UnreadableSource(place, reason) from error
        except Exception as error:
            raise UnreadableSource(place, "it is damaged in its archive") from error
        return data

    def check(self, member: str, most: int) -> zipfile.ZipInfo:
        """Count a member among those that are read; see `read` for what is wrong with it."""
        info = self._members.get(member)
        if info is None:
            raise UnreadableSource(self._source, f"it has no {shown(member)}; it is damaged")
        if fault := _fault(info, most):
            raise UnreadableSource(self._place(member), fault)
        if info.file_size > self._left:
            reason = f"the archive unpacks to more than {self._most // MIB:,} MiB; split it"
            raise UnreadableSource(self._place(member), reason)
        self._left -= info.file_size
        return info

    def _place(self, member: str) -> str:
        return f"{self._source}!{shown(member)}"


def shown(member: str) -> str:
    """A member's name as text that can always be shown."""
    return member if member.isprintable() else member.encode("unicode_escape").decode("ascii")


def _fault(info: zipfile.ZipInfo, most: int) -> str | None:
    """Why a member is not read, if it is not."""
    name = info.filename
    parts = PurePosixPath(name.replace("\\", "/")).parts
    kind = stat.S_IFMT(info.external_attr >> 16)
    if ".." in parts or name.startswith(("/", "\\")) or _DRIVE.match(name):
        return "its name leads out of the archive; pack it under a plain name"
    if kind not in {0, stat.S_IFREG}:
        return "it is a link or no regular file; pack the file itself"
    if info.flag_bits & _ENCRYPTED:
        return "it is encrypted; pack it without a password"
    if info.file_size > most:
        return f"it is larger than {most // MIB:,} MiB; split it, or take something out"
    if info.file_size > SMALL and info.file_size > STEEPEST * info.compress_size:
        return f"it unpacks to more than {STEEPEST} times its size, as no text does"
    return None


def _check_directory(file: IO[bytes], source: str) -> None:
    """Raise where opening the archive would take too much: all its members are listed then."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_SIZE - _END_64_SIZE - _LONGEST_COMMENT))
    tail = file.read()
    place = tail.rfind(_END)
    if place < 0 or len(tail) < place + _END_SIZE:
        raise UnreadableSource(source, "it is no ZIP archive, or a damaged one")
    listed = int(struct.unpack_from("<I", tail, place + 12)[0])
    # The larger format repeats these numbers elsewhere, where they may be any.
    is_larger = tail.startswith(_END_64, max(0, place - _END_64_SIZE))
    if is_larger or listed > LARGEST_DIRECTORY:
        raise _too_many(source)
    file.seek(max(0, size - len(tail) + place - listed))
    if file.read(listed).count(_MEMBER) > MOST_MEMBERS:
        raise _too_many(source)
    file.seek(0)


def _too_many(source: str) -> UnreadableSource:
    return UnreadableSource(source, f"it has more than {MOST_MEMBERS:,} members or 4 GiB; split it")
