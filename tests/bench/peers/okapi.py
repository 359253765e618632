"""rank-bm25's `BM25Okapi`, which has no index on disk: k1 1.5, b .75, as its README shows it.

The ten best are taken as its own `get_top_n` takes them, less the copying of documents.
"""

from __future__ import annotations

from pathlib import Path
from typing import Self

import numpy as np
from rank_bm25 import BM25Okapi

from bench.peers.face import Hits, Query
from retrieval.search.arrays import Floats, Ints


class Okapi:
    """A model in memory."""

    def __init__(self, model: BM25Okapi) -> None:
        """Search `model`."""
        self.model = model

    @classmethod
    def build(cls, sentences: Path, folder: Path) -> None:
        """Build it, and leave nothing behind."""
        cls.open(sentences, folder)

    @classmethod
    def open(cls, sentences: Path, folder: Path) -> Self:  # noqa: ARG003 - it has no file
        """Build it."""
        with sentences.open(encoding="ascii") as file:
            return cls(BM25Okapi([line.split() for line in file]))

    def search(self, query: Query, k: int) -> tuple[Ints, Floats]:
        """Score every sentence, sort them all, take k."""
        scores = self.model.get_scores(query.terms)
        best = np.argsort(scores)[::-1][:k]
        return best, scores[best]

    def hits(self, found: tuple[Ints, Floats]) -> Hits:
        """The two arrays side by side."""
        return list(zip(found[0].tolist(), found[1].tolist(), strict=True))
