"""The compiled kernel, where it could be built: the same hits as numpy finds, sooner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from retrieval.engine.plain import Plain
from retrieval.engine.sections import damaged

VERSION = 3  # of the kernel's functions, as `kernel.c` has it

_kernel: Any
try:
    from retrieval.engine import _kernel
except ImportError:  # no compiler was there when the package was installed
    _kernel = None
if getattr(_kernel, "VERSION", None) != VERSION:
    _kernel = None  # it was compiled from older sources; installing again mends that

compiled: Any = _kernel  # its functions; None where it is not

AVAILABLE = _kernel is not None
LOWEST = float("-inf")
MOST_WORDS = 1024  # that `ask` takes


def open_plain(plain: Plain) -> object:
    """What the kernel keeps of a segment.

    Raises:
        LibraryDamaged: Its parts do not fit together.
    """
    try:
        return _kernel.open_plain(*plain.parts, plain.slots, plain.entry, tuple(plain.okapi))
    except ValueError as error:
        raise damaged(plain.path, str(error)) from error


def ask(
    plain: Plain, opened: object, words: Sequence[str], k: int
) -> tuple[memoryview[int], memoryview[float]]:
    """The `k` best of plain documents.

    Args:
        plain: What is searched.
        opened: The same, as `open_plain` gave it.
        words: `MOST_WORDS` at most. A repeated one counts again, an unknown one not at all.
        k: How many at most.

    Returns:
        Document numbers and scores.

    Raises:
        LibraryDamaged: The file was damaged after it was built.
    """
    try:
        ids, scores = _kernel.ask(opened, words, min(max(k, 0), plain.slots))
    except ValueError as error:
        raise damaged(plain.path, str(error)) from error
    return memoryview(ids).cast("q"), memoryview(scores).cast("d")
