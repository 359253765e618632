"""What an index has of given sentences, for many at once: their words, and where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import numpy as np

from retrieval.search.arrays import Ints, Marks, ranges
from retrieval.search.backend import SentenceTerms
from retrieval.search.forward import WHOLE, Corpus
from retrieval.search.reader import Part
from retrieval.search.scores import NOWHERE, Spot
from retrieval.text import word_classes

_UNMARKED: Marks = np.empty(0, dtype=bool)


class Stretch(NamedTuple):
    """Those of several sentences that stand in one part.

    Attributes:
        part: The part.
        rows: Which of the sentences they are, ascending.
        sentences: Their numbers in the part.
    """

    part: Part
    rows: Ints
    sentences: Ints


class _Numbered:
    """The terms of a part, by their numbers there."""

    def __init__(self, part: Part, held: Callable[[str], int] | None) -> None:
        """Take a part, and the document frequency of a term where other parts have it too."""
        self._part, self._held = part, held
        self.term = part.corpus.vocabulary.__getitem__
        self.numbers = part.numbers

    def frequencies(self, numbers: Ints) -> Ints:
        """In how many sentences of all parts each term stands."""
        if self._held is None:
            return self._part.frequencies(numbers)
        return _frequencies(map(self.term, numbers.tolist()), self._held)


class _Listed:
    """Terms of several parts, by their places in one tuple."""

    def __init__(self, terms: tuple[str, ...], held: Callable[[str], int]) -> None:
        """Take the terms, and what gives the document frequency of one."""
        self._terms, self._held = terms, held
        self.term = terms.__getitem__

    def numbers(self, terms: frozenset[str]) -> frozenset[int | None]:
        """The numbers of some terms."""
        return frozenset(number for number, term in enumerate(self._terms) if term in terms)

    def frequencies(self, numbers: Ints) -> Ints:
        """In how many sentences each term stands."""
        return _frequencies(map(self.term, numbers.tolist()), self._held)


def _frequencies(terms: Iterable[str], held: Callable[[str], int]) -> Ints:
    return np.fromiter(map(held, terms), dtype=np.int64)


def terms_in(
    stretches: Iterable[Stretch], held: Callable[[str], int], *, alone: bool
) -> SentenceTerms:
    """The terms of sentences.

    Args:
        stretches: Where they stand.
        held: The document frequency of a term.
        alone: Whether the index has no other part.
    """
    stretches = list(stretches)
    if len(stretches) == 1:
        ((part, _, local),) = stretches
        return SentenceTerms(*_words(part, local), _Numbered(part, None if alone else held))
    numbers: dict[str, int] = {}
    found = []
    for part, places, local in stretches:
        own, terms, *marks = _words(part, local)
        found.append((places[own], _renumbered(terms, part.corpus, numbers), *marks))
    if not found:
        return SentenceTerms(NOWHERE, NOWHERE, _UNMARKED, _UNMARKED, _Listed((), held))
    rows, terms, figures, wholes = map(np.concatenate, zip(*found, strict=True))
    by = np.argsort(rows, kind="stable")
    listed = _Listed(tuple(numbers), held)
    return SentenceTerms(rows[by], terms[by], figures[by], wholes[by], listed)


def _words(part: Part, sentences: Ints) -> tuple[Ints, Ints, Marks, Marks]:
    """The row of each word of some sentences, its term, and whether it is a figure or a whole."""
    corpus = part.corpus
    words, rows = ranges(corpus.offsets[sentences], corpus.offsets[sentences + 1])
    forms = corpus.words[words]
    part.check_forms(forms)
    figures = (part.flags[forms] & word_classes.NUMBER) != 0
    return rows, corpus.form_terms[forms], figures, (corpus.cases[words] & WHOLE) != 0


def _renumbered(terms: Ints, corpus: Corpus, numbers: dict[str, int]) -> Ints:
    """Terms by `numbers`, which grows by those that are new to it."""
    distinct, places = np.unique(terms, return_inverse=True)
    names = (corpus.vocabulary[n] for n in distinct.tolist())
    held = (numbers.setdefault(name, len(numbers)) for name in names)
    return np.fromiter(held, dtype=np.int64, count=len(distinct))[places]


def spots_in(part: Part, sentences: Ints) -> Iterator[Spot]:
    """Where sentences of one part stand."""
    corpus, articles = part.corpus, part.article_of(sentences).tolist()
    for sentence, article in zip(sentences.tolist(), articles, strict=True):
        first, last = part.sentences_of(article)
        yield Spot(
            article=corpus.articles[article],
            digest=corpus.digests[article],
            sentence=corpus.sentence(sentence),
            before=corpus.sentence(sentence - 1) if sentence > first else None,
            after=corpus.sentence(sentence + 1) if sentence + 1 < last else None,
        )
