"""Which words of a question stand in the sources, but nowhere in one paragraph.

A word stands where it is written itself, a word of its family or a synonym of it; an article's
title stands with each of its paragraphs. So whoever looks for the words finds them together in no
paragraph, however they are put.
"""

from __future__ import annotations

from functools import reduce
from itertools import combinations

import numpy as np

from retrieval.batch import Marks
from retrieval.index import Index
from retrieval.weighing import Weighted

MOST = 12  # words looked at, the heaviest: they are what a question is about


def find_apart(asked: Weighted, index: Index) -> tuple[str, ...]:
    """Few and heavy words of a question that no paragraph has together.

    Two, where two never meet: those whose lighter one weighs most. Else a set of the heaviest
    words, from which none can be taken without the others meeting somewhere.

    Args:
        asked: A question whose every word stands somewhere.
        index: What was searched.

    Returns:
        The words as they were written, in the order of the question; none where one paragraph has
        them all.
    """
    order = sorted(range(len(asked.weights)), key=lambda n: (-asked.weights[n], n))[:MOST]
    standing = {n: _paragraphs(asked, index, n) for n in order}
    found = _pair(order, standing) or _set(order, standing)
    return tuple(asked.question.written(asked.question.words[n]) for n in sorted(found))


def _paragraphs(asked: Weighted, index: Index, word: int) -> Marks:
    return index.paragraphs_with(asked.exact[word] | asked.derived[word] | asked.synonyms[word])


def _pair(order: list[int], standing: dict[int, Marks]) -> tuple[int, ...]:
    pairs = sorted(combinations(range(len(order)), 2), key=lambda pair: pair[::-1])
    for heavier, lighter in pairs:
        words = order[heavier], order[lighter]
        if not _meet(words, standing):
            return words
    return ()


def _set(order: list[int], standing: dict[int, Marks]) -> tuple[int, ...]:
    """The heaviest words up to the one that no longer meets the others, less those it can spare."""
    size = next((n for n in range(2, len(order) + 1) if not _meet(order[:n], standing)), 0)
    kept = order[:size]
    for word in reversed(order[:size]):
        rest = [other for other in kept if other != word]
        if not _meet(rest, standing):
            kept = rest
    return tuple(kept)


def _meet(words: list[int] | tuple[int, ...], standing: dict[int, Marks]) -> bool:
    return bool(reduce(np.logical_and, (standing[word] for word in words)).any())
