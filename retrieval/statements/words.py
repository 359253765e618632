"""English words that turn a statement: closed lists of numbers, negations and opposites."""

from __future__ import annotations

from collections.abc import Iterable

from retrieval.text.terms import read_terms

_DIGITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_TENS = "thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_NEGATIONS = (
    "not no never nor neither none nobody nothing nowhere cannot cant dont doesnt didnt isnt arent "
    "wasnt werent wont wouldnt shouldnt couldnt hasnt havent hadnt aint without hardly barely "
    "scarcely unable deny refuse refute reject fail lack"
)
_MONTHS = "January February March April May June July August September October November December"
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_OPPOSITES = (
    "he/she his/her him/her increase/decrease rise/fall rose/fell high/low higher/lower more/less "
    "more/fewer most/least "
    "up/down early/late earlier/later before/after above/below over/under gain/lose win/lose "
    "won/lost start/end begin/end open/close accept/reject support/oppose male/female men/women "
    "man/woman boy/girl father/mother son/daughter brother/sister husband/wife north/south "
    "east/west northern/southern eastern/western left/right buy/sell import/export "
    "positive/negative old/new old/young younger/elder minimum/maximum best/worst better/worse "
    "with/without presence/absence present/absent upper/lower large/small larger/smaller "
    "long/short longer/shorter upstream/downstream activate/inhibit promote/inhibit true/false "
    "allow/forbid allow/ban include/exclude strong/weak enter/leave arrive/leave hot/cold "
    "rich/poor major/minor day/night summer/winter spring/autumn enable/disable legal/illegal "
    "possible/impossible likely/unlikely common/rare majority/minority always/never attack/defend "
    "upregulate/downregulate strengthen/weaken improve/worsen friend/enemy victory/defeat"
)
_HONORIFICS = "mr mrs ms miss dr prof sir lord lady"
_OPENERS = (
    "according report reports reportedly expert experts official officials analyst analysts "
    "source sources concern concerns critic critics criticism despite during following since "
    "additionally meanwhile however"
)
_ANAPHORA = (
    "he she it they we i this these that those his her its their our my the both such another"
)


def _terms(words: Iterable[str]) -> frozenset[str]:
    return frozenset(term.term for word in words for term in read_terms(word))


def _term(word: str) -> str:
    return read_terms(word)[0].term


def _opposed() -> dict[str, frozenset[str]]:
    opposed: dict[str, frozenset[str]] = {}
    for pair in _OPPOSITES.split():
        one, other = map(_term, pair.split("/"))
        opposed[one] = opposed.get(one, frozenset()) | {other}
        opposed[other] = opposed.get(other, frozenset()) | {one}
    return opposed


NUMBERS: dict[str, str] = {
    **{word: str(number) for number, word in enumerate(_DIGITS.split())},
    **{word: str(10 * number) for number, word in enumerate(_TENS.split(), 3)},
    **{word: f"{number}." for number, word in enumerate(_ORDINALS.split(), 1)},
}
"""Number words in lower case and the figure that each is read as; an ordinal ends in a dot."""

DATES: frozenset[str] = frozenset(f"{_MONTHS} {_DAYS}".split())
"""Months and weekdays, as they are written."""

NEGATIONS: frozenset[str] = _terms(_NEGATIONS.split())
"""Terms that deny."""

OPPOSITES: dict[str, frozenset[str]] = _opposed()
"""Terms and those that say the contrary."""

HONORIFICS: frozenset[str] = frozenset(_HONORIFICS.split())
"""Words in lower case that stand before a name and are no part of it."""

OPENERS: frozenset[str] = frozenset(_OPENERS.split())
"""Words in lower case that open a sentence with a capital and are no name."""

ANAPHORA: frozenset[str] = frozenset(_ANAPHORA.split())
"""Words in lower case that point at what the sentences before have named."""
