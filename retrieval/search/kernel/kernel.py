"""The compiled kernel, where it could be built: the same hits as numpy finds, sooner."""

from __future__ import annotations

import struct
import threading
from collections.abc import Sequence
from typing import Any

import numpy as np

from retrieval.search.codec.container import damaged
from retrieval.search.inverted_index import InvertedIndex
from retrieval.search.kernel.reference import Hits, Level, Wanted

VERSION = 4  # of the kernel's functions, as `kernel.c` has it

_kernel: Any
try:
    from retrieval.search.kernel import _kernel
except ImportError:  # no compiler was there when the package was installed
    _kernel = None
if getattr(_kernel, "VERSION", None) != VERSION:
    _kernel = None  # it was compiled from older sources; installing again mends that

compiled: Any = _kernel  # its functions; None where it is not

AVAILABLE = _kernel is not None
LOWEST = float("-inf")

_rooms = threading.local()  # working memory is kept by each thread: to get it anew takes longer


def find(
    inverted: InvertedIndex,
    wanted: Sequence[Wanted],
    levels: Sequence[Level],
    k: int,
    *,
    deleted: bytes | None = None,
    floor: float = LOWEST,
) -> Hits:
    """The `k` best sentences of a segment.

    Args:
        inverted: What is searched.
        wanted: The terms of the query, in its order.
        levels: See `Level`.
        k: How many at most.
        deleted: A bit for each article, low bits first: those set are left out.
        floor: Sentences below this score need not be found: some other segment has `k` better.

    Raises:
        LibraryDamaged: The file was damaged after it was built.
    """
    count = len(wanted)
    numbered = struct.pack(f"={count}I", *[term.number for term in wanted])
    weights = struct.pack(
        f"={count * len(levels)}d", *[weight for term in wanted for weight in term.weights]
    )
    described = b"".join(
        struct.pack("=4d", model.k1, model.b, model.avgdl, factor) for model, factor in levels
    )
    most = min(max(k, 0), inverted.slots)
    try:
        ids, scores, parts = compiled.find(
            _opened(inverted), described, numbered, weights, deleted, _room(inverted), most, floor
        )
    except ValueError as error:
        raise damaged(inverted.path, str(error)) from error
    return Hits(
        np.frombuffer(ids, dtype=np.int64),
        np.frombuffer(scores, dtype=np.float64),
        np.frombuffer(parts, dtype=np.float64).reshape(len(levels), -1),
    )


def _opened(inverted: InvertedIndex) -> object:
    if inverted.opened is None:
        inverted.opened = compiled.open(*inverted.parts())
    return inverted.opened


def _room(inverted: InvertedIndex) -> bytearray:
    """Working memory for a search, this thread's own."""
    needed = compiled.room(inverted.blocks)
    room: bytearray = getattr(_rooms, "room", bytearray())
    if len(room) < needed:
        room = _rooms.room = bytearray(needed)
    return room
