"""What finds the words of a text: one regular expression, and the parts of a compound."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

from retrieval.text.unspaced import LETTERS, RUN, has_letters
from retrieval.values import Place

APOSTROPHES = "'’‘ʼ`´"
HYPHENS = re.escape("-‐‑")
# Soft hyphens, joiners and others without a width, for a character class.
INVISIBLE = "\u00ad\u034f\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
_SOFT_HYPHEN = "\u00ad"
# A line's end, with what a mail program puts before the next line of an answer.
_LINE_END = r"[ \t]*+(?:\r?\n|\r)(?:[ \t]*+>)*+[ \t]*+"
# Between the two parts of a word that a line's end breaks.
BREAK = rf"(?<=[{HYPHENS}{_SOFT_HYPHEN}]){_LINE_END}(?=[^\W_])"
# The groups of the words that may have parts.
COMPOUNDS = frozenset({"plain", "word", "measured", "named", "leading"})
CURRENCIES = "$£€¥₹₽₩"
SCALES = {  # right behind an amount of money
    "k": "thousand", "m": "million", "mn": "million", "b": "billion", "bn": "billion",
    "t": "trillion", "tn": "trillion",
}  # fmt: skip
# Units that are written right behind a number. Of single letters, those that name no model ("5s")
# or network ("5G"); a gram only behind two digits.
_UNITS = (
    r"[mlhVW]|(?<=\d\d)g|[µμ][gml]|(?i:[nmck]m|[mk]g|mcg|[mc]l|ft|yd|mi|lbs?|oz|ha|[kmgt]b|ms|mins?"
    r"|hrs?|wks?|yrs?|mph|kmh|kph|[ap]m|bn|m?ah|[kmgt]?(?:wh|hz)|[kmgt]w|[km]v)"
)


def _combining() -> str:
    """What is no letter but part of a word, for a character class.

    That is combining marks of the basic plane, and characters without a width.
    """
    marks = [code for code in range(0x300, 0xFFFF) if unicodedata.combining(chr(code))]
    vowels = [c for c in range(0x900, 0x1100) if unicodedata.category(chr(c)) in {"Mc", "Mn"}]
    return "".join(re.escape(chr(code)) for code in sorted({*marks, *vowels})) + INVISIBLE


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(f"[{_combining()}]")


@cache
def _scanner(*, marked: bool, unspaced: bool) -> re.Pattern[str]:
    """What finds words; the one for texts with combining marks is four times slower.

    Args:
        marked: Whether it knows combining marks.
        unspaced: Whether it knows what is read two by two, and full-width digits.
    """
    marks = _combining() if marked else ""
    other = LETTERS if unspaced else ""
    any_, alpha = rf"[^\W_{other}]", rf"[^\W\d_{other}]"
    letters = rf"(?:{any_}[{marks}]*)+" if marked else rf"{any_}+"
    word = rf"{letters}(?:[{APOSTROPHES}]{letters})*"
    joint = APOSTROPHES + HYPHENS + "&" + marks
    letter = rf"{alpha}[{marks}]*+" if marked else alpha
    soft = rf"|(?<={_SOFT_HYPHEN}){_LINE_END}" if marked else ""
    end = rf"(?!{any_}|[{marks}])" if marked else rf"(?!{any_})"
    signed = (
        rf"(?<!{any_})(?:[A-Za-z](?:\+\+?|[#♯])(?![+#♯])|[A-Za-z]{{1,3}}(?:&[A-Za-z]{{1,3}})+){end}"
        rf"|(?<![\w.{marks}])\.(?:[A-Z]{{2,}}|[a-z]{{2,4}}){end}(?!\.\w)"
    )
    measured = (
        rf"(?<=[{CURRENCIES}])\d+(?i:{'|'.join(SCALES)}){end}|(?<!{any_})\d+(?:{_UNITS}){end}"
    )
    # What programmers name: "foo_bar", "config.yml", "src/main/app", "/etc/hosts", "--no-cache".
    one, rest = (rf"{any_}[{marks}]*+", rf"[\w.{marks}-]*") if marked else (any_, r"[\w.-]*")
    named = (
        rf"(?<![\w./])(?:(?:{one})+(?:_+(?:{one})+)+|(?:{one}){{2,}}(?:\.(?:{one}){{2,}})*"
        rf"\.[a-z]{{2,5}})(?![\w/{marks}]|\.\w)|(?<![\w./:-])(?:{one}{rest}/){{2,}}{one}{rest}"
    )
    path = rf"(?<![\w./:<-])/{one}{rest}(?:/{one}{rest})++"
    leading = rf"{path}|(?<![\w-])--{alpha}[\w{marks}-]*"
    wide = r"|[０-９]{1,3}(?:，[０-９]{3})+(?!\d)|[０-９]++(?:．[０-９]++)+" if unspaced else ""
    return re.compile(
        (rf"(?P<run>{RUN})|" if unspaced else "")
        + rf"(?P<plain>{alpha}{{2,}}+(?![\d{joint}_/]|\.\w))"  # most words, found soonest
        rf"|(?=[-/])(?P<leading>{leading})"
        rf"|(?=[\w.])(?:(?P<named>{named})|(?P<dotted>(?<!{any_})(?:(?:{letter}\.){{2,}}(?:{letter}(?!{any_}))?"
        rf"|{letter}\.{letter}(?!{any_})))"
        rf"|(?P<number>(?<!{any_})\d{{1,3}}(?:[,\u00a0\u2009\u202f]\d{{3}})+(?!\d)(?:\.\d+)?"
        rf"|(?<!{any_}\.)(?<!{any_})[vV]?\d++(?:\.\d++)+{wide})"
        rf"|(?P<signed>{signed})|(?P<measured>{measured})"
        rf"|(?P<word>{word}(?:(?:[{HYPHENS}](?:{_LINE_END})?+{soft}){word})*))"
    )


def make_all() -> None:
    """Make what finds words in every kind of text: else a tenth of a second where one is met."""
    for marked, unspaced in product((False, True), repeat=2):
        _scanner(marked=marked, unspaced=unspaced)
    _marks()


def words_in(text: str) -> Iterator[re.Match[str]]:
    """The words of a text in order; the group that matched tells of which kind each is."""
    if text.isascii():
        return _scanner(marked=False, unspaced=False).finditer(text)
    marked, unspaced = _marks().search(text) is not None, has_letters(text)
    return _scanner(marked=marked, unspaced=unspaced).finditer(text)


class Part(NamedTuple):
    """A part of a compound, and where it stands in the text."""

    word: str
    span: Place


def parts(found: re.Match[str]) -> list[Part]:
    """The parts of a word: those that hyphens join, of a name in code, or a number and its unit."""
    word, (start, end) = found.group(), found.span()
    if found.lastgroup in {"named", "leading", "plain"}:
        return list(_parts_in_code(word, start))
    if found.lastgroup == "measured":
        size = next(place for place, character in enumerate(word) if not character.isdecimal())
        middle = start + size
        return [Part(word[:size], (start, middle)), Part(word[size:], (middle, end))]
    if word.isalnum():
        return [Part(word, (start, end))]
    joints = [joint.span() for joint in _joint().finditer(word)]
    starts, ends = [0, *(end for _, end in joints)], [*(first for first, _ in joints), len(word)]
    return [
        Part(_soft_break().sub("", word[first:last]), (start + first, start + last))
        for first, last in zip(starts, ends, strict=True)
    ]


def is_camel(word: str) -> bool:
    """Whether a word of letters is several: "getUserById", "BlockBreakEvent", but not "YouTube"."""
    return not (word.islower() or word[1:].islower()) and _CAMEL.fullmatch(word) is not None


_CAMEL = re.compile(r"[a-z]{2,}(?:[A-Z][a-z]+)+[A-Z]*|(?:[A-Z][a-z]+){3,}")


def _parts_in_code(word: str, start: int) -> Iterator[Part]:
    """What stands between the signs of a name, a camel's humps apart."""
    for piece in re.finditer(r"[^_./-]+", word):
        humps = re.finditer("[A-Z]+(?![a-z])|[A-Z]?[a-z]+", piece.group())
        for one in humps if is_camel(piece.group()) else (piece,):
            first = start + piece.start() + (one.start() if one is not piece else 0)
            if any(map(str.isalnum, one.group())):
                yield Part(one.group(), (first, first + len(one.group())))


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(rf"[{HYPHENS}](?:{_LINE_END})?+")


@cache
def _soft_break() -> re.Pattern[str]:
    return re.compile(rf"(?<={_SOFT_HYPHEN}){_LINE_END}")
