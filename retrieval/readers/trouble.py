"""What a reader says of a file or a line that gives no article."""

from __future__ import annotations

from typing import Self

from retrieval.errors import UnreadableSource
from retrieval.untrusted.files import name, unreadable
from retrieval.values import Value

__all__ = ["Trouble", "name", "unreadable"]


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


class PassedOver(Trouble):
    """Files of a folder that are of no kind that is read."""
