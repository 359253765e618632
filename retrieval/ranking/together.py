"""Which words of a question stand in the sources, but nowhere in one paragraph.

A word stands where it is written itself, a word of its family or a synonym of it; an article's
title stands with each of its paragraphs. So whoever looks for the words finds them together in no
paragraph, however they are put.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, reduce
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from retrieval.ranking.weighing import Weighted
from retrieval.search.backend import Backend
from retrieval.values import Place

Meet = Callable[[Iterable[int]], bool]

MOST = 12  # words looked at, the heaviest: they are what a question is about


def find_apart(asked: Weighted, index: Backend) -> tuple[str, ...]:
    """Few and heavy words of a question that no paragraph has together.

    Two, where two never meet: those whose lighter one weighs most. Else a set of the heaviest
    words, from which none can be taken without the others meeting somewhere.

    Args:
        asked: A question; words of its background are passed over, and those that stand nowhere
            but in a longer word or where nothing is quoted.
        index: What was searched.

    Returns:
        The words as they were written, in the order of the question; none where one paragraph has
        them all.
    """
    kinds = zip(asked.held, asked.derived, asked.synonyms, strict=True)
    terms = [held | derived | synonyms for held, derived, synonyms in kinds]
    words = asked.question.words
    looked_for = (n for n, word in enumerate(words) if terms[n] and not word.told)
    standing_for = dict[Place | int, int]()  # of a run, one bigram stands for all
    for n in sorted(looked_for, key=lambda n: (-asked.weights[n], n)):
        standing_for.setdefault(words[n].run or n, n)
    order = [*standing_for.values()][:MOST]

    @cache
    def standing(word: int) -> NDArray[np.uint8]:
        return index.paragraphs_with(terms[word])

    def meet(words: Iterable[int]) -> bool:
        return bool(reduce(np.bitwise_and, map(standing, words)).any())

    found = _pair(order, meet) or _set(order, meet)
    return tuple(asked.question.written(words[n]) for n in sorted(found))


def _pair(order: list[int], meet: Meet) -> tuple[int, ...]:
    pairs = sorted(combinations(range(len(order)), 2), key=lambda pair: pair[::-1])
    words = ((order[heavier], order[lighter]) for heavier, lighter in pairs)
    return next((pair for pair in words if not meet(pair)), ())


def _set(order: list[int], meet: Meet) -> list[int]:
    """The heaviest words up to the one that no longer meets the others, less those it can spare."""
    size = next((n for n in range(2, len(order) + 1) if not meet(order[:n])), 0)
    kept = order[:size]
    for word in reversed(order[:size]):
        rest = [other for other in kept if other != word]
        if not meet(rest):
            kept = rest
    return kept
