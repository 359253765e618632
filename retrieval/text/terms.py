"""Text into terms: one function, the same for questions and for sentences.

A term is a word folded (Unicode compatibility form, no accents, lower case), without its
possessive, in one spelling for British and American English, and reduced to its Snowball stem.
Beyond that:

- "10,000", "10 000" with a no-break space and "10000" are one term; "3.5" is one;
- "U.S.", "U.S" and "US" are one, which is not the pronoun "us"; "N.A.T.O." and "Nato" are one;
- "long-range" gives its parts and, over the whole span, "longrange", so that "co-operation" and
  "cooperation" meet.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import Stemmer

from retrieval.text import stopwords
from retrieval.text.orthography import one_spelling
from retrieval.values import Place, Term

_APOSTROPHES = "'’‘ʼ`´"
_HYPHEN = "-‐‑"
_HYPHENS = re.escape(_HYPHEN)
_SHOUTED_WORDS = 3  # from so many words, a text all in capitals is shouted, not acronyms


def _combining() -> str:
    """The combining marks of the basic plane, for a character class; no word class has them."""
    marks = [code for code in range(0x300, 0xFFFF) if unicodedata.combining(chr(code))]
    vowels = [c for c in range(0x900, 0x1100) if unicodedata.category(chr(c)) in {"Mc", "Mn"}]
    return "".join(re.escape(chr(code)) for code in sorted({*marks, *vowels}))


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(f"[{_combining()}]")


@cache
def _scanner(*, marked: bool) -> re.Pattern[str]:
    """What finds words; the one for texts with combining marks is four times slower."""
    letters = rf"(?:[^\W_][{_combining()}]*)+" if marked else r"[^\W_]+"
    word = rf"{letters}(?:[{_APOSTROPHES}]{letters})*"
    joint = _APOSTROPHES + _HYPHENS + (_combining() if marked else "")
    letter = rf"[^\W\d_][{_combining()}]*" if marked else r"[^\W\d_]"
    return re.compile(
        rf"(?P<plain>[^\W\d_]{{2,}}+(?![\d{joint}]))"  # most words, found soonest
        rf"|(?P<dotted>(?<![^\W_])(?:(?:{letter}\.){{2,}}(?:{letter}(?![^\W_]))?"
        rf"|{letter}\.{letter}(?![^\W_])))"
        rf"|(?P<number>(?<![^\W_])\d{{1,3}}(?:[,\u00a0\u2009\u202f]\d{{3}})+(?!\d)(?:\.\d+)?"
        rf"|(?<![^\W_]\.)(?<![^\W_])\d+\.\d+(?![\d.]\d))"
        rf"|(?P<word>{word}(?:[{_HYPHENS}]{word})*)"
    )


def read_terms(text: str, language: str = "en") -> list[Term]:
    """The terms of `text` in order, each with the place of its word.

    Args:
        text: Any text.
        language: A BCP 47 tag; its primary subtag chooses the Snowball stemmer. Without a stemmer
            for it, words are folded only.
    """
    return list(_scan(_lowered(text), language.partition("-")[0].lower()))


def _lowered(text: str) -> str:
    """A text that is all in capitals in lower case, any other as it is."""
    if not text.isupper() or len(text.split()) < _SHOUTED_WORDS:
        return text
    lowered = text.lower()  # a few capitals grow when lowered; keep the places true
    return lowered if len(lowered) == len(text) else text


def read_places(text: str) -> list[Place]:
    """The places of the words that `read_terms` gives in any language, sooner told than they."""
    text, places = _lowered(text), list[Place]()
    if not any(hyphen in text for hyphen in _HYPHEN):
        return [found.span() for found in _words_in(text)]
    for found in _words_in(text):
        places.append(found.span())
        if found.lastgroup == "word" and not (word := found.group()).isalnum():
            places += _places_of_parts(_parts(word), found.start())
    return places


def _words_in(text: str) -> Iterator[re.Match[str]]:
    marked = not text.isascii() and _marks().search(text) is not None
    return _scanner(marked=marked).finditer(text)


def _places_of_parts(parts: Sequence[str], start: int) -> Iterator[Place]:
    for part in parts if len(parts) > 1 else ():
        yield start, start + len(part)
        start += len(part) + 1


def read_word(word: str, language: str) -> tuple[str, str]:
    """The form and the term of a word of three or more small ASCII letters.

    It is what `read_terms` gives of such a word wherever it stands alone; nothing is kept of it.
    """
    term, form = _normalise.__wrapped__(word, language.partition("-")[0].lower())
    return form, term


def parts_of(words: Sequence[Term]) -> list[Term]:
    """The words of a text in order, hyphenated ones in their parts alone."""
    following = [*(word.start for word in words), sys.maxsize][1:]
    return [word for word, start in zip(words, following, strict=True) if word.end <= start]


def is_stop_word(text: str, term: Term, language: str) -> bool:
    """Whether a word of `text` asks rather than names, so that no question is searched for it."""
    if term.term.isupper() or language.partition("-")[0].lower() != "en":
        return False
    return fold(text[term.start : term.end]) in stopwords.ENGLISH


def _scan(text: str, language: str) -> Iterator[Term]:
    before = ""
    for found in _words_in(text):
        word, (start, end) = found.group(), found.span()
        kind = found.lastgroup
        if kind == "plain" and word != "us":
            term, form = _normalise(word, language)
            yield Term(term, start, end, form)
        elif kind in {"plain", "word"}:
            yield from _word_terms(word, start, before, language)
        elif kind == "dotted":
            acronym = _acronym(word.replace(".", ""))
            yield Term(acronym, start, end, acronym)
        else:
            number = sys.intern(re.sub(r"[^\d.]", "", word))
            yield Term(number, start, end, number)
        before = word


def _word_terms(word: str, start: int, before: str, language: str) -> Iterator[Term]:
    parts = _parts(word)
    if len(parts) > 1:
        term, form = _normalise("".join(parts), language)
        yield Term(term, start, start + len(word), form)
    if word == "us" and before in {"the", "The"}:
        word, parts = "US", ["US"]  # "the us" is the country, whatever the writer's keyboard
    for part in parts:
        term, form = _normalise(part, language)
        yield Term(term, start, start + len(part), form)
        start += len(part) + 1


def _parts(word: str) -> list[str]:
    return [word] if word.isalnum() else re.split(f"[{_HYPHENS}]", word)


@lru_cache(maxsize=1 << 18)
def _normalise(word: str, language: str) -> tuple[str, str]:
    """A word's term and its form."""
    if word.isupper() and word.lower() in stopwords.ACRONYMS:
        acronym = _acronym(word)
        return acronym, acronym
    form = sys.intern(fold(word))
    if form.isdigit():
        return form, form
    stemmer = _stemmer(language)
    spelt = one_spelling(form) if language == "en" else form
    return sys.intern(stemmer.stemWord(spelt) if stemmer else spelt), form


def _acronym(letters: str) -> str:
    folded = fold(letters)
    return sys.intern(folded.upper() if folded in stopwords.ACRONYMS else folded)


def bare(word: str) -> str:
    """`word` without its possessive ending, otherwise as it was written."""
    return word if word.isalnum() else _possessive().sub("", word)


@cache
def _possessive() -> re.Pattern[str]:
    return re.compile(rf"(?<=.)[{_APOSTROPHES}][sS]?$")


def fold(word: str) -> str:
    """`word` in lower case, without accents, apostrophes and a possessive ending."""
    plain = bare(word)
    if not plain.isalnum():
        plain = re.sub(f"[{_APOSTROPHES}]", "", plain)
    if plain.isascii():
        return plain.lower()
    decomposed = unicodedata.normalize("NFKD", plain).casefold()
    return "".join(c for c in decomposed if not unicodedata.combining(c)) or plain


@cache
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    try:
        return Stemmer.Stemmer(language)
    except KeyError:
        return None
