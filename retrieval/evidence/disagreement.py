"""Where the sources differ on a figure of a quote: all candidates are heard, shown or not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from retrieval.evidence.figures import Difference, DifferingValue, differing, figures_of, same_nouns
from retrieval.evidence.quoting import cut, place_of
from retrieval.evidence.sources import Originals
from retrieval.evidence.statements import Lexicon
from retrieval.models import Figure, FigureValue, Quote
from retrieval.quantities import NUMBER_WORDS, in_english
from retrieval.quantities.reading import read_quantities
from retrieval.question.asking import Kind
from retrieval.text import stopwords
from retrieval.text.terms import read_terms

_TIMES = frozenset({"date", "ordinal"})
_COMMON = 3  # terms that two sentences on one figure share, at least
_FIGURE = re.compile(rf"\d|\b(?:{'|'.join(sorted(NUMBER_WORDS))})\b", re.IGNORECASE)


def claims_figure(question: str, kind: Kind) -> bool:
    """Whether a question claims a number, which can be answered with what differs from it.

    A date beside "who" or "where" only says which time is meant.
    """
    if not _has_figure(question):
        return False
    dates = kind in {Kind.OTHER, Kind.CLAIM}
    return any(dates or quantity.kind not in _TIMES for quantity in read_quantities(question))


def _has_figure(text: str) -> bool:
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
    heard = [*quotes, *_unshown(quotes, sentences, originals, lexicon)]
    english = [_in_english(quote, originals) for quote in heard]
    found = differing(
        terms, english, first=len(quotes), related=lexicon.related, weight=lexicon.weigh
    )
    return tuple(
        _figure(difference, heard, english, len(quotes))
        for difference in found
        if any(n < len(quotes) for value in difference.values for n in value.quotes)
    )


def _unshown(
    quotes: Sequence[Quote], sentences: Sequence[int], originals: Originals, lexicon: Lexicon
) -> Iterator[Quote]:
    """The other sentences that may have a figure of a quote otherwise; few are even read."""
    own = [thing for q in quotes if (thing := _read_thing(q, lexicon))] if sentences else []
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


class _Thing(NamedTuple):
    """What a quote has figures of.

    Attributes:
        terms: Of the quote.
        nouns: One of these has whoever counts the same; None where a figure is of no noun.
    """

    terms: frozenset[str]
    nouns: frozenset[str] | None


def _read_thing(quote: Quote, lexicon: Lexicon) -> _Thing | None:
    """What the figures of a quote are of, or None where it has none to compare."""
    if not _has_figure(quote.text):
        return None
    heads = {figure.head for figure in figures_of(0, quote.text)}
    if not heads:
        return None
    nouns = [same_nouns(head, lexicon.related) for head in heads if head is not None]
    words = read_terms(quote.text)
    return _Thing(
        frozenset(word.term for word in words if word.form not in stopwords.ENGLISH),
        None if None in heads else frozenset().union(*nouns),
    )


def _near(own: Sequence[_Thing], sentences: Sequence[int], originals: Originals) -> Iterator[int]:
    """Those of some sentences that share terms with a quote, and a noun that it counts."""
    said = originals.index.terms_of(np.array(sentences, dtype=np.int64))
    numbers = said.vocabulary.numbers
    wanted = [(numbers(terms) - {None}, nouns and numbers(nouns)) for terms, nouns in own]
    starts = np.searchsorted(said.rows, np.arange(len(sentences) + 1)).tolist()
    for n, (first, last) in enumerate(pairwise(starts)):
        held = set(said.terms[first:last].tolist())
        if any(
            len(held & terms) >= _COMMON and (nouns is None or not held.isdisjoint(nouns))
            for terms, nouns in wanted
        ):
            yield sentences[n]


def _in_english(quote: Quote, originals: Originals) -> Quote:
    """A quote for reading its numbers, each character where it stood."""
    text = in_english(quote.text, originals.text_of(quote.article))
    return quote if text == quote.text else quote.model_copy(update={"text": text})


def _as_written(value: DifferingValue, heard: Sequence[Quote], english: Sequence[Quote]) -> str:
    """A value in the words of the source."""
    first = value.quotes[0]
    at = english[first].text.find(value.value)
    return heard[first].text[at : at + len(value.value)]


def _figure(
    difference: Difference, heard: Sequence[Quote], english: Sequence[Quote], shown: int
) -> Figure:
    return Figure(
        of=difference.of,
        values=tuple(
            FigureValue(
                value=_as_written(value, heard, english),
                quotes=tuple(n for n in value.quotes if n < shown),
                articles=value.articles,
                places=tuple(place_of(heard[n]) for n in value.quotes if n >= shown),
            )
            for value in difference.values
        ),
        compatible=difference.compatible,
    )
