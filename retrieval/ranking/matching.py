"""A question's candidates side by side: where its words stand in them, as arrays for the features.

All that a feature needs is here as values: it never asks the index itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

import numpy as np

from retrieval.question.asking import Kind
from retrieval.ranking.columns import Columns, table
from retrieval.ranking.weighing import Weighted
from retrieval.search.arrays import Floats, Floats32, Ints, Marks, ranges
from retrieval.search.backend import Backend, Window
from retrieval.search.scores import Scores
from retrieval.text import word_classes
from retrieval.text.closed_classes import WEEKDAYS
from retrieval.text.word_classes import Flags

NOWHERE = 1 << 30
PARAGRAPH_REACH = 8  # sentences on either side that still count as the paragraph

Values = TypeVar("Values")


class Words(NamedTuple):
    """The words of the candidates one after the other; all arrays have the shape (words,).

    Attributes:
        row: Which candidate each is in.
        place: Its place in the sentence, from 0.
        flags: What its form is; see `word_classes`.
        capital: Whether it starts with a capital letter.
        asked: Which word of the question it is, or -1.
    """

    row: Ints
    place: Ints
    flags: Flags
    capital: Marks
    asked: Ints


class Matches(NamedTuple):
    """Where W words of a question stand in C candidates, and around them.

    Attributes:
        sentence: Shape (C, W): whether the word stands in the candidate.
        before: Shape (C, W): in the sentence before it, in the same article.
        after: Shape (C, W): in the sentence after.
        title: Shape (C, W): in the article's title.
        paragraph: Shape (C, W): in its paragraph.
        derived: Shape (C, W): whether a word of its family stands in the candidate.
        synonym: Shape (C, W): whether a word of its meaning does.
        unstemmed: Shape (C, W): whether the very form that was asked does.
        first: Shape (C, W): the word's first place in the candidate, or `NOWHERE`.
        words: The words of the candidates.
        lengths: Shape (C,): how many words each has.
        named: Shape (C,): the share of the title's content words that the question names.
        opening: Shape (C,): how many sentences stand before it in its article.
        kinds: Shape (C,): what kind of source each is told to be; see `Window`.
        weights: Shape (C,): how much each counts.
    """

    sentence: Marks
    before: Marks
    after: Marks
    title: Marks
    paragraph: Marks
    derived: Marks
    synonym: Marks
    unstemmed: Marks
    first: Ints
    words: Words
    lengths: Ints
    named: Floats
    opening: Ints
    kinds: Ints
    weights: Floats


@dataclass(frozen=True)
class Batch:
    """The candidates of a question: C of them, W words asked.

    Attributes:
        kind: What the question asks for.
        weights: Shape (W,): the share of each word in the question, together 1 without those of its
            background.
        asked: Shape (W,): whether each is no word of its background.
        weekdays: Shape (W,): whether each is a day of the week.
        matches: Where the words stand.
        scores: BM25 of the candidates at each level.
    """

    kind: Kind
    weights: Floats
    asked: Marks
    weekdays: Marks
    matches: Matches
    scores: Scores
    _known: dict[Any, Any] = field(default_factory=dict, repr=False)

    @property
    def size(self) -> int:
        """How many candidates there are."""
        return len(self.matches.opening)

    def weighed(self, values: Marks | Floats) -> Floats:
        """Shape (C,): each candidate's `values`, shape (C, W), weighed and added up word by word.

        A product of matrices adds in an order that depends on the processor and on the row's
        place; an answer must not.
        """
        by_word = np.multiply(values.T, self.weights[:, None], order="C")
        shares: Floats = np.add.reduce(by_word, axis=0)
        return shares

    def once(self, reckon: Callable[[Batch], Values]) -> Values:
        """What a function gives for this batch; several features ask for the same."""
        if reckon not in self._known:
            self._known[reckon] = reckon(self)
        values: Values = self._known[reckon]
        return values


def lay_out(asked: Weighted, kind: Kind, index: Backend, scores: Scores) -> Batch:
    """Look at the candidates of `scores` once for every feature."""
    return Batch(
        kind=kind,
        weights=np.array(asked.weights, dtype=np.float64) / asked.total,
        asked=~np.array([word.told for word in asked.question.words], dtype=bool),
        weekdays=np.array([form in WEEKDAYS for form in asked.question.forms], dtype=bool),
        matches=match(asked, index, scores.sentences),
        scores=scores,
    )


def match(asked: Weighted, index: Backend, candidates: Ints) -> Matches:
    """Where the words of a question stand in candidates, and around them.

    Args:
        asked: What is looked for.
        index: What was searched.
        candidates: Sentences, each once.
    """
    columns = Columns(asked)
    window = index.window(candidates, PARAGRAPH_REACH, columns.terms, columns.forms)
    size, ends = len(window.own), np.cumsum(window.lengths)
    found, written = (
        table(hits, np.searchsorted(ends, hits.places, side="right"), (len(ends), len(wanted)))
        for hits, wanted in ((window.terms, columns.terms), (window.forms, columns.forms))
    )
    column = np.full(len(window.flags), -1)
    column[window.terms.places] = window.terms.which
    exact, own = columns.exact(found), found[window.own]
    words = _words(columns, column, window)
    return Matches(
        sentence=exact[window.own],
        before=exact[window.own - 1] & (window.opening > 0)[:, None],
        after=exact[np.minimum(window.own + 1, len(exact) - 1)] & (window.closing > 0)[:, None],
        title=exact[window.titles],
        paragraph=_in_paragraph(columns, found, exact, window),
        derived=columns.derived(own),
        synonym=columns.synonyms(own),
        unstemmed=columns.unstemmed(written[window.own]),
        first=_first_places(words, size, len(asked.weights)),
        words=words,
        lengths=np.bincount(words.row, minlength=size),
        named=_named(columns, column, window),
        opening=window.opening,
        kinds=window.kinds,
        weights=window.weights,
    )


def _in_paragraph(columns: Columns, found: Floats32, exact: Marks, window: Window) -> Marks:
    """Shape (C, W): whether a word stands in the paragraph, as far as is looked."""
    first, last = window.own - window.before, window.own + window.after + 1
    marks = _between(exact, first, last)
    for word, together in columns.joint:
        marks[:, word] |= _between(found[:, together] > 0, first, last).all(axis=1)
    return marks


def _between(marks: Marks, first: Ints, last: Ints) -> Marks:
    """Shape (ranges, columns): whether a row from `first` up to `last` is marked."""
    counts = np.zeros((len(marks) + 1, marks.shape[1]), dtype=np.int64)
    np.cumsum(marks, axis=0, out=counts[1:])
    between: Marks = counts[last] > counts[first]
    return between


def _words(columns: Columns, column: Ints, window: Window) -> Words:
    """The words of the candidates: hyphenated ones in their parts."""
    size, ends = len(window.own), np.cumsum(window.lengths)[window.own]
    tokens, row = ranges(ends - window.lengths[window.own], ends)
    compounds = window.compounds.take(tokens)
    if compounds.any():
        tokens, row = tokens[~compounds], row[~compounds]
    lengths = np.bincount(row, minlength=size)
    return Words(
        row=row,
        place=np.arange(len(row)) - (np.cumsum(lengths) - lengths).take(row),
        flags=window.flags.take(tokens),
        capital=window.capitals.take(tokens),
        asked=columns.asked(column.take(tokens), row, size),
    )


def _first_places(words: Words, size: int, asked: int) -> Ints:
    first = np.full((size, asked), NOWHERE)
    hit = np.flatnonzero(words.asked >= 0)[::-1]  # of several at one place the last is kept
    first[words.row[hit], words.asked[hit]] = words.place[hit]
    return first


def _named(columns: Columns, column: Ints, window: Window) -> Floats:
    """Shape (C,): the share of the title's content words that the question names."""
    titles, of = np.unique(window.titles, return_inverse=True)
    ends = np.cumsum(window.lengths)[titles]
    tokens, row = ranges(ends - window.lengths[titles], ends)
    content = (window.flags.take(tokens) & word_classes.STOP) == 0
    named = content & (columns.asked(column.take(tokens), row, len(titles)) >= 0)
    total = np.bincount(row[content], minlength=len(titles))
    shares: Floats = np.bincount(row[named], minlength=len(titles)) / np.maximum(total, 1)
    return shares[of]
