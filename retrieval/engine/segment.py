"""A segment file, open: its terms, where their postings stand, and how its documents lie."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from retrieval.engine import encoding
from retrieval.engine.layout import BLOCK
from retrieval.engine.sections import Sections, damaged
from retrieval.postings import Ints

Array = NDArray[Any]
MOST_SLOTS = 1 << 31


class Found(NamedTuple):
    """A term's postings in a segment.

    Attributes:
        slots: Where it stands, ascending.
        tf: How often.
    """

    slots: Ints
    tf: Ints


class Segment:
    """A segment, mapped into memory; safe to share between threads.

    Attributes:
        path: Its file.
        meta: What its builder wrote about it.
        lengths: Shape (slots,): terms in each document.
        starts: Shape (blocks + 1,): where blocks begin; None where each has `BLOCK` documents.
        paragraph_of: Shape (slots,): each slot's paragraph, -1 for a title; None in bare segments.
        paragraph_lengths: Shape (paragraphs,); None in bare segments.
        article_lengths: Shape (blocks,); None in bare segments.
        levels: 1, or 3 where blocks are articles.
        parts: All that the kernel is given of it.
        opened: What the kernel made of them when it first searched.
    """

    def __init__(self, sections: Sections) -> None:
        """Read the directory of an open file; see `open`."""
        self._sections = sections
        self.path = sections.path
        self.meta = self._read_meta()
        self.levels = 3 if "starts" in sections.entries else 1
        self.postings = sections.section("postings")
        self.term_blocks = self._array("term_blocks", "<u4")
        self.terms = len(self.term_blocks)
        self.term_starts = self._sized("term_starts", self.terms + 1)
        self.held = [self._array(f"held_{n}", "<u4", self.terms) for n in range(self.levels)]
        # Of articles, a term's postings count titles as well.
        extra = self.levels == 3
        self.term_postings = (
            self._array("term_postings", "<u4", self.terms) if extra else self.held[0]
        )
        self.vocabulary = sections.section("vocabulary")
        self.vocabulary_starts = self._array("vocabulary_starts", "<u4", self.terms + 1)
        self._read_layout()
        arrays = (
            self.term_starts,
            self.term_blocks,
            self.term_postings,
            self.held[0],
            self.lengths,
            self.packed_floors,
            np.frombuffer(self.vocabulary, dtype=np.uint8),
            self.vocabulary_starts,
            self.starts,
            self.paragraph_of,
            self.paragraph_lengths,
            self.article_lengths,
        )
        self.parts = (
            self.postings,
            *(None if part is None else part.data for part in arrays),
            self.levels,
            self.slots,
            self.blocks,
            self.widest,
            self.lengths.itemsize,
        )
        self.opened: object = None

    @classmethod
    def open(cls, path: Path) -> Self:
        """Map a segment and check that its parts fit together.

        Raises:
            LibraryUnavailable: It cannot be opened.
            LibraryDamaged: It is no segment, or a damaged one.
        """
        return cls(Sections.open(path))

    def verify(self) -> None:
        """Compare every byte with its checksum.

        Raises:
            LibraryDamaged: Some byte is not what was written.
        """
        self._sections.verify()

    def _read_meta(self) -> dict[str, Any]:
        try:
            meta = json.loads(bytes(self._sections.section("meta")))
        except ValueError as error:
            raise damaged(self.path, "its description cannot be read") from error
        if not isinstance(meta, dict):
            raise damaged(self.path, "its description cannot be read")
        return meta

    def described(self, name: str) -> list[float]:
        """Numbers that the builder wrote about the segment, one a level.

        Raises:
            LibraryDamaged: They are not there, or no numbers.
        """
        values = self.meta.get(name)
        if not isinstance(values, list) or len(values) != self.levels:
            raise damaged(self.path, f"its description has no {name!r}")
        if not all(isinstance(value, int | float) and math.isfinite(value) for value in values):
            raise damaged(self.path, f"its description has no {name!r}")
        return [float(value) for value in values]

    def _array(self, name: str, kind: str, size: int | None = None) -> Array:
        raw = self._sections.section(name)
        width = np.dtype(kind).itemsize
        if len(raw) % width or (size is not None and len(raw) != size * width):
            raise damaged(self.path, f"section {name!r} has the wrong length")
        return np.frombuffer(raw, dtype=kind)

    def _sized(self, name: str, size: int) -> Array:
        width = len(self._sections.section(name)) // size
        if width not in (4, 8):
            raise damaged(self.path, f"section {name!r} has the wrong length")
        return self._array(name, f"<u{width}", size)

    def _read_layout(self) -> None:
        sizes = [classes.lengths for classes in encoding.LEVELS[: self.levels]]
        self.packed_floors = floors = self._array("floors", "<u4", sum(sizes))
        self.floors: list[Array] = np.split(floors, np.cumsum(sizes)[:-1])
        self.starts = self.paragraph_of = self.paragraph_lengths = self.article_lengths = None
        self.lengths = self._read_lengths()
        self.slots = len(self.lengths)
        self.blocks, self.widest = -(-self.slots // BLOCK), BLOCK
        if self.levels == 3:
            self.article_lengths = self._array("article_lengths", "<u4")
            self.blocks = len(self.article_lengths)
            self.starts = self._array("starts", "<u4", self.blocks + 1)
            self.widest = self._widest(self.starts)
            self.paragraph_of = self._array("paragraph_of", "<i4", self.slots)
            self.paragraph_lengths = self._array("paragraph_lengths", "<u4")
        self.wide = self.blocks > encoding.NARROW

    def _read_lengths(self) -> Array:
        raw = len(self._sections.section("lengths"))
        width = self.meta.get("length_bytes")
        if width not in (1, 2, 4) or raw % width or raw // width >= MOST_SLOTS:
            raise damaged(self.path, "section 'lengths' has the wrong length")
        return self._array("lengths", f"<u{width}")

    def _widest(self, starts: Array) -> int:
        sizes = np.diff(starts.astype(np.int64))
        if int(starts[0]) or int(starts[-1]) != self.slots or (sizes < 1).any():
            raise damaged(self.path, "its articles do not follow one another")
        return int(sizes.max(initial=1))

    def number(self, term: str) -> int | None:
        """A term's number, or None where the segment has no such term."""
        wanted = term.encode(errors="surrogatepass")
        low, high = 0, self.terms
        while low < high:
            middle = (low + high) // 2
            if self.spelling(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low if low < self.terms and self.spelling(low) == wanted else None

    def spelling(self, term: int) -> bytes:
        """A term as UTF-8."""
        first, last = self.vocabulary_starts[term : term + 2].tolist()
        return bytes(self.vocabulary[first:last])

    def span(self, term: int) -> tuple[int, int]:
        """Where a term's bytes stand in the section of postings.

        Raises:
            LibraryDamaged: They stand outside of it.
        """
        first, last = self.term_starts[term : term + 2].tolist()
        if not 0 <= first <= last <= len(self.postings):
            raise damaged(self.path, "a term's postings lie outside of it")
        return first, last

    def find(self, term: int) -> Found:
        """Decode a term's postings.

        Raises:
            LibraryDamaged: They cannot be those of a term.
        """
        first, last = self.span(term)
        raw = np.frombuffer(self.postings[first:last], dtype=np.uint8)
        blocks, size = int(self.term_blocks[term]), int(self.term_postings[term])
        if encoding.is_dense(np.array(blocks), np.array(size), self):
            return self._find_dense(raw, size)
        found = self._find_sparse(raw, blocks)
        if len(found.slots) != size:
            raise damaged(self.path, "a term's postings do not fit their blocks")
        return found

    def _find_sparse(self, raw: Array, blocks: int) -> Found:
        width = 4 if self.wide else 2
        record = width + self.levels + 1
        if len(raw) < blocks * record or not blocks:
            raise damaged(self.path, "a term's postings are cut short")
        records = raw[: blocks * record].reshape(blocks, record)
        listed = records[:, :width].copy().view(f"<u{width}")[:, 0].astype(np.int64)
        singles = records[:, -1]
        simple = singles >= encoding.LAST
        alone = self._decode(singles[simple], np.empty(0, dtype=np.int64), listed[simple])
        rest = self._find_kept(raw[blocks * record :], blocks, False, listed[~simple])
        slots = np.concatenate([alone.slots, rest.slots])
        order = np.argsort(slots, kind="stable")
        return Found(slots[order], np.concatenate([alone.tf, rest.tf])[order])

    def _find_dense(self, raw: Array, size: int) -> Found:
        levels, of = self.levels, self.blocks
        mapped = of * encoding.WORD if levels == 1 else 0
        if len(raw) < of * levels + mapped:
            raise damaged(self.path, "a term's postings are cut short")
        bounds = raw[: of * levels].reshape(levels, of)
        rest = raw[of * levels + mapped :]
        if not mapped:
            return self._find_kept(rest, of, True, np.flatnonzero(bounds[-1]))
        bitmap = raw[of * levels : of * levels + mapped]
        slots = np.flatnonzero(np.unpackbits(bitmap, bitorder="little"))
        if len(slots) != size or int(slots[-1]) >= self.slots:
            raise damaged(self.path, "a term's postings do not fit their blocks")
        again = np.flatnonzero(bounds[0] >= encoding.REPEATED)
        repeated = self._find_kept(rest, of, True, again)
        tf = np.ones(size, dtype=np.int64)
        tf[np.minimum(np.searchsorted(slots, repeated.slots), size - 1)] = repeated.tf
        return Found(slots, tf)

    def _find_kept(self, raw: Array, places: int, dense: bool, listed: Ints) -> Found:
        """The postings that follow the samples: those of the blocks that are listed."""
        if not len(listed):
            nothing = np.empty(0, dtype=np.int64)
            return Found(nothing, nothing)
        stride = encoding.DENSE_STRIDE if dense else encoding.SPARSE_STRIDE
        end = ((places - 1) // stride + 1) * encoding.SAMPLE
        kept = int.from_bytes(raw[max(end - encoding.SAMPLE, 0) :][:4].tobytes(), "little")
        coded = raw[end : end + kept]
        if len(coded) != kept:
            raise damaged(self.path, "a term's postings are cut short")
        return self._decode(coded, encoding.read_leb128(raw[end + kept :]), listed)

    def _decode(self, coded: Array, extra: Ints, listed: Ints) -> Found:
        """Decode the postings of the blocks that are listed."""
        ends = np.flatnonzero(coded & encoding.LAST)
        if len(ends) != len(listed) or (len(ends) and int(ends[-1]) != len(coded) - 1):
            raise damaged(self.path, "a term's postings do not fit their blocks")
        if not len(ends):
            return Found(listed, listed)
        gaps = (coded & encoding.GAP_ESCAPE).astype(np.int64)
        tf = (coded >> 5 & encoding.TF_ESCAPE).astype(np.int64) + 1
        long_gap, high_tf = gaps == encoding.GAP_ESCAPE, tf > encoding.TF_ESCAPE
        before = np.cumsum(long_gap + high_tf.astype(np.int64)) - long_gap - high_tf
        if int((long_gap + high_tf.astype(np.int64)).sum()) > len(extra):
            raise damaged(self.path, "a term's postings are cut short")
        gaps[long_gap] += extra[before[long_gap]]
        tf[high_tf] += extra[(before + long_gap)[high_tf]]
        sizes = np.diff(np.append(-1, ends))
        steps = np.cumsum(gaps + 1)
        base = np.append(0, steps[ends[:-1]])
        first = (
            self.starts[np.minimum(listed, self.blocks - 1)]
            if self.starts is not None
            else listed * BLOCK
        )
        slots = steps - np.repeat(base, sizes) - 1 + np.repeat(first.astype(np.int64), sizes)
        if (listed >= self.blocks).any() or ((slots < 0) | (slots >= self.slots)).any():
            raise damaged(self.path, "a posting lies outside of its segment")
        return Found(slots, tf)
