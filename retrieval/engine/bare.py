"""Plain tokenised documents under BM25: built as a stream, opened at once, searched exactly.

What builds, and what numpy reads, is imported when it is wanted: a process that searches with the
kernel starts sooner without numpy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from retrieval.engine import kernel
from retrieval.engine.plain import Plain

if TYPE_CHECKING:
    from retrieval.engine.building import Progress
    from retrieval.engine.plain_reference import Reader
    from retrieval.engine.spooling import Document
    from retrieval.postings import Floats

Found = tuple["memoryview[int]", "memoryview[float]"]


class Bare:
    """A set of documents in one file, with rank-bm25's Okapi scores.

    Safe to search from several threads at once.

    Attributes:
        size: How many documents there are, empty ones counted.
        native: Whether the compiled kernel searches; numpy gives the same bits.
    """

    def __init__(self, plain: Plain, *, native: bool | None = None) -> None:
        """Search a segment; see `open`."""
        self._plain = plain
        self.size = plain.slots
        self.native = kernel.AVAILABLE and native is not False
        self._reader: Reader | None = None
        self._opened = kernel.open_plain(plain) if self.native else self._read()

    @staticmethod
    def build(  # noqa: PLR0913 - two say what is built, the others have a default
        documents: Iterable[Document],
        path: Path,
        *,
        k1: float | None = None,
        b: float | None = None,
        epsilon: float | None = None,
        progress: Callable[[Progress], None] | None = None,
        native: bool | None = None,
    ) -> None:
        """Write the index of `documents`, which are read once and not kept in memory.

        Args:
            documents: The terms of each document; or each as a line of UTF-8, whose terms white
                space divides, which is sooner read.
            path: The file to write; an old one is replaced when the new one is whole.
            k1: How soon a repeated term stops adding; rank-bm25's own without it.
            b: How much a document's length counts, from 0 to 1; likewise.
            epsilon: The floor of a frequent term's idf, as a share of the average idf; likewise.
            progress: Called as terms are inverted.
            native: False for numpy; None for the kernel where there is one. Both write the same
                bytes.

        Raises:
            LibraryUnavailable: The file cannot be written.
            UnicodeDecodeError: A line is no UTF-8.
        """
        from retrieval.engine.plain_building import Parameters, write_plain  # noqa: PLC0415
        from retrieval.engine.spooling import Spool  # noqa: PLC0415

        chosen = {"k1": k1, "b": b, "epsilon": epsilon}
        parameters = Parameters(**{name: n for name, n in chosen.items() if n is not None})
        with Spool(native=native) as spool:
            spool.extend(documents)
            write_plain(path, spool.documents(), parameters, progress, native=native)

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
        return cls(Plain.open(path), native=native)

    def search(self, terms: Sequence[str], k: int) -> Found:
        """The `k` best documents that hold one of the terms.

        Args:
            terms: A repeated one counts again, an unknown one not at all.
            k: How many at most.

        Returns:
            Document numbers (64 bits) and scores (doubles), by score, then number: buffers that
            numpy takes as they are.

        Raises:
            LibraryDamaged: The file was damaged after it was built.
        """
        if self.native and len(terms) <= kernel.MOST_WORDS:
            return kernel.ask(self._plain, self._opened, terms, k)
        ids, scores = self._read().top(terms, k)
        return memoryview(ids.tobytes()).cast("q"), memoryview(scores.tobytes()).cast("d")

    def scores(self, terms: Sequence[str]) -> Floats:
        """The score of every document, by numpy: shape (size,)."""
        return self._read().score(terms).scores

    def verify(self) -> None:
        """Compare every byte of the file with its checksum.

        Raises:
            LibraryDamaged: Some byte is not what was written.
        """
        self._plain.verify()

    def _read(self) -> Reader:
        from retrieval.engine.plain_reference import Reader  # noqa: PLC0415

        if self._reader is None:
            self._reader = Reader(self._plain)
        return self._reader
