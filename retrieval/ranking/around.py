"""What is read of one part of an index to look at candidates: them, and what is around them.

Candidates stand near one another, so that is read once: the sentences of their paragraphs one after
the other, and after them the titles of their articles.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from retrieval.search.arrays import Ints, ranges
from retrieval.search.codec.strings import Array
from retrieval.search.reader import Part

PARAGRAPH_REACH = 8  # sentences on either side that still count as the paragraph
_REACH = np.arange(-PARAGRAPH_REACH, PARAGRAPH_REACH + 1)


class Around(NamedTuple):
    """What is around C candidates; all arrays have the shape (C,).

    Attributes:
        sentences: Their numbers in the part.
        first: The first sentence of each one's article.
        last: One past its last.
        before: How many sentences of its paragraph stand before it, as far as is looked.
        after: How many after it.
        articles: The articles, each once.
        article: Which of them each stands in.
    """

    sentences: Ints
    first: Ints
    last: Ints
    before: Ints
    after: Ints
    articles: list[int]
    article: list[int]


class Text(NamedTuple):
    """What is read: sentences in order, and titles after them, each a row of words.

    Attributes:
        own: Shape (C,): the rows of the candidates.
        titles: Shape (C,): the rows of their titles.
        sentences: How many rows are sentences.
        lengths: Shape (rows,): the words of each.
        rows: Shape (words,): the row of each.
        forms: Shape (words,): their form numbers.
    """

    own: Ints
    titles: Ints
    sentences: int
    lengths: Ints
    rows: Ints
    forms: Array


def find_around(part: Part, sentences: Ints) -> Around:
    """What is around some sentences of a part."""
    corpus = part.corpus
    articles = part.article_of(sentences)
    first, last = corpus.article_sentences[articles], corpus.article_sentences[articles + 1]
    near = sentences[:, None] + _REACH
    paragraphs = corpus.paragraphs
    alike = paragraphs.take(near, mode="clip") == paragraphs[sentences][:, None]
    alike &= near >= first[:, None]
    alike &= near < last[:, None]
    numbers = articles.tolist()
    distinct = {article: n for n, article in enumerate(dict.fromkeys(numbers))}
    return Around(
        sentences,
        first,
        last,
        alike[:, :PARAGRAPH_REACH].sum(axis=1),
        alike[:, PARAGRAPH_REACH + 1 :].sum(axis=1),
        list(distinct),
        [distinct[article] for article in numbers],
    )


def read(part: Part, around: Around) -> Text:
    """Read the paragraphs and the neighbours of candidates, and the titles of their articles.

    Raises:
        IndexDamaged: A word is none of the part's.
    """
    corpus, sentences = part.corpus, around.sentences
    low = np.minimum(sentences - around.before, np.maximum(sentences - 1, around.first))
    high = np.maximum(sentences + around.after + 1, np.minimum(sentences + 2, around.last))
    runs = np.array(_merged(low.tolist(), high.tolist()), dtype=np.int64).reshape(-1, 2).T
    numbers, _ = ranges(*runs)
    first, last = corpus.offsets[runs].tolist()
    title, end = (
        corpus.title_offsets[np.array(around.articles, dtype=np.int64) + n] for n in (0, 1)
    )
    words = [corpus.words[:0], *(corpus.words[a:b] for a, b in zip(first, last, strict=True))]
    titles = zip(title.tolist(), end.tolist(), strict=True)
    forms = np.concatenate([*words, *(corpus.title_words[a:b] for a, b in titles)])
    part.check_forms(forms)
    lengths = np.append(corpus.offsets[numbers + 1] - corpus.offsets[numbers], end - title)
    return Text(
        own=np.searchsorted(numbers, sentences),
        titles=np.array(around.article, dtype=np.int64) + len(numbers),
        sentences=len(numbers),
        lengths=lengths,
        rows=np.repeat(np.arange(len(lengths)), lengths),
        forms=forms,
    )


def _merged(low: list[int], high: list[int]) -> list[tuple[int, int]]:
    """Stretches from `low` up to `high`, those that touch as one, in order."""
    merged: list[tuple[int, int]] = []
    start = end = -1
    for first, last in sorted(zip(low, high, strict=True)):
        if first > end or not merged:
            start, end = first, last
            merged.append((start, end))
        elif last > end:
            end = last
            merged[-1] = (start, end)
    return merged
