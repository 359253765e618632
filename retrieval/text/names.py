"""The names in a text: which capitals tell of one, and where it begins and ends.

A capital tells nothing where it opens a sentence, in a heading all in capitals, or on a word that
only ever opens sentences. What else is known then decides: a second capital, a possessive, the
article's title, other sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from retrieval.text import stopwords
from retrieval.text.closed_classes import (
    DEICTIC_DAYS,
    HONORIFICS,
    IRREGULAR_PLURALS,
    MONTHS,
    OPENERS,
    SEASONS,
    WEEKDAYS,
)
from retrieval.text.terms import bare, fold, read_terms
from retrieval.values import Term

_JOINTS = frozenset({" ", "-", "‐", "‑", ". ", " of ", " of the ", " - "})  # within a name
_SINGULAR_POSSESSIVES = ("'s", "’s")
_POSSESSIVES = (*_SINGULAR_POSSESSIVES, "s'", "s’")
_CAPITALISED = re.compile(r"\b[A-Z]\w+(?:[.'’]\w+)*")
_CAPITAL = re.compile(r"\s[A-Z]")
_SHOUTED = re.compile(
    r"\A\W*[A-Z]{2,}(?:\s[A-Z]{2,})*(?=:?\s[A-Z0-9])"  # a heading, "MAIN RESULTS Thirteen"
    r"|\b[A-Z]{2,}(?:[\s\d]+[A-Z]{2,}){2,}"  # "ABSTRACT CUT AT 250 WORDS"
)
_LOWER = re.compile(r"\b[a-z]{2,}")
_COMMON_OWNERS = IRREGULAR_PLURALS | DEICTIC_DAYS | SEASONS | {*MONTHS, *WEEKDAYS}  # "Women's"
_OPENING_NOUNS = frozenset(
    "report reports expert experts official officials analyst analysts source sources concern "
    "concerns critic critics criticism".split()
)
_PARTICIPLES = ("ly", "ing", "ed")  # adverbs and participles, which open sentences as well


class Word(NamedTuple):
    """A word of a sentence, as it is written and as a term.

    Attributes:
        raw: As it is written.
        low: In lower case.
        term: Its term.
        start: First character in the sentence.
        end: One past the last.
        titled: Whether it stands in a title in quotation marks.
        figure: The number or date that it is; None for other words.
    """

    raw: str
    low: str
    term: str
    start: int
    end: int
    titled: bool
    figure: str | None

    @property
    def capital(self) -> bool:
        """Whether it has a capital."""
        return self.raw != self.low


def is_possessive(written: str) -> bool:
    """Whether a word says whose: "Kim's", "allies’"."""
    return written.endswith(_POSSESSIVES)


def is_acronym(written: str) -> bool:
    """Whether a word is all in capitals, "(KCNA)", and no initials: "J.F." is none."""
    letters = written.strip("().")
    return len(letters) > 1 and letters.isupper() and "." not in letters


def find_runs(text: str, words: Sequence[Word]) -> Iterator[list[int]]:
    """Each name of a sentence, as the numbers of its words: runs of capitalised ones."""
    run: list[int] = []
    for n, word in enumerate(words):
        if not _may_name(word, n):
            continue
        joined = run and text[words[run[-1]].end : word.start] in _JOINTS
        if run and not (joined and not is_possessive(words[run[-1]].raw)):
            yield run
            run = []
        run.append(n)
    if run:
        yield run


def _may_name(word: Word, n: int) -> bool:
    if not word.capital or word.figure or word.low.rstrip(".") in HONORIFICS:
        return False
    if word.titled:
        return True
    if word.low in stopwords.ENGLISH and not (word.raw.isupper() and len(word.raw) > 1):
        return word.low == "no" and n > 0  # a stop word with a capital, but "Dr. No" is one
    if n:
        return True
    return word.low not in OPENERS | _OPENING_NOUNS and not word.low.endswith(_PARTICIPLES)


def is_surely_name(run: Sequence[int], words: Sequence[Word], about: frozenset[str]) -> bool:
    """Whether a run of capitals means a name: it need not where it opens the sentence.

    Args:
        run: What `find_runs` gives.
        words: The words of the sentence.
        about: The terms of its article's title.
    """
    first = words[run[0]]
    return is_proper(run) or first.term in about or first.raw[1:] != first.low[1:]


def is_proper(run: Sequence[int]) -> bool:
    """Whether a run of capitals is more than the one that opens the sentence."""
    return run[0] > 0 or len(run) > 1


class Names(NamedTuple):
    """Which capitalised words are names, by what some sentences show together.

    Attributes:
        sure: Terms whose capital means something: it stands within a sentence.
        common: Words that stand somewhere in lower case.
    """

    sure: frozenset[str]
    common: frozenset[str]

    def has(self, text: str, term: Term) -> bool:
        """Whether a word of a sentence is a name; one that opens it may be common or a heading."""
        if not text[term.start].isupper() or term.term not in self.sure:
            return False
        if _is_shouted(text, term.start):
            return False
        return (
            not _opens(text, term.start) or _plain(text[term.start : term.end]) not in self.common
        )


def find_names(texts: Iterable[str]) -> Names:
    """What sentences show of names.

    A capital that opens a sentence says nothing, unless another one follows, "North Korea", or the
    word is a singular possessive, "Acme's"; after a heading, "RESULTS Thirteen", it does not even
    then, nor does one where all is in capitals.
    """
    sure: set[str] = set()
    common: set[str] = set()
    for text in texts:
        words = (f.group() for f in _CAPITALISED.finditer(text) if _tells(text, f))
        sure.update(term.term for term in read_terms(" ".join(words)))
        common.update(_LOWER.findall(text))
    return Names(frozenset(sure), frozenset(common))


def _tells(text: str, capitalised: re.Match[str]) -> bool:
    start, end = capitalised.span()
    written = capitalised.group()
    if _is_shouted(text, start):
        return False
    if not _opens(text, start):
        return is_content(written)
    if written.isupper():
        return False
    return _CAPITAL.match(text, end) is not None or _is_owner(written)


def _is_owner(written: str) -> bool:
    """Whether a word that opens a sentence names somebody by its possessive: not "Women's"."""
    if not written.endswith(_SINGULAR_POSSESSIVES) or not is_content(written):
        return False
    return _plain(written) not in _COMMON_OWNERS


def _plain(written: str) -> str:
    """A word in lower case, without its possessive."""
    return bare(written).lower()


def _opens(text: str, place: int) -> bool:
    """Whether no word stands before a place, other than a heading."""
    heading = _SHOUTED.match(text)
    start = heading.end() if heading else 0
    return not any(character.isalpha() for character in text[start:place])


def _is_shouted(text: str, place: int) -> bool:
    """Whether a word stands among words in capitals, whose own capital then tells nothing."""
    return any(found.start() <= place < found.end() for found in _SHOUTED.finditer(text))


def is_content(written: str) -> bool:
    """Whether a word tells something: neither a function word nor one that opens sentences."""
    if written.isupper() and len(written) > 1:
        return True
    folded = fold(written)
    return folded.isalpha() and folded not in stopwords.ENGLISH and folded not in OPENERS
