"""Which capitalised words of some sentences are names, judged by all of the sentences together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from retrieval.quantities.labels import OPENERS
from retrieval.text import stopwords
from retrieval.text.terms import fold, read_terms
from retrieval.values import Term

_CAPITALISED = re.compile(r"\b[A-Z]\w+(?:[.'’]\w+)*")
_CAPITAL = re.compile(r"\s[A-Z]")
_SHOUTED = re.compile(
    r"\A\W*[A-Z]{2,}(?:\s[A-Z]{2,})*(?=:?\s[A-Z0-9])"  # a heading, "MAIN RESULTS Thirteen"
    r"|\b[A-Z]{2,}(?:[\s\d]+[A-Z]{2,}){2,}"  # "ABSTRACT CUT AT 250 WORDS"
)
_LOWER = re.compile(r"\b[a-z]{2,}")


class Names(NamedTuple):
    """Which capitalised words are names, by what all quotes show.

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
        if not _opens(text, term.start):
            return True
        return text[term.start : term.end].lower() not in self.common


def find_names(texts: Iterable[str]) -> Names:
    """What the quotes show of names.

    A capital that opens a sentence says nothing, unless another one follows, "North Korea"; after
    a heading, "RESULTS Thirteen", it does not even then, nor does one where all is in capitals.
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
    if _is_shouted(text, start):
        return False
    if not _opens(text, start):
        return is_content(capitalised.group())
    return not capitalised.group().isupper() and _CAPITAL.match(text, end) is not None


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
