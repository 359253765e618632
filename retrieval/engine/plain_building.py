"""Plain documents → a segment file, in bounded memory: a range of terms is inverted at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.bm25 import EPSILON, K1, B
from retrieval.engine import kernel, sets
from retrieval.engine.building import Advance, Progress, Spellings
from retrieval.engine.dividing import Divided, Pairs
from retrieval.engine.encoding import changes
from retrieval.engine.layout import Tokens
from retrieval.engine.sections import SectionWriter
from retrieval.engine.weights import average_idf
from retrieval.postings import Ints

SMALL_TF = 256  # frequencies below it take a byte


class Documents(NamedTuple):
    """What a segment is built from.

    Attributes:
        lengths: Shape (documents,): the terms in each.
        vocabulary: All terms, by bucket; a term's place is its number.
        before: Shape (buckets + 1,): how many terms stand before each bucket, and before the end.
        counts: Shape (terms,): how many words are each term.
        words: Gives all words with their documents, in pieces, each time it is called.
    """

    lengths: Ints
    vocabulary: Spellings
    before: NDArray[Any]
    counts: Ints
    words: Callable[[], Iterator[Tokens]]


class Parameters(NamedTuple):
    """How documents will be scored; rank-bm25's own values by default.

    Attributes:
        k1: How soon a repeated term stops adding.
        b: How much a document's length counts, from 0 to 1.
        epsilon: The floor of a frequent term's idf, as a share of the average idf.
    """

    k1: float = K1
    b: float = B
    epsilon: float = EPSILON


class Inverted(NamedTuple):
    """What a segment stores of consecutive terms: their bytes, and of each its bytes and slots."""

    data: memoryview
    sizes: Ints
    held: Ints


def write_plain(
    path: Path,
    documents: Documents,
    parameters: Parameters,
    progress: Advance | None = None,
    *,
    native: bool | None = None,
) -> None:
    """Build a segment; until it is whole, what stands at `path` stays.

    Args:
        path: Where it will stand.
        documents: What it is built from.
        parameters: How they will be scored.
        progress: Called after each range of terms.
        native: False for numpy; None for the kernel where there is one. Both write the same bytes.

    Raises:
        LibraryUnavailable: The file cannot be written.
    """
    order = np.argsort(documents.lengths, kind="stable")
    slot_of = np.empty(len(order), dtype=np.uint32)
    slot_of[order] = np.arange(len(order), dtype=np.uint32)
    moved = (Tokens(term, slot_of[document]) for term, document in documents.words())
    inverted: list[Inverted] = []
    with Divided(moved, documents.counts, native=native) as divided, SectionWriter(path) as file:
        file.add("sets", _invert(divided, len(order), inverted, progress, native=native))
        held = _joined([part.held for part in inverted])
        starts = np.append(0, np.cumsum(_joined([part.sizes for part in inverted])))
        wide = bool(starts[-1] >> 32)
        file.add("terms", [_entries(documents.vocabulary.starts, held, starts, wide=wide)])
        file.add("buckets", [sets.narrow(documents.before, 4)])
        file.add("vocabulary", [documents.vocabulary.text])
        lengths, first = np.unique(documents.lengths, return_counts=True)
        file.add("run_lengths", [sets.narrow(lengths, 4)])
        file.add("run_starts", [sets.narrow(np.append(0, np.cumsum(first)), 4)])
        file.add("documents", [sets.narrow(order, sets.width_below(len(order)))])
        words = int(documents.lengths.sum())
        meta = {
            "k1": parameters.k1,
            "b": parameters.b,
            "average": words / len(order) if len(order) else 0.0,
            "floor": parameters.epsilon * average_idf(held, len(order)),
            "wide": wide,
        }
        file.add("meta", [json.dumps(meta, sort_keys=True).encode()])


def _invert(
    divided: Divided,
    slots: int,
    inverted: list[Inverted],
    progress: Advance | None,
    *,
    native: bool | None,
) -> Iterator[memoryview]:
    """The bytes of one range of terms after the other; what is told of them goes to `inverted`."""
    invert = _invert_compiled if kernel.AVAILABLE and native is not False else _invert_numpy
    done, total = 0, int(divided.total)
    for number, (first, last) in enumerate(divided.ranges):
        pairs = divided.words(number)
        part = invert(pairs, first, last - first, slots)
        inverted.append(part._replace(data=memoryview(b"")))
        yield part.data
        done += len(pairs)
        if progress:
            progress(Progress(done, total))


def _invert_compiled(pairs: Pairs, first: int, count: int, slots: int) -> Inverted:
    data, columns = kernel.compiled.set_plain(pairs, first, count, slots)
    sizes, held = np.frombuffer(columns, dtype=np.int64).reshape(2, count)
    return Inverted(memoryview(data), sizes, held)


def _invert_numpy(pairs: Pairs, first: int, count: int, slots: int) -> Inverted:
    keys = np.sort(pairs)
    places = np.flatnonzero(changes(keys))
    tf = np.diff(np.append(places, len(keys)))
    term, slot = (keys[places] >> 32) - first, keys[places] & 0xFFFFFFFF
    ends = np.searchsorted(term, np.arange(count + 1))
    parts = [_encode(slot[a:b], tf[a:b], slots) for a, b in pairwise(ends.tolist())]
    sizes = np.fromiter(map(len, parts), dtype=np.int64, count=count)
    return Inverted(memoryview(b"".join(parts)), sizes, np.diff(ends))


def _encode(slot: Ints, tf: Ints, slots: int) -> bytes:
    if not len(slot):
        return b""
    packed = sets.pack(slot, slots, placed=False)
    again = tf > 1
    if not again.any():
        return packed
    repeats, most = tf[again], int(tf.max())
    head = sets.narrow(np.array([len(repeats), most]), 4)
    tail = sets.narrow(repeats, 1 if most < SMALL_TF else 4)
    return packed + head + sets.pack(slot[again], slots, placed=True) + tail


def _joined(parts: list[Ints]) -> Ints:
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)


def _entries(spellings: Ints, held: Ints, starts: Ints, *, wide: bool) -> memoryview:
    kinds = [("spelling", "<u4"), ("held", "<u4"), ("start", "<u8" if wide else "<u4")]
    entries: NDArray[np.void] = np.zeros(len(starts), dtype=kinds)
    entries["spelling"], entries["start"] = spellings, starts
    entries["held"][:-1] = held
    return entries.view(np.uint8).data
