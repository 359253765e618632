"""Where a question's words stand in some candidates of one part of an index, and around them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from retrieval.ranking.around import Around, Text, find_around, read
from retrieval.ranking.columns import Columns, Finder, Marks, places, table
from retrieval.ranking.looks import NOWHERE, Look, Words
from retrieval.ranking.weighing import Weighted
from retrieval.search.arrays import Floats, Ints
from retrieval.search.codec.strings import Array
from retrieval.search.forward import CAPITAL, WHOLE
from retrieval.search.reader import Part
from retrieval.search.scores import Stretch
from retrieval.text import word_classes


def look(asked: Weighted, stretch: Stretch) -> Look:
    """Look at candidates once for every feature.

    Args:
        asked: What is looked for.
        stretch: The candidates.
    """
    part = stretch.part
    around = find_around(part, stretch.sentences)
    text = read(part, around)
    columns = Columns(asked, part)
    hits = columns.find(text.forms)
    found = table(hits, text.rows, (len(text.lengths), columns.size))
    exact, own = columns.exact(found), found[text.own]
    column = np.full(len(text.forms), -1)
    column[hits.places] = hits.which
    spoken = _spoken(text)
    words = _words(part, columns, column, text, around, spoken)
    return Look(
        sentence=exact[text.own],
        before=exact[text.own - 1] & (around.sentences > around.first)[:, None],
        after=exact[text.own + 1] & (around.sentences + 1 < around.last)[:, None],
        title=exact[text.titles],
        paragraph=_in_paragraph(columns, found, exact, around, text),
        derived=columns.derived(own),
        synonym=columns.synonyms(own),
        unstemmed=_unstemmed(asked, part, text.forms.take(spoken.read), spoken.row, len(own)),
        first=_first_places(words, len(own), len(asked.weights)),
        words=words,
        lengths=np.bincount(words.row, minlength=len(own)),
        named=_named(part, columns, column, text),
        opening=around.sentences - around.first,
    )


def _in_paragraph(
    columns: Columns, found: Array, exact: Marks, around: Around, text: Text
) -> Marks:
    """Shape (C, W): whether a word stands in the paragraph, as far as is looked."""
    first, last = text.own - around.before, text.own + around.after + 1
    marks = _between(exact[: text.sentences], first, last)
    for word, together in columns.joint:
        each = _between(found[: text.sentences, together] > 0, first, last)
        marks[:, word] |= each.all(axis=1)
    return marks


def _between(marks: Marks, first: Ints, last: Ints) -> Marks:
    """Shape (stretches, columns): whether a row from `first` up to `last` is marked."""
    counts = np.zeros((len(marks) + 1, marks.shape[1]), dtype=np.int64)
    np.cumsum(marks, axis=0, out=counts[1:])
    between: Marks = counts[last] > counts[first]
    return between


class _Spoken(NamedTuple):
    """The words of the candidates, wholes of hyphenated ones among them; shape (words,).

    Attributes:
        row: Which candidate each is in.
        place: Which of its words it is, from 0.
        read: Where it stands in what was read.
    """

    row: Ints
    place: Ints
    read: Ints


def _spoken(text: Text) -> _Spoken:
    lengths = text.lengths[text.own]
    row = np.repeat(np.arange(len(lengths)), lengths)
    starts = (np.cumsum(text.lengths) - text.lengths)[text.own]
    place = np.arange(len(row)) - (np.cumsum(lengths) - lengths).take(row)
    return _Spoken(row, place, place + starts.take(row))


def _words(
    part: Part, columns: Columns, column: Ints, text: Text, around: Around, spoken: _Spoken
) -> Words:
    row, place, read = spoken
    cases = part.corpus.cases.take(place + part.corpus.offsets[around.sentences].take(row))
    whole = cases & WHOLE
    if whole.any():
        kept = np.flatnonzero(whole == 0)
        cases, row, read = cases[kept], row[kept], read[kept]
        lengths = np.bincount(row, minlength=len(around.sentences))
        place = np.arange(len(row)) - (np.cumsum(lengths) - lengths)[row]
    return Words(
        row=row,
        place=place,
        flags=part.flags.take(text.forms.take(read)),
        capital=(cases & CAPITAL) != 0,
        asked=columns.asked(column.take(read), row, len(around.sentences)),
    )


def _first_places(words: Words, size: int, asked: int) -> Ints:
    first = np.full((size, asked), NOWHERE)
    hit = np.flatnonzero(words.asked >= 0)[::-1]  # of several at one place the last is kept
    first[words.row[hit], words.asked[hit]] = words.place[hit]
    return first


def _unstemmed(asked: Weighted, part: Part, forms: Array, rows: Ints, size: int) -> Marks:
    """Shape (C, W): which candidates have a word in the very form that was asked."""
    alone = [
        (number, word)
        for word, names in enumerate(asked.forms)
        for written in names
        if len(written) == 1
        for number in part.form_numbers(*written)
    ]
    numbers = list(dict.fromkeys(number for number, _ in alone))
    place = {number: n for n, number in enumerate(numbers)}
    hits = Finder(numbers).among(forms)
    words = places(len(numbers), ((place[n], word) for n, word in alone), len(asked.forms))
    found: Marks = table(hits, rows, (size, len(numbers))) @ words > 0
    for word, names in enumerate(asked.forms):
        for written in names:
            if len(written) != 1:
                found[:, word] |= _with_all(written, part, forms, rows, size)
    return found


def _with_all(written: Iterable[str], part: Part, forms: Array, rows: Ints, size: int) -> Marks:
    """Shape (size,): which rows have every one of these forms."""
    every = np.ones(size, dtype=bool)
    for form in written:
        present = np.zeros(size, dtype=bool)
        for number in part.form_numbers(form):
            present[rows[forms == number]] = True
        every &= present
    return every


def _named(part: Part, columns: Columns, column: Ints, text: Text) -> Floats:
    """Shape (C,): the share of the title's content words that the question names."""
    size = len(text.lengths) - text.sentences
    first = len(text.forms) - int(text.lengths[text.sentences :].sum())
    rows = text.rows[first:] - text.sentences
    content = (part.flags.take(text.forms[first:]) & word_classes.STOP) == 0
    named = content & (columns.asked(column[first:], rows, size) >= 0)
    total = np.bincount(rows[content], minlength=size)
    shares: Floats = np.bincount(rows[named], minlength=size) / np.maximum(total, 1)
    return shares[text.titles - text.sentences]
