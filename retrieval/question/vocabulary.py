"""The words of an index, ready for a speller: kept by part, so that a change costs what it adds.

The largest part's words are read where they stand in its file, once for as long as it is open. Few
words more, from other parts, stand on a shelf of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from retrieval.search import Index
from retrieval.search.arrays import ranges
from retrieval.search.codec.strings import Texts, find
from retrieval.search.forward import WHOLE, Corpus
from retrieval.search.reader import Part
from retrieval.spelling import Speller
from retrieval.spelling.letters import Tally
from retrieval.spelling.neighbours import Neighbours
from retrieval.spelling.speller import Shelf

Counts = NDArray[np.int32]
Marks = NDArray[np.bool_]

FEW = 1 << 15  # forms of smaller parts that are looked up in the largest, one by one
_BLOCK = 1 << 20  # words counted in one go, which bounds the memory that it takes


class _Words(NamedTuple):
    """The forms of a part, as if no article were gone from it.

    Attributes:
        counts: Shape (forms,): how often each is spoken, titles counted, compounds in their parts.
        repeats: The places of each form that stands more than once, with different terms.
        used: Shape (forms,): which are spoken; of repeats the first.
        neighbours: The forms again, to be searched.
        tally: Of those that are spoken.
    """

    counts: Counts
    repeats: list[list[int]]
    used: Marks
    neighbours: Neighbours
    tally: Tally


_kept: WeakKeyDictionary[Texts, _Words] = WeakKeyDictionary()  # by the forms of each open part


def speller_of(index: Index) -> Speller:
    """A speller that knows the words of an index, titles counted, compounds in their parts."""
    parts = sorted(index.parts, key=lambda part: -len(part.corpus.forms))
    if not parts:
        return Speller([], [])
    largest, *others = parts
    forms = largest.corpus.forms
    many = sum(len(part.corpus.forms) for part in others) > FEW
    if many or not isinstance(forms, Texts):
        used = _used(parts)
        ordered = sorted(used)
        counts, terms = zip(*(used[form] for form in ordered), strict=True) if used else ((), ())
        return Speller(ordered, counts, terms)
    return _speller(largest, forms, _used(others))


def _speller(part: Part, forms: Texts, others: Mapping[str, tuple[int, str]]) -> Speller:
    """A speller of a part's words and of others: by form, how often each is used, and its term."""
    words = _words(part, forms)
    counts, terms = words.counts.copy(), dict[int, str]()
    _take_gone(counts, part)
    for places in words.repeats:
        terms[places[0]] = min((_term(part.corpus, {}, n) for n in places if counts[n]), default="")
    _join(counts, words.repeats)
    more: dict[str, tuple[int, str]] = {}
    for form, (count, term) in others.items():
        number = find(forms, form)
        if number is None:
            more[form] = count, term
            continue
        terms[number] = min(term, _term(part.corpus, terms, number)) if counts[number] else term
        counts[number] += count
    come = np.flatnonzero((counts > 0) & ~words.used).tolist()
    gone = np.flatnonzero((counts == 0) & words.used).tolist()
    tally = words.tally.plus(Tally.of([*(forms[n] for n in come), *more]))
    tally = tally.plus(Tally.of([forms[n] for n in gone]), -1)
    shelf = Shelf(forms, counts, partial(_term, part.corpus, terms), words.neighbours)
    return Speller.over([shelf, _shelf(more)], tally)


def _shelf(used: Mapping[str, tuple[int, str]]) -> Shelf:
    ordered = sorted(used)
    return Shelf.of(
        ordered, [used[form][0] for form in ordered], [used[form][1] for form in ordered]
    )


def _term(corpus: Corpus, terms: Mapping[int, str], form: int) -> str:
    return terms.get(form) or corpus.vocabulary[int(corpus.form_terms[form])]


def _used(parts: Iterable[Part]) -> dict[str, tuple[int, str]]:
    """By form, how often it is used in some parts, and its term; of several the first."""
    used: dict[str, tuple[int, str]] = {}
    for part in parts:
        corpus = part.corpus
        counts = _spoken(corpus)
        _take_gone(counts, part)
        places = np.flatnonzero(counts).tolist()
        for form, term, count in zip(
            _at(corpus.forms, places),
            _at(corpus.vocabulary, corpus.form_terms[places].tolist()),
            counts[places].tolist(),
            strict=True,
        ):
            before, first = used.get(form, (0, term))  # one form in two languages has two terms
            used[form] = before + count, min(first, term)
    return used


def _at(texts: Sequence[str], places: Sequence[int]) -> Iterator[str]:
    every = list(texts)
    return (every[place] for place in places)


def _words(part: Part, forms: Texts) -> _Words:
    if forms not in _kept:
        counts, repeats = _spoken(part.corpus), _repeats(forms)
        joined = counts.copy()
        _join(joined, repeats)
        silent = [forms[n] for n in np.flatnonzero(joined == 0).tolist()]
        tally = Tally.of(forms).plus(Tally.of(silent), -1)
        _kept[forms] = _Words(counts, repeats, joined > 0, Neighbours(forms), tally)
    return _kept[forms]


def _repeats(forms: Texts) -> list[list[int]]:
    """The places of each form that stands more than once: "games" and "G.A.M.E.S."."""
    lengths = np.diff(forms.starts)
    alike = lengths[1:] == lengths[:-1]
    if forms.heads is not None:
        alike &= forms.heads[1:] == forms.heads[:-1]
    groups: list[list[int]] = []
    for place in np.flatnonzero(alike).tolist():
        if forms[place] != forms[place + 1]:
            continue
        if groups and groups[-1][-1] == place:
            groups[-1].append(place + 1)
        else:
            groups.append([place, place + 1])
    return groups


def _join(counts: Counts, repeats: Iterable[list[int]]) -> None:
    """Count a form that stands more than once at its first place alone."""
    for places in repeats:
        counts[places[0]] = counts[places].sum()
        counts[places[1:]] = 0


def _spoken(corpus: Corpus) -> Counts:
    """Shape (forms,): how often each form stands in a corpus, as a word of its own."""
    size = len(corpus.forms)
    for numbers in (corpus.title_words, corpus.words):
        if len(numbers) and int(numbers.max()) >= size:  # `bincount` would make room for it
            raise IndexError("a word has a number that no form has")
    counts = np.bincount(corpus.title_words, minlength=size)
    for start in range(0, len(corpus.words), _BLOCK):
        words = corpus.words[start : start + _BLOCK]
        whole = np.flatnonzero(corpus.cases[start : start + _BLOCK] & WHOLE)
        counts += np.bincount(words, minlength=size)
        if len(whole):
            counts -= np.bincount(words[whole], minlength=size)
    return counts.astype(np.int32)


def _take_gone(counts: Counts, part: Part) -> None:
    """Take away what stands in articles that are gone."""
    if part.gone.bits is None:
        return
    corpus, articles = part.corpus, np.arange(len(part.corpus.articles))
    gone = articles[part.gone.marks(articles)]
    titles, _ = ranges(corpus.title_offsets[gone], corpus.title_offsets[gone + 1])
    first, last = (corpus.offsets[corpus.article_sentences[gone + n]] for n in (0, 1))
    words, _ = ranges(first, last)
    words = words[(corpus.cases[words] & WHOLE) == 0]
    forms = np.concatenate([corpus.title_words[titles], corpus.words[words]])
    counts -= np.bincount(forms, minlength=len(counts)).astype(counts.dtype)
