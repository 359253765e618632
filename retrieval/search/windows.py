"""Sentences of a segment of an index and what is around them, as one stretch of tokens.

Sentences that are asked for stand near one another, so what is around them is read once: the
sentences of their paragraphs one after the other, and after them the titles of their articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from retrieval.search.arrays import Ints, Marks, ranges
from retrieval.search.backend import Hits, Window
from retrieval.search.codec.strings import Array
from retrieval.search.forward import CAPITAL, WHOLE
from retrieval.search.scores import NOWHERE
from retrieval.search.segment import SegmentReader
from retrieval.text.word_classes import Flags

_NO_HITS = Hits(NOWHERE, NOWHERE)
_UNMARKED: Marks = np.empty(0, dtype=bool)
_NO_FLAGS: Flags = np.empty(0, dtype=np.uint16)
_BY_SENTENCE = ("own", "titles", "before", "after", "opening", "closing", "kinds", "weights")
EMPTY = Window(
    *(NOWHERE,) * 7, np.empty(0), NOWHERE, _NO_HITS, _NO_HITS, _NO_FLAGS, _UNMARKED, _UNMARKED
)


class _Wanted(NamedTuple):
    """What is to be found: numbers in a segment, and which of the wanted each one is."""

    numbers: list[int]
    which: list[int]

    @classmethod
    def terms(cls, segment: SegmentReader, terms: Sequence[str]) -> _Wanted:
        numbered = ((segment.number(term), n) for n, term in enumerate(terms))
        return cls._of((number, n) for number, n in numbered if number is not None)

    @classmethod
    def forms(cls, segment: SegmentReader, forms: Sequence[str]) -> _Wanted:
        return cls._of(
            (number, n) for n, form in enumerate(forms) for number in segment.form_numbers(form)
        )

    @classmethod
    def _of(cls, pairs: Iterable[tuple[int, int]]) -> _Wanted:
        pairs = list(pairs)
        return cls([number for number, _ in pairs], [n for _, n in pairs])

    def among(self, many: Array) -> Hits:
        """Where the few numbers stand among many: by their low bits first, which differ."""
        mask = 0xFFF
        while len({number & mask for number in self.numbers}) < len(self.numbers):
            mask = mask << 1 | 1
        few: Ints = np.array(self.numbers, dtype=np.int64)
        row_of = np.full(mask + 1, -1, dtype=np.int32)  # small, to stay near the processor
        row_of[few & mask] = np.arange(len(few))
        rows = row_of.take(many & mask)
        places = np.flatnonzero(rows >= 0)
        rows = rows.take(places)
        right = few.take(rows) == many.take(places)
        return Hits(places[right], np.array(self.which, dtype=np.int64).take(rows[right]))


class _Around(NamedTuple):
    """What is around C sentences; all arrays have the shape (C,).

    Attributes:
        first: The first sentence of each one's article.
        last: One past its last.
        before: How many sentences of its paragraph stand before it, as far as is looked.
        after: How many after it.
        articles: The articles, each once.
        article: Which of them each stands in.
    """

    first: Ints
    last: Ints
    before: Ints
    after: Ints
    articles: list[int]
    article: list[int]


def window_in(
    segment: SegmentReader, sentences: Ints, reach: int, terms: Sequence[str], forms: Sequence[str]
) -> Window:
    """Sentences of a segment and what is around them; see `Backend.window`.

    Raises:
        IndexDamaged: A word is none of the segment's.
    """
    forward, around = segment.forward, _find_around(segment, sentences, reach)
    sections = segment.section_of(sentences)
    runs = _runs(sentences, around)
    numbers, _ = ranges(*runs)
    articles = np.array(around.articles, dtype=np.int64)
    spans = [slice(*ends) for ends in forward.offsets[runs].T.tolist()]
    title, end = forward.title_offsets[articles], forward.title_offsets[articles + 1]
    titles = map(slice, title.tolist(), end.tolist())
    read = np.concatenate(
        [
            forward.words[:0],
            *(forward.words[span] for span in spans),
            *(forward.title_words[span] for span in titles),
        ]
    )
    segment.check_forms(read)
    of_sentences = np.concatenate([forward.cases[:0], *(forward.cases[span] for span in spans)])
    cases = np.zeros(len(read), dtype=of_sentences.dtype)
    cases[: len(of_sentences)] = of_sentences
    lengths = np.append(forward.offsets[numbers + 1] - forward.offsets[numbers], end - title)
    return Window(
        own=np.searchsorted(numbers, sentences),
        titles=np.array(around.article, dtype=np.int64) + len(numbers),
        before=around.before,
        after=around.after,
        opening=sentences - around.first,
        closing=around.last - sentences - 1,
        kinds=forward.kinds[sections].astype(np.int64),
        weights=forward.weights[sections].astype(np.float64),
        lengths=lengths.astype(np.int64),
        terms=_Wanted.terms(segment, terms).among(forward.form_terms.take(read)),
        forms=_Wanted.forms(segment, forms).among(read),
        flags=segment.flags.take(read),
        capitals=(cases & CAPITAL) != 0,
        compounds=(cases & WHOLE) != 0,
    )


def _find_around(segment: SegmentReader, sentences: Ints, reach: int) -> _Around:
    forward = segment.forward
    articles = segment.section_of(sentences)
    first, last = forward.section_sentences[articles], forward.section_sentences[articles + 1]
    near = sentences[:, None] + np.arange(-reach, reach + 1)
    paragraphs = forward.paragraphs
    alike = paragraphs.take(near, mode="clip") == paragraphs[sentences][:, None]
    alike &= near >= first[:, None]
    alike &= near < last[:, None]
    numbers = articles.tolist()
    distinct = {article: n for n, article in enumerate(dict.fromkeys(numbers))}
    return _Around(
        first.astype(np.int64),
        last.astype(np.int64),
        alike[:, :reach].sum(axis=1),
        alike[:, reach + 1 :].sum(axis=1),
        list(distinct),
        [distinct[article] for article in numbers],
    )


def _runs(sentences: Ints, around: _Around) -> Ints:
    """Shape (2, runs): where sentences that are read in one go begin, and where they end."""
    low = np.minimum(sentences - around.before, np.maximum(sentences - 1, around.first))
    high = np.maximum(sentences + around.after + 1, np.minimum(sentences + 2, around.last))
    return np.array(_merged(low.tolist(), high.tolist()), dtype=np.int64).reshape(-1, 2).T


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


def joined(windows: Sequence[tuple[Ints, Window]]) -> Window:
    """The windows of several segments as one.

    Args:
        windows: Which of all the sentences each has, and itself.
    """
    if len(windows) == 1:
        return windows[0][1]
    if not windows:
        return EMPTY
    rows, tokens, moved = 0, 0, list[Window]()
    for _, one in windows:
        moved.append(_moved(one, rows, tokens))
        rows, tokens = rows + len(one.lengths), tokens + len(one.flags)
    order = np.argsort(np.concatenate([places for places, _ in windows]))
    whole: dict[str, Any] = {name: _concatenated(name, moved) for name in Window._fields}
    return Window(**whole | {name: whole[name][order] for name in _BY_SENTENCE})


def _moved(window: Window, rows: int, tokens: int) -> Window:
    """A window behind others of so many rows and tokens."""
    return window._replace(
        own=window.own + rows,
        titles=window.titles + rows,
        terms=window.terms._replace(places=window.terms.places + tokens),
        forms=window.forms._replace(places=window.forms.places + tokens),
    )


def _concatenated(name: str, windows: Sequence[Window]) -> Array | Hits:
    values = [getattr(window, name) for window in windows]
    if isinstance(values[0], Hits):
        return Hits._make(map(np.concatenate, zip(*values, strict=True)))
    return np.concatenate(values)
