"""What an index's weights depend on, counted over all articles that are not gone.

The mean idf of a level needs the document frequency of every term; a tally of how many terms have
each frequency is enough for it, and changes only where articles come or go.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Self

import numpy as np

from retrieval.engine.levels import LevelState
from retrieval.engine.segment import Segment
from retrieval.engine.weights import idf
from retrieval.parts import Part
from retrieval.postings import Ints

LEVELS = 3  # sentences, paragraphs, articles

Tally = Mapping[int, int]  # document frequency: how many terms have it, never 0 of either


class Census(NamedTuple):
    """The counts of an index.

    Attributes:
        levels: For sentences, paragraphs and articles.
        tallies: For each of them.
        languages: How many articles are in each language.
    """

    levels: tuple[LevelState, ...]
    tallies: tuple[Tally, ...]
    languages: Mapping[str, int]

    @classmethod
    def of(cls, part: Part) -> Self:
        """That of an index of one part, from which nothing is gone."""
        segment = part.segment
        tallies = [_tally(held) for held in segment.held]
        documents, words = (counts(segment, name) for name in ("documents", "words"))
        return cls.counted(documents, words, tallies, Counter(part.corpus.languages))

    @classmethod
    def counted(
        cls,
        documents: Iterable[int],
        words: Iterable[int],
        tallies: Iterable[Tally],
        languages: Mapping[str, int],
    ) -> Self:
        """A census of these counts, with the mean idf of each level.

        Args:
            documents: Of each level.
            words: Of all documents of each level.
            tallies: Of each level.
            languages: Of the articles.
        """
        tallies = tuple(tallies)
        levels = tuple(
            LevelState(size, length, average_idf(tally, size))
            for size, length, tally in zip(documents, words, tallies, strict=True)
        )
        known = {name: count for name, count in sorted(languages.items()) if count}
        return cls(levels, tallies, known)


def counts(segment: Segment, name: str) -> list[int]:
    """Whole numbers that the builder wrote about a segment, one a level."""
    return [int(value) for value in segment.described(name)]


def average_idf(tally: Tally, size: int) -> float:
    """The mean idf of all terms of a level with `size` documents, whatever their order."""
    terms = sum(tally.values())
    if not terms:
        return 0.0
    return math.fsum(idf(held, size) * count for held, count in tally.items()) / terms


def _tally(held: Ints) -> Tally:
    frequencies, terms = np.unique(held[held > 0], return_counts=True)
    return dict(zip(frequencies.tolist(), terms.tolist(), strict=True))


EMPTY = Census.counted([0] * LEVELS, [0] * LEVELS, [{}] * LEVELS, {})
