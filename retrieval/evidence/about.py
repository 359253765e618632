"""Which sentences have what was asked for: who says the same of it, and who of something else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np

from retrieval.ranking.weighing import Weighted
from retrieval.search.backend import Backend
from retrieval.text import verbs


class About:
    """The words of a question that a statement is about; its verbs may be any others."""

    def __init__(self, question: Weighted, index: Backend) -> None:
        """Look for the words of `question` in the sentences of `index`."""
        self._question, self._index = question, index

    @cached_property
    def _words(self) -> list[tuple[frozenset[str], tuple[frozenset[str], ...]]]:
        """The forms of each word, and its names in several words."""
        asked = self._question
        return [
            (exact | derived | synonyms | {word.term}, joint)
            for word, exact, joint, derived, synonyms in zip(
                asked.question.words,
                asked.exact,
                asked.joint,
                asked.derived,
                asked.synonyms,
                strict=True,
            )
            if word.term not in verbs.load()
        ]

    def alike(self, head: int, others: Collection[int]) -> set[int]:
        """Those of some sentences that have every word, in some form, that `head` has."""
        if not others or not self._words:
            return set(others)
        sentences = [head, *sorted(others)]
        own, *held = self._held(sentences)
        wanted = [n for n in range(len(self._words)) if self._has(n, own)]
        return {
            sentence
            for sentence, terms in zip(sentences[1:], held, strict=True)
            if all(self._has(n, terms) for n in wanted)
        }

    def _has(self, word: int, terms: frozenset[str]) -> bool:
        forms, joint = self._words[word]
        return not forms.isdisjoint(terms) or any(name <= terms for name in joint)

    def _held(self, sentences: Sequence[int]) -> list[frozenset[str]]:
        """The terms of each of some sentences."""
        said = self._index.terms_of(np.array(sentences, dtype=np.int64))
        starts = np.searchsorted(said.rows, np.arange(len(sentences) + 1)).tolist()
        spelled = {number: said.vocabulary.term(number) for number in set(said.terms.tolist())}
        return [
            frozenset(spelled[number] for number in said.terms[first:last].tolist())
            for first, last in pairwise(starts)
        ]
