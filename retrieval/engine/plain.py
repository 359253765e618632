"""A segment of plain documents, open: its sections, and the numbers that describe it.

Documents stand in *slots*, by ascending length and among equals by their number, so that a stretch
of slots, a *run*, has one length. The file's sections:

    sets         what each term has, one after the other: the set (see `sets`) of the slots that
                 have it; and unless none has it twice: u32 how many do, u32 the highest frequency,
                 the set of their slots, which is placed, and their frequencies, u8, or u32 where
                 the highest takes more
    terms        an entry for each term, by bucket and then by its UTF-8, and one for their end:
                 where its spelling begins (u32), how many slots have it (u32), where its set begins
                 (u32, or u64 in a larger segment)
    buckets      how many terms stand before each bucket, and before the end, u32; see `buckets`
    vocabulary   their UTF-8, one after the other
    run_lengths  the length of each run, u32
    run_starts   where each begins, and the end, u32
    documents    the number of each slot's document, in as many bytes as the highest needs
    meta         JSON: k1, b, average, floor, and whether sets begin with a u64 (`wide`)

Nothing here needs numpy: a process that only searches does not wait for it.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, NamedTuple, Self

from retrieval.engine.sections import Sections, damaged

PARTS = ("sets", "terms", "buckets", "vocabulary", "run_lengths", "run_starts", "documents")
ENTRY, WIDE_ENTRY = 12, 16  # bytes


class Okapi(NamedTuple):
    """How a segment is scored.

    Attributes:
        k1: How soon a repeated term stops adding.
        b: How much a document's length counts.
        average: Mean terms a document.
        floor: What a term weighs whose inverse document frequency is negative.
    """

    k1: float
    b: float
    average: float
    floor: float


class Plain:
    """A segment, mapped into memory; safe to share between threads.

    Attributes:
        path: Its file.
        okapi: How it is scored.
        entry: Bytes of a term's entry.
        slots: How many documents there are.
        parts: Its sections, as they stand in `PARTS`.
    """

    def __init__(self, sections: Sections) -> None:
        """Read the description of an open file; see `open`."""
        self._sections = sections
        self.path = sections.path
        self.parts = tuple(map(sections.section, PARTS))
        meta = sections.description()
        self.okapi = Okapi(*(self._number(meta, name) for name in Okapi._fields))
        self.entry = WIDE_ENTRY if meta.get("wide") else ENTRY
        starts = self.section("run_starts")
        self.slots = int.from_bytes(starts[-4:], "little")

    @classmethod
    def open(cls, path: Path) -> Self:
        """Map a segment.

        Raises:
            LibraryUnavailable: It cannot be opened.
            LibraryDamaged: It is no segment of plain documents, or a damaged one.
        """
        return cls(Sections.open(path))

    def section(self, name: str) -> memoryview:
        """One of its `PARTS`."""
        return self.parts[PARTS.index(name)]

    def verify(self) -> None:
        """Compare every byte with its checksum.

        Raises:
            LibraryDamaged: Some byte is not what was written.
        """
        self._sections.verify()

    def _number(self, meta: dict[str, Any], name: str) -> float:
        value = meta.get(name)
        if not isinstance(value, int | float) or not math.isfinite(value):
            raise damaged(self.path, f"its description has no {name!r}")
        return float(value)
