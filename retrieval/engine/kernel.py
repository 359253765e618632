"""The compiled kernel, where it could be built: the same hits as `reference`, sooner."""

from __future__ import annotations

import struct
import threading
from collections.abc import Sequence
from typing import Any

import numpy as np


from retrieval.engine.reference import Hits, Model, Wanted
from retrieval.engine.sections import damaged
from retrieval.engine.segment import Segment

_kernel: Any
try:
    from retrieval.engine import _kernel
except ImportError:  # no compiler was there when the package was installed
    _kernel = None

AVAILABLE = _kernel is not None
_rooms = threading.local()  # working memory is kept by each thread: to get it anew takes longer
LOWEST = float("-inf")


def numbers(segment: Segment, terms: Sequence[str]) -> list[int | None]:
    """Each term's number in a segment, or None."""
    spelled = [term.encode(errors="surrogatepass") for term in terms]
    found = _kernel.numbers(*segment.vocabulary_parts, spelled)
    return [None if number < 0 else number for number in found]


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
            segment.parts, described, numbered, weights, deleted, _room(segment), most, floor
        )
    except ValueError as error:
        raise damaged(segment.path, str(error)) from error
    return Hits(
        np.frombuffer(ids, dtype=np.int64),
        np.frombuffer(scores, dtype=np.float64),
        np.frombuffer(parts, dtype=np.float64).reshape(segment.levels, -1),
    )


def _room(segment: Segment) -> bytearray:
    """Working memory for a search, this thread's own."""
    needed = _kernel.room(segment.blocks)
    room: bytearray = getattr(_rooms, "room", bytearray())
    if len(room) < needed:
        room = _rooms.room = bytearray(needed)
    return room
