"""Every file of a user is opened here: a regular one, of bounded size, read with a deadline.

A named pipe, a device or a folder in a file's place is refused before it can hold up anybody, a
link that leads out of the folder that was named likewise, and a file system that has stopped
answering (a network mount, FUSE) is given up: nothing else can end such a system call.
"""

from __future__ import annotations

import io
import os
import stat
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

from retrieval.errors import UnreadableSource, reason_of

PATIENCE = 10.0  # seconds for one system call, or a few short ones
CHUNK = 2**20  # bytes that one call reads
MIB = 2**20
# A pipe that nobody writes to holds up whoever opens it otherwise.
FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY")
)
KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}

T = TypeVar("T")


def read_file(path: Path, most: int, *, within: Path | None = None) -> bytes:
    """The whole content of a file.

    Args:
        path: The file.
        most: Its bytes at most.
        within: The folder that was named; a link that leads out of it is not followed. None where
            the file was named itself.

    Raises:
        UnreadableSource: It is no regular file, is too large, leads out of `within`, does not
            answer, or may not be read.
    """
    file, data = _open(path, most, within)
    with file:
        while len(data) <= most and (more := _next(path, file, data)):
            data += more
    if len(data) > most:
        raise too_large(path, most)
    return data


def read_beside(path: Path, most: int, *, within: Path | None = None) -> bytes | None:
    """The content of a file that need not be there; None where it is not. See `read_file`."""
    try:
        return read_file(path, most, within=within)
    except UnreadableSource as error:
        if isinstance(error.__cause__, FileNotFoundError) and not path.is_symlink():
            return None
        raise


def open_file(path: Path, most: int) -> io.BufferedReader:
    """A file to be read piece by piece; see `read_file`.

    What is read of it raises the same errors as opening it.
    """
    file, data = _open(path, most, None)
    return io.BufferedReader(_Stream(path, most, file, data), CHUNK)


def open_named(path: Path, most: int) -> io.BufferedReader:
    """A file or a pipe that was named itself, such as `<(…)`, to be read piece by piece.

    What comes through a pipe is awaited for as long as its writer takes, as that of the standard
    input is; a pipe that nobody writes to is not. Else see `open_file`.
    """
    if not timed(path, path.is_fifo):
        return open_file(path, most)
    try:
        pipe = timed(path, lambda: io.FileIO(path), abandon=io.FileIO.close)
    except UnreadableSource as error:
        if isinstance(error.__cause__, TimeoutError):
            reason = f"it is a named pipe, and nobody wrote to it for {PATIENCE:.0f} seconds"
            raise UnreadableSource(name(path), reason) from error
        raise
    return io.BufferedReader(_Stream(path, most, pipe, b"", lambda: pipe.read(CHUNK)), CHUNK)


class _Stream(io.RawIOBase):
    """An open file that is read up to a limit, each piece with a deadline or in another way."""

    def __init__(
        self,
        path: Path,
        most: int,
        file: io.FileIO,
        data: bytes,
        more: Callable[[], bytes] | None = None,
    ) -> None:
        self._path, self._most, self._read = path, most, 0
        self._file, self._data = file, data
        self._more = more or (lambda: _next(path, file, b""))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - any writable buffer: typing names it from 3.12
        data = self._data or self._more()
        piece, self._data = data[: len(buffer)], data[len(buffer) :]
        self._read += len(piece)
        if self._read > self._most:
            raise too_large(self._path, self._most)
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._file.close()
        super().close()


def timed(path: Path, act: Callable[[], T], *, abandon: Callable[[T], object] = id) -> T:
    """What `act` gives, if the system answers within `PATIENCE`.

    Args:
        path: The file or folder that it is about, for errors.
        act: Is done in a thread of its own, where it may hang for good.
        abandon: What is done with what it gives when nobody waits for it any more.

    Raises:
        UnreadableSource: The system does not answer, or answers with an error.
    """
    try:
        helper = _idle.pop()
    except IndexError:
        helper = _Helper()
    future = helper.do(act)
    try:
        error = future.exception(PATIENCE)
    except TimeoutError as late:
        future.add_done_callback(lambda done: done.exception() or abandon(done.result()))
        reason = f"it did not answer for {PATIENCE:.0f} seconds; see to its disk or network"
        raise UnreadableSource(name(path), reason) from late
    _idle.append(helper)
    if isinstance(error, OSError):
        raise unreadable(path, error) from error
    return future.result()


def leads_out(path: Path, within: Path) -> bool:
    """Whether `path` is a link to a place outside of the folder `within`."""
    if not path.is_symlink():
        return False
    here, there = os.path.realpath(within), os.path.realpath(path)
    return os.path.commonpath([here, there]) != here


def name(path: Path) -> str:
    """`path` as text that can always be shown, also where its bytes are no UTF-8."""
    return os.fsencode(path).decode(errors="backslashreplace")


def unreadable(path: Path, error: OSError) -> UnreadableSource:
    """What the operating system's `error` about `path` means to the user."""
    if isinstance(error, FileNotFoundError):
        return UnreadableSource(name(path), "there is no such file or folder")
    if isinstance(error, PermissionError):
        return UnreadableSource(name(path), "there is no permission to read it")
    return UnreadableSource(name(path), f"it cannot be read: {reason_of(error)}")


def too_large(path: Path, most: int) -> UnreadableSource:
    """That a file has more than so many bytes."""
    size = f"{most // MIB:,} MiB" if most % MIB == 0 else f"{most:,} bytes"
    return UnreadableSource(
        name(path), f"it is larger than {size}; split it, or take something out"
    )


def _open(path: Path, most: int, within: Path | None) -> tuple[io.FileIO, bytes]:
    """A file and its first bytes; all of them where they are fewer than a chunk."""
    return timed(path, lambda: _begin(path, most, within), abandon=lambda begun: begun[0].close())


def _begin(path: Path, most: int, within: Path | None) -> tuple[io.FileIO, bytes]:
    if within is not None and leads_out(path, within):
        reason = f"it is a link that leads out of {name(within)}; put the file itself there"
        raise UnreadableSource(name(path), reason)
    _check(path, path.stat(), most)  # opening a device may already do something
    file = io.FileIO(path, opener=lambda path, _: os.open(path, FLAGS))
    try:
        _check(path, os.fstat(file.fileno()), most)  # it may be another one by now
        return file, _read(file)
    except BaseException:
        file.close()
        raise


def _check(path: Path, status: os.stat_result, most: int) -> None:
    kind = stat.S_IFMT(status.st_mode)
    if kind != stat.S_IFREG:
        what = KINDS.get(kind, "something else")
        raise UnreadableSource(name(path), f"it is {what}, not a regular file")
    if status.st_size > most:
        raise too_large(path, most)


def _read(file: io.FileIO) -> bytes:
    """Up to a chunk, and less only at the end of the file."""
    data = b""
    while more := file.read(CHUNK - len(data)):
        data += more
    if more is None:  # only in the file systems of a kernel
        raise BlockingIOError
    return data


def _next(path: Path, file: io.FileIO, before: bytes) -> bytes:
    if len(before) % CHUNK:  # its end was seen
        return b""
    return timed(path, lambda: _read(file), abandon=lambda _: file.close())


class _Helper:
    """A thread that does one thing after another; it does not keep the process from ending."""

    def __init__(self) -> None:
        self._work: SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = SimpleQueue()
        threading.Thread(target=self._run, name="files", daemon=True).start()

    def do(self, act: Callable[[], T]) -> Future[T]:
        future: Future[T] = Future()
        self._work.put((future, act))
        return future

    def _run(self) -> None:
        while True:
            future, act = self._work.get()
            try:
                future.set_result(act())
            except BaseException as error:  # noqa: BLE001 - whoever waits for it gets it
                future.set_exception(error)
            del future, act


_idle: list[_Helper] = []
if hasattr(os, "register_at_fork"):  # a child has none of its parent's threads
    os.register_at_fork(after_in_child=_idle.clear)
