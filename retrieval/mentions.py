"""A quantity where it stands: what its clause says of it, whom it names, and when it is.

Two of them speak of the same thing if these agree; `figures` compares them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from retrieval import stopwords
from retrieval.bounds import stated
from retrieval.clauses import OPENING, find_clause
from retrieval.labels import OPENERS
from retrieval.models import Quote, Span, Term
from retrieval.quantities import Quantity, read_quantities
from retrieval.terms import fold, read_terms
from retrieval.units import scale

_MOST = 8  # a sentence with more quantities is a table or a list of results
_PRONOUN = re.compile(
    r"\b(?:he|she|it|they|we|i|you|this|these|those|such|here|there|one|both|each|another|other"
    r"|others|former|latter|same)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d[\d.,]*")
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
    """

    quote: int
    quantity: Quantity
    sort: Sort
    value: Value


class Scope(NamedTuple):
    """What a stretch of text says, the figure itself left out.

    Attributes:
        said: Its content terms.
        named: Those that are written as names.
        times: Its dates, as they are written, and the words that bound it in time.
        moments: Its dates that depend on when they were written, "last month".
        labels: Its other numbers and its ranks: "11" of "Apollo 11", "third".
    """

    said: frozenset[str]
    named: frozenset[str]
    times: frozenset[str]
    moments: frozenset[str]
    labels: frozenset[str]


class Mention(NamedTuple):
    """A figure and what is said of it.

    Attributes:
        figure: What is compared.
        text: The quote's text.
        articles: The article of its quote and those that say the same.
        place: Article and offset: where it stands, whatever the order of the quotes.
        head: The term of the noun that is counted, or None.
        clause: The clause around it.
        sentence: The whole sentence.
        subject: The content terms before it in the clause.
        leans: Whether a pronoun or the like stands there, whose meaning is elsewhere.
        others: Other values in the sentence that could be mistaken for this one.
        words: The content terms of the clause with their places.
    """

    figure: Figure
    text: str
    articles: frozenset[str]
    place: tuple[str, int]
    head: str | None
    clause: Scope
    sentence: Scope
    subject: frozenset[str]
    leans: bool
    others: frozenset[Value]
    words: tuple[Term, ...]


class Reading(NamedTuple):
    """A quote, read once for all of its figures.

    Attributes:
        quote: The quote.
        quantities: All of them.
        figures: Those that can be compared.
        words: Its content terms outside the quantities.
        names: Those that are surely names: capitals within the sentence.
    """

    quote: Quote
    quantities: Sequence[Quantity]
    figures: Sequence[Figure]
    words: Sequence[Term]
    names: frozenset[str]


def find_figures(number: int, text: str) -> list[Figure]:
    """The quantities of a quote that can be compared.

    Args:
        number: The quote's place among the quotes.
        text: Its text.
    """
    quantities = read_quantities(text)
    return list(_figures(number, text, quantities)) if len(quantities) <= _MOST else []


def _figures(number: int, text: str, quantities: Sequence[Quantity]) -> Iterator[Figure]:
    for quantity in quantities:
        if quantity.low is None or quantity.high is None or quantity.kind == "ordinal":
            continue
        if quantity.kind == "count" and quantity.of is None:
            continue
        if quantity.kind == "date" and not _DATED.search(text[: quantity.start][-12:]):
            continue
        dimension, _ = scale(quantity.unit)
        yield Figure(number, quantity, (quantity.kind, dimension), stated(quantity))


def read_quote(quote: Quote, figures: Sequence[Figure]) -> Reading:
    """Read a quote's words and names once for all its figures."""
    text = quote.text
    quantities = read_quantities(text)
    taken = [Span(q.start, q.end) for q in quantities]
    words = [
        term
        for term in read_terms(text)
        if _is_content(text[term.start : term.end]) and not _within(term.start, term.end, taken)
    ]
    names = frozenset(t.term for t in words if _is_capitalised(text, t) and _is_inside(text, t))
    return Reading(quote, quantities, figures, words, names)


def _is_content(written: str) -> bool:
    if written.isupper() and len(written) > 1:
        return True
    folded = fold(written)
    return folded.isalpha() and folded not in stopwords.ENGLISH and folded not in OPENERS


def _is_capitalised(text: str, term: Term) -> bool:
    return term.end - term.start > 1 and text[term.start].isupper()


def _is_inside(text: str, term: Term) -> bool:
    """Whether a word does not open the sentence, or the next one is capitalised too."""
    if any(character.isalpha() for character in text[: term.start]):
        return True
    return re.match(r"\s[A-Z]", text[term.end : term.end + 2]) is not None


def _within(start: int, end: int, spans: Sequence[Span]) -> bool:
    return any(start < span.end and span.start < end for span in spans)


def read_mention(figure: Figure, reading: Reading, names: frozenset[str]) -> Mention:
    """What is said of a figure.

    Args:
        figure: One of the reading's.
        reading: Its quote.
        names: The terms that are names in any of the quotes.
    """
    quote, quantity = reading.quote, figure.quantity
    text = quote.text
    of = quantity.of or Span(quantity.end, quantity.end)
    clause = find_clause(text, quantity.start, max(quantity.end, of.end))
    heads = [word for word in reading.words if of.start <= word.start and word.end <= of.end]
    words = [word for word in reading.words if word not in heads]
    within = [word for word in words if clause.start <= word.start and word.end <= clause.end]
    whole = Span(0, len(text))
    return Mention(
        figure=figure,
        text=text,
        articles=frozenset({quote.article, *(also.article for also in quote.also)}),
        place=(quote.article, quote.start + quantity.start),
        head=heads[-1].term if heads else None,
        clause=_scope(reading, figure, clause, within, names),
        sentence=_scope(reading, figure, whole, words, names),
        subject=frozenset(word.term for word in within if word.end <= quantity.start),
        leans=_PRONOUN.search(text, clause.start, quantity.start) is not None,
        others=frozenset(f.value for f in reading.figures if _is_confusable(text, f, figure)),
        words=tuple(within),
    )


def _scope(
    reading: Reading, figure: Figure, span: Span, words: Sequence[Term], names: frozenset[str]
) -> Scope:
    text = reading.quote.text
    others = [q for q in reading.quantities if q != figure.quantity]
    dates = [q for q in others if q.kind == "date" and _is_dated_by(text, q, span)]
    ranks = [q for q in others if q.kind == "ordinal" and span.start <= q.start < span.end]
    taken = [Span(q.start, q.end) for q in reading.quantities]
    digits = (
        found.group().strip(".,")
        for found in _FIGURE.finditer(text, span.start, span.end)
        if not _within(*found.span(), taken)
    )
    opening = (found.group().lower() for found in OPENING.finditer(text))
    return Scope(
        said=frozenset(word.term for word in words),
        named=frozenset(w.term for w in words if w.term in names and _is_capitalised(text, w)),
        times=frozenset([*_written(text, (d for d in dates if d.low is not None)), *opening]),
        moments=frozenset(_written(text, (d for d in dates if d.low is None))),
        labels=frozenset([*digits, *_written(text, ranks)]),
    )


def _written(text: str, quantities: Iterable[Quantity]) -> Iterator[str]:
    return (text[quantity.start : quantity.end].lower() for quantity in quantities)


def _is_dated_by(text: str, date: Quantity, span: Span) -> bool:
    """Whether a date stands in a stretch of text, or dates the whole sentence from its opening."""
    if span.start <= date.start < span.end:
        return True
    return text[: date.start].count(" ") < _OPENING_WORDS


def _is_confusable(text: str, other: Figure, figure: Figure) -> bool:
    """Whether another figure of the sentence may be what a second source speaks of."""
    if other is figure or other.sort != figure.sort:
        return False
    a, b = other.quantity.of, figure.quantity.of
    if a is None or b is None:
        return True
    return text[a.start : a.end][:4].lower() == text[b.start : b.end][:4].lower()
