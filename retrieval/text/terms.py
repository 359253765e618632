"""Text into terms: one function, the same for questions and for sentences.

A term is a word folded (Unicode compatibility form, no accents, lower case), without its
possessive, in one spelling for British and American English, and reduced to its Snowball stem.
Beyond that:

- "10,000", "10 000" with a no-break space and "10000" are one term; so is a number with points,
  however many ("3.5", "2.10.3", "v2.10.3"), and nothing shorter is in it;
- "U.S.", "U.S" and "US" are one, which is not the pronoun "us"; "N.A.T.O." and "Nato" are one;
- "long-range" gives its parts and, over the whole span, "longrange", so that "co-operation" and
  "cooperation" meet; so do "5km" and "5 km", "$5m" and "$5 million"; a line end behind the hyphen
  is nothing, since nobody can tell whether the hyphen would stand there without it;
- signs that make a short name stay: "C#", "C++", "A+", ".NET", "R&D";
- soft hyphens, joiners and other characters without a width are nothing.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import Stemmer

from retrieval.text import stopwords
from retrieval.text.orthography import one_spelling
from retrieval.values import Place, Term, is_english

_APOSTROPHES = "'’‘ʼ`´"
_HYPHENS = re.escape("-‐‑")
# Soft hyphens, joiners and others without a width, for a character class.
_INVISIBLE = "\u00ad\u034f\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
_SOFT_HYPHEN = "\u00ad"
# A line's end, with what a mail program puts before the next line of an answer.
_LINE_END = r"[ \t]*+(?:\r?\n|\r)(?:[ \t]*+>)*+[ \t]*+"
# Between the two parts of a word that a line's end breaks.
BREAK = rf"(?<=[{_HYPHENS}{_SOFT_HYPHEN}]){_LINE_END}(?=[^\W_])"
# Letters that no decomposition makes plain, in small letters; what is invisible is nothing.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t",
     "ı": "i", **dict.fromkeys(_INVISIBLE, "")}
)  # fmt: skip
_CURRENCIES = "$£€¥₹₽₩"
_SCALES = {  # right behind an amount of money
    "k": "thousand", "m": "million", "mn": "million", "b": "billion", "bn": "billion",
    "t": "trillion", "tn": "trillion",
}  # fmt: skip
_LONGEST_AMOUNT = 32  # characters, with the sign of its currency
# Units that are written right behind a number. Of single letters, those that name no model ("5s")
# or network ("5G"); a gram only behind two digits.
_UNITS = (
    r"[mlhVW]|(?<=\d\d)g|[µμ][gml]|(?i:[nmck]m|[mk]g|mcg|[mc]l|ft|yd|mi|lbs?|oz|ha|[kmgt]b|ms|mins?"
    r"|hrs?|wks?|yrs?|mph|kmh|kph|[ap]m|bn|m?ah|[kmgt]?(?:wh|hz)|[kmgt]w|[km]v)"
)
_PARTED = re.compile(rf"[{_HYPHENS}\d]")  # without it no word has parts
_SHOUTED_WORDS = 3  # from so many words, a text all in capitals is shouted, not acronyms


def _combining() -> str:
    """What is no letter but part of a word, for a character class.

    That is combining marks of the basic plane, and characters without a width.
    """
    marks = [code for code in range(0x300, 0xFFFF) if unicodedata.combining(chr(code))]
    vowels = [c for c in range(0x900, 0x1100) if unicodedata.category(chr(c)) in {"Mc", "Mn"}]
    return "".join(re.escape(chr(code)) for code in sorted({*marks, *vowels})) + _INVISIBLE


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(f"[{_combining()}]")


@cache
def _scanner(*, marked: bool) -> re.Pattern[str]:
    """What finds words; the one for texts with combining marks is four times slower."""
    marks = _combining() if marked else ""
    letters = rf"(?:[^\W_][{marks}]*)+" if marked else r"[^\W_]+"
    word = rf"{letters}(?:[{_APOSTROPHES}]{letters})*"
    joint = _APOSTROPHES + _HYPHENS + "&" + marks
    letter = rf"[^\W\d_][{marks}]*+" if marked else r"[^\W\d_]"
    soft = rf"|(?<={_SOFT_HYPHEN}){_LINE_END}" if marked else ""
    end = rf"(?![^\W_]|[{marks}])" if marked else r"(?![^\W_])"
    signed = (
        rf"(?<![^\W_])(?:[A-Za-z](?:\+\+?|[#♯])(?![+#♯])|[A-Za-z]{{1,3}}(?:&[A-Za-z]{{1,3}})+){end}"
        rf"|(?<![\w.{marks}])\.(?:[A-Z]{{2,}}|[a-z]{{2,4}}){end}(?!\.\w)"
    )
    measured = (
        rf"(?<=[{_CURRENCIES}])\d+(?i:{'|'.join(_SCALES)}){end}|(?<![^\W_])\d+(?:{_UNITS}){end}"
    )
    return re.compile(
        rf"(?P<plain>[^\W\d_]{{2,}}+(?![\d{joint}]))"  # most words, found soonest
        rf"|(?=[\w.])(?:(?P<dotted>(?<![^\W_])(?:(?:{letter}\.){{2,}}(?:{letter}(?![^\W_]))?"
        rf"|{letter}\.{letter}(?![^\W_])))"
        rf"|(?P<number>(?<![^\W_])\d{{1,3}}(?:[,\u00a0\u2009\u202f]\d{{3}})+(?!\d)(?:\.\d+)?"
        rf"|(?<![^\W_]\.)(?<![^\W_])[vV]?\d++(?:\.\d++)+)"
        rf"|(?P<signed>{signed})|(?P<measured>{measured})"
        rf"|(?P<word>{word}(?:(?:[{_HYPHENS}](?:{_LINE_END})?+{soft}){word})*))"
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
    if not _PARTED.search(text):
        return [found.span() for found in _words_in(text)]
    for found in _words_in(text):
        places.append(found.span())
        if found.lastgroup in {"word", "measured"}:
            parts = _parts(found)
            places += [part.span for part in parts if len(parts) > 1]
    return places


def _words_in(text: str) -> Iterator[re.Match[str]]:
    marked = not text.isascii() and _marks().search(text) is not None
    return _scanner(marked=marked).finditer(text)


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
    if term.term.isupper() or not is_english(language):
        return False
    return fold(text[term.start : term.end]) in stopwords.ENGLISH


def _scan(text: str, language: str) -> Iterator[Term]:
    before: re.Match[str] | None = None
    for found in _words_in(text):
        word, (start, end) = found.group(), found.span()
        kind = found.lastgroup
        if kind == "plain" and word != "us":
            term, form = _normalise(word, language)
            yield Term(term, start, end, form)
        elif kind in {"plain", "word", "measured"}:
            yield from _word_terms(found, before, language)
        elif kind == "dotted":
            acronym = _acronym(word.replace(".", ""))
            yield Term(acronym, start, end, acronym)
        elif kind == "signed":
            term = _signed(word, language)
            yield Term(term, start, end, term)
        else:
            number = sys.intern(re.sub(r"[^\d.]", "", word))
            yield Term(number, start, end, number)
        before = found


class _Part(NamedTuple):
    word: str
    span: Place


def _word_terms(
    found: re.Match[str], before: re.Match[str] | None, language: str
) -> Iterator[Term]:
    parts = _parts(found)
    if len(parts) > 1:
        term, form = _normalise("".join(part.word for part in parts), language)
        yield Term(term, *found.span(), form)
    elif found.group() == "us" and before and before.group() in {"the", "The"}:
        # "the us" is the country, whatever the writer's keyboard
        parts = [_Part("US", found.span())]
    for word, (start, end) in parts:
        scale = _SCALES.get(word.lower())
        is_scale = scale is not None and _is_money(found.string, start)
        term, form = _normalise(scale if scale and is_scale else word, language)
        yield Term(term, start, end, form)


def _is_money(text: str, end: int) -> bool:
    """Whether an amount of money ends right at `end`, with the sign of its currency before it."""
    if not text[end - 1 : end].isdigit():
        return False
    return _amount().search(text, max(0, end - _LONGEST_AMOUNT), end) is not None


@cache
def _amount() -> re.Pattern[str]:
    return re.compile(rf"[{_CURRENCIES}]\d[\d.,]*$")


def _parts(found: re.Match[str]) -> list[_Part]:
    """The parts of a word: those that hyphens join, or a number and its unit."""
    word, (start, end) = found.group(), found.span()
    if found.lastgroup == "measured":
        size = next(place for place, character in enumerate(word) if not character.isdecimal())
        middle = start + size
        return [_Part(word[:size], (start, middle)), _Part(word[size:], (middle, end))]
    if word.isalnum():
        return [_Part(word, (start, end))]
    joints = [joint.span() for joint in _joint().finditer(word)]
    starts, ends = [0, *(end for _, end in joints)], [*(first for first, _ in joints), len(word)]
    return [
        _Part(_soft_break().sub("", word[first:last]), (start + first, start + last))
        for first, last in zip(starts, ends, strict=True)
    ]


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(rf"[{_HYPHENS}](?:{_LINE_END})?+")


@cache
def _soft_break() -> re.Pattern[str]:
    return re.compile(rf"(?<={_SOFT_HYPHEN}){_LINE_END}")


def _signed(word: str, language: str) -> str:
    """A name with signs; a stop word behind a stray point is none."""
    folded = word.lower().replace("♯", "#")
    if folded.removeprefix(".") in stopwords.ENGLISH:
        return _normalise(word.removeprefix("."), language)[0]
    return sys.intern(folded)


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
    decomposed = unicodedata.normalize("NFKD", plain).casefold().translate(_PLAIN)
    return "".join(c for c in decomposed if not unicodedata.combining(c)) or plain


@cache
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    try:
        return Stemmer.Stemmer(language)
    except KeyError:
        return None
