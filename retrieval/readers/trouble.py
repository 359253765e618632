"""What a reader says of a file or a line that gives no article."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Self

from retrieval.errors import UnreadableSource, reason_of
from retrieval.values import Value


class Trouble(Value):
    """One bad file or line; the rest is read all the same. `str()` of it is one line.

    Attributes:
        source: The file or folder, as the user named it.
        line: The line in it, from 1, where that is known.
        reason: What is wrong and what to do.
    """

    source: str
    line: int | None = None
    reason: str

    def __str__(self) -> str:
        return str(UnreadableSource(self.source, self.reason, line=self.line))

    @classmethod
    def of(cls, error: UnreadableSource) -> Self:
        """The trouble that `error` tells of."""
        return cls(source=error.source, line=error.line, reason=error.reason)


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
