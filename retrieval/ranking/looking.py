"""Where a question's words stand in some candidates of one part of an index, and around them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.engine.texts import Array
from retrieval.index import wordclasses
from retrieval.index.corpus import CAPITAL, WHOLE
from retrieval.index.parts import Part
from retrieval.index.scores import Stretch
from retrieval.postings import Floats, Ints, ranges
from retrieval.ranking.weighing import Weighted

Marks = NDArray[np.bool_]
PARAGRAPH_REACH = 8  # sentences on either side that still count as the paragraph
OWN, BEFORE, AFTER, AROUND, TITLE = range(5)  # what is looked at of each candidate


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


class Look(NamedTuple):
    """C candidates, W words asked.

    Attributes:
        exact: Shape (5, C, W): whether the word stands in the candidate, the sentence before it,
            the one after it, its paragraph, its title.
        derived: Shape (C, W): whether a word of its family stands in the candidate.
        synonyms: Shape (C, W): whether a word of its meaning does.
        unstemmed: Shape (C, W): whether the very form that was asked does.
        words: The words of the candidates.
        named: Shape (C,): the share of the title's content words that the question names.
        opening: Shape (C,): how many sentences stand before it in its article.
    """

    exact: Marks
    derived: Marks
    synonyms: Marks
    unstemmed: Marks
    words: Words
    named: Floats
    opening: Ints


def look(asked: Weighted, stretch: Stretch) -> Look:
    """Look at candidates once for every feature."""
    part, sentences, size = stretch.part, stretch.sentences, len(stretch.sentences)
    corpus, columns = part.corpus, _Columns(asked, stretch.part)
    articles = part.article_of(sentences)
    opening = sentences - corpus.article_sentences[articles]
    first, last = _surroundings(part, sentences, articles)
    words, rows = ranges(corpus.offsets[first.ravel()], corpus.offsets[last.ravel()])
    title, titled = ranges(corpus.title_offsets[articles], corpus.title_offsets[articles + 1])
    forms, title_forms = corpus.words[words], corpus.title_words[title]
    found = columns.present(
        np.concatenate([forms, title_forms]),
        np.concatenate([rows, titled + TITLE * size]),
        (TITLE + 1) * size,
    ).reshape(TITLE + 1, size, columns.size)
    own = slice(int(np.searchsorted(rows, size)))
    return Look(
        exact=columns.exact(found),
        derived=columns.derived(found[OWN]),
        synonyms=columns.synonyms(found[OWN]),
        unstemmed=_unstemmed(asked, part, forms[own], rows[own], size),
        words=_words(part, columns, words[own], rows[own], size),
        named=_named(part, columns, title_forms, titled, size),
        opening=opening,
    )


def _surroundings(part: Part, sentences: Ints, articles: Ints) -> tuple[Ints, Ints]:
    """Shapes (4, C): from which sentence up to which each candidate is looked at."""
    first_in_article = part.corpus.article_sentences[articles]
    last_in_article = part.corpus.article_sentences[articles + 1]
    reach = np.arange(-PARAGRAPH_REACH, PARAGRAPH_REACH + 1)
    near = sentences[:, None] + reach
    inside = (near >= first_in_article[:, None]) & (near < last_in_article[:, None])
    near = np.clip(near, 0, part.corpus.sentences - 1)
    paragraphs = part.corpus.paragraphs
    alike = inside & (paragraphs[near] == paragraphs[sentences][:, None])
    first = [
        sentences,
        np.maximum(sentences - 1, first_in_article),
        sentences + 1,
        sentences - alike[:, :PARAGRAPH_REACH].sum(axis=1),
    ]
    last = [
        sentences + 1,
        sentences,
        np.minimum(sentences + 2, last_in_article),
        sentences + 1 + alike[:, PARAGRAPH_REACH + 1 :].sum(axis=1),
    ]
    return np.stack(first), np.stack(last)


class _Columns:
    """The terms that matter to a question, numbered from 0, and the words that each stands for."""

    def __init__(self, asked: Weighted, part: Part) -> None:
        kinds = (asked.exact, asked.derived, asked.synonyms)
        names = {name for kind in kinds for terms in kind for name in terms}
        names.update(term for every in asked.joint for terms in every for term in terms)
        numbered = [(part.number(name), name) for name in names]
        known = sorted((number, name) for number, name in numbered if number is not None)
        place = {name: n for n, (_, name) in enumerate(known)}
        self._terms: Array = np.array([number for number, _ in known], dtype=np.int32)
        self._form_terms = part.corpus.form_terms
        self._mask, self._table = _scatter(self._terms)
        self._maps = [np.zeros((len(known), len(asked.weights)), dtype=np.float32) for _ in kinds]
        for table, kind in zip(self._maps, kinds, strict=True):
            for word, terms in enumerate(kind):
                table[[place[term] for term in terms if term in place], word] = 1
        self._joint = [
            (word, [place[term] for term in sorted(terms)])
            for word, every in enumerate(asked.joint)
            for terms in every
            if terms <= place.keys()
        ]

    @property
    def size(self) -> int:
        """How many columns there are."""
        return len(self._terms)

    def of(self, forms: Ints) -> Ints:
        """The column of each form, or -1."""
        terms: Array = self._form_terms[forms]
        columns: Ints = self._table[terms & self._mask]
        if not len(self._terms):
            return columns
        columns[self._terms[columns] != terms] = -1
        return columns

    def present(self, forms: Ints, rows: Ints, size: int) -> Array:
        """Shape (size, columns): 1 where a row has the column's term."""
        columns = self.of(forms)
        found = np.zeros((size, self.size), dtype=np.float32)
        hit = np.flatnonzero(columns >= 0)
        found[rows[hit], columns[hit]] = 1
        return found

    def exact(self, found: Array) -> Marks:
        marks: Marks = found @ self._maps[0] > 0
        for word, columns in self._joint:
            marks[..., word] |= found[..., columns].all(axis=-1)
        return marks

    def derived(self, found: Array) -> Marks:
        marks: Marks = found @ self._maps[1] > 0
        return marks

    def synonyms(self, found: Array) -> Marks:
        marks: Marks = found @ self._maps[2] > 0
        return marks

    def asked(self, forms: Ints, rows: Ints, size: int) -> Ints:
        """Which word of the question each form is, or -1."""
        if not len(self._maps[0]):
            return np.full(len(forms), -1)
        table = self._maps[0] > 0
        word_of = np.where(table.any(axis=1), table.argmax(axis=1), -1)
        columns = self.of(forms)
        asked: Ints = np.where(columns >= 0, word_of[columns], -1)
        for word, together in self._joint:
            named: Marks = np.all(self.present(forms, rows, size)[:, together], axis=1)
            asked[(asked < 0) & named[rows] & np.isin(columns, together)] = word
        return asked


def _scatter(terms: Array) -> tuple[int, Ints]:
    """A mask under which all terms differ, and the place of the term at each masked number."""
    mask = 0xFF
    while len(np.unique(terms & mask)) < len(terms):
        mask = mask << 1 | 1
    table = np.full(mask + 1, -1, dtype=np.int64)
    table[terms & mask] = np.arange(len(terms))
    return mask, table


def _words(part: Part, columns: _Columns, own: Ints, rows: Ints, size: int) -> Words:
    cases = part.corpus.cases[own]
    kept = (cases & WHOLE) == 0
    forms, row = part.corpus.words[own][kept], rows[kept]
    lengths = np.bincount(row, minlength=size)
    place = np.arange(len(row)) - (np.cumsum(lengths) - lengths)[row]
    return Words(
        row=row,
        place=place,
        flags=part.flags[forms],
        capital=(cases[kept] & CAPITAL) != 0,
        asked=columns.asked(forms, row, size),
    )


def _unstemmed(asked: Weighted, part: Part, forms: Ints, rows: Ints, size: int) -> Marks:
    found = np.zeros((size, len(asked.weights)), dtype=bool)
    for word, names in enumerate(asked.forms):
        for written in names:
            found[:, word] |= _with_all(written, part, forms, rows, size)
    return found


def _with_all(written: Iterable[str], part: Part, forms: Ints, rows: Ints, size: int) -> Marks:
    """Shape (size,): which rows have every one of these forms."""
    every = np.ones(size, dtype=bool)
    for form in written:
        present = np.zeros(size, dtype=bool)
        for number in part.form_numbers(form).tolist():
            present[rows[forms == number]] = True
        every &= present
    return every


def _named(part: Part, columns: _Columns, title: Ints, rows: Ints, size: int) -> Floats:
    content = (part.flags[title] & wordclasses.STOP) == 0
    named = content & (columns.asked(title, rows, size) >= 0)
    total = np.bincount(rows[content], minlength=size)
    shares: Floats = np.bincount(rows[named], minlength=size) / np.maximum(total, 1)
    return shares
