"""A forward index in a file, opened by a memory map: nothing is read before it is looked at.

Its vocabulary stands in the segment of postings beside it, with the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from retrieval.search.codec.container import Sections, SectionWriter, damaged
from retrieval.search.codec.strings import Array, Texts, ascends
from retrieval.search.forward import ForwardIndex
from retrieval.search.inverted_index import InvertedIndex
from retrieval.text import word_classes
from retrieval.text.word_classes import Flags

TEXTS = ("articles", "digests", "languages", "hidden", "forms")
NUMBERS = {
    "firsts": "<i4",
    "kinds": "u1",
    "weights": "<f4",
    "form_terms": "<i4",
    "section_sentences": "<i4",
    "title_offsets": "<i4",
    "title_words": "<i4",
    "starts": "<i4",
    "ends": "<i4",
    "paragraphs": "<i4",
    "offsets": "<i8",
    "words": "<i4",
    "cases": "u1",
}


class Stream(NamedTuple):
    """A forward index that is written piece by piece, so that it need not fit into memory.

    It is written once: what is written leaves it, and lets go of what it was taken from.

    Attributes:
        vocabulary: See `ForwardIndex`.
        texts: What `ForwardIndex` holds as texts, by name.
        numbers: What it holds as numbers, by name, each in pieces.
    """

    vocabulary: Sequence[str]
    texts: dict[str, Sequence[str]]
    numbers: dict[str, Iterable[Array]]

    @classmethod
    def of(cls, forward: ForwardIndex) -> Self:
        """A forward index in one piece."""
        return cls(
            forward.vocabulary,
            {name: getattr(forward, name) for name in TEXTS},
            {name: [getattr(forward, name)] for name in NUMBERS},
        )


def write_stream(stream: Stream, path: Path, *, apart: bool = False, synced: bool = True) -> None:
    """Write a forward index; until it is whole, nothing stands at `path`.

    Args:
        stream: The forward index.
        path: Where.
        apart: Whether no segment will stand beside it, so that it has to hold its vocabulary.
        synced: Whether it is to last through a power cut.

    Raises:
        LibraryUnavailable: The folder cannot be written, or the disk is full.
    """
    vocabulary, forms = Texts.pack(stream.vocabulary), stream.texts["forms"]
    with SectionWriter(path, synced=synced) as file:
        for name in TEXTS:
            _add_texts(file, name, Texts.pack(stream.texts.pop(name)), heads=name == "forms")
        for name, kind in NUMBERS.items():
            pieces = (piece.astype(kind, copy=False) for piece in stream.numbers.pop(name))
            file.add(name, (_bytes(piece) for piece in pieces))
        if apart:
            _add_texts(file, "vocabulary", vocabulary, heads=False)
            return
        flags = word_classes.classify(forms).astype("<u2")
        file.add("flags", [_bytes(flags)])
        file.add("vocabulary_heads", [_bytes(_heads(vocabulary))])


def write_forward(
    forward: ForwardIndex, path: Path, *, apart: bool = False, synced: bool = True
) -> None:
    """Write a forward index that is in memory; see `write_stream`."""
    write_stream(Stream.of(forward), path, apart=apart, synced=synced)


def _add_texts(file: SectionWriter, name: str, texts: Texts, *, heads: bool) -> None:
    file.add(name, [texts.data])
    file.add(f"{name}_starts", [_bytes(texts.starts)])
    if heads:
        file.add(f"{name}_heads", [_bytes(_heads(texts))])


def _heads(texts: Texts) -> Array:
    return texts.heads if texts.heads is not None else np.empty(0, dtype="<u8")


def _bytes(values: NDArray[np.generic]) -> memoryview:
    return np.ascontiguousarray(values).view(np.uint8).data


def open_forward(path: Path, inverted: InvertedIndex) -> tuple[ForwardIndex, Flags]:
    """Map a forward index, and what its forms are; see `word_classes`.

    Args:
        path: What was written.
        inverted: The postings of the same forward index.

    Raises:
        LibraryUnavailable: It cannot be opened.
        LibraryDamaged: It is no forward index, a damaged one, or not that of the segment.
    """
    file = Sections.open(path)
    heads = _array(file, "vocabulary_heads", "<u8", inverted.terms)
    forward = _mapped(file, Texts(inverted.vocabulary_starts, inverted.vocabulary, heads))
    articles = len(forward.articles)
    if inverted.blocks != articles or inverted.slots != forward.sentences + articles:
        raise damaged(path, "it is not the forward index of the postings beside it")
    return forward, _array(file, "flags", "<u2", len(forward.forms))


def open_apart(path: Path, vocabulary: Sequence[str] | None = None) -> ForwardIndex:
    """Map a forward index that has no segment yet.

    Args:
        path: What was written.
        vocabulary: Its vocabulary, where it was not written `apart`.

    Raises:
        LibraryUnavailable: It cannot be opened.
        LibraryDamaged: It is no forward index, or a damaged one.
    """
    file = Sections.open(path)
    return _mapped(file, _texts(file, "vocabulary") if vocabulary is None else vocabulary)


def _mapped(file: Sections, vocabulary: Sequence[str]) -> ForwardIndex:
    numbers = {name: _array(file, name, kind) for name, kind in NUMBERS.items()}
    texts = {name: _texts(file, name) for name in TEXTS}
    fields: dict[str, Any] = {**texts, **numbers}
    forward = ForwardIndex(vocabulary=vocabulary, **fields)
    _check(forward, file.path)
    return forward


def _array(file: Sections, name: str, kind: str, size: int | None = None) -> Array:
    raw, width = file.section(name), np.dtype(kind).itemsize
    if len(raw) % width or (size is not None and len(raw) != size * width):
        raise damaged(file.path, f"section {name!r} has the wrong length")
    return np.frombuffer(raw, dtype=kind)


def _texts(file: Sections, name: str) -> Texts:
    starts, data = _array(file, f"{name}_starts", "<u4"), file.section(name)
    if not ascends(starts) or int(starts[-1]) != len(data):
        raise damaged(file.path, f"section {name!r} has the wrong length")
    known = f"{name}_heads" in file.entries
    heads = _array(file, f"{name}_heads", "<u8", len(starts) - 1) if known else None
    return Texts(starts, data, heads)


def _check(forward: ForwardIndex, path: Path) -> None:
    """Hold the lengths of arrays against one another."""
    articles = len(forward.articles)
    pairs: list[tuple[Sequence[object] | Array, int]] = [
        (forward.firsts, articles),
        (forward.digests, articles),
        (forward.languages, articles),
        (forward.hidden, articles),
        (forward.kinds, articles),
        (forward.weights, articles),
        (forward.section_sentences, articles + 1),
        (forward.title_offsets, articles + 1),
        (forward.ends, forward.sentences),
        (forward.paragraphs, forward.sentences),
        (forward.offsets, forward.sentences + 1),
        (forward.cases, len(forward.words)),
        (forward.form_terms, len(forward.forms)),
    ]
    ends = [
        (forward.section_sentences, forward.sentences),
        (forward.title_offsets, len(forward.title_words)),
        (forward.offsets, len(forward.words)),
    ]
    if any(len(values) != size for values, size in pairs):
        raise damaged(path, "its parts do not fit together")
    if any(not ascends(values) or int(values[-1]) != end for values, end in ends):
        raise damaged(path, "its parts do not fit together")
