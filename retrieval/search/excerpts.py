"""What an index has of given sentences, for many at once: their words, and where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import numpy as np

from retrieval.search.arrays import Ints, Marks, ranges
from retrieval.search.backend import SentenceTerms
from retrieval.search.forward import WHOLE, ForwardIndex
from retrieval.search.scores import NOWHERE, Spot
from retrieval.search.segment import SegmentReader
from retrieval.text import word_classes

_UNMARKED: Marks = np.empty(0, dtype=bool)


class Stretch(NamedTuple):
    """Those of several sentences that stand in one segment.

    Attributes:
        segment: The segment.
        rows: Which of the sentences they are, ascending.
        sentences: Their numbers in the segment.
    """

    segment: SegmentReader
    rows: Ints
    sentences: Ints


class _Numbered:
    """The terms of a segment, by their numbers there."""

    def __init__(self, segment: SegmentReader, held: Callable[[str], int] | None) -> None:
        """Take a segment, and the document frequency of a term where other segments have it too."""
        self._segment, self._held = segment, held
        self.term = segment.forward.vocabulary.__getitem__
        self.numbers = segment.numbers

    def frequencies(self, numbers: Ints) -> Ints:
        """In how many sentences of all segments each term stands."""
        if self._held is None:
            return self._segment.frequencies(numbers)
        return _frequencies(map(self.term, numbers.tolist()), self._held)


class _Listed:
    """Terms of several segments, by their places in one tuple."""

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
        alone: Whether the index has no other segment.
    """
    stretches = list(stretches)
    if len(stretches) == 1:
        ((segment, _, local),) = stretches
        return SentenceTerms(*_words(segment, local), _Numbered(segment, None if alone else held))
    numbers: dict[str, int] = {}
    found = []
    for segment, places, local in stretches:
        own, terms, *marks = _words(segment, local)
        found.append((places[own], _renumbered(terms, segment.forward, numbers), *marks))
    if not found:
        return SentenceTerms(NOWHERE, NOWHERE, _UNMARKED, _UNMARKED, _Listed((), held))
    rows, terms, figures, wholes = map(np.concatenate, zip(*found, strict=True))
    by = np.argsort(rows, kind="stable")
    listed = _Listed(tuple(numbers), held)
    return SentenceTerms(rows[by], terms[by], figures[by], wholes[by], listed)


def _words(segment: SegmentReader, sentences: Ints) -> tuple[Ints, Ints, Marks, Marks]:
    """The row of each word of some sentences, its term, and whether it is a figure or a whole."""
    forward = segment.forward
    words, rows = ranges(forward.offsets[sentences], forward.offsets[sentences + 1])
    forms = forward.words[words]
    segment.check_forms(forms)
    figures = (segment.flags[forms] & word_classes.NUMBER) != 0
    return rows, forward.form_terms[forms], figures, (forward.cases[words] & WHOLE) != 0


def _renumbered(terms: Ints, forward: ForwardIndex, numbers: dict[str, int]) -> Ints:
    """Terms by `numbers`, which grows by those that are new to it."""
    distinct, places = np.unique(terms, return_inverse=True)
    names = (forward.vocabulary[n] for n in distinct.tolist())
    held = (numbers.setdefault(name, len(numbers)) for name in names)
    return np.fromiter(held, dtype=np.int64, count=len(distinct))[places]


def spots_in(segment: SegmentReader, sentences: Ints) -> Iterator[Spot]:
    """Where sentences of one segment stand."""
    forward, sections = segment.forward, segment.section_of(sentences).tolist()
    for sentence, section in zip(sentences.tolist(), sections, strict=True):
        first, last = forward.section_sentences[section : section + 2].tolist()
        yield Spot(
            article=forward.articles[section],
            digest=forward.digests[section],
            sentence=forward.sentence(sentence),
            before=forward.sentence(sentence - 1) if sentence > first else None,
            after=forward.sentence(sentence + 1) if sentence + 1 < last else None,
        )
