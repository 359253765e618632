"""Which names are of one country: itself, its capital, its people and what is theirs.

"Moscow", "Russia" and "Russian" are; who asks about one is answered by a sentence with another. The
list is made from WordNet by `tools/lexicon`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from retrieval.text.terms import parts_of, read_terms

NAME = "nations.txt"
"""A nation a line, its names with a bar between them."""
BETWEEN = "|"

_NOBODY: frozenset[int] = frozenset()
_LONGEST = 4  # words of a name that are looked up together


def nations_in(terms: Sequence[str]) -> frozenset[int]:
    """The nations that a name speaks of, by numbers: the longest names that its terms hold.

    Args:
        terms: The terms of a name, in order: "South Korean President".
    """
    table, found, n = _load(), set[int](), 0
    while n < len(terms):
        lengths = range(min(_LONGEST, len(terms) - n), 0, -1)
        length = next((k for k in lengths if tuple(terms[n : n + k]) in table), 0)
        found |= table.get(tuple(terms[n : n + length]), _NOBODY)
        n += length or 1
    return frozenset(found) if found else _NOBODY


def names_of(nation: int) -> tuple[str, ...]:
    """The names of a nation, as they are written."""
    return _lines()[nation]


@cache
def _lines() -> tuple[tuple[str, ...], ...]:
    text = (files("retrieval") / "data" / NAME).read_text(encoding="utf-8")
    return tuple(tuple(line.split(BETWEEN)) for line in text.splitlines())


@cache
def _load() -> Mapping[tuple[str, ...], frozenset[int]]:
    """The numbers of the nations of each name, by its terms."""
    named = defaultdict[tuple[str, ...], set[int]](set)
    for number, names in enumerate(_lines()):
        for name in names:
            named[tuple(term.term for term in parts_of(read_terms(name)))].add(number)
    return {name: frozenset(numbers) for name, numbers in named.items() if name}
