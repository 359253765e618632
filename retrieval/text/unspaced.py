"""Letters of scripts that put no space between words, and Hangul: read as bigrams.

A bigram of neighbouring letters stands for the word that nobody can tell without a dictionary
(Chinese, Japanese), or tell from its particles (Korean). Where letters are sounds (Thai, Lao,
Burmese, Khmer), two of them meet by chance in any word: there three are read. A letter has the
marks along that stand on it; a run of fewer letters is one word.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from retrieval.values import Place, Term

HAN = (
    "々〆〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufa6d\ufa70-\ufad9"
    "\U00020000-\U0002a6df\U0002a700-\U0002b738\U0002b740-\U0002b81d\U0002b820-\U0002cea1"
    "\U0002ceb0-\U0002ebe0\U0002f800-\U0002fa1d\U00030000-\U0003134a"
)
HIRAGANA = "\u3041-\u3096\u309d-\u309f"
KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9d"
_VOICED = "\u3099\u309a\uff9e\uff9f"  # marks on the kana before them
_HANGUL = (
    "\uac00-\ud7a3\u1100-\u115f\u3131-\u318e\ua960-\ua97c"
    "\uffa0-\uffbe\uffc2-\uffc7\uffca-\uffcf\uffd2-\uffd7\uffda-\uffdc"
)
_JAMO = "\u1160-\u11ff\ud7b0-\ud7c6\ud7cb-\ud7fb"  # a syllable's vowel and end, written apart


def _class(first: int, last: int, *, marks: bool) -> str:
    """The letters, or the marks on them, of a block, for a character class."""
    kinds = {"Mn", "Mc"} if marks else {"Lo", "Lm"}
    found = (chr(code) for code in range(first, last))
    return "".join(one for one in found if unicodedata.category(one) in kinds)


# Thai and Lao, Burmese, Khmer
_BLOCKS = ((0x0E00, 0x0F00), (0x1000, 0x10A0), (0x1780, 0x1800))
_SCRIPTS = (
    (f"{HAN}{HIRAGANA}{KATAKANA}", _VOICED),
    (_HANGUL, _JAMO),
    *((_class(*block, marks=False), _class(*block, marks=True)) for block in _BLOCKS),
)
_SOUND = re.compile("|".join(f"[{own}]" for own, _ in _SCRIPTS[2:]))
LETTERS = "".join(letters + marks for letters, marks in _SCRIPTS)
"""All letters that are read so, and their marks, for a character class."""
_ALONE = "\uff9e\uff9f" + _JAMO  # marks that are letters, where none stands before them
RUN = "|".join(f"[{own}{_ALONE}][{own}{marks}]*+" for own, marks in _SCRIPTS)
"""Letters of one script, one after the other."""

_FIND = re.compile(f"[{LETTERS}]")
# Hiragana first, or behind katakana, or a particle.
_GRAMMAR = re.compile(rf"[{HIRAGANA}]|[{KATAKANA}][{_VOICED}]*[{HIRAGANA}]|[{HAN}][はがをのにへ]$")


def has_letters(text: str) -> bool:
    """Whether a text has one of these letters."""
    return not text.isascii() and _FIND.search(text) is not None


def count_letters(text: str) -> int:
    """How many of these letters a text has."""
    return sum(1 for _ in _FIND.finditer(text))


def is_gram(form: str) -> bool:
    """Whether a word's form is of these letters: a bigram, or three sounds."""
    return not form.isascii() and _FIND.match(form) is not None


def is_letter(form: str) -> bool:
    """Whether a word's form is one of these letters alone."""
    return not form.isascii() and _letter().fullmatch(form) is not None


def read_grams(text: str, start: int, end: int) -> Iterator[Term]:
    """The bigrams of the run of letters at `start`–`end`, each with its place."""
    for first, last in gram_places(text, start, end):
        form = _form(text[first:last])
        yield Term(form, first, last, form)


def gram_places(text: str, start: int, end: int) -> Iterator[Place]:
    """Where the bigrams of a run stand."""
    size = 3 if _SOUND.match(text, start) else 2
    starts = [found.start() for found in _letter().finditer(text, start, end)]
    yield from zip(starts, [*starts[size:], end], strict=False)


def is_grammar(form: str) -> bool:
    """Whether a bigram is of no name's own letters.

    Japanese writes its grammar in hiragana; what is named begins with another letter, mostly.
    """
    return _GRAMMAR.match(form) is not None


@lru_cache(maxsize=1 << 16)
def _form(letters: str) -> str:
    return sys.intern(unicodedata.normalize("NFKC", letters).casefold())


@cache
def _letter() -> re.Pattern[str]:
    letter = "|".join(f"[{own}][{marks}]*+" for own, marks in _SCRIPTS)
    return re.compile(rf"{letter}|[{LETTERS}]")
