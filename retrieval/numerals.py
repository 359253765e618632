"""Numbers as they are written, "10,000", "1.5 million", "two hundred and five": their exact value.

`NUMERAL` is a pattern for one such number, `VAGUE` for "thousands" and "several hundred".
"""

from __future__ import annotations

import re
from fractions import Fraction

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "lakh": 100_000,
    "million": 1_000_000,
    "crore": 10_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
_SHORT_SCALES = {"k": 1_000, "mn": 1_000_000, "bn": 1_000_000_000, "tn": 1_000_000_000_000}
_VALUES = {
    **{word: n for n, word in enumerate(_ONES)},
    **{word: 10 * n for n, word in enumerate(_TENS, start=2)},
    **_SCALES,
    **_SHORT_SCALES,
}
_SPACES = " \u00a0\u2009\u202f"


def _any(words: list[str] | dict[str, int]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


_SCALE = _any(_SCALES)
_LARGE = "(?:thousand|lakh|million|crore|billion|trillion)"
_SMALL = rf"(?:{_any(_TENS)}(?:[\s-]{_any(_ONES)})?|{_any(_ONES)})\b"
_WORDS = (
    rf"(?:{_SMALL}|(?:half\s)?an?(?=\s{_SCALE}))"
    rf"(?:[\s-]{_SCALE}\b(?:\s(?:and\s)?{_SMALL})?)*"
)
_DIGITS = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?!\d)|\d+)(?:[.·]\d+)?"
)
NUMERAL = (
    rf"(?:{_DIGITS}(?:[\s-]?{_SCALE}\b|\s?{_any(_SHORT_SCALES)}\b)*"
    rf"|\b{_WORDS})"
)
VAGUE = (
    rf"\b(?:(?:(?:tens|dozens|hundreds|thousands)\sof\s)?"
    rf"(?:dozens|hundreds|{_LARGE}s)"
    rf"|(?:several|many|some|a\sfew|a\scouple\sof|a\scouple)\s{_SCALE})\b"
)
_TOKEN = re.compile(rf"{_DIGITS}|[a-z]+", re.IGNORECASE)


def read_numeral(text: str) -> Fraction:
    """The value of what `NUMERAL` matched; of a vague one, the least of its order."""
    whole = part = Fraction(0)
    for token in _TOKEN.findall(text.lower()):
        value = _token_value(token)
        if value is None:
            continue
        if not _is_scale(token):
            part += value
        elif value == 100 or value == 12:
            part = (part or 1) * value
        else:
            whole += (part or 1) * value if not _is_stacked(whole, part) else whole * (value - 1)
            part = Fraction(0)
    return whole + part


def _token_value(token: str) -> Fraction | None:
    if token == "half":  # "half a million"
        return Fraction(1, 2)
    if token[0].isdigit():
        return Fraction(re.sub(rf"[,{_SPACES}]", "", token).replace("·", "."))
    value = _VALUES.get(token, _VALUES.get(token.removesuffix("s")))
    if value is None:
        return Fraction(10) if token == "tens" else None
    return Fraction(value)


def _is_scale(token: str) -> bool:
    return token.removesuffix("s") in _SCALES or token in _SHORT_SCALES or token == "tens"


def _is_stacked(whole: Fraction, part: Fraction) -> bool:
    """Whether a scale follows another one at once: "a thousand million"."""
    return bool(whole) and not part


def read_step(text: str) -> Fraction:
    """How finely a number is stated: 1 for "12", 1,000 for "12,000", 100,000 for "1.5 million".

    Zeros at the end of a whole number may be rounding, except for its first two digits.
    """
    value = read_numeral(text)
    decimals = re.search(rf"({_DIGITS})", text)
    if decimals and "." in decimals.group():
        written = _token_value(decimals.group()) or Fraction(1)
        return value / written / 10 ** len(decimals.group().partition(".")[2]) if value else value
    whole = str(int(value))
    zeros = len(whole) - len(whole.rstrip("0"))
    return Fraction(10 ** max(0, min(zeros, len(whole) - 2)))
