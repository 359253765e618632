"""Where the sources differ on a figure of a quote: all candidates are heard, shown or not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from retrieval.evidence.figures import Difference, differing
from retrieval.evidence.quoting import cut, place_of
from retrieval.evidence.sources import Originals
from retrieval.evidence.statements import Lexicon
from retrieval.models import Figure, FigureValue, Quote
from retrieval.quantities import NUMBER_WORDS
from retrieval.text import stopwords
from retrieval.text.terms import read_terms

_COMMON = 3  # terms that two sentences on one figure share, at least
_FIGURE = re.compile(rf"\d|\b(?:{'|'.join(sorted(NUMBER_WORDS))})\b", re.IGNORECASE)


def has_figure(text: str) -> bool:
    """Whether a number stands in a text: what it claims can be answered with what differs."""
    return _FIGURE.search(text) is not None


def find_figures(
    terms: Sequence[str],
    quotes: Sequence[Quote],
    sentences: Sequence[int],
    originals: Originals,
    lexicon: Lexicon,
) -> tuple[Figure, ...]:
    """Where the sources give different values for the same thing, one of them in a quote.

    Args:
        terms: The terms that were asked for.
        quotes: The quotes that are shown, or the nearest sentences.
        sentences: All that may differ, best first.
        originals: Their articles.
        lexicon: What is known of words.
    """
    heard = [*quotes, *_unshown(quotes, sentences, originals)]
    found = differing(terms, heard, related=lexicon.related, weight=lexicon.weigh)
    return tuple(
        _figure(difference, heard, len(quotes))
        for difference in found
        if any(n < len(quotes) for value in difference.values for n in value.quotes)
    )


def _unshown(
    quotes: Sequence[Quote], sentences: Sequence[int], originals: Originals
) -> Iterator[Quote]:
    """The other sentences that may have a figure of a quote otherwise; few are even read."""
    own = [_terms(quote) for quote in quotes if has_figure(quote.text)]
    if not own:
        return
    shown = {(place.article, place.start) for q in quotes for place in (q, *q.also)}
    near = list(_near(own, sentences, originals))
    originals.fetch(near)
    for sentence in near:
        article, spot = originals.of(sentence)
        start, end = spot.sentence.start, spot.sentence.end
        if (article.id, start) not in shown and _FIGURE.search(article.text, start, end):
            yield Quote(**cut(article, start, end), score=0.0, matched=())


def _terms(quote: Quote) -> frozenset[str]:
    return frozenset(w.term for w in read_terms(quote.text) if w.form not in stopwords.ENGLISH)


def _near(
    own: Sequence[frozenset[str]], sentences: Sequence[int], originals: Originals
) -> Iterator[int]:
    """Those of some sentences that share terms with one of others."""
    said = originals.index.terms_of(np.array(sentences, dtype=np.int64))
    wanted = [said.vocabulary.numbers(terms) - {None} for terms in own]
    starts = np.searchsorted(said.rows, np.arange(len(sentences) + 1)).tolist()
    for n, (first, last) in enumerate(pairwise(starts)):
        terms = set(said.terms[first:last].tolist())
        if any(len(terms & some) >= _COMMON for some in wanted):
            yield sentences[n]


def _figure(difference: Difference, heard: Sequence[Quote], shown: int) -> Figure:
    return Figure(
        of=difference.of,
        values=tuple(
            FigureValue(
                value=value.value,
                quotes=tuple(n for n in value.quotes if n < shown),
                articles=value.articles,
                places=tuple(place_of(heard[n]) for n in value.quotes if n >= shown),
            )
            for value in difference.values
        ),
        compatible=difference.compatible,
    )
