"""Words in, a segment file out, in bounded memory: a range of terms is inverted at a time."""

from __future__ import annotations

import json
import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from retrieval.engine.dividing import Divided
from retrieval.engine.encoding import spelled
from retrieval.engine.inverting import Inverter
from retrieval.engine.layout import Layout, Tokens
from retrieval.engine.sections import SectionWriter
from retrieval.postings import Ints

BATCH = 4096  # documents that are numbered at a time
CHUNK = 1 << 19  # words that are read back at a time

Words = Callable[[], Iterator[Tokens]]


class Source(NamedTuple):
    """What a segment is built from.

    Attributes:
        layout: How its documents are arranged.
        vocabulary: Its terms as UTF-8, ascending; a term's place is its number.
        counts: Shape (terms,): how many words are each term.
        words: Gives all words, in pieces, each time it is called.
    """

    layout: Layout
    vocabulary: Sequence[bytes]
    counts: Ints
    words: Words


class Progress(NamedTuple):
    """How far a build is.

    Attributes:
        done: Words that were inverted.
        total: All words.
    """

    done: int
    total: int


Advance = Callable[[Progress], None]


def write_segment(
    path: Path,
    source: Source,
    describe: Callable[[list[Ints]], dict[str, Any]],
    progress: Advance | None = None,
) -> None:
    """Build a segment; until it is whole, what stands at `path` stays.

    Args:
        path: Where it will stand.
        source: What it is built from.
        describe: Gives the section `meta`, from the documents that hold each term at each level.
        progress: Called after each range of terms.

    Raises:
        LibraryUnavailable: The file cannot be written.
    """
    layout = source.layout
    inverter = Inverter(layout)
    sizes: list[Ints] = []
    blocks: list[Ints] = []
    postings: list[Ints] = []
    held: list[list[Ints]] = [[] for _ in range(layout.levels)]

    def invert() -> Iterator[memoryview]:
        done, total = 0, int(source.counts.sum())
        for number, (first, last) in enumerate(divided.ranges):
            terms, slots = divided.words(number)
            inverted = inverter.invert(terms, slots, first, last - first)
            sizes.append(inverted.encoded.sizes)
            blocks.append(inverted.encoded.blocks)
            postings.append(inverted.encoded.postings)
            for level, counts in enumerate(inverted.held):
                held[level].append(counts)
            done += len(terms)
            yield inverted.encoded.data.data
            if progress:
                progress(Progress(done, total))

    with Divided(source.words(), source.counts) as divided, SectionWriter(path) as file:
        file.add("postings", invert())
        starts = np.concatenate([[0], np.cumsum(_joined(sizes))])
        file.add("term_starts", [_packed(starts, "<u8" if starts[-1] >> 32 else "<u4")])
        file.add("term_blocks", [_packed(_joined(blocks), "<u4")])
        if layout.whole is not None:
            file.add("term_postings", [_packed(_joined(postings), "<u4")])
        frequencies = [_joined(counts) for counts in held]
        for level, counts in enumerate(frequencies):
            file.add(f"held_{level}", [_packed(counts, "<u4")])
        _add_vocabulary(file, source.vocabulary)
        _add_layout(file, layout)
        file.add("floors", [_packed(np.concatenate(inverter.floors), "<u4")])
        meta = describe(frequencies) | {"length_bytes": _narrowest(layout.lengths)}
        file.add("meta", [json.dumps(meta, sort_keys=True).encode()])


def _joined(parts: list[Ints]) -> Ints:
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)


def _packed(values: NDArray[np.generic], kind: str) -> memoryview:
    return np.ascontiguousarray(values.astype(kind)).view(np.uint8).data


def _add_vocabulary(file: SectionWriter, vocabulary: Sequence[bytes]) -> None:
    ends = np.cumsum(np.fromiter(map(len, vocabulary), dtype=np.int64, count=len(vocabulary)))
    file.add("vocabulary_starts", [_packed(np.append(0, ends), "<u4")])
    file.add("vocabulary", [b"".join(vocabulary)])


def _add_layout(file: SectionWriter, layout: Layout) -> None:
    file.add("lengths", [_packed(layout.lengths, f"<u{_narrowest(layout.lengths)}")])
    if layout.whole is None:
        return
    file.add("starts", [_packed(layout.starts, "<u4")])
    file.add("paragraph_of", [_packed(layout.whole.paragraph_of, "<i4")])
    file.add("paragraph_lengths", [_packed(layout.whole.paragraph_lengths, "<u4")])
    file.add("article_lengths", [_packed(layout.whole.article_lengths, "<u4")])


def _narrowest(lengths: Ints) -> int:
    """How many bytes the longest length takes."""
    most = int(lengths.max(initial=0))
    return 1 if most < 1 << 8 else 2 if most < 1 << 16 else 4


class Spool:
    """Documents on the disk as term numbers, while a segment is built from them."""

    def __init__(self) -> None:
        """Start with no documents."""
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._numbers = _Numbers()
        self._lengths = array("I")

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Give the disk back."""
        self._file.close()

    def extend(self, documents: Iterable[Sequence[str]]) -> None:
        """Add documents, each given by its terms."""
        number = self._numbers.__getitem__
        waiting = iter(documents)
        while batch := list(islice(waiting, BATCH)):
            self._lengths.extend(map(len, batch))
            words = array("I", map(number, chain.from_iterable(batch)))
            words.tofile(self._file)
        self._file.flush()

    def source(self) -> Source:
        """All that was added, with terms numbered in the order of their UTF-8 bytes."""
        order = sorted(self._numbers)  # by characters is by UTF-8
        rank = np.empty(len(order), dtype=np.int64)
        rank[list(map(self._numbers.__getitem__, order))] = np.arange(len(order))
        self._numbers = _Numbers()
        lengths = np.array(self._lengths, dtype=np.int64)

        def words() -> Iterator[Tokens]:
            return _read_back(self._file, rank, lengths)

        counts = np.zeros(len(order), dtype=np.int64)
        for terms, _ in words():
            counts += np.bincount(terms, minlength=len(order))
        return Source(Layout.bare(lengths), [spelled(term) for term in order], counts, words)


class _Numbers(dict[str, int]):
    """Numbers each new term when it is asked for."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


def _read_back(file: IO[bytes], rank: Ints, lengths: Ints) -> Iterator[Tokens]:
    ends = np.cumsum(lengths)
    first = 0
    file.seek(0)
    while first < len(lengths):
        before = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, before + CHUNK, side="right")))
        size = int(ends[last - 1]) - before
        raw = np.fromfile(file, dtype=np.uint32, count=size)
        yield Tokens(rank[raw], np.repeat(np.arange(first, last), lengths[first:last]))
        first = last
