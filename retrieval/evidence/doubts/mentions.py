"""The names and numbers of a question that a quote should have, or what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from retrieval.evidence.doubts.reading import Reading
from retrieval.evidence.doubts.surroundings import Surroundings
from retrieval.quantities import read_numbers, read_quantities
from retrieval.text.closed_classes import MONTHS, WEEKDAYS
from retrieval.text.derivations import Derivations
from retrieval.text.nations import names_of, nations_in
from retrieval.text.terms import parts_of, read_terms

_TITLED = 0.6  # the share of words with a capital from which a capital tells nothing
_INITIALS = re.compile(r"\b[^\W\d_]")
_DATES = frozenset([*MONTHS, *WEEKDAYS])
_APART = re.compile(r"[\W_]+")
_DATED = re.compile(r"\d+(?:st|nd|rd|th|s)|1\d{3}s?|20\d\ds?")  # a rank, a year or a decade


class Wanted(NamedTuple):
    """A name or a number that a question asks about.

    Attributes:
        written: As the question has it.
        terms: Its terms in order.
        is_name: Whether it is a name.
    """

    written: str
    terms: tuple[str, ...]
    is_name: bool


def unmentioned(
    question: Reading, first: Surroundings, derivations: Derivations, others: frozenset[str]
) -> Iterator[str]:
    """The names and numbers of a question that stand neither in a quote nor around it.

    Args:
        question: The question.
        first: The quote.
        derivations: Which words are of one family.
        others: Terms that have other names of the operator's, so that nothing is told of them.
    """
    asked = [*_names(question), *_numbers(question)]
    wanted = [one for one in asked if others.isdisjoint(one.terms)]
    left = [one for one in wanted if not _is_in(one, first.near, derivations)]
    return (one.written for one in left if not _is_in(one, first.around, derivations))


def _names(question: Reading) -> Iterator[Wanted]:
    """Names by their capitals: not the word that a question opens with, nor in a title's case."""
    words = [word for word in question.words if word.raw[0].isalpha()]
    if sum(word.capital for word in words) >= _TITLED * len(words):
        return
    for first, last in question.runs:
        if _DATES.issuperset(question.lows[first : last + 1]):
            continue
        if last or question.words[0].raw[1:] != question.words[0].low[1:]:
            yield Wanted(question.written(first, last), question.terms(first, last), True)


def _numbers(question: Reading) -> Iterator[Wanted]:
    """Numbers and codes, "QF32"; dates are another matter, and so are ranks."""
    inside = {n for first, last in question.runs for n in range(first, last + 1)}
    dates = [q for q in read_quantities(question.text) if q.kind in {"date", "ordinal"}]
    for n, word in enumerate(question.words):
        if n in inside or not any(letter.isdigit() for letter in word.raw):
            continue
        dated = any(date.start <= word.start < date.end for date in dates)
        if dated or _DATED.fullmatch(word.low):
            continue
        yield Wanted(word.raw, (word.term,), False)


def _is_in(wanted: Wanted, text: str, derivations: Derivations) -> bool:
    """Whether a text mentions it in any form; in doubt it does."""
    nations = nations_in(wanted.terms)
    if not wanted.is_name:
        return _is_counted(wanted.written, text)
    if any(_has(text, name) for nation in nations for name in names_of(nation)):
        return True
    last = wanted.written.split()[-1]
    whole = wanted.written if nations and len(wanted.terms) > 1 else last
    if _has(text, whole):
        return True
    if nations and len(wanted.terms) > 1:
        return False
    found = {term.term for term in parts_of(read_terms(text))}
    family = {wanted.terms[-1]} | derivations.of(wanted.terms[-1])
    if not found.isdisjoint(family) or any(term.startswith(wanted.terms[-1]) for term in found):
        return True
    return _is_abbreviated(wanted, text)


def _is_counted(written: str, text: str) -> bool:
    """Whether a text has a number, in digits or words, or a code, in whatever parts: "40 mm"."""
    if not written.isdigit() and _joined(written) in _joined(text):
        return True
    if re.search(rf"(?<![\d.,]){re.escape(written)}(?!\d)", text):
        return True
    values = {number.value for number in read_numbers(written)}
    return any(number.value in values for number in read_numbers(text))


def _joined(text: str) -> str:
    return _APART.sub("", text).casefold()


def _has(text: str, written: str) -> bool:
    """Whether a text has something as it is written, or with other capitals if it is no acronym."""
    if written.isupper() and len(written) < 4:
        return re.search(rf"\b{re.escape(written)}\b", text) is not None
    return written.casefold() in text.casefold()


def _is_abbreviated(wanted: Wanted, text: str) -> bool:
    """Whether a text has the initials of a name, or the words of which it is the initials."""
    initials = "".join(found.group() for found in _INITIALS.finditer(text))
    capitals = "".join(letter for letter in initials if letter.isupper())
    if wanted.written.isupper() and len(wanted.written) > 1:
        return wanted.written.replace(".", "") in capitals
    own = "".join(word[0] for word in wanted.written.split() if word[0].isupper())
    return len(own) > 1 and re.search(rf"\b{re.escape(own)}\b", text) is not None
