"""How much each word of a question weighs in one library, and the terms that stand for it."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from functools import lru_cache, reduce
from typing import NamedTuple, Protocol, Self

import numpy as np

from retrieval.question import Question, Word
from retrieval.question.phrases import Phrase
from retrieval.search.arrays import Ints
from retrieval.text.derivations import NO_FAMILY, Derivations

NOTHING: frozenset[str] = frozenset()
# What the words of the background weigh together, against those of the question itself: of .3, .7,
# 1.2 and 2, tried on `train/ukgov-long`, the least find the first quote best, the most any quote.
BACKGROUND = 0.5
MISSPELT = 0.9  # what a word that was read as another counts, against one that was written so


class Weighing(Protocol):
    """What words are weighed by: a collection, or one article of it; see `Backend`."""

    @property
    def sentences(self) -> int:
        """How many sentences may be quoted."""

    def document_frequency(self, term: str) -> int:
        """In how many sentences a term stands."""

    def known(self, term: str) -> bool:
        """Whether a sentence or a title has a term."""

    def sentences_with(self, phrase: Sequence[str]) -> Ints:
        """The sentences that have these folded words one after the other, ascending."""

    def sentences_titled(self, phrase: Sequence[str]) -> Ints:
        """The sentences of the articles that have them so in their title, ascending."""


class Weighted(NamedTuple):
    """A question's words in one index; every tuple but `phrases` has one entry a word.

    Attributes:
        question: The question.
        weights: Smoothed inverse document frequency over sentences, above 0. An unknown word
            weighs most, a bigram less than a word. Words of the background share out a part of what
            those asked weigh.
        exact: The terms of the library that are the word, or another name of it in one word.
        joint: Its names in several words that the library knows, as their terms: a name stands
            where all of them do.
        held: All these and the word's own, looked for or not; none for a word that no source has,
            by no name.
        families: Every term of the same family, whether or not the library has it, and forms that
            are seldom of it.
        derived: Terms of the library of the same family.
        synonyms: Terms of the library of the same meaning.
        forms: Its own form and those of its other names, as the folded words of each.
        phrases: The sentences that have each of the question's phrases, ascending.
        sentences: How many sentences there are where it was weighed.
    """

    question: Question
    weights: tuple[float, ...]
    exact: tuple[frozenset[str], ...]
    joint: tuple[tuple[frozenset[str], ...], ...]
    held: tuple[frozenset[str], ...]
    families: tuple[frozenset[str], ...]
    derived: tuple[frozenset[str], ...]
    synonyms: tuple[frozenset[str], ...]
    forms: tuple[tuple[frozenset[str], ...], ...]
    phrases: tuple[Ints, ...]
    sentences: int

    @property
    def total(self) -> float:
        """The weight of the question without its background."""
        words = zip(self.weights, self.question.words, strict=True)
        return math.fsum(weight for weight, word in words if not word.told)

    @property
    def within(self) -> Ints | None:
        """The sentences that have every phrase, ascending; None where there is no phrase."""
        return reduce(np.intersect1d, self.phrases) if self.phrases else None

    def is_nowhere(self, word: Word) -> bool:
        """Whether no source has a word of the question, by no name, nor one of its family."""
        place = self.question.words.index(word)
        return not (self.held[place] or self.derived[place])

    def unquoted(self) -> Self:
        """The same words without their phrases."""
        return self._replace(phrases=())


def weigh(question: Question, index: Weighing, derivations: Derivations) -> Weighted:
    """Weigh each word of a question by how rare it is, and find its phrases."""
    words = [word.known(index.known) for word in question.words]
    families = [NO_FAMILY if word.replaced else derivations.family(word.term) for word in words]
    held = tuple(_known(index, _held(word)) for word in words)
    return Weighted(
        question,
        weights=_shared_out(
            [w * _weight(index, word) for w, word in zip(question.shares, words, strict=True)],
            words,
        ),
        exact=tuple(_exact(index, *one) for one in zip(words, held, strict=True)),
        joint=tuple(_joint(index, word) for word in words),
        held=held,
        families=tuple(derivations.every(word.term) for word in words),
        derived=tuple(_known(index, family.derived) for family in families),
        synonyms=tuple(_known(index, family.synonymous) for family in families),
        forms=tuple(map(_forms, words, question.forms)),
        phrases=tuple(_standing(question, phrase, index) for phrase in question.phrases),
        sentences=index.sentences,
    )


def _standing(question: Question, phrase: Phrase, index: Weighing) -> Ints:
    """The sentences that have a phrase; of a longer question, those under a title that has it too.

    A title in quotation marks ("Who sang “Chasing Cars”?") seldom stands in what is said of it.
    """
    found = index.sentences_with(phrase.forms)
    if question.only_quotes:
        return found
    return np.union1d(found, index.sentences_titled(phrase.forms))


def _shared_out(weights: Sequence[float], words: Sequence[Word]) -> tuple[float, ...]:
    """The weights, those of the background lessened to `BACKGROUND` of the others together."""
    asked = math.fsum(w for w, word in zip(weights, words, strict=True) if not word.told)
    told = math.fsum(weights) - asked
    share = min(BACKGROUND * asked / told, 1.0) if told > 0 else 1.0
    return tuple(w * share if word.told else w for w, word in zip(weights, words, strict=True))


def _weight(index: Weighing, word: Word) -> float:
    """As rare as the most frequent of its names; one of several words as its rarest word."""
    itself = 0 if word.replaced else index.document_frequency(word.term)
    names = (min(map(index.document_frequency, name.terms)) for name in word.names)
    held = max(itself, *names, 0) if word.names else itself
    return smoothed_idf(held, index.sentences) * (MISSPELT if word.read else 1.0)


@lru_cache(1 << 12)  # most words are held by few sentences
def smoothed_idf(held: int, sentences: int) -> float:
    """`ln(1 + (N - n + ½) / (n + ½))`, never negative: Lucene's form of Robertson and Spärck Jones.

    BM25's own is 0 for a word in half of the sentences and nothing for an unknown one.
    """
    return math.log1p((sentences - held + 0.5) / (held + 0.5))


def _written(word: Word) -> set[str]:
    return {word.term} if word.compound is None else {word.term, word.compound}


def _exact(index: Weighing, word: Word, held: frozenset[str]) -> frozenset[str]:
    if not word.names:
        return frozenset() if word.replaced else held
    single = {name.terms[0] for name in word.names if len(name.terms) == 1}
    return _known(index, single if word.replaced else single | _written(word))


def _joint(index: Weighing, word: Word) -> tuple[frozenset[str], ...]:
    return tuple(_known(index, name.terms) for name in word.names if len(name.terms) > 1)


def _held(word: Word) -> set[str]:
    written = _written(word)
    return written.union(*(name.terms for name in word.names)) if word.names else written


def _forms(word: Word, form: str) -> tuple[frozenset[str], ...]:
    if not word.names:
        return () if word.replaced else (frozenset((form,)),)
    names = [frozenset(name.forms) for name in word.names]
    return tuple(names if word.replaced else [frozenset((form,)), *names])


def _known(index: Weighing, terms: Collection[str]) -> frozenset[str]:
    return frozenset(filter(index.known, terms)) if terms else NOTHING
