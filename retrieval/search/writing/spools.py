"""Articles read into files, one after the other, so that no more than one is in memory."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from retrieval.models import Article
from retrieval.search.codec.forward_file import write_corpus
from retrieval.search.forward import Corpus
from retrieval.search.writing.tokenizing import Reader

ENDING = ".read"
FULL = 3 << 19  # pieces of text, about as many words: then a file is written


class Spooled(NamedTuple):
    """What was read of some articles.

    Attributes:
        files: The first of them, each a corpus `apart`.
        rest: The others.
    """

    files: list[Path]
    rest: Corpus


def spool(articles: Iterable[Article], folder: Path) -> Spooled:
    """Read articles.

    Args:
        articles: In the order of their ids.
        folder: Where the files go.

    Raises:
        LibraryUnavailable: The folder cannot be written, or the disk is full.
    """
    files: list[Path] = []
    reader = Reader()
    for article in articles:
        reader.read(article)
        if len(reader) >= FULL:
            files.append(put(reader.corpus(), folder))
            reader = Reader()
    return Spooled(files, reader.corpus())


def put(corpus: Corpus, folder: Path) -> Path:
    """Write a corpus to a file of its own.

    Raises:
        LibraryUnavailable: The folder cannot be written, or the disk is full.
    """
    path = folder / (secrets.token_hex(8) + ENDING)
    write_corpus(corpus, path, apart=True, synced=False)
    return path
