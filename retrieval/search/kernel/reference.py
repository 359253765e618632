"""The scores in numpy, term by term, as the formula reads: the kernel gives the same bits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.search.arrays import Floats, Ints
from retrieval.search.bm25 import Okapi
from retrieval.search.codec.container import damaged
from retrieval.search.codec.postings_decoding import Found
from retrieval.search.inverted_index import Articles, InvertedIndex


class Level(NamedTuple):
    """A level of a search.

    Attributes:
        model: BM25 over the collection as a whole, whatever segment is scored.
        factor: The level's share in the sum.
    """

    model: Okapi
    factor: float


class Wanted(NamedTuple):
    """A term of a query; the same term may be wanted again.

    Attributes:
        number: Its number in the segment.
        weights: Its inverse document frequency at each level.
    """

    number: int
    weights: tuple[float, ...]


class Hits(NamedTuple):
    """Documents by score, best first, then ascending.

    Attributes:
        ids: Document numbers in the segment; titles are not counted.
        scores: Their sums over the levels.
        parts: Shape (levels, hits): what each level says, before its factor.
    """

    ids: Ints
    scores: Floats
    parts: Floats


class Scored(NamedTuple):
    """Every document of a segment.

    Attributes:
        parts: Shape (levels, documents).
        matching: Which documents, or whose articles, have a term of the query.
    """

    parts: Floats
    matching: NDArray[np.bool_]


def score(inverted: InvertedIndex, wanted: Sequence[Wanted], levels: Sequence[Level]) -> Scored:
    """Score every document of a segment, term by term."""
    found = {term.number: inverted.find(term.number) for term in wanted}
    return _score_whole(inverted, inverted.articles, wanted, levels, found)


def top(
    scored: Scored,
    levels: Sequence[Level],
    k: int,
    *,
    deleted: NDArray[np.bool_] | None = None,
    floor: float = -np.inf,
) -> Hits:
    """The `k` best of the documents that match and are not deleted, from `floor` upwards."""
    ids = np.flatnonzero(scored.matching if deleted is None else scored.matching & ~deleted)
    totals = total(scored.parts[:, ids], levels)
    if len(ids) > k > 0:
        floor = max(floor, float(np.partition(totals, len(totals) - k)[len(totals) - k]))
    kept = np.flatnonzero(totals >= floor)
    ids, totals = ids[kept], totals[kept]
    order = np.lexsort((ids, -totals))[: max(k, 0)]
    return Hits(ids[order], totals[order], scored.parts[:, ids[order]])


def deleted_articles(inverted: InvertedIndex, deleted: bytes | None) -> NDArray[np.bool_] | None:
    """Which documents stand in deleted blocks: a bit each, low bits first."""
    if deleted is None:
        return None
    bits = np.unpackbits(np.frombuffer(deleted, dtype=np.uint8), bitorder="little")
    blocks = bits[: inverted.blocks].astype(bool)
    places = _places(inverted, inverted.articles)
    return blocks[places.article_of[places.body]]


def total(parts: Floats, levels: Sequence[Level]) -> Floats:
    """The weighted sum of the levels, in their order."""
    sums: Floats = levels[0].factor * parts[0]
    for part, level in zip(parts[1:], levels[1:], strict=True):
        sums = sums + level.factor * part
    return sums


class _Places(NamedTuple):
    """Where the sentences of a segment of articles stand.

    Attributes:
        sentence_of: Shape (slots,): the sentence of each slot; not for titles.
        paragraph_of: Shape (slots,); -1 for titles.
        article_of: Shape (slots,).
        body: The slots that are sentences.
    """

    sentence_of: Ints
    paragraph_of: Ints
    article_of: Ints
    body: Ints

    def of(self, found: Found) -> list[Found]:
        """A term's postings as documents of each level."""
        inside = self.paragraph_of[found.slots] >= 0
        slots, tf = found.slots[inside], found.tf[inside]
        return [
            Found(self.sentence_of[slots], tf),
            _summed(self.paragraph_of[slots], tf),
            _summed(self.article_of[found.slots], found.tf),
        ]


def _score_whole(
    inverted: InvertedIndex,
    articles: Articles,
    wanted: Sequence[Wanted],
    levels: Sequence[Level],
    found: dict[int, Found],
) -> Scored:
    places = _places(inverted, articles)
    lengths = [inverted.lengths[places.body], articles.paragraph_lengths, articles.lengths]
    norms = [level.model.norms(of) for of, level in zip(lengths, levels, strict=True)]
    scores = [np.zeros(len(of)) for of in lengths]
    matching = np.zeros(inverted.blocks, dtype=bool)
    for term in wanted:
        for level, (documents, tf) in enumerate(places.of(found[term.number])):
            shares = levels[level].model.saturate(tf, norms[level][documents])
            scores[level][documents] += term.weights[level] * shares
        matching[places.article_of[found[term.number].slots]] = True
    paragraph_of, article_of = (of[places.body] for of in (places.paragraph_of, places.article_of))
    parts = np.stack([scores[0], scores[1][paragraph_of], scores[2][article_of]])
    return Scored(parts, matching[article_of])


def _places(inverted: InvertedIndex, articles: Articles) -> _Places:
    paragraph_of = articles.paragraph_of.astype(np.int64)
    if int(paragraph_of.max(initial=-1)) >= len(articles.paragraph_lengths):
        raise damaged(inverted.path, "a sentence stands in a paragraph that is not there")
    body = paragraph_of >= 0
    starts = articles.starts.astype(np.int64)
    sizes: Ints = starts[1:] - starts[:-1]
    article_of = np.repeat(np.arange(inverted.blocks), sizes)
    return _Places(np.cumsum(body) - 1, paragraph_of, article_of, np.flatnonzero(body))


def _summed(documents: Ints, tf: Ints) -> Found:
    """Each document once, with the sum of its frequencies; `documents` ascend."""
    if not len(documents):
        return Found(documents, tf)
    first = np.flatnonzero(np.append(True, documents[1:] != documents[:-1]))
    return Found(documents[first], np.add.reduceat(tf, first))
