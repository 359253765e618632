"""The folder in which an index is kept beside its library: opened, replaced, and swept.

Every file is whole before it has its name, and the manifest, which names the others, is replaced
last: whatever stops a writer, the folder holds the index before or the one after. What no manifest
names was left by a writer that was stopped, and is removed by the next.

Small files are checked whole when they are opened. One that a power cut has spoilt in the moment
before it was synced is therefore noticed, and the index made again from the library, whose own file
is always synced.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from retrieval.errors import LibraryDamaged, LibraryError, LibraryUnavailable, reason_of
from retrieval.search.codec.container import Sections, sync
from retrieval.search.codec.forward_file import Stream
from retrieval.search.forward import ForwardIndex
from retrieval.search.index import Index
from retrieval.search.manifest import NAME as MANIFEST
from retrieval.search.manifest import Manifest, Named, read_manifest, write_manifest
from retrieval.search.segment import POSTINGS, WORDS, SegmentReader, write_segment
from retrieval.search.tombstones import ENDING, NO_TOMBSTONES, Tombstones
from retrieval.search.writing.inverted_writer import Advance

NAME = ".index"  # hidden, so that adding the folder does not read it
OLD = "index.bin"  # what older versions kept beside the library
LOCK, MERGING = "lock", "merging"
MERGED = "merged-"  # how the files begin that a merge makes before a manifest names them
PATIENCE = 600.0  # seconds to wait for another writer: it may be reading a large library
_TRIES = 5  # a writer may replace what a manifest names before it is opened


class Opened(NamedTuple):
    """An index that is open.

    Attributes:
        of: The index.
        manifest: What it was opened by.
    """

    of: Index
    manifest: Manifest

    def segment(self, named: Named) -> SegmentReader | None:
        """The segment of this name, if it is one of the index, whatever is gone from it."""
        # none is named in memory
        pairs = zip(self.manifest.segments, self.of.segments, strict=False)
        return next((segment for known, segment in pairs if known.name == named.name), None)


class IndexFolder:
    """Where an index is kept.

    Attributes:
        path: The folder; it need not be there yet.
    """

    def __init__(self, library: Path) -> None:
        """Name the folder of the index of the library in `library`."""
        self.path = library / NAME
        self._library = library

    def manifest(self) -> Manifest | None:
        """The manifest as it is now, or None where there is none that can be used."""
        try:
            return read_manifest(self.path)
        except (LibraryUnavailable, LibraryDamaged):
            return None  # the index is made again from the library, which is the truth

    def open(self, known: Opened | None = None) -> Opened | None:
        """The index as it is now, or None where there is none that can be used.

        Args:
            known: One that was opened before; what it has in common with this is not opened again.
        """
        for _ in range(_TRIES):
            manifest = self.manifest()
            if manifest is None:
                return None
            try:
                return self._opened(manifest, known)
            except (LibraryUnavailable, LibraryDamaged):
                if self.manifest() == manifest:
                    return None  # nobody replaced it in the meantime: it is damaged
        return None

    def _opened(self, manifest: Manifest, known: Opened | None) -> Opened:
        segments = []
        for named in manifest.segments:
            path = self.path / named.tombstones if named.tombstones else None
            deleted = Tombstones.open(path) if path else NO_TOMBSTONES
            segment = known.segment(named) if known else None
            segments.append(
                segment.with_tombstones(deleted)
                if segment
                else SegmentReader.open(self.path, named.name, deleted)
            )
        return Opened(Index(segments, manifest.stats), manifest)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Let nobody else write meanwhile; what a writer that was stopped left is removed first.

        Raises:
            LibraryUnavailable: The folder cannot be written, or another process keeps writing.
        """
        try:
            self.path.mkdir(exist_ok=True)
        except OSError as error:
            raise _unwritable(self.path, error) from error
        with _locked(self.path / LOCK, PATIENCE):
            manifest = self.manifest()
            self.sweep(manifest.segments if manifest else ())
            yield

    @contextlib.contextmanager
    def merging(self) -> Iterator[bool]:
        """Let nobody else merge segments meanwhile.

        Yields:
            False where another process does so already.
        """
        with contextlib.ExitStack() as held:
            try:
                held.enter_context(_locked(self.path / MERGING, patience=0))
            except LibraryUnavailable:
                yield False
            else:
                yield True

    def write(self, forward: ForwardIndex | Stream, advance: Advance | None = None) -> Named:
        """Write a forward index as a segment that no manifest names yet; only while `writing`.

        Raises:
            LibraryUnavailable: The folder cannot be written, or the disk is full.
        """
        named = Named(secrets.token_hex(8))
        write_segment(forward, self.path, named.name, advance)
        return named

    def write_tombstones(self, named: Named, gone: Tombstones) -> Named:
        """Write what is gone from a segment that a manifest is to name; only while `writing`.

        Raises:
            LibraryUnavailable: The folder cannot be written, or the disk is full.
        """
        name = f"{named.name}-{secrets.token_hex(4)}{ENDING}"
        gone.write(self.path / name)
        return Named(named.name, name)

    def segment(self, named: Named) -> SegmentReader:
        """Open a segment that was written.

        Raises:
            LibraryUnavailable: It cannot be opened.
            LibraryDamaged: It is not what was written.
        """
        return SegmentReader.open(self.path, named.name)

    def reopened(self, known: Opened | None = None) -> Opened:
        """The index that was just written.

        Raises:
            LibraryUnavailable: It cannot be opened after all.
        """
        opened = self.open(known)
        if opened is None:
            raise LibraryUnavailable(f"{self.path}: the index that was written cannot be opened")
        return opened

    def replace(self, manifest: Manifest) -> None:
        """Make `manifest` the index, and remove what it no longer needs; only while `writing`.

        Raises:
            LibraryUnavailable: The folder cannot be written, or the disk is full.
        """
        write_manifest(manifest, self.path)
        self.sweep(manifest.segments)
        last = [self.path / name for name in (*_files(manifest.segments[-1:]), MANIFEST)]
        # In a thread, which a program that ends still waits for: nobody waits for the disk.
        threading.Thread(target=_sync, args=([*last, self.path],), name="pullquote-sync").start()

    def sweep(self, kept: Sequence[Named]) -> None:
        """Remove every file that these segments do not need; only while `writing`."""
        names = {MANIFEST, LOCK, MERGING, *_files(kept)}
        left = [path for path in self.path.iterdir() if path.name not in names]
        if any(path.name.lstrip(".").startswith(MERGED) for path in left):
            with self.merging() as alone:  # else they are still being made
                left = [p for p in left if alone or not p.name.lstrip(".").startswith(MERGED)]
        for path in (*left, self._library / OLD):
            with contextlib.suppress(OSError):  # it is removed some other time
                path.unlink(missing_ok=True)

    def discard(self) -> None:
        """Let the index be made again by who opens it next.

        Raises:
            LibraryUnavailable: The folder cannot be written.
        """
        with self.writing():
            try:
                (self.path / MANIFEST).unlink(missing_ok=True)
            except OSError as error:
                raise _unwritable(self.path, error) from error

    def forget(self) -> None:
        """Remove the whole index."""
        shutil.rmtree(self.path, ignore_errors=True)

    def verify(self) -> Iterator[str]:
        """What is wrong with the files of the index, if there is one: each is read whole."""
        for _ in range(_TRIES):
            manifest = self.manifest()
            faults = list(self._faults())
            if not faults or self.manifest() == manifest:
                break  # nobody replaced it in the meantime
        yield from faults

    def _faults(self) -> Iterator[str]:
        if not (self.path / MANIFEST).exists():
            return
        try:
            manifest = read_manifest(self.path)
        except LibraryError as error:
            yield str(error)
            return
        whole = True
        for name in _files(manifest.segments if manifest else ()):
            try:
                Sections.open(self.path / name).verify()
            except LibraryError as error:
                whole = False
                yield str(error)
        if manifest and whole:
            yield from self._misfits(manifest)

    def _misfits(self, manifest: Manifest) -> Iterator[str]:
        """What is wrong with files that are whole, each by itself."""
        try:
            self._opened(manifest, None)
        except LibraryError as error:
            yield str(error)


def _files(segments: Sequence[Named]) -> Iterator[str]:
    """The names of the files of some segments."""
    for segment in segments:
        yield segment.name + WORDS
        yield segment.name + POSTINGS
        if segment.tombstones:
            yield segment.tombstones


def _unwritable(path: Path, error: OSError) -> LibraryUnavailable:
    return LibraryUnavailable(
        f"{path}: cannot write the index ({reason_of(error)}); "
        "free some space or mend the folder's permission, then run the command again"
    )


def _sync(paths: Sequence[Path]) -> None:
    for path in paths:
        sync(path)


@contextlib.contextmanager
def _locked(path: Path, patience: float) -> Iterator[None]:
    """Hold a lock between processes, which is let go of when its holder ends in any way.

    Args:
        path: A file, made where it is not there; what it holds does not matter.
        patience: Seconds to wait for another holder.

    Raises:
        LibraryUnavailable: It cannot be had.
    """
    lock = FileLock(path, timeout=patience)
    try:
        lock.acquire()
    except Timeout as error:
        raise LibraryUnavailable(
            f"{path}: another process still writes the index after {patience:.0f} seconds; "
            "try again when it is done, or end it"
        ) from error
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        yield
    finally:
        lock.release()
