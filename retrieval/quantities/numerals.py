"""Numbers as they are written, "10,000", "1.5 million", "two hundred and five": their exact value.

`NUMERAL` is a pattern for one such number, `VAGUE` for "thousands" and "several hundred".
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from retrieval.text.closed_classes import ONES, ORDINALS, SCALES, TENS

_ROUGH_TEN = "tens"
_SHORT_SCALES = {"k": 1_000, "mn": 1_000_000, "bn": 1_000_000_000, "tn": 1_000_000_000_000}
_WITHIN_SCALES = {10, 12, 100}  # "two hundred thousand", "tens of thousands"
_VALUES = {
    "half": Fraction(1, 2),  # "half a million"
    **{word: Fraction(n) for n, word in enumerate(ONES)},
    **{word: Fraction(10 * n) for n, word in enumerate(TENS, start=2)},
    _ROUGH_TEN: Fraction(10),
    **{word: Fraction(n) for word, n in [*SCALES.items(), *_SHORT_SCALES.items()]},
}
_FIGURES = {
    **{word: str(number) for number, word in enumerate(ONES)},
    **{word: str(10 * number) for number, word in enumerate(TENS, start=2)},
    **{word: f"{number}." for number, word in enumerate(ORDINALS, start=1)},
}
_RANK = re.compile(r"(?P<digits>\d+)(?:st|nd|rd|th)")
_FIGURE_SCALES = ("trillion", "billion", "million")
_MOST_DECIMALS = 1_000  # 1.234 million, but 1234567
_GROUPS = re.compile("(?<=\\d)[,\u00a0\u2009\u202f](?=\\d{3})")
_SPACES = " \u00a0\u2009\u202f"


def _any(words: list[str] | dict[str, int]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


_SCALE = _any(SCALES)
_LARGE = "(?:thousand|lakh|million|crore|billion|trillion)"
_SMALL = rf"(?:{_any(TENS)}(?:[\s-]{_any(ONES)})?|{_any(ONES)})\b"
_WORDS = (
    rf"(?:{_SMALL}|(?:half\s)?an?(?=\s{_SCALE}))"
    rf"(?:[\s-]{_SCALE}\b(?:\s(?:and\s)?{_SMALL})?){{0,8}}"
)
_COMMA = r"\d{1,3},\d{1,2}(?![\d,])"  # a decimal comma, which no group of three digits is
_DIGITS = (
    rf"(?:{_COMMA}(?=[\s-]?{_SCALE}\b|\s?{_any(_SHORT_SCALES)}\b|\s?[mb](?:ln)?\b)|\d{{1,3}}(?:,\d{{3}}){{1,8}}(?!\d)|\d{{1,3}}(?:[{_SPACES}]\d{{3}}){{1,8}}(?!\d)"
    r"|\d{1,24})(?:[.·]\d{1,24})?"
)
NUMERAL = (
    rf"(?:{_DIGITS}(?:[\s-]?{_SCALE}\b|\s?{_any(_SHORT_SCALES)}\b){{0,3}}"
    rf"|\b{_WORDS})"
)
VAGUE = (
    rf"\b(?:(?:(?:tens|dozens|hundreds|thousands)\sof\s)?"
    rf"(?:dozens|hundreds|{_LARGE}s)"
    rf"|(?:several|many|some|a\sfew|a\scouple\sof|a\scouple)\s{_SCALE})\b"
)
OPENERS = frozenset(
    [*ONES, *TENS, *SCALES, *(scale + "s" for scale in SCALES)],
) | frozenset("a an half tens several many some".split())
"""The words that a number may begin with, in lower case; others begin with a digit."""
NUMBER_WORDS = OPENERS - {"one", "a", "an", "some", "many"}
"""The words in lower case with one of which a number in words begins, or that it holds."""
_DECIMAL = re.compile(_COMMA)
_TOKEN = re.compile(rf"{_DIGITS}|[a-z]+", re.IGNORECASE)


class Number(NamedTuple):
    """A number where it stands in a text.

    Attributes:
        start: First character of its digits or words.
        end: One past the last, its scale included: "1.5 million", "5m".
        value: Exactly.
    """

    start: int
    end: int
    value: Fraction

    @property
    def figure(self) -> str:
        """The one way to write its value, without its sign: "10000", "1.5 million"."""
        value = abs(self.value)
        for scale in _FIGURE_SCALES:
            scaled = value / SCALES[scale]
            if scaled >= 1 and (_MOST_DECIMALS * scaled).denominator == 1:
                return f"{_decimal(scaled)} {scale}"
        return _decimal(value)

    def is_spelt(self, text: str) -> bool:
        """Whether it is written in another way than its figure, groups of three digits aside."""
        return self.figure != _GROUPS.sub("", text[self.start : self.end])


def read_figure(word: str) -> str | None:
    """The figure of a number word or a rank that stands alone, in lower case; a rank's has a dot.

    "eight" gives "8"; "third" and "3rd" give "3."; "10" and "ten-year" give None.
    """
    rank = _RANK.fullmatch(word)
    return f"{rank['digits']}." if rank else _FIGURES.get(word)


def _decimal(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"


class Numeral(NamedTuple):
    """A number as it is written.

    Attributes:
        value: Exactly; of a vague one, the least of its order.
        step: How finely it is stated: 1 for "12", 1,000 for "12,000", 100,000 for "1.5 million".
            Zeros at the end of a whole number may be rounding, except for its first two digits.
    """

    value: Fraction
    step: Fraction


def read_numeral(text: str) -> Numeral:
    """What `NUMERAL` or `VAGUE` matched."""
    text = _DECIMAL.sub(lambda found: found.group().replace(",", "."), text)
    plain = text.replace(",", "")
    if plain.isdigit():
        return Numeral(Fraction(int(plain)), _rounding(int(plain)))
    return _read_tokens([token.lower() for token in _TOKEN.findall(text)])


def _read_tokens(tokens: list[str]) -> Numeral:
    whole = part = Fraction(0)
    step = None
    for token in tokens:
        value = _token_value(token)
        if value is None:
            continue
        if not _is_scale(token):
            part += value
            step = _decimal_step(token) or step
            continue
        step = step and step * value
        if value in _WITHIN_SCALES:
            part = (part or 1) * value
        elif part or not whole:
            whole, part = whole + (part or 1) * value, Fraction(0)
        else:  # "a thousand million"
            whole *= value
    return Numeral(whole + part, step or _rounding(int(whole + part)))


def _decimal_step(token: str) -> Fraction | None:
    decimals = re.search(r"(?<=[.·])\d+$", token)
    return Fraction(1, 10 ** len(decimals.group())) if decimals else None


def _rounding(value: int) -> Fraction:
    whole = str(value)
    zeros = len(whole) - len(whole.rstrip("0"))
    return Fraction(int("1" + "0" * min(zeros, len(whole) - 2)))


def _token_value(token: str) -> Fraction | None:
    if token[0].isdigit():
        return Fraction(re.sub(rf"[,{_SPACES}]", "", token).replace("·", "."))
    return _VALUES.get(token, _VALUES.get(token.removesuffix("s")))


def _is_scale(token: str) -> bool:
    return token.removesuffix("s") in SCALES or token in _SHORT_SCALES or token == _ROUGH_TEN
