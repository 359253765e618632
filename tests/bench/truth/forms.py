"""Whether a word stands in some texts in any form: an oracle that shares no code with the product.

It reads the raw texts by regular expressions, and takes inflections, spellings and number words
from dictionaries of others (lemminflect, breame, num2words).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from breame.spelling import AMERICAN_ENGLISH_SPELLINGS, BRITISH_ENGLISH_SPELLINGS
from lemminflect import getAllInflections, getAllInflectionsOOV, getAllLemmas, getAllLemmasOOV
from num2words import num2words

from retrieval import Article

# In the order in which they are tried; the last two are generous, and are read with that in mind.
FORMS = ("written", "inflected", "spelt", "number", "joined", "split", "derived", "longer")
GENEROUS = frozenset({"derived", "longer"})

_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_WORD = re.compile(r"[^\W_]+")
_COMPOUND = re.compile(r"[^\W_]+(?:['’.\-‐‑&/][^\W_]+)+")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}\b)")
_WITH_UNIT = re.compile(r"(\d+(?:\.\d+)?)([^\W\d_]+)")
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "đ": "d", "þ": "th", "œ": "oe", "ð": "d"})
_SUFFIXES = sorted(
    "ational ation ition ing ings ed er ers or ors ment ments ness ship hood ity ities ical ally "
    "ly able ible ance ence ancy ency ant ent ive ous ful less ist ists ism al ic ion ions ise ize "
    "ised ized s es y ian ean ese an".split(),
    key=len,
    reverse=True,
)
_ROOT = 5  # letters at least, or words that have nothing in common meet
_PREFIX = 3
_LARGEST = 3000  # a number up to which it may stand in words


def fold(text: str) -> str:
    """Text without case, accents, and what is not seen."""
    seen = _UNSEEN.sub("", text).casefold().translate(_LETTERS)
    marks = unicodedata.normalize("NFKD", seen)
    return "".join(one for one in marks if not unicodedata.combining(one))


class Texts:
    """Everything that stands in some articles, as sets to look words up in."""

    def __init__(self, articles: Iterable[Article]) -> None:
        """Read the articles, their titles too."""
        self._words: set[str] = set()
        self._pairs: set[str] = set()
        self._text = fold("\n".join(f"{a.title}\n{a.text}" for a in articles))
        plain = _GROUPED.sub("", self._text)
        for line in plain.splitlines():
            words = _WORD.findall(line)
            self._words.update(words)
            self._pairs.update(one + other for one, other in pairwise(words))
        for compound in _COMPOUND.findall(plain):
            self._words.add(re.sub(r"[\W_]", "", compound))
        for number, unit in _WITH_UNIT.findall(plain):
            self._words.update((number, unit))
        self._sorted = sorted(self._words)
        self._roots = {root(word) for word in self._words}

    def stands(self, word: str, question: str) -> str | None:
        """In which form a word, or a phrase, stands in the texts; None where it does in none."""
        folded = _GROUPED.sub("", fold(word))
        parts = _WORD.findall(folded)
        if not parts:
            return None
        if len(parts) > 1:
            return self._phrase(parts)
        (one,) = parts
        tests = (
            one in self._words,
            any(form in self._words for form in inflections(one)),
            any(form in self._words for form in spellings(one)),
            any(self._has(form) for form in numbers(one)),
            one in self._pairs,
            any(form in self._words for form in beside(one, fold(question))),
            len(one) >= _ROOT and root(one) in self._roots,
            len(one) >= _PREFIX and self._begins(one),
        )
        return next((form for form, holds in zip(FORMS, tests, strict=True) if holds), None)

    def _phrase(self, parts: list[str]) -> str | None:
        """Words side by side, or written as one: "x-ray", "e.g."."""
        if "".join(parts) in self._words:
            return "joined"
        return "written" if self._has(" ".join(parts)) else None

    def _has(self, phrase: str) -> bool:
        if phrase in self._words:
            return True
        gap = r"[\W_]+"
        words = gap.join(map(re.escape, phrase.split()))
        return re.search(rf"(?<![^\W_]){words}(?![^\W_])", self._text) is not None

    def _begins(self, word: str) -> bool:
        place = bisect_left(self._sorted, word)
        return place < len(self._sorted) and self._sorted[place].startswith(word)


@lru_cache(maxsize=1 << 16)
def inflections(word: str) -> frozenset[str]:
    """The other inflections of every word that it may be an inflection of."""
    lemmas = {word, *(one for found in getAllLemmas(word).values() for one in found)}
    for kind in ("NOUN", "VERB"):
        lemmas.update(one for found in getAllLemmasOOV(word, kind).values() for one in found)
    forms = set(lemmas)
    for lemma in lemmas:
        found = getAllInflections(lemma) or {
            tag: made
            for kind in ("NOUN", "VERB")
            for tag, made in getAllInflectionsOOV(lemma, kind).items()
        }
        forms.update(form for made in found.values() for form in made)
    return frozenset(form.casefold() for form in forms) - {word}


def spellings(word: str) -> Iterator[str]:
    """British and American spellings of a word and its inflections."""
    for form in (word, *inflections(word)):
        for table in (AMERICAN_ENGLISH_SPELLINGS, BRITISH_ENGLISH_SPELLINGS):
            if form in table:
                yield table[form]


def numbers(word: str) -> Iterator[str]:
    """A number in words for one in digits, and the other way round, ranks too."""
    if match := re.fullmatch(r"(\d{1,4})(st|nd|rd|th)?", word):
        number, rank = int(match[1]), match[2]
        if number <= _LARGEST:
            yield _in_words(number, "ordinal" if rank else "cardinal")
    elif word in _in_digits():
        yield _in_digits()[word]


def _in_words(number: int, how: str) -> str:
    written: str = num2words(number, to=how)
    return written.replace(",", "").replace("-", " ").replace(" and ", " ")


@lru_cache(maxsize=1)
def _in_digits() -> dict[str, str]:
    """Numbers of one word, and how they are written in digits."""
    found: dict[str, str] = {}
    for number in range(101):
        for how in ("cardinal", "ordinal"):
            digits = str(num2words(number, to="ordinal_num") if how == "ordinal" else number)
            found.setdefault(_in_words(number, how), digits)
    return {words: digits for words, digits in found.items() if " " not in words}


def beside(word: str, question: str) -> Iterator[str]:
    """The word written as one with the word before or behind it in the question."""
    words = _WORD.findall(question)
    for one, other in pairwise(words):
        if word in (one, other):
            yield one + other


@lru_cache(maxsize=1 << 17)
def root(word: str) -> str:
    """What is left of a word without its endings; itself where that would be too short."""
    stripped = word
    for _ in range(2):
        for suffix in _SUFFIXES:
            if stripped.endswith(suffix) and len(stripped) - len(suffix) >= _ROOT:
                stripped = stripped.removesuffix(suffix)
                break
    short = stripped.rstrip("eiy")
    return short if len(short) >= _ROOT else stripped
