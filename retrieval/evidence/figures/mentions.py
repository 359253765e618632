"""A quantity where it stands: what its clause says of it, whom it names, and when it is.

Two of them speak of the same thing if these agree; `likeness` compares them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from retrieval.evidence.figures.clauses import (
    find_bounds,
    find_clause,
    find_scene,
    leans,
    read_cues,
)
from retrieval.models import Quote
from retrieval.quantities.bounds import stated
from retrieval.quantities.reading import Quantity
from retrieval.quantities.units import scale
from retrieval.text.names import Names, is_content
from retrieval.text.terms import read_terms
from retrieval.values import Span, Term

_MOST = 8  # a sentence with more quantities is a table or a list of results
_FIGURE = re.compile(r"\d[\d.,]*")
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
_DATED = re.compile(
    r"\b(?:in|on|since|from|by|until|around|about|between)\s(?:the\s)?$", re.IGNORECASE
)
_OPENING_WORDS = 4  # a date among so many first words dates the whole sentence

Sort = tuple[str, str]
Value = tuple[Fraction, Fraction]


class Figure(NamedTuple):
    """A quantity that can be compared with another one.

    Attributes:
        quote: The place of its quote among the quotes.
        quantity: What is stated.
        sort: Its kind and dimension; only figures of one sort compare.
        value: Its two ends, in the dimension's own unit.
        head: The term of the noun that is counted, or None.
    """

    quote: int
    quantity: Quantity
    sort: Sort
    value: Value
    head: str | None


class Reading(NamedTuple):
    """A quote, read once for all of its figures.

    Attributes:
        quote: The quote.
        quantities: All of them.
        words: Its content terms outside the quantities.
    """

    quote: Quote
    quantities: Sequence[Quantity]
    words: Sequence[Term]


class Scope(NamedTuple):
    """What a stretch of text says, the figure itself left out.

    Attributes:
        said: Its content terms, in order.
        named: Those that are written as names, in order.
        times: Its dates, as they are written, and the words that bound it in time.
        moments: Its dates that depend on when they were written, "last month".
        labels: Its other numbers and its ranks: "11" of "Apollo 11", "third".
    """

    said: tuple[str, ...]
    named: tuple[str, ...]
    times: frozenset[str]
    moments: frozenset[str]
    labels: frozenset[str]


class Mention(NamedTuple):
    """A figure and what is said of it.

    Attributes:
        figure: What is compared.
        text: The quote's text.
        title: The title of its article.
        articles: The article of its quote and those that say the same.
        place: Article and offset: where it stands, whatever the order of the quotes.
        clause: The clause around it.
        sentence: The whole sentence.
        words: The content terms of the clause with their places.
        leans: Whether what it is of is named elsewhere.
        cues: What kind of statement it is part of.
        years: The years in the article's title.
        others: Other values in the sentence that could be mistaken for this one.
    """

    figure: Figure
    text: str
    title: str
    articles: frozenset[str]
    place: tuple[str, int]
    clause: Scope
    sentence: Scope
    words: tuple[Term, ...]
    leans: bool
    cues: frozenset[str]
    years: frozenset[str]
    others: frozenset[Value]


def find_figures(number: int, text: str, quantities: Sequence[Quantity]) -> Iterator[Figure]:
    """Those quantities of a quote that can be compared.

    Args:
        number: The quote's place among the quotes.
        text: Its text.
        quantities: What was read in it.
    """
    if len(quantities) > _MOST:
        return
    for quantity in quantities:
        if _is_comparable(text, quantity):
            head = _head(text, quantity.of)
            yield Figure(number, quantity, _sort(quantity), stated(quantity), head)


def _head(text: str, of: Span | None) -> str | None:
    terms = read_terms(text[of.start : of.end]) if of else []
    return terms[-1].term if terms else None


def _is_comparable(text: str, quantity: Quantity) -> bool:
    if quantity.low is None or quantity.high is None or quantity.kind == "ordinal":
        return False
    if quantity.kind == "count":
        return quantity.of is not None
    before = text[max(0, quantity.start - 12) : quantity.start]
    return quantity.kind != "date" or quantity.hedge != "none" or bool(_DATED.search(before))


def _sort(quantity: Quantity) -> Sort:
    return quantity.kind, scale(quantity.unit)[0]


def read_quote(quote: Quote, quantities: Sequence[Quantity]) -> Reading:
    """Read a quote's words and names once for all its figures."""
    text = quote.text
    words = [
        term
        for term in read_terms(text)
        if is_content(text[term.start : term.end]) and not _within(term.start, quantities)
    ]
    return Reading(quote, quantities, words)


def _within(place: int, quantities: Iterable[Quantity]) -> bool:
    return any(quantity.start <= place < quantity.end for quantity in quantities)


def read_mention(figure: Figure, reading: Reading, names: Names) -> Mention:
    """What is said of a figure.

    Args:
        figure: A figure of the quote.
        reading: The quote.
        names: What the quotes show of names.
    """
    quote, quantity = reading.quote, figure.quantity
    of = quantity.of or Span(quantity.end, quantity.end)
    clause = find_clause(quote.text, quantity.start, max(quantity.end, of.end))
    words = tuple(word for word in reading.words if not of.start <= word.start < of.end)
    scene = find_scene(quote.text)
    within = tuple(
        word
        for word in words
        if clause.start <= word.start < clause.end or scene.start <= word.start < scene.end
    )
    return Mention(
        figure=figure,
        text=quote.text,
        title=quote.title,
        articles=frozenset({quote.article, *(also.article for also in quote.also)}),
        place=(quote.article, quote.start + quantity.start),
        clause=_scope(reading, quantity, clause, within, names),
        sentence=_scope(reading, quantity, Span(0, len(quote.text)), words, names),
        words=within,
        leans=_leans(quote.text, quantity, clause),
        cues=read_cues(quote.text, clause, quantity.start),
        years=frozenset(_YEAR.findall(quote.title)),
        others=frozenset(_others(quote.text, quantity, reading.quantities)),
    )


def _leans(text: str, quantity: Quantity, clause: Span) -> bool:
    noun = quantity.of.end if quantity.of else quantity.end
    before, behind = Span(clause.start, quantity.start), Span(quantity.end, noun)
    return leans(text, clause, before, behind)


def _scope(
    reading: Reading,
    quantity: Quantity,
    span: Span,
    words: Sequence[Term],
    names: Names,
) -> Scope:
    text = reading.quote.text
    others = [other for other in reading.quantities if other is not quantity]
    dates = [q for q in others if q.kind == "date" and _is_dated_by(text, q, span)]
    ranks = [q for q in others if q.kind == "ordinal" and span.start <= q.start < span.end]
    digits = (
        found.group().strip(".,")
        for found in _FIGURE.finditer(text, span.start, span.end)
        if not _within(found.start(), reading.quantities)
    )
    placed = _written(text, (date for date in dates if date.low is not None))
    return Scope(
        said=tuple(dict.fromkeys(word.term for word in words)),
        named=tuple(dict.fromkeys(word.term for word in words if names.has(text, word))),
        times=frozenset(placed) | find_bounds(text),
        moments=frozenset(_written(text, (date for date in dates if date.low is None))),
        labels=frozenset(digits) | frozenset(_written(text, ranks)),
    )


def _written(text: str, quantities: Iterable[Quantity]) -> Iterator[str]:
    return (text[quantity.start : quantity.end].lower() for quantity in quantities)


def _is_dated_by(text: str, date: Quantity, span: Span) -> bool:
    """Whether a date stands in a stretch of text, or dates the whole sentence from its opening."""
    if span.start <= date.start < span.end:
        return True
    return text[: date.start].count(" ") < _OPENING_WORDS


def _others(text: str, quantity: Quantity, quantities: Iterable[Quantity]) -> Iterator[Value]:
    """What else in the sentence may be what a second source speaks of.

    Beside a date these are all other values: what happened then must be the same.
    """
    for other in quantities:
        if (
            other is not quantity
            and other.low is not None
            and _is_confusable(text, other, quantity)
        ):
            yield stated(other)


def _is_confusable(text: str, other: Quantity, quantity: Quantity) -> bool:
    if quantity.kind == "date":
        return True
    if _sort(other) != _sort(quantity):
        return False
    if other.of is None or quantity.of is None:
        return True
    return _head(text, other.of) == _head(text, quantity.of)
