"""A question's candidates side by side: where each of its words stands, in arrays for the features.

All that a feature needs is here as values: the words of the candidates and of what stands around
them, never the index itself.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.index import Index
from retrieval.index.scores import Scores
from retrieval.postings import Floats, Ints
from retrieval.question.asking import Kind
from retrieval.ranking.looking import AFTER, AROUND, BEFORE, OWN, TITLE, Look, Marks, Words, look
from retrieval.ranking.weighing import Weighted

NOWHERE = 1 << 30


class Batch(NamedTuple):
    """The candidates of a question: C of them, W words asked.

    Attributes:
        kind: What the question asks for.
        weights: Shape (W,): the share of each word in the question, together 1.
        sentence: Shape (C, W): whether the word stands in the candidate.
        before: Shape (C, W): in the sentence before it, in the same article.
        after: Shape (C, W): in the sentence after.
        title: Shape (C, W): in the article's title.
        paragraph: Shape (C, W): in its paragraph.
        derived: Shape (C, W): a word of its family stands in the candidate.
        synonym: Shape (C, W): a word of its meaning does.
        unstemmed: Shape (C, W): the very form that was asked does.
        first: Shape (C, W): the word's first place in the candidate, or `NOWHERE`.
        words: The words of the candidates.
        lengths: Shape (C,): how many words each has.
        named: Shape (C,): the share of the title's content words that the question names.
        opening: Shape (C,): how many sentences stand before it in its article.
        scores: BM25 of the candidates at each level.
    """

    kind: Kind
    weights: Floats
    sentence: Marks
    before: Marks
    after: Marks
    title: Marks
    paragraph: Marks
    derived: Marks
    synonym: Marks
    unstemmed: Marks
    first: Ints
    words: Words
    lengths: Ints
    named: Floats
    opening: Ints
    scores: Scores

    @property
    def size(self) -> int:
        """How many candidates there are."""
        return len(self.opening)


def lay_out(asked: Weighted, kind: Kind, index: Index, scores: Scores) -> Batch:
    """Look at the candidates of `scores` once for every feature."""
    looks = [(stretch.rows, look(asked, stretch)) for stretch in index.stretches(scores.sentences)]
    seen = _together(looks, len(scores.sentences))
    return Batch(
        kind=kind,
        weights=np.array(asked.weights) / asked.total,
        sentence=seen.exact[OWN],
        before=seen.exact[BEFORE],
        after=seen.exact[AFTER],
        title=seen.exact[TITLE],
        paragraph=seen.exact[AROUND],
        derived=seen.derived,
        synonym=seen.synonyms,
        unstemmed=seen.unstemmed,
        first=_first_places(seen.words, len(scores.sentences), len(asked.weights)),
        words=seen.words,
        lengths=np.bincount(seen.words.row, minlength=len(scores.sentences)),
        named=seen.named,
        opening=seen.opening,
        scores=scores,
    )


def _together(looks: list[tuple[Ints, Look]], size: int) -> Look:
    """What was seen of the candidates in each part, in the order of the candidates."""
    if len(looks) == 1:
        return looks[0][1]
    found = [_at(*one) for one in looks]
    words = Words._make(map(np.concatenate, zip(*found, strict=True)))
    order = np.argsort(words.row, kind="stable")

    def merged(name: str, *, matrix: bool = True) -> NDArray[Any]:
        parts = [(rows, getattr(seen, name)) for rows, seen in looks]
        first = parts[0][1]
        shape = (*first.shape[:-2], size, first.shape[-1]) if matrix else (size,)
        whole = np.zeros(shape, dtype=first.dtype)
        for rows, part in parts:
            whole[(..., rows, slice(None)) if matrix else rows] = part
        return whole

    return Look(
        exact=merged("exact"),
        derived=merged("derived"),
        synonyms=merged("synonyms"),
        unstemmed=merged("unstemmed"),
        words=Words._make(values[order] for values in words),
        named=merged("named", matrix=False),
        opening=merged("opening", matrix=False),
    )


def _at(rows: Ints, seen: Look) -> Words:
    return seen.words._replace(row=rows[seen.words.row])


def _first_places(words: Words, size: int, asked: int) -> Ints:
    first = np.full((size, asked), NOWHERE)
    hit = words.asked >= 0
    np.minimum.at(first, (words.row[hit], words.asked[hit]), words.place[hit])
    return first
