"""Articles at three levels: written as one segment, searched for their best sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from retrieval.search.arrays import Ints
from retrieval.search.bm25 import EPSILON, Okapi, histogram_of, mean_idf
from retrieval.search.codec.strings import spell
from retrieval.search.forward import ForwardIndex
from retrieval.search.inverted_index import InvertedIndex
from retrieval.search.kernel import kernel, reference
from retrieval.search.kernel.reference import Hits, Level, Wanted
from retrieval.search.writing.inverted_writer import Advance, Source, write_segment
from retrieval.search.writing.layout import Tokens, article_tokens, lay_out_articles


class LevelState(NamedTuple):
    """What a level's weights depend on, over all segments: values that may change at any time.

    Attributes:
        documents: How many there are, empty ones counted.
        words: How many words they have.
        average_idf: The mean inverse document frequency of all terms that stand at this level.
    """

    documents: int
    words: int
    average_idf: float


class LevelParameters(NamedTuple):
    """How a level is read, and its share in the sum; see `Okapi`."""

    factor: float
    k1: float
    b: float
    epsilon: float = EPSILON


def build_levels(
    forward: ForwardIndex,
    path: Path,
    *,
    progress: Advance | None = None,
    synced: bool = True,
) -> None:
    """Write a forward index as one segment, a block an article.

    Args:
        forward: Its terms are ascending, so their numbers stay the same.
        path: The file to write; an old one is replaced when the new one is whole.
        progress: Called as terms are inverted.
        synced: Whether it is to last through a power cut.

    Raises:
        LibraryUnavailable: The file cannot be written.
    """
    layout = lay_out_articles(forward)

    def words() -> Iterator[Tokens]:
        return article_tokens(forward, layout)

    def describe(document_frequencies: list[Ints]) -> dict[str, Any]:
        lengths = layout.level_lengths()
        sizes = [forward.sentences, len(lengths[1]), len(forward.articles)]
        return {
            "documents": sizes,
            "words": [int(of.sum()) for of in lengths],
            "average_idf": [
                mean_idf(histogram_of(of), n)
                for of, n in zip(document_frequencies, sizes, strict=True)
            ],
        }

    source = Source(
        layout,
        [spell(term) for term in forward.vocabulary],
        sum(
            (np.bincount(piece.term, minlength=len(forward.vocabulary)) for piece in words()),
            start=np.zeros(len(forward.vocabulary), dtype=np.int64),
        ),
        words,
    )
    write_segment(path, source, describe, progress, synced=synced)


def states(inverted: InvertedIndex) -> list[LevelState]:
    """The state of a library that is this segment alone.

    Raises:
        LibraryDamaged: The segment's description has none.
    """
    return [
        LevelState(int(documents), int(words), average)
        for documents, words, average in zip(
            inverted.described("documents"),
            inverted.described("words"),
            inverted.described("average_idf"),
            strict=True,
        )
    ]


def levels_of(states: Sequence[LevelState], parameters: Sequence[LevelParameters]) -> list[Level]:
    """How BM25 reads each level now."""
    return [
        Level(Okapi(k1=read.k1, b=read.b, epsilon=read.epsilon, **state._asdict()), read.factor)
        for state, read in zip(states, parameters, strict=True)
    ]


def weights_of(document_frequencies: Sequence[int], levels: Sequence[Level]) -> tuple[float, ...]:
    """The weight of a term at each level.

    Args:
        document_frequencies: In how many documents it stands at each level, over all segments.
        levels: See `Level`.
    """
    return tuple(
        level.model.weigh(n) for n, level in zip(document_frequencies, levels, strict=True)
    )


def propose(  # noqa: PLR0913 - the first four are the query, the others what else may hold
    inverted: InvertedIndex,
    wanted: Sequence[Wanted],
    levels: Sequence[Level],
    k: int,
    *,
    native: bool | None = None,
    deleted: bytes | None = None,
    floor: float = kernel.LOWEST,
) -> Hits:
    """The `k` best sentences among those whose article, title included, has a wanted term.

    Over several segments, call it for each: with weights and averages of them all, and with the
    score of the `k`-th best so far as `floor`.

    Args:
        inverted: What is searched.
        wanted: The terms of the query, in its order, weighed by `weights_of`.
        levels: See `levels_of`.
        k: How many at most.
        native: False for numpy; None for the kernel where there is one. Both give the same bits.
        deleted: A bit for each article, low bits first: those set are left out.
        floor: Sentences below this score are not wanted.

    Raises:
        LibraryDamaged: The file was damaged after it was built.
    """
    if kernel.AVAILABLE and native is not False:
        return kernel.find(inverted, wanted, levels, k, deleted=deleted, floor=floor)
    scored = reference.score(inverted, wanted, levels)
    return reference.top(
        scored, levels, k, deleted=reference.deleted_articles(inverted, deleted), floor=floor
    )
