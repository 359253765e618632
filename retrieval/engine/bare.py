"""Plain tokenised documents under BM25: built as a stream, opened at once, searched exactly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

from retrieval.bm25 import EPSILON, K1, B
from retrieval.engine import kernel, reference
from retrieval.engine.building import Advance, write_segment
from retrieval.engine.reference import Model, Wanted
from retrieval.engine.segment import Segment
from retrieval.engine.spooling import Document, Spool
from retrieval.engine.weights import average_idf, floored_idf
from retrieval.postings import Floats, Ints


class Bare:
    """A set of documents in one file, with rank-bm25's Okapi scores.

    Safe to search from several threads at once.

    Attributes:
        size: How many documents there are, empty ones counted.
        native: Whether the compiled kernel searches; numpy gives the same bits.
    """

    def __init__(self, segment: Segment, *, native: bool | None = None) -> None:
        """Search a segment; see `open`."""
        self._segment = segment
        self.native = kernel.AVAILABLE if native is None else native and kernel.AVAILABLE
        self.size = segment.slots
        names = ("k1", "b", "average", "floor")
        k1, b, average, self._floor = (segment.described(name)[0] for name in names)
        self.model = Model(k1, b, average)

    @staticmethod
    def build(  # noqa: PLR0913 - two say what is built, the others have a default
        documents: Iterable[Document],
        path: Path,
        *,
        k1: float = K1,
        b: float = B,
        epsilon: float = EPSILON,
        progress: Advance | None = None,
        native: bool | None = None,
    ) -> None:
        """Write the index of `documents`, which are read once and not kept in memory.

        Args:
            documents: The terms of each document; or each as a line of UTF-8, whose terms white
                space divides, which is sooner read.
            path: The file to write; an old one is replaced when the new one is whole.
            k1: How soon a repeated term stops adding.
            b: How much a document's length counts, from 0 to 1.
            epsilon: The floor of a frequent term's idf, as a share of the average idf.
            progress: Called as terms are inverted.
            native: False for numpy; None for the kernel where there is one. Both write the same
                bytes.

        Raises:
            LibraryUnavailable: The file cannot be written.
            UnicodeDecodeError: A line is no UTF-8.
        """
        with Spool(native=native) as spool:
            spool.extend(documents)
            source = spool.source()
            size, words = source.layout.slots, int(source.layout.lengths.sum())

            def describe(held: list[Ints]) -> dict[str, Any]:
                return {
                    "k1": [k1],
                    "b": [b],
                    "average": [words / size if size else 0.0],
                    "floor": [epsilon * average_idf(held[0], size)],
                }

            write_segment(path, source, describe, progress, native=native)

    @classmethod
    def open(cls, path: Path, *, native: bool | None = None) -> Self:
        """Map an index; nothing is read yet.

        Args:
            path: What `build` wrote.
            native: False for the numpy path; None for the kernel where there is one.

        Raises:
            LibraryUnavailable: It cannot be opened.
            LibraryDamaged: It is no index, or a damaged one.
        """
        return cls(Segment.open(path), native=native)

    def search(self, terms: Sequence[str], k: int) -> tuple[Ints, Floats]:
        """The `k` best documents that hold one of the terms.

        Args:
            terms: A repeated one counts again, an unknown one not at all.
            k: How many at most.

        Returns:
            Document numbers and scores: by score, then number.

        Raises:
            LibraryDamaged: The file was damaged after it was built.
        """
        if self.native and len(terms) <= kernel.MOST_WORDS:
            return kernel.ask(self._segment, terms, self.model, self._floor, k)
        wanted, models = self._wanted(terms), [self.model]
        if self.native:
            hits = kernel.find(self._segment, wanted, models, k)
        else:
            hits = reference.top(reference.score(self._segment, wanted, models), models, k)
        return hits.ids, hits.scores

    def scores(self, terms: Sequence[str]) -> Floats:
        """The score of every document, by numpy: shape (size,)."""
        scores: Floats = reference.score(self._segment, self._wanted(terms), [self.model]).parts[0]
        return scores

    def verify(self) -> None:
        """Compare every byte of the file with its checksum.

        Raises:
            LibraryDamaged: Some byte is not what was written.
        """
        self._segment.verify()

    def _wanted(self, terms: Sequence[str]) -> list[Wanted]:
        numbers = (self._segment.number(term) for term in terms)
        return [Wanted(n, (self._weight(n),)) for n in numbers if n is not None]

    def _weight(self, number: int) -> float:
        return floored_idf(int(self._segment.held[0][number]), self.size, self._floor)
