"""A segment of articles, open: its terms, their postings, and how its sentences lie."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from retrieval.search.codec import postings_decoding as decoding
from retrieval.search.codec.container import Damage, Sections, damaged
from retrieval.search.codec.postings_decoding import Found
from retrieval.search.codec.postings_encoding import LEVELS
from retrieval.search.codec.strings import ascends

Array = NDArray[Any]
MOST_SLOTS = 1 << 31


class Articles(NamedTuple):
    """What a segment knows beyond the lengths of its sentences.

    Attributes:
        starts: Shape (blocks + 1,): where each article's slots begin, its title first.
        paragraph_of: Shape (slots,): each slot's paragraph in the segment, -1 for a title.
        paragraph_lengths: Shape (paragraphs,): terms in each.
        lengths: Shape (blocks,): terms in each article, its title's counted.
    """

    starts: Array
    paragraph_of: Array
    paragraph_lengths: Array
    lengths: Array


class Terms(NamedTuple):
    """The directory of a segment's terms.

    Attributes:
        starts: Shape (terms + 1,): where each one's bytes begin in `postings`.
        blocks: Shape (terms,): in how many blocks each stands.
        postings: Shape (terms,): in how many slots, titles counted.
        document_frequencies: For each level, shape (terms,): in how many of its documents.
        vocabulary: Their UTF-8, one after the other.
        spellings: Shape (terms + 1,): where each one's begins.
    """

    starts: Array
    blocks: Array
    postings: Array
    document_frequencies: tuple[Array, ...]
    vocabulary: memoryview
    spellings: Array


class InvertedIndex:
    """A segment, mapped into memory; safe to share between threads.

    Attributes:
        sections: Its file's sections.
        path: Its file.
        terms: How many terms it has.
        term_starts: Shape (terms + 1,): where each one's bytes begin in the section `postings`.
        document_frequencies: For each level, shape (terms,).
        vocabulary: The terms' UTF-8, one after the other, ascending.
        vocabulary_starts: Shape (terms + 1,): where each one's begins.
        lengths: Shape (slots,): terms in each document.
        articles: See `Articles`; a block is one.
        slots: How many slots it has, titles counted.
        blocks: How many blocks.
        widest: Slots of its largest block.
        opened: What the kernel made of `parts` when it first searched.
    """

    def __init__(self, sections: Sections) -> None:
        """Read the directory of an open file; see `open`."""
        self.sections = sections
        self.path = sections.path
        self.opened: object = None
        self._meta = sections.description()
        self._postings = sections.section("postings")
        self._directory = self._read_terms()
        self.term_starts = self._directory.starts
        self.terms = len(self._directory.blocks)
        self.document_frequencies = self._directory.document_frequencies
        self.vocabulary = self._directory.vocabulary
        self.vocabulary_starts = self._directory.spellings
        self._floors = self._array("floors", "<u4", sum(classes.lengths for classes in LEVELS))
        self.lengths = self._read_lengths()
        self.slots = len(self.lengths)
        self.articles = self._read_articles()
        self.blocks = len(self.articles.lengths)
        self.widest = self._widest(self.articles.starts)

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
        self.sections.verify()

    def described(self, name: str) -> list[float]:
        """Numbers that the builder wrote about the segment, one a level.

        Raises:
            LibraryDamaged: They are not there, or no numbers.
        """
        values = self._meta.get(name)
        if not isinstance(values, list) or len(values) != len(LEVELS):
            raise damaged(self.path, f"its description has no {name!r}")
        if not all(isinstance(value, int | float) and math.isfinite(value) for value in values):
            raise damaged(self.path, f"its description has no {name!r}")
        return [float(value) for value in values]

    def find(self, term: int) -> Found:
        """Decode a term's postings.

        Raises:
            LibraryDamaged: They cannot be those of a term.
        """
        first, last = self._directory.starts[term : term + 2].tolist()
        if not first <= last <= len(self._postings):
            raise damaged(self.path, "a term's postings lie outside of it")
        raw = np.frombuffer(self._postings[first:last], dtype=np.uint8)
        blocks, postings = int(self._directory.blocks[term]), int(self._directory.postings[term])
        try:
            return decoding.decode(
                raw, decoding.Counts(blocks, postings), self.slots, self.articles.starts
            )
        except Damage as damage:
            raise damaged(self.path, str(damage)) from damage

    def parts(self) -> tuple[object, ...]:
        """All that the kernel is given of it: memoryviews and numbers."""
        arrays = (
            self._directory.starts,
            self._directory.blocks,
            self._directory.postings,
            self.lengths,
            self._floors,
            *self.articles,
        )
        return (
            self._postings,
            *(array.data for array in arrays),
            self.slots,
            self.blocks,
            self.widest,
            self.lengths.itemsize,
        )

    def _read_terms(self) -> Terms:
        blocks = self._array("term_blocks", "<u4")
        size = len(blocks)
        width = len(self.sections.section("term_starts")) // (size + 1)
        if width not in (4, 8):
            raise self._wrong_length("term_starts")
        document_frequencies = tuple(
            self._array(f"held_{n}", "<u4", size) for n in range(len(LEVELS))
        )
        spellings = self._array("vocabulary_starts", "<u4", size + 1)
        vocabulary = self.sections.section("vocabulary")
        if not ascends(spellings) or int(spellings[-1]) != len(vocabulary):
            raise self._wrong_length("vocabulary_starts")
        return Terms(
            self._array("term_starts", f"<u{width}", size + 1),
            blocks,
            self._array("term_postings", "<u4", size),
            document_frequencies,
            vocabulary,
            spellings,
        )

    def _read_lengths(self) -> Array:
        raw = len(self.sections.section("lengths"))
        width = self._meta.get("length_bytes")
        if width not in (1, 2, 4) or raw // width >= MOST_SLOTS:
            raise self._wrong_length("lengths")
        return self._array("lengths", f"<u{width}")

    def _read_articles(self) -> Articles:
        lengths = self._array("article_lengths", "<u4")
        return Articles(
            self._array("starts", "<u4", len(lengths) + 1),
            self._array("paragraph_of", "<i4", self.slots),
            self._array("paragraph_lengths", "<u4"),
            lengths,
        )

    def _widest(self, starts: Array) -> int:
        sizes = np.diff(starts.astype(np.int64))
        if int(starts[0]) or int(starts[-1]) != self.slots or (sizes < 1).any():
            raise damaged(self.path, "its articles do not follow one another")
        return int(sizes.max(initial=1))

    def _array(self, name: str, kind: str, size: int | None = None) -> Array:
        raw = self.sections.section(name)
        width = np.dtype(kind).itemsize
        if len(raw) % width or (size is not None and len(raw) != size * width):
            raise self._wrong_length(name)
        return np.frombuffer(raw, dtype=kind)

    def _wrong_length(self, name: str) -> Exception:
        return damaged(self.path, f"section {name!r} has the wrong length")
