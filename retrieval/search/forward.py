"""The library's quotable sentences and their words in flat arrays: what an index is made of.

Nothing here weighs anything. Articles stand in the order of their ids, sentences in the order of
the text, forms and terms in the order of their letters; so the same articles give the same arrays,
byte for byte, however they came in. `reading.py` makes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.models import Article
from retrieval.search.arrays import Ints
from retrieval.values import Sentence

Bytes = NDArray[np.uint8]

CAPITAL = 1 << 0  # the word starts with a capital letter
WHOLE = 1 << 1  # a hyphenated word as a whole; its parts follow


def digest(article: Article) -> str:
    """A digest of what reading an article depends on: its text, title, language and layout."""
    return article.reading_digest


class ForwardIndex(NamedTuple):
    """Every quotable sentence of some articles, in flat arrays.

    Its texts may be tuples or packed, its numbers of 4 bytes or of 8: what was opened is a view of
    the file.

    Attributes:
        articles: Shape (articles,): ids, ascending.
        digests: Shape (articles,): see `digest`.
        languages: Shape (articles,).
        hidden: Shape (articles,): the words of each one's boilerplate; see `hidden_words`.
        vocabulary: Shape (terms,): every term, ascending; its place is its number.
        forms: Shape (forms,): every folded word, ascending; one form with two terms (in two
            languages) stands twice.
        form_terms: Shape (forms,): the number of each form's term.
        article_sentences: Shape (articles + 1,): article a holds sentences [a]:[a + 1].
        title_offsets: Shape (articles + 1,): article a's title is title_words[[a]:[a + 1]].
        title_words: Form numbers of all titles.
        starts: Shape (sentences,): first character in its article.
        ends: Shape (sentences,): one past the last.
        paragraphs: Shape (sentences,): its paragraph's number within its article.
        offsets: Shape (sentences + 1,): sentence s is words[[s]:[s + 1]].
        words: Form numbers of all sentences.
        cases: Shape of `words`: `CAPITAL` and `WHOLE` of each.
    """

    articles: Sequence[str]
    digests: Sequence[str]
    languages: Sequence[str]
    hidden: Sequence[str]
    vocabulary: Sequence[str]
    forms: Sequence[str]
    form_terms: Ints
    article_sentences: Ints
    title_offsets: Ints
    title_words: Ints
    starts: Ints
    ends: Ints
    paragraphs: Ints
    offsets: Ints
    words: Ints
    cases: Bytes

    @property
    def sentences(self) -> int:
        """How many sentences there are."""
        return len(self.starts)

    def sentence(self, number: int) -> Sentence:
        """A sentence's place in its article."""
        return Sentence(
            self.starts.item(number), self.ends.item(number), self.paragraphs.item(number)
        )
