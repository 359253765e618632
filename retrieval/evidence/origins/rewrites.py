"""Whether one article retells another: the same statements in the same order, in other words.

Each sentence is a step. Two steps match by the weighted Jaccard similarity of their content terms,
a term of many steps weighing little, as in idf: what both articles are about tells nothing. The
longest run of matches that rises in both (Schensted, 1961) is what they tell in one order.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.search.arrays import Floats, Ints
from retrieval.text import stopwords
from retrieval.text.terms import read_terms

LIKE = 0.2  # similarity of two steps that match, at least
RETOLD = 0.6  # share of the shorter article's steps that match in one order, at least
LEAST = 3  # matches: two reports of anything may begin with the same two
MOST = 400  # steps of an article; a longer one is a book, and no news report
_TERMS = 3  # content terms of a step, at least


class Steps(NamedTuple):
    """An article's steps; both arrays have the shape (terms,).

    Attributes:
        rows: Which step each term is of, from 0, ascending.
        terms: The terms, as numbers; each once in a step.
    """

    rows: Ints
    terms: NDArray[np.int64]

    @property
    def size(self) -> int:
        """How many steps there are."""
        return int(self.rows[-1]) + 1 if len(self.rows) else 0


def read_steps(sentences: Iterable[str], language: str) -> Steps:
    """The steps of an article, by its sentences in order; none if there are too many."""
    read = (_content(sentence, language) for sentence in sentences)
    steps = [terms for terms in read if len(terms) >= _TERMS]
    if len(steps) > MOST:
        steps = []
    sizes = [len(terms) for terms in steps]
    rows = np.repeat(np.arange(len(steps), dtype=np.int64), sizes)
    return Steps(rows, np.array([term for terms in steps for term in terms], dtype=np.int64))


def is_retold(one: Steps, other: Steps) -> bool:
    """Whether most of the shorter article stands in the other in the same order. Symmetric."""
    shorter = min(one.size, other.size)
    if shorter < LEAST:
        return False
    return _in_order(_likeness(one, other) >= LIKE) >= max(LEAST, RETOLD * shorter)


def _content(sentence: str, language: str) -> list[int]:
    words = read_terms(sentence, language)
    return sorted({_number(w.term) for w in words if w.form not in stopwords.ENGLISH})


@lru_cache(maxsize=1 << 16)
def _number(term: str) -> int:
    return zlib.crc32(term.encode())


def _likeness(one: Steps, other: Steps) -> Floats:
    """The similarity of each step with each of the other article's: (steps, other steps)."""
    known, columns = np.unique(np.concatenate([one.terms, other.terms]), return_inverse=True)
    own = np.zeros((one.size, len(known)))
    others = np.zeros((other.size, len(known)))
    own[one.rows, columns[: len(one.terms)]] = 1
    others[other.rows, columns[len(one.terms) :]] = 1
    frequency = np.maximum(own.sum(axis=0), others.sum(axis=0))
    weights = np.log(1 + max(one.size, other.size) / frequency)
    common = (own * weights) @ others.T
    union = (own @ weights)[:, None] + (others @ weights)[None, :] - common
    likeness: Floats = (common / union).round(9)
    return likeness


def _in_order(matches: NDArray[np.bool_]) -> int:
    """The length of the longest run of matches that rises in both articles."""
    ends: list[int] = []  # the least end of a run of each length
    for row in matches:
        for place in np.flatnonzero(row)[::-1].tolist():  # a step matches once
            at = bisect_left(ends, place)
            ends[at : at + 1] = [place]
    return len(ends)
