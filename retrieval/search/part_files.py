"""The files of a part of an index: its words, and their postings beside them."""

from __future__ import annotations

from pathlib import Path

from retrieval.search import levels
from retrieval.search.codec.forward_file import Stream, open_apart, write_corpus, write_stream
from retrieval.search.forward import Corpus
from retrieval.search.writing.segment_writer import Advance

TITLE_COUNTS = 3  # how often an article's title is read as part of it
WORDS, POSTINGS = ".words", ".postings"
SMALL = 1 << 14  # words: a smaller part is checked whole whenever it is opened


def write_part(
    corpus: Corpus | Stream, folder: Path, name: str, advance: Advance | None = None
) -> None:
    """Write a corpus and its postings as the part of this name.

    Args:
        corpus: What it holds, in memory or piece by piece.
        folder: Where.
        name: Of its files.
        advance: Told how many words have their postings.

    Raises:
        LibraryUnavailable: The folder cannot be written, or the disk is full.
    """
    words = folder / (name + WORDS)
    if isinstance(corpus, Stream):
        write_stream(corpus, words)
        corpus, synced = open_apart(words, corpus.vocabulary), True
    else:
        synced = len(corpus.words) >= SMALL  # else it need not outlast a power cut: see `syncing`
        write_corpus(corpus, words, synced=synced)
    levels.build_levels(
        corpus,
        folder / (name + POSTINGS),
        title_counts=TITLE_COUNTS,
        progress=advance,
        synced=synced,
    )
