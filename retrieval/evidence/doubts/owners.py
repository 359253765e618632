"""Whose something is: "X's house", "the house of X", "the Xian house"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from retrieval.evidence.doubts.reading import Reading, Run
from retrieval.evidence.doubts.verbs import is_verb
from retrieval.text import closed_classes as classes
from retrieval.text import stopwords
from retrieval.text.names import is_possessive
from retrieval.text.nations import nations_in

_PHRASE = 4  # words from a name to the noun that it is said of


class Owned(NamedTuple):
    """A noun and a name that it is said of.

    Attributes:
        owner: The name.
        noun: The place of the noun.
        is_sure: Whether the name owns it, and does not merely stand before it: "the Paris office".
    """

    owner: Run
    noun: int
    is_sure: bool


def owned(reading: Reading) -> Iterator[Owned]:
    """What is said of names in a text."""
    for run in reading.runs:
        n = run[1] + 1
        while n <= run[1] + _PHRASE and _is_noun(reading, n) and "," not in reading.gaps[n]:
            n += 1
        if _is_object(reading, n):
            n -= 1  # "people view the sea"
        if n - 1 > run[1]:
            sure = is_possessive(reading.words[run[1]].raw) or bool(nations_in(reading.terms(*run)))
            yield Owned(run, n - 1, sure)
    for n, low in enumerate(reading.lows):
        if low == "of" and n and _is_noun(reading, n - 1):
            yield from (Owned(run, n - 1, True) for run in _named(reading, n + 1))


def _named(reading: Reading, n: int) -> Iterator[Run]:
    """The names in the noun phrase that begins at a place."""
    starts = reading.starts
    while n < len(reading.words) and not (set(reading.gaps[n]) - {" ", "-", "'", '"', "“", "‘"}):
        if n in starts:
            yield starts[n]
            n = starts[n][1]
        elif reading.lows[n] in stopwords.ENGLISH - classes.ARTICLES - classes.POSSESSIVES:
            return
        n += 1


def _is_object(reading: Reading, n: int) -> bool:
    """Whether a noun phrase begins right at a word, so that the one before it is a verb."""
    if n >= len(reading.words) or reading.gaps[n] != " ":
        return False
    return n in reading.starts or reading.lows[n] in classes.ARTICLES | classes.POSSESSIVES


def _is_noun(reading: Reading, n: int) -> bool:
    if not reading.is_noun(n) or is_verb(reading, n):
        return False
    return not reading.is_adverb(n) and not reading.lows[n].endswith("ed")
