"""The words with which a question asks, language by language.

In scripts without spaces they part the letters around them, as a space does elsewhere:
"首席执行官是谁" asks for 首席执行官, "ライセンスは何ですか" for ライセンス.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from retrieval.text.languages.tables import grammar_of
from retrieval.text.unspaced import HIRAGANA, KATAKANA, has_letters
from retrieval.values import Place, primary

Asked = Literal["how many", "other"]
_KANA = re.compile(f"[{HIRAGANA}{KATAKANA}]")
_OTHERS = ("ko", "th")


def asked_in(text: str, language: str) -> Asked | None:
    """What a question that is not English asks for, None where no word of it asks.

    Args:
        text: A question.
        language: In which it is read; scripts without spaces tell their language themselves.
    """
    for one in _languages(text, language):
        found = {found.lastgroup for found in _words(one).finditer(text)}
        for group, kind in _KINDS.items():
            if group in found:
                return kind
    return None


_KINDS: dict[str, Asked] = {"how_many": "how many", "other": "other"}


def asking_places(text: str, language: str) -> list[Place]:
    """Where a question's words stand that only ask, in scripts without spaces, in order."""
    if not has_letters(text):
        return []
    languages = _languages(text, language)[:-1]
    return sorted(found.span() for one in languages for found in _words(one).finditer(text))


def _languages(text: str, language: str) -> tuple[str, ...]:
    """The languages by whose words a question asks: those of its letters, then its own."""
    if not has_letters(text):
        return (language,)
    japanese = primary(language) == "ja" or _KANA.search(text) is not None
    return ("ja" if japanese else "zh", *_OTHERS, language)


@cache
def _words(language: str) -> re.Pattern[str]:
    """What asks, in the group of its kind."""
    grammar = grammar_of(language)
    groups = {"how_many": grammar.how_many, "other": grammar.other}
    lines = ((name, one.split("\n")) for name, one in groups.items() if one)
    written = (f"(?P<{name}>{''.join(map(str.strip, one))})" for name, one in lines)
    return re.compile("|".join(written) or "(?!)", re.IGNORECASE)
