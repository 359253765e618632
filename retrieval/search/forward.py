"""The library's quotable sentences and their words in flat arrays: what an index is made of.

Nothing here weighs anything. An article stands as its sections, one after the other: each is a
document to the search; an article without headings is one. Articles stand in the order of their
ids, sections and sentences in the order of the text, forms and terms in the order of their letters;
so the same articles give the same arrays, byte for byte, however they came in. `tokenizing.py`
makes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.models import Article
from retrieval.search.arrays import Floats32, Ints, Marks
from retrieval.values import Sentence

Bytes = NDArray[np.uint8]

CAPITAL = 1 << 0  # the word starts with a capital letter
WHOLE = 1 << 1  # a hyphenated word as a whole; its parts follow


def digest(article: Article) -> str:
    """A digest of what reading an article depends on: its text, title, language and layout."""
    return article.reading_digest


def firsts_of(articles: Sequence[str]) -> Ints:
    """The first of each run of one article's sections: see `ForwardIndex.firsts`."""
    begins = [not n or articles[n - 1] != name for n, name in enumerate(articles)]
    return np.maximum.accumulate(np.where(begins, np.arange(len(begins)), 0).astype(np.int64))


class ForwardIndex(NamedTuple):
    """Every quotable sentence of some articles, in flat arrays.

    Its texts may be tuples or packed, its numbers of 4 bytes or of 8: what was opened is a view of
    the file.

    Attributes:
        articles: Shape (sections,): the id of each one's article, ascending.
        firsts: Shape (sections,): the number of the first section of its article.
        digests: Shape (sections,): of its article; see `digest`.
        languages: Shape (sections,).
        hidden: Shape (sections,): the words of each one's boilerplate; see `hidden_words`.
        kinds: Shape (sections,): what it is told to be, by its place in `SOURCE_KINDS`; 0 where
            its weight is stated.
        weights: Shape (sections,): how much it counts in the ranking, 1 for most.
        vocabulary: Shape (terms,): every term, ascending; its place is its number.
        forms: Shape (forms,): every folded word, ascending; one form with two terms (in two
            languages) stands twice.
        form_terms: Shape (forms,): the number of each form's term.
        section_sentences: Shape (sections + 1,): section s holds sentences [s]:[s + 1].
        title_offsets: Shape (sections + 1,): section s's title is title_words[[s]:[s + 1]].
        title_words: Form numbers of all titles.
        starts: Shape (sentences,): first character in its article.
        ends: Shape (sentences,): one past the last.
        paragraphs: Shape (sentences,): its paragraph's number within its article.
        offsets: Shape (sentences + 1,): sentence s is words[[s]:[s + 1]].
        words: Form numbers of all sentences.
        cases: Shape of `words`: `CAPITAL` and `WHOLE` of each.
    """

    articles: Sequence[str]
    firsts: Ints
    digests: Sequence[str]
    languages: Sequence[str]
    hidden: Sequence[str]
    kinds: Bytes
    weights: Floats32
    vocabulary: Sequence[str]
    forms: Sequence[str]
    form_terms: Ints
    section_sentences: Ints
    title_offsets: Ints
    title_words: Ints
    starts: Ints
    ends: Ints
    paragraphs: Ints
    offsets: Ints
    words: Ints
    cases: Bytes

    @property
    def is_first(self) -> Marks:
        """Shape (sections,): whether an article begins with it."""
        marks: Marks = self.firsts == np.arange(len(self.firsts))
        return marks

    @property
    def sentences(self) -> int:
        """How many sentences there are."""
        return len(self.starts)

    def sentence(self, number: int) -> Sentence:
        """A sentence's place in its article."""
        return Sentence(
            self.starts.item(number), self.ends.item(number), self.paragraphs.item(number)
        )
