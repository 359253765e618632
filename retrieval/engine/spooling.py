"""Documents in, as they come; numbers out, as often as they are wanted: they wait on the disk."""

from __future__ import annotations

import secrets
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import IO, Any, NamedTuple, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from retrieval.engine import buckets, kernel
from retrieval.engine.building import Spellings
from retrieval.engine.encoding import spelled
from retrieval.engine.layout import Tokens
from retrieval.engine.plain_building import Documents
from retrieval.postings import Ints

BATCH = 1024  # documents that are numbered at a time
CHUNK = 1 << 18  # words that are read back at a time

Document = Sequence[str] | bytes
"""Its terms; or a line of UTF-8, in which ASCII's white space divides them."""


class Sorted(NamedTuple):
    """All terms that came, by bucket; see `buckets`.

    Attributes:
        vocabulary: The terms.
        ranks: The place in it of each number.
        counts: How often each term came.
        before: How many terms stand before each bucket, and before the end.
    """

    vocabulary: Spellings
    ranks: NDArray[np.uint32]
    counts: Ints
    before: NDArray[Any]


class Numbering(Protocol):
    """Gives terms numbers, in the order in which they first come."""

    def number(self, documents: list[Document]) -> tuple[bytes, bytes]:
        """The numbers of all terms, and how many terms each document has, u32 each."""

    def sorted(self) -> Sorted:
        """The terms so far; nothing is numbered after it."""


class Spool:
    """Documents on the disk as term numbers, while a segment is built from them."""

    def __init__(self, *, native: bool | None = None) -> None:
        """Start with no documents.

        Args:
            native: False for a dictionary; None for the kernel where there is one.
        """
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        chosen = kernel.AVAILABLE and native is not False
        self._numbering: Numbering = _Compiled() if chosen else _Numbers()
        self._lengths = array("I")

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Give the disk back."""
        self._file.close()

    def extend(self, documents: Iterable[Document]) -> None:
        """Add documents.

        Raises:
            UnicodeDecodeError: A line is no UTF-8.
            TypeError: A term is no text.
        """
        waiting = iter(documents)
        while batch := list(islice(waiting, BATCH)):
            numbers, lengths = self._numbering.number(batch)
            self._lengths.frombytes(lengths)
            self._file.write(numbers)
        self._file.flush()

    def documents(self) -> Documents:
        """All that was added, with terms numbered in the order of their UTF-8 bytes."""
        vocabulary, ranks, counts, before = self._numbering.sorted()
        lengths = np.array(self._lengths, dtype=np.int64)
        self._lengths = array("I")

        def words() -> Iterator[Tokens]:
            return _read_back(self._file, ranks, lengths)

        return Documents(lengths, vocabulary, before, counts, words)


class _Numbers(dict[str, int]):
    """Numbers each new term when it is asked for."""

    def __missing__(self, term: str) -> int:
        if not isinstance(term, str):
            raise TypeError(f"a term is text, not {type(term).__name__}")
        number = self[term] = len(self)
        return number

    def number(self, documents: list[Document]) -> tuple[bytes, bytes]:
        batch = [_terms(document) for document in documents]
        numbers = array("I", map(self.__getitem__, chain.from_iterable(batch)))
        self._count(numbers)
        return numbers.tobytes(), array("I", map(len, batch)).tobytes()

    def sorted(self) -> Sorted:
        number_of = {spelled(term): number for term, number in self.items()}
        order = buckets.ordered(number_of, len(number_of))
        numbers = np.fromiter(map(number_of.__getitem__, order), np.int64, len(order))
        counts = self._counts[numbers]
        ranks = np.empty(len(order), dtype=np.uint32)
        ranks[numbers] = np.arange(len(order))
        self.clear()
        before = np.array(buckets.starts(order), dtype=np.uint32)
        return Sorted(Spellings.of(order), ranks, counts, before)

    _counts: Ints = np.zeros(0, dtype=np.int64)

    def _count(self, numbers: array[int]) -> None:
        """Add up how often each term came."""
        if len(self) > len(self._counts):
            more = np.zeros(2 * len(self) - len(self._counts), dtype=np.int64)
            self._counts = np.concatenate([self._counts, more])
        terms, counts = np.unique(np.frombuffer(numbers, dtype=np.uint32), return_counts=True)
        self._counts[terms] += counts


class _Compiled:
    """The kernel's numbering."""

    def __init__(self) -> None:
        self._words: Any = kernel.compiled.words(secrets.randbits(64))

    def number(self, documents: list[Document]) -> tuple[bytes, bytes]:
        numbered: tuple[bytes, bytes] = kernel.compiled.number(self._words, documents)
        return numbered

    def sorted(self) -> Sorted:
        text, starts, ranks, counts, before = kernel.compiled.sorted(self._words)
        self._words = None
        return Sorted(
            Spellings(text, np.frombuffer(starts, dtype=np.int64)),
            np.frombuffer(ranks, dtype=np.uint32),
            np.frombuffer(counts, dtype=np.int64),
            np.frombuffer(before, dtype=np.uint32),
        )


def _terms(document: Document) -> Sequence[str]:
    if not isinstance(document, bytes):
        return document
    document.decode()  # a line is UTF-8 as a whole, or none
    return [word.decode() for word in document.split()]


def _read_back(file: IO[bytes], ranks: NDArray[np.uint32], lengths: Ints) -> Iterator[Tokens]:
    ends = np.cumsum(lengths)
    first = 0
    file.seek(0)
    while first < len(lengths):
        before = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, before + CHUNK, side="right")))
        size = int(ends[last - 1]) - before
        raw = np.fromfile(file, dtype=np.uint32, count=size)
        documents = np.arange(first, last, dtype=np.uint32)
        yield Tokens(ranks[raw], np.repeat(documents, lengths[first:last]))
        first = last
