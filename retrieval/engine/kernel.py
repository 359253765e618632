"""The compiled kernel, where it could be built: the same hits as `reference`, sooner."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

import numpy as np

from retrieval.engine.layout import BLOCK
from retrieval.engine.reference import Hits, Model, Wanted
from retrieval.engine.sections import damaged
from retrieval.engine.segment import Segment

_kernel: Any
try:
    from retrieval.engine import _kernel
except ImportError:  # no compiler was there when the package was installed
    _kernel = None

AVAILABLE = _kernel is not None
LEVELS = 3
# Beyond these a weight or its square could leave what a float32 bound can hold.
LIGHTEST, HEAVIEST = 1e-9, 1e9
_TERM = struct.Struct("=QQIIII3d")
_MODEL = struct.Struct("=4d")
_LOWEST = float("-inf")


def numbers(segment: Segment, terms: Sequence[str]) -> list[int | None]:
    """Each term's number in a segment, or None."""
    spelled = [term.encode(errors="surrogatepass") for term in terms]
    found = _kernel.numbers(segment.vocabulary, segment.vocabulary_starts, spelled)
    return [None if number < 0 else number for number in found]


def find(
    segment: Segment,
    wanted: Sequence[Wanted],
    models: Sequence[Model],
    k: int,
    *,
    deleted: bytes | None = None,
    floor: float = _LOWEST,
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
    terms, order = _packed(segment, wanted)
    try:
        ids, scores, parts = _kernel.find(
            segment.postings,
            segment.lengths,
            segment.packed_floors,
            b"".join(
                _MODEL.pack(model.k1, model.b, model.average, model.factor) for model in models
            ),
            terms,
            order,
            segment.starts,
            segment.paragraph_of,
            segment.paragraph_lengths,
            segment.article_lengths,
            deleted,
            segment.levels,
            segment.slots,
            segment.blocks,
            BLOCK,
            segment.widest,
            segment.lengths.itemsize,
            max(k, 0),
            floor,
            all(_prunable(term.weights) for term in wanted),
        )
    except ValueError as error:
        raise damaged(segment.path, str(error)) from error
    return Hits(
        np.frombuffer(ids, dtype=np.int64),
        np.frombuffer(scores, dtype=np.float64),
        np.frombuffer(parts, dtype=np.float64).reshape(segment.levels, -1),
    )


def _prunable(weights: tuple[float, ...]) -> bool:
    """Whether a term always adds to a score, so that bounds hold."""
    return min(weights) >= 0 and LIGHTEST <= weights[-1] <= HEAVIEST


def _packed(segment: Segment, wanted: Sequence[Wanted]) -> tuple[bytes, bytes]:
    """The distinct terms, rarest first, and the query as places among them."""
    times: dict[int, int] = {}
    weights = {}
    for number, weight in wanted:
        times[number] = times.get(number, 0) + 1
        weights[number] = weight
    blocks = {number: int(segment.term_blocks[number]) for number in times}
    rarest = sorted(times, key=blocks.__getitem__)
    packed = []
    for number in rarest:
        spare = (0.0,) * (LEVELS - segment.levels)
        size = int(segment.term_postings[number])
        span = segment.span(number)
        packed.append(
            _TERM.pack(*span, blocks[number], size, times[number], 0, *weights[number], *spare)
        )
    place = {number: n for n, number in enumerate(rarest)}
    order = [place[term.number] for term in wanted]
    return b"".join(packed), struct.pack(f"={len(order)}I", *order)
