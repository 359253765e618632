"""What an index has of given sentences, for many at once: their words, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.search.arrays import Ints, ranges
from retrieval.search.forward import WHOLE, Corpus
from retrieval.search.reader import Part
from retrieval.search.scores import NOWHERE, Spot, Stretch
from retrieval.text import word_classes

Marks = NDArray[np.bool_]
_UNMARKED: Marks = np.empty(0, dtype=bool)


class SentenceTerms(NamedTuple):
    """The words of several sentences, in order; all arrays have the shape (words,).

    Attributes:
        rows: Which of the sentences each stands in, from 0, ascending.
        terms: Which term it is, by its number in `vocabulary`.
        figures: Whether it has a digit.
        wholes: Whether it is a hyphenated word as a whole; its parts follow.
        vocabulary: The terms by their numbers.
        home: The part whose vocabulary that is, or None where the sentences stand in several.
    """

    rows: Ints
    terms: Ints
    figures: Marks
    wholes: Marks
    vocabulary: Sequence[str]
    home: Part | None

    def numbers(self, terms: frozenset[str]) -> frozenset[int | None]:
        """The numbers of those of some terms that may stand here, None for all others."""
        if self.home is not None:
            return self.home.numbers(terms)
        return frozenset(number for number, term in enumerate(self.vocabulary) if term in terms)


def words_in(stretches: Iterable[Stretch]) -> SentenceTerms:
    """The words of sentences that stand in these parts."""
    stretches = list(stretches)
    if len(stretches) == 1:
        ((part, _, local),) = stretches
        return SentenceTerms(*_words(part, local), part.corpus.vocabulary, part)
    numbers: dict[str, int] = {}
    found = []
    for part, places, local in stretches:
        own, terms, *marks = _words(part, local)
        found.append((places[own], _renumbered(terms, part.corpus, numbers), *marks))
    if not found:
        return SentenceTerms(NOWHERE, NOWHERE, _UNMARKED, _UNMARKED, (), None)
    rows, terms, figures, wholes = map(np.concatenate, zip(*found, strict=True))
    by = np.argsort(rows, kind="stable")
    return SentenceTerms(rows[by], terms[by], figures[by], wholes[by], tuple(numbers), None)


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
