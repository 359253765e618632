"""A question's candidates side by side: where each of its words stands, in arrays for the features.

All that a feature needs is here as values: the words of the candidates and of what stands around
them, never the index itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval import wordclasses
from retrieval.asking import Kind
from retrieval.corpus import CAPITAL, WHOLE
from retrieval.index import Index, Scores
from retrieval.postings import Floats, Ints, ranges
from retrieval.weighing import Weighted

Marks = NDArray[np.bool_]
NOWHERE = 1 << 30
PARAGRAPH_REACH = 8  # sentences on either side that still count as the paragraph


class Words(NamedTuple):
    """The words of the candidates one after the other; all arrays have the shape (words,).

    Attributes:
        row: Which candidate each is in.
        place: Its place in the sentence, from 0.
        flags: What its form is; see `wordclasses`.
        capital: Whether it starts with a capital letter.
        asked: Which word of the question it is, or -1.
    """

    row: Ints
    place: Ints
    flags: wordclasses.Flags
    capital: Marks
    asked: Ints


class Batch(NamedTuple):
    """The candidates of a question: C of them, W words asked.

    Attributes:
        kind: What the question asks for.
        weights: Shape (W,): the share of each word in the question, together 1.
        sentence: Shape (C, W): whether the word stands in the candidate.
        before: Shape (C, W): in the sentence before it, in the same article.
        after: Shape (C, W): in the sentence after.
        title: Shape (C, W): in the article's title.
        paragraph: Shape (C, W): in its paragraph.
        derived: Shape (C, W): a word of its family stands in the candidate.
        synonym: Shape (C, W): a word of its meaning does.
        unstemmed: Shape (C, W): the very form that was asked does.
        first: Shape (C, W): the word's first place in the candidate, or `NOWHERE`.
        words: The words of the candidates.
        lengths: Shape (C,): how many words each has.
        named: Shape (C,): the share of the title's content words that the question names.
        opening: Shape (C,): how many sentences stand before it in its article.
        scores: BM25 of the candidates at each level.
    """

    kind: Kind
    weights: Floats
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
    scores: Scores

    @property
    def size(self) -> int:
        """How many candidates there are."""
        return len(self.opening)


def lay_out(asked: Weighted, kind: Kind, index: Index, scores: Scores) -> Batch:
    """Look at the candidates of `scores` once for every feature."""
    corpus, sentences = index.corpus, scores.sentences
    columns = _Columns(asked, index)
    articles = index.article_of[sentences]
    first_in_article = corpus.article_sentences[articles]
    last_in_article = corpus.article_sentences[articles + 1]

    def stretch(first: Ints, last: Ints) -> Ints:
        """Which columns stand in the sentences from `first` up to `last` of each candidate."""
        words, rows = ranges(corpus.offsets[first], corpus.offsets[last])
        return columns.present(corpus.words[words], rows, len(sentences))

    own, rows = ranges(corpus.offsets[sentences], corpus.offsets[sentences + 1])
    found = columns.present(corpus.words[own], rows, len(sentences))
    before = stretch(np.maximum(sentences - 1, first_in_article), sentences)
    after = stretch(sentences + 1, np.minimum(sentences + 2, last_in_article))
    around = stretch(*_paragraphs(index, sentences))
    title, title_rows = ranges(corpus.title_offsets[articles], corpus.title_offsets[articles + 1])
    titled = columns.present(corpus.title_words[title], title_rows, len(sentences))
    words = _words(index, columns, own, rows, len(sentences))
    first = _first_places(words, len(sentences), len(asked.weights))
    return Batch(
        kind=kind,
        weights=np.array(asked.weights) / asked.total,
        sentence=columns.exact(found),
        before=columns.exact(before),
        after=columns.exact(after),
        title=columns.exact(titled),
        paragraph=columns.exact(around),
        derived=columns.derived(found),
        synonym=columns.synonyms(found),
        unstemmed=_unstemmed(asked, corpus.words[own], rows, len(sentences)),
        first=first,
        words=words,
        lengths=np.bincount(words.row, minlength=len(sentences)),
        named=_named(index, columns, corpus.title_words[title], title_rows, len(sentences)),
        opening=sentences - first_in_article,
        scores=scores,
    )


class _Columns:
    """The terms that matter to a question, numbered from 0, and the words that each stands for."""

    def __init__(self, asked: Weighted, index: Index) -> None:
        kinds = (asked.exact, asked.derived, asked.synonyms)
        joint = [(word, names) for word, all_of in enumerate(asked.joint) for names in all_of]
        terms = sorted(
            {n for kind in kinds for numbers in kind for n in numbers}.union(*(t for _, t in joint))
        )
        self._index = index
        self._column = np.full(len(index.corpus.vocabulary) + 1, -1, dtype=np.int64)
        self._column[terms] = np.arange(len(terms))
        place = {term: n for n, term in enumerate(terms)}
        self._maps = [np.zeros((len(terms), len(asked.weights)), dtype=np.int64) for _ in kinds]
        for table, kind in zip(self._maps, kinds, strict=True):
            for word, numbers in enumerate(kind):
                table[[place[n] for n in numbers], word] = 1
        self._joint = [(word, [place[n] for n in sorted(names)]) for word, names in joint]

    def of(self, forms: Ints) -> Ints:
        """The column of each form, or -1."""
        columns: Ints = self._column[self._index.corpus.form_terms[forms]]
        return columns

    def present(self, forms: Ints, rows: Ints, size: int) -> Ints:
        """Shape (size, columns): 1 where a row has the column's term."""
        columns = self.of(forms)
        found = np.zeros((size, len(self._maps[0])), dtype=np.int64)
        hit = columns >= 0
        found[rows[hit], columns[hit]] = 1
        return found

    def exact(self, found: Ints) -> Marks:
        marks: Marks = (found @ self._maps[0]).astype(bool)
        for word, columns in self._joint:
            marks[:, word] |= found[:, columns].all(axis=1)
        return marks

    def derived(self, found: Ints) -> Marks:
        return found @ self._maps[1] > 0

    def synonyms(self, found: Ints) -> Marks:
        return found @ self._maps[2] > 0

    def asked(self, forms: Ints, rows: Ints, size: int) -> Ints:
        """Which word of the question each form is, or -1."""
        if not len(self._maps[0]):
            return np.full(len(forms), -1)
        table = self._maps[0]
        word_of = np.where(table.any(axis=1), table.argmax(axis=1), -1)
        columns = self.of(forms)
        asked: Ints = np.where(columns >= 0, word_of[columns], -1)
        for word, together in self._joint:
            named: Marks = np.all(self.present(forms, rows, size)[:, together], axis=1)
            asked[(asked < 0) & named[rows] & np.isin(columns, together)] = word
        return asked


def _paragraphs(index: Index, sentences: Ints) -> tuple[Ints, Ints]:
    numbers = index.paragraph_of[sentences]
    first = np.searchsorted(index.paragraph_of, numbers, side="left")
    last = np.searchsorted(index.paragraph_of, numbers, side="right")
    return (
        np.maximum(first, sentences - PARAGRAPH_REACH),
        np.minimum(last, sentences + PARAGRAPH_REACH + 1),
    )


def _words(index: Index, columns: _Columns, own: Ints, rows: Ints, size: int) -> Words:
    cases = index.corpus.cases[own]
    kept = (cases & WHOLE) == 0
    forms, row = index.corpus.words[own][kept], rows[kept]
    lengths = np.bincount(row, minlength=size)
    place = np.arange(len(row)) - (np.cumsum(lengths) - lengths)[row]
    return Words(
        row=row,
        place=place,
        flags=index.flags[forms],
        capital=(cases[kept] & CAPITAL) != 0,
        asked=columns.asked(forms, row, size),
    )


def _first_places(words: Words, size: int, asked: int) -> Ints:
    first = np.full((size, asked), NOWHERE)
    hit = words.asked >= 0
    np.minimum.at(first, (words.row[hit], words.asked[hit]), words.place[hit])
    return first


def _unstemmed(asked: Weighted, forms: Ints, rows: Ints, size: int) -> Marks:
    found = np.zeros((size, len(asked.weights)), dtype=bool)
    for word, names in enumerate(asked.forms):
        for numbers in names:
            found[:, word] |= _with_all(numbers, forms, rows, size)
    return found


def _with_all(numbers: Iterable[int], forms: Ints, rows: Ints, size: int) -> Marks:
    """Shape (size,): which rows have every one of these forms."""
    every = np.ones(size, dtype=bool)
    for number in numbers:
        present = np.zeros(size, dtype=bool)
        present[rows[forms == number]] = True
        every &= present
    return every


def _named(index: Index, columns: _Columns, title: Ints, rows: Ints, size: int) -> Floats:
    content = (index.flags[title] & wordclasses.STOP) == 0
    named = content & (columns.asked(title, rows, size) >= 0)
    total = np.bincount(rows[content], minlength=size)
    shares: Floats = np.bincount(rows[named], minlength=size) / np.maximum(total, 1)
    return shares
