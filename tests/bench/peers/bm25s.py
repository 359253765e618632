"""bm25s with its numba backend, scoring by Okapi's formula.

`atire` saturates a term's frequency and `robertson` weighs a term as rank-bm25 does, but for terms
in more than half of all sentences, where rank-bm25 has a floor and bm25s has 0. The choice does not
change its speed, since its scores are computed when it is built. Its arrays are mapped rather than
read, as its README shows for least memory; once warm that is as quick. Its tokenizer gets the lines
and splits at spaces; `retrieve` runs in one thread, which is its default.
"""

from __future__ import annotations

from pathlib import Path
from typing import Self

import bm25s

from bench.peers.face import Hits, Query
from retrieval.search.arrays import Floats, Ints


class Numba:
    """A retriever with compiled scoring and selection."""

    def __init__(self, retriever: bm25s.BM25) -> None:
        """Search `retriever`."""
        self.retriever = retriever

    @classmethod
    def build(cls, sentences: Path, folder: Path) -> None:
        """Tokenize, score and save."""
        with sentences.open(encoding="ascii") as file:
            lines = file.read().splitlines()
        tokens = bm25s.tokenize(
            lines, lower=False, token_pattern=r"\S+", stopwords=[], show_progress=False
        )
        del lines
        retriever = bm25s.BM25(method="atire", idf_method="robertson", backend="numba")
        retriever.index(tokens, show_progress=False)
        retriever.save(folder, show_progress=False)

    @classmethod
    def open(cls, sentences: Path, folder: Path) -> Self:  # noqa: ARG003 - other engines need it
        """Load the vocabulary and map the arrays."""
        return cls(bm25s.BM25.load(folder, mmap=True))

    def search(self, query: Query, k: int) -> tuple[Ints, Floats]:
        """The k best."""
        numbers, scores = self.retriever.retrieve([list(query.terms)], k=k, show_progress=False)
        return numbers, scores

    def hits(self, found: tuple[Ints, Floats]) -> Hits:
        """The only row of each array."""
        numbers, scores = found
        return list(zip(numbers[0].tolist(), scores[0].tolist(), strict=True))
