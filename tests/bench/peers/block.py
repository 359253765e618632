"""Pullquote's engine, with its native kernel and without: rank-bm25's Okapi, k1 1.5, b .75."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Self

from bench.peers.face import Hits, Query
from retrieval.engine import Bare
from retrieval.engine.bare import Found

NAME = "sentences.idx"


class Native:
    """The engine as it is installed."""

    def __init__(self, bare: Bare) -> None:
        """Search `bare`."""
        self.bare = bare

    @classmethod
    def build(cls, sentences: Path, folder: Path) -> None:
        """Stream the sentences in."""
        Bare.build(_documents(sentences), folder / NAME)

    @classmethod
    def open(cls, sentences: Path, folder: Path) -> Self:  # noqa: ARG003 - other engines need it
        """Map the file."""
        bare = Bare.open(folder / NAME)
        if not bare.native:
            raise RuntimeError("the native kernel was not compiled; install with a C compiler")
        return cls(bare)

    def search(self, query: Query, k: int) -> Found:
        """The k best."""
        return self.bare.search(query.terms, k)

    def hits(self, found: Found) -> Hits:
        """The two buffers side by side."""
        numbers, scores = found
        return list(zip(numbers.tolist(), scores.tolist(), strict=True))


class Numpy(Native):
    """The same file read by the numpy path, which serves where there is no compiler."""

    @classmethod
    def open(cls, sentences: Path, folder: Path) -> Self:  # noqa: ARG003 - other engines need it
        """Map the file."""
        return cls(Bare.open(folder / NAME, native=False))


def _documents(sentences: Path) -> Iterator[list[str]]:
    with sentences.open(encoding="ascii") as file:
        yield from map(str.split, file)
