"""What is gone from a part of an index, in a file of its own: it is replaced, the part stays."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from retrieval.search.codec.container import Sections, SectionWriter, damaged
from retrieval.search.tombstones import Gone

ENDING = ".gone"


def write_gone(gone: Gone, path: Path) -> None:
    """Write what is gone; it is checked whenever it is opened, so it may be lost in a power cut.

    Raises:
        LibraryUnavailable: The folder cannot be written, or the disk is full.
    """
    with SectionWriter(path, synced=False) as file:
        file.add("bits", [gone.bits or b""])
        file.add("terms", [gone.terms.astype("<i4").tobytes()])
        file.add("counts", [gone.counts.astype("<i4").tobytes()])
        file.add("meta", [json.dumps([gone.documents, gone.words]).encode()])


def open_gone(path: Path) -> Gone:
    """Read what is gone.

    Raises:
        LibraryUnavailable: It cannot be opened.
        LibraryDamaged: It is not what was written.
    """
    file = Sections.open(path)
    file.verify()
    try:
        documents, words = json.loads(bytes(file.section("meta")))
        terms = np.frombuffer(file.section("terms"), dtype="<i4")
        counts = np.frombuffer(file.section("counts"), dtype="<i4").reshape(len(terms), 3)
        (s, p, a), (in_s, in_p, in_a) = documents, words
    except (ValueError, TypeError) as error:
        raise damaged(path, "its description cannot be read") from error
    bits = bytes(file.section("bits"))
    return Gone(bits or None, terms, counts, (s, p, a), (in_s, in_p, in_a))
