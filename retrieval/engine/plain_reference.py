"""Plain documents scored in numpy, term by term, as the formula reads: the kernel's bits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.bm25 import length_norms, saturate
from retrieval.engine import buckets, sets
from retrieval.engine.damage import Damage
from retrieval.engine.decoding import Found
from retrieval.engine.encoding import spelled
from retrieval.engine.plain import WIDE_ENTRY, Plain
from retrieval.engine.plain_building import SMALL_TF
from retrieval.engine.sections import damaged
from retrieval.engine.weights import floored_idf
from retrieval.postings import Floats, Ints

HEAD = 8  # bytes before a set of repeats


class Scored(NamedTuple):
    """Every document's score, and whether it has a term of the query: shape (documents,)."""

    scores: Floats
    matching: NDArray[np.bool_]


class Reader:
    """A segment of plain documents, read by numpy."""

    def __init__(self, plain: Plain) -> None:
        """Check that its parts fit together.

        Raises:
            LibraryDamaged: They do not.
        """
        self._plain = plain
        width = sets.width_below(plain.slots)
        start = "<u8" if plain.entry == WIDE_ENTRY else "<u4"
        kinds = np.dtype([("spelling", "<u4"), ("held", "<u4"), ("start", start)])
        lengths = self._array("run_lengths", "<u4")
        starts = self._array("run_starts", "<u4").astype(np.int64)
        self._entries = self._array("terms", kinds)
        self._buckets = self._array("buckets", "<u4")
        self._vocabulary = plain.section("vocabulary")
        self._sets = np.frombuffer(plain.section("sets"), dtype=np.uint8)
        documents = plain.section("documents")
        if (
            len(starts) != len(lengths) + 1
            or int(starts[0])
            or (np.diff(starts) <= 0).any()
            or (np.diff(lengths.astype(np.int64)) <= 0).any()
            or len(documents) != plain.slots * width
            or not len(self._entries)
            or len(self._buckets) != buckets.buckets_of(len(self._entries) - 1) + 1
        ):
            raise damaged(plain.path, "the sizes of its parts do not fit together")
        self.lengths = np.repeat(lengths, np.diff(starts))
        self.documents = sets.widen(np.frombuffer(documents, dtype=np.uint8), width)
        if (self.documents >= plain.slots).any():
            raise damaged(plain.path, "a document lies outside of it")

    def number(self, term: str) -> int | None:
        """A term's number, or None where the segment has no such term."""
        wanted = spelled(term)
        bucket = buckets.bucket_of(wanted, len(self._buckets) - 1)
        low, high = self._buckets[bucket : bucket + 2].tolist()
        high = min(high, len(self._entries) - 1)
        return next((n for n in range(low, high) if self._spelling(n) == wanted), None)

    def find(self, number: int) -> Found:
        """Decode a term's slots and frequencies.

        Raises:
            LibraryDamaged: They cannot be those of a term.
        """
        entry, following = self._entries[number : number + 2]
        first, last, held = int(entry["start"]), int(following["start"]), int(entry["held"])
        if not first <= last <= len(self._sets) or held > self._plain.slots:
            raise damaged(self._plain.path, "a term's postings lie outside of it")
        try:
            return _decode(self._sets[first:last], held, self._plain.slots)
        except Damage as damage:
            raise damaged(self._plain.path, str(damage)) from damage

    def score(self, terms: Sequence[str]) -> Scored:
        """Score every document."""
        size, okapi = self._plain.slots, self._plain.okapi
        scores, matching = np.zeros(size), np.zeros(size, dtype=bool)
        for number in map(self.number, terms):
            if number is None:
                continue
            slots, tf = self.find(number)
            weight = floored_idf(int(self._entries["held"][number]), size, okapi.floor)
            norms = length_norms(self.lengths[slots], okapi.average, k1=okapi.k1, b=okapi.b)
            scores[self.documents[slots]] += weight * saturate(tf, norms, k1=okapi.k1)
            matching[self.documents[slots]] = True
        return Scored(scores, matching)

    def top(self, terms: Sequence[str], k: int) -> tuple[Ints, Floats]:
        """The `k` best of the documents that have a term: by score, then number."""
        scored = self.score(terms)
        ids = np.flatnonzero(scored.matching)
        scores = scored.scores[ids]
        if len(ids) > k > 0:
            least = np.partition(scores, len(scores) - k)[len(scores) - k]
            ids = ids[scores >= least]
            scores = scored.scores[ids]
        order = np.lexsort((ids, -scores))[: max(k, 0)]
        return ids[order], scores[order]

    def _spelling(self, number: int) -> bytes:
        first, last = self._entries["spelling"][number : number + 2].tolist()
        return bytes(self._vocabulary[first:last])

    def _array(self, name: str, kind: Any) -> NDArray[Any]:  # noqa: ANN401 - as numpy has it
        raw = self._plain.section(name)
        if len(raw) % np.dtype(kind).itemsize:
            raise damaged(self._plain.path, f"section {name!r} has the wrong length")
        return np.frombuffer(raw, dtype=kind)


def _decode(raw: sets.Bytes, held: int, of: int) -> Found:
    if not held:
        raise Damage("a term stands nowhere")
    slots = sets.unpack(raw, held, of, placed=False)
    tf, rest = np.ones(held, dtype=np.int64), raw[sets.shape_of(held, of, placed=False).size :]
    if not len(rest):
        return Found(slots, tf)
    if len(rest) < HEAD:
        raise Damage("a term's postings are cut short")
    repeats, most = sets.widen(rest[:HEAD], 4).tolist()
    again = sets.unpack(rest[HEAD:], repeats, of, placed=True)
    rest = rest[HEAD + sets.shape_of(repeats, of, placed=True).size :]
    width = 1 if most < SMALL_TF else 4
    place = np.minimum(np.searchsorted(slots, again), held - 1)
    if len(rest) != repeats * width or (slots[place] != again).any():
        raise Damage("a term's repeats do not fit its postings")
    tf[place] = sets.widen(rest, width)
    return Found(slots, tf)
