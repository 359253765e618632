"""A question or a sentence as the doubts read it: its words, its names, and where it pauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache

from retrieval.text import stopwords
from retrieval.text.names import Word, find_runs, is_possessive
from retrieval.text.terms import read_terms

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|\d[\d.,]*\d(?![^\W_])|[^\W_]+(?:['’][^\W_]+)*['’]?(?![^\W_])|[^\W_]+"
)
_STOPS = frozenset(';:—–()[]"“”')

Run = tuple[int, int]


class Reading:
    """A text in its words.

    Attributes:
        text: The text.
        asks: Whether it is a question.
        verbs: Of the words that were looked at, whether they are verbs.
        words: Its words in order; hyphenated ones in their parts.
        runs: Its names, each as the first and the last of its words, both inclusive.
    """

    def __init__(
        self,
        text: str,
        *,
        asks: bool = False,
        words: Sequence[Word] | None = None,
        runs: Sequence[Run] | None = None,
    ) -> None:
        """Read `text`, one sentence or a question, of which words and names may be known."""
        self.text = text
        self.asks = asks
        self.verbs: dict[int, bool] = {}
        self.words = words or [_word(found) for found in _WORD.finditer(text)]
        if runs is None:
            runs = [(run[0], run[-1]) for run in find_runs(text, self.words)]
        self.runs = runs

    @cached_property
    def lows(self) -> list[str]:
        """Each word in lower case, without a possessive ending."""
        return [_plain(word.low) for word in self.words]

    @cached_property
    def gaps(self) -> list[str]:
        """What stands before each word, up to the word before it."""
        ends = [0, *(word.end for word in self.words)]
        return [self.text[end : word.start] for end, word in zip(ends, self.words, strict=False)]

    @cached_property
    def starts(self) -> dict[int, Run]:
        """Each name by its first word."""
        return {run[0]: run for run in self.runs}

    @cached_property
    def ends(self) -> dict[int, Run]:
        """Each name by its last word."""
        return {run[1]: run for run in self.runs}

    @cached_property
    def named(self) -> frozenset[int]:
        """The words within names."""
        return frozenset(n for first, last in self.runs for n in range(first, last + 1))

    def pauses(self, n: int) -> bool:
        """Whether something sets a word apart from the one before it, more than a comma."""
        return not _STOPS.isdisjoint(self.gaps[n])

    def is_noun(self, n: int) -> bool:
        """Whether there is a word that has no capital and is of no closed class."""
        if n >= len(self.words):
            return False
        word = self.words[n]
        return not word.capital and word.raw.isalpha() and word.low not in stopwords.ENGLISH

    def written(self, first: int, last: int) -> str:
        """The words from `first` to `last` as they stand in the text, without a possessive end."""
        whole = self.text[self.words[first].start : self.words[last].end]
        return whole if not is_possessive(whole) else _bare(whole)

    def is_adverb(self, n: int) -> bool:
        """Whether a word is one by its ending: "quickly", but not "supply"."""
        return self.lows[n].endswith("ly") and not self.words[n].term.endswith("li")

    def terms(self, first: int, last: int) -> tuple[str, ...]:
        """The terms of the words from `first` to `last`."""
        return tuple(word.term for word in self.words[first : last + 1])

    def naming(self, other: Reading) -> Reading:
        """The same text, in which the names of another count that it has in whatever case."""
        taken = set(self.named)
        more: list[Run] = []
        for run in other.runs:
            terms = other.terms(*run)
            n = self.find(terms)
            if n is not None and taken.isdisjoint(range(n, n + len(terms))):
                more.append((n, n + len(terms) - 1))
                taken.update(range(n, n + len(terms)))
        if not more:
            return self
        runs = sorted([*self.runs, *more])
        return Reading(self.text, asks=self.asks, words=self.words, runs=runs)

    def find(self, terms: Sequence[str]) -> int | None:
        """The first place of terms one after the other, or None."""
        own, length = [word.term for word in self.words], len(terms)
        places = (n for n, term in enumerate(own) if term == terms[0])
        return next((n for n in places if tuple(own[n : n + length]) == tuple(terms)), None)


def _word(found: re.Match[str]) -> Word:
    raw = found.group()
    low, term, figure = _known(raw)
    return Word(raw, low, term, *found.span(), False, figure)


@lru_cache(maxsize=1 << 14)
def _known(raw: str) -> tuple[str, str, str | None]:
    """A word in lower case, its term, and its figure if it has one."""
    found = read_terms(raw)
    term = found[0].term if found else raw.lower()
    return raw.lower(), term, term if raw[0].isdigit() else None


@lru_cache(maxsize=1 << 14)
def _plain(low: str) -> str:
    return _bare(low) if is_possessive(low) else low


def _bare(written: str) -> str:
    stripped = written.rstrip("s") if written.endswith(("'s", "’s")) else written
    return stripped.rstrip("'’")
