"""Words in, a segment file out, in bounded memory: a range of terms is inverted at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.search.arrays import Ints
from retrieval.search.codec.container import SectionWriter
from retrieval.search.codec.postings_encoding import LEVELS
from retrieval.search.writing.inverting import Inverter
from retrieval.search.writing.layout import Divided, Layout, Tokens

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


Advance = Callable[[int, int], None]  # told (words that were inverted, all words)


def write_segment(
    path: Path,
    source: Source,
    describe: Callable[[list[Ints]], dict[str, Any]],
    progress: Advance | None = None,
    *,
    synced: bool = True,
) -> None:
    """Build a segment; until it is whole, what stands at `path` stays.

    Args:
        path: Where it will stand.
        source: What it is built from.
        describe: Gives the section `meta`, from the documents that hold each term at each level.
        progress: Called after each range of terms.
        synced: Whether it is to last through a power cut.

    Raises:
        LibraryUnavailable: The file cannot be written.
    """
    layout = source.layout
    inverter = Inverter(layout)
    sizes: list[Ints] = []
    blocks: list[Ints] = []
    postings: list[Ints] = []
    document_frequencies: list[list[Ints]] = [[] for _ in LEVELS]

    def invert() -> Iterator[memoryview]:
        done, total = 0, divided.total
        for number, (first, last) in enumerate(divided.ranges):
            pairs = divided.words(number)
            inverted = inverter.invert(pairs, first, last - first)
            sizes.append(inverted.encoded.sizes)
            blocks.append(inverted.encoded.blocks)
            postings.append(inverted.encoded.postings)
            for level, counts in enumerate(inverted.document_frequencies):
                document_frequencies[level].append(counts)
            done += len(pairs)
            yield inverted.encoded.data.data
            if progress:
                progress(done, total)

    with (
        Divided(source.words(), source.counts) as divided,
        SectionWriter(path, synced=synced) as file,
    ):
        file.add("postings", invert())
        starts = np.concatenate([[0], np.cumsum(_joined(sizes))])
        file.add("term_starts", [_packed(starts, "<u8" if starts[-1] >> 32 else "<u4")])
        file.add("term_blocks", [_packed(_joined(blocks), "<u4")])
        file.add("term_postings", [_packed(_joined(postings), "<u4")])
        frequencies = [_joined(counts) for counts in document_frequencies]
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
    sizes = np.fromiter(map(len, vocabulary), np.int64, len(vocabulary))
    file.add("vocabulary_starts", [_packed(np.append(0, np.cumsum(sizes)), "<u4")])
    file.add("vocabulary", [b"".join(vocabulary)])


def _add_layout(file: SectionWriter, layout: Layout) -> None:
    file.add("lengths", [_packed(layout.lengths, f"<u{_narrowest(layout.lengths)}")])
    file.add("starts", [_packed(layout.starts, "<u4")])
    file.add("paragraph_of", [_packed(layout.whole.paragraph_of, "<i4")])
    file.add("paragraph_lengths", [_packed(layout.whole.paragraph_lengths, "<u4")])
    file.add("article_lengths", [_packed(layout.whole.article_lengths, "<u4")])


def _narrowest(lengths: Ints) -> int:
    """How many bytes the longest length takes."""
    most = int(lengths.max(initial=0))
    return 1 if most < 1 << 8 else 2 if most < 1 << 16 else 4
