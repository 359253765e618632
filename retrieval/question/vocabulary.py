"""The words of a collection, ready for a speller: made list by list, so that a change costs little.

What is made of the largest list is kept for as long as that is open. Few words more, from other
lists, stand on a shelf of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from retrieval.question.spelling import Speller
from retrieval.question.spelling.letters import Tally
from retrieval.question.spelling.neighbours import Neighbours
from retrieval.question.spelling.speller import Shelf
from retrieval.search.arrays import Marks
from retrieval.search.backend import Backend, WordList

Counts = NDArray[np.int32]
_Counted = tuple[WordList, Counts]

FEW = 1 << 15  # forms of smaller lists that are looked up in the largest, one by one


class _Ready(NamedTuple):
    """What is made of a list, as if no article had been taken out.

    Attributes:
        used: Shape (forms,): which forms are spoken; of repeats the first.
        neighbours: The forms again, to be searched.
        tally: Of those that are spoken.
    """

    used: Marks
    neighbours: Neighbours
    tally: Tally


_kept: WeakKeyDictionary[WordList, _Ready] = WeakKeyDictionary()


def speller_of(backend: Backend) -> Speller:
    """A speller that knows the words of a collection."""
    lists = sorted(backend.words(), key=lambda one: -len(one[0].forms))
    if not lists:
        return Speller([], [])
    largest, *others = lists
    if sum(len(words.forms) for words, _ in others) <= FEW:
        return _speller(*largest, _used(others))
    used = _used(lists)
    ordered = sorted(used)
    counts, terms = zip(*(used[form] for form in ordered), strict=True) if used else ((), ())
    return Speller(ordered, counts, terms)


def _speller(words: WordList, counts: Counts, others: Mapping[str, tuple[int, str]]) -> Speller:
    """A speller of a list's words and of others: by form, how often each is used, and its term."""
    ready, forms, counts = _ready(words), words.forms, counts.copy()
    terms = dict[int, str]()

    def term(form: int) -> str:
        return terms.get(form) or words.terms([form])[0]

    for places in words.repeats:
        terms[places[0]] = min(words.terms([n for n in places if counts[n]]), default="")
    _join(counts, words.repeats)
    more: dict[str, tuple[int, str]] = {}
    for form, (count, of) in others.items():
        number = words.find(form)
        if number is None:
            more[form] = count, of
            continue
        terms[number] = min(of, term(number)) if counts[number] else of
        counts[number] += count
    come = np.flatnonzero((counts > 0) & ~ready.used).tolist()
    gone = np.flatnonzero((counts == 0) & ready.used).tolist()
    tally = ready.tally.plus(Tally.of([*(forms[n] for n in come), *more]))
    tally = tally.plus(Tally.of([forms[n] for n in gone]), -1)
    return Speller.over([Shelf(forms, counts, term, ready.neighbours), _shelf(more)], tally)


def _shelf(used: Mapping[str, tuple[int, str]]) -> Shelf:
    ordered = sorted(used)
    return Shelf.of(
        ordered, [used[form][0] for form in ordered], [used[form][1] for form in ordered]
    )


def _used(lists: Iterable[_Counted]) -> dict[str, tuple[int, str]]:
    """By form, how often it is used in some lists, and its term; of several the first."""
    used: dict[str, tuple[int, str]] = {}
    for words, counts in lists:
        places = np.flatnonzero(counts).tolist()
        forms, spoken = list(words.forms), counts[places].tolist()
        for place, term, count in zip(places, words.terms(places), spoken, strict=True):
            form = forms[place]
            before, first = used.get(form, (0, term))  # one form in two languages has two terms
            used[form] = before + count, min(first, term)
    return used


def _ready(words: WordList) -> _Ready:
    if words not in _kept:
        counts = words.counts.copy()
        _join(counts, words.repeats)
        silent = [words.forms[n] for n in np.flatnonzero(counts == 0).tolist()]
        tally = Tally.of(words.forms).plus(Tally.of(silent), -1)
        _kept[words] = _Ready(counts > 0, Neighbours(words.forms), tally)
    return _kept[words]


def _join(counts: Counts, repeats: Iterable[Sequence[int]]) -> None:
    """Count a form that stands more than once at its first place alone."""
    for first, *others in repeats:
        counts[first] += counts[others].sum()
        counts[others] = 0
