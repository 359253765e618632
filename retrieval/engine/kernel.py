"""The compiled kernel, where it could be built: the same hits as `reference`, sooner."""

from __future__ import annotations

import struct
import threading
from collections.abc import Sequence
from typing import Any

import numpy as np

from retrieval.engine.encoding import spelled
from retrieval.engine.reference import Hits, Model, Wanted
from retrieval.engine.sections import damaged
from retrieval.engine.segment import Segment
from retrieval.postings import Floats, Ints

VERSION = 1  # of the kernel's functions, as `kernel.c` has it

_kernel: Any
try:
    from retrieval.engine import _kernel
except ImportError:  # no compiler was there when the package was installed
    _kernel = None
if getattr(_kernel, "VERSION", None) != VERSION:
    _kernel = None  # it was compiled from older sources; installing again mends that

compiled: Any = _kernel  # what it builds segments with; None where it is not

AVAILABLE = _kernel is not None
_rooms = threading.local()  # working memory is kept by each thread: to get it anew takes longer
MOST_WORDS = 64  # that `ask` takes
LOWEST = float("-inf")


def ask(
    segment: Segment, words: Sequence[str], model: Model, floor: float, k: int
) -> tuple[Ints, Floats]:
    """The `k` best of plain documents, straight from a query's words.

    Args:
        segment: What is searched.
        words: A repeated one counts again, an unknown one not at all.
        model: How it is read.
        floor: What a word weighs whose inverse document frequency is negative.
        k: How many at most.

    Returns:
        Document numbers and scores.

    Raises:
        LibraryDamaged: The file was damaged after it was built.
    """
    utf8 = [spelled(word) for word in words]
    most = min(max(k, 0), segment.slots)
    try:
        ids, scores, _ = _kernel.ask(_opened(segment), utf8, model[:3], floor, _room(segment), most)
    except ValueError as error:
        raise damaged(segment.path, str(error)) from error
    return np.frombuffer(ids, dtype=np.int64), np.frombuffer(scores, dtype=np.float64)


def find(
    segment: Segment,
    wanted: Sequence[Wanted],
    models: Sequence[Model],
    k: int,
    *,
    deleted: bytes | None = None,
    floor: float = LOWEST,
) -> Hits:
    """The `k` best documents of a segment.

    Args:
        segment: What is searched.
        wanted: The terms of the query, in its order.
        models: One a level.
        k: How many at most.
        deleted: A bit for each block, low bits first: those set are left out.
        floor: Documents below this score need not be found: some other segment has `k` better.

    Raises:
        LibraryDamaged: The file was damaged after it was built.
    """
    count = len(wanted)
    numbered = struct.pack(f"={count}I", *[term.number for term in wanted])
    weights = struct.pack(
        f"={count * segment.levels}d", *[weight for term in wanted for weight in term.weights]
    )
    described = struct.pack(f"={4 * len(models)}d", *[value for model in models for value in model])
    most = min(max(k, 0), segment.slots)
    try:
        ids, scores, parts = _kernel.find(
            _opened(segment), described, numbered, weights, deleted, _room(segment), most, floor
        )
    except ValueError as error:
        raise damaged(segment.path, str(error)) from error
    return Hits(
        np.frombuffer(ids, dtype=np.int64),
        np.frombuffer(scores, dtype=np.float64),
        np.frombuffer(parts, dtype=np.float64).reshape(segment.levels, -1),
    )


def _opened(segment: Segment) -> object:
    if segment.opened is None:
        segment.opened = _kernel.open(*segment.parts())
    return segment.opened


def _room(segment: Segment) -> bytearray:
    """Working memory for a search, this thread's own."""
    needed = _kernel.room(segment.blocks)
    room: bytearray = getattr(_rooms, "room", bytearray())
    if len(room) < needed:
        room = _rooms.room = bytearray(needed)
    return room
