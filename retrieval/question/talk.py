"""Whether a text is talk and no question: a greeting, thanks, a command, a question about the bot.

Talk is recognised in English only, whatever the library's language, and only where the whole text
is made of it: "Hi, how many …?" is a question, and so is "Hello Dolly". One word that is no part of
a phrase makes a text a question, since a greeting that is searched for does less harm than a
question that is not. Only commands for new text, a picture or a deed ("write a poem about …") may
have any object.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from retrieval.models import Talk
from retrieval.question import talk_commands, talk_phrases

LONGEST = 500  # characters; what is longer is no small talk
_MEMO = 4096  # words that are kept as they are read

_ORDER: tuple[Talk, ...] = ("command", "bot", "thanks", "greeting")  # first asks most of the bot
_WORD = re.compile(r"[^\W_]+(?:['’‘ʼ`´-][^\W_]+)*|[.!?…\n]+")
_APOSTROPHES = re.compile("['’‘ʼ`´]")
_QUOTATION_MARKS = ('"', "“", "„", "«")  # what opens with one is looked for as it stands
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")  # heyyy
_SHORT = {
    "u": "you", "ur": "your", "r": "are", "pls": "please", "plz": "please", "im": "i am",
    "id": "i would", "youre": "you are", "thats": "that is", "its": "it is", "whats": "what is",
    "whos": "who is", "hows": "how is", "wheres": "where is", "whens": "when is", "lets": "let us",
    "wanna": "want to", "gimme": "give me",
}  # fmt: skip


def talk_of(text: str) -> Talk | None:
    """What a text is, where it is no question; of several kinds the one that asks most of the bot.

    Args:
        text: As it was written; tens of microseconds.
    """
    if len(text) > LONGEST or text.lstrip()[:1] in _QUOTATION_MARKS:
        return None
    heard = _hear(text)
    if heard.place < len(heard.said):
        return None
    return next((talk for talk in _ORDER if talk in heard.kinds), None)


class _Heard(NamedTuple):
    """A text as talk.

    Attributes:
        words: Its words and where each starts.
        said: The words, with spaces between.
        kinds: The kinds of phrase that it begins with.
        place: Where in `said` they end.
    """

    words: tuple[tuple[str, int], ...]
    said: str
    kinds: frozenset[str | None]
    place: int


def _hear(text: str) -> _Heard:
    """Read a text as talk."""
    words = _words(text)
    said = _join(words)
    place, kinds = 0, set[str | None]()
    while place < len(said) and (phrase := _phrases().match(said, place)):
        kinds.add(phrase.lastgroup)
        place = phrase.end()
    return _Heard(words, said, frozenset(kinds), place)


def _words(text: str) -> tuple[tuple[str, int], ...]:
    """Words and ends of sentences in lower case, short forms written out, and where each starts."""
    return tuple((plain(found.group()), found.start()) for found in _WORD.finditer(text))


@lru_cache(_MEMO)
def plain(word: str) -> str:
    """A word in lower case without apostrophes; a short form written out, no letter drawn out."""
    plain = _DRAWN_OUT.sub(r"\1", _APOSTROPHES.sub("", word.lower()))
    return _SHORT.get(plain, plain)


def _join(words: Sequence[tuple[str, int]]) -> str:
    return " ".join(word for word, _ in words)


@cache
def _phrases() -> re.Pattern[str]:
    """Any phrase, in the group of its kind; compiled with the first question, some 50 ms."""
    return re.compile(
        f"(?:(?P<command>{_pattern(talk_commands.ANY_OBJECT, talk_commands.WHOLE)})"
        f"|(?P<bot>{_pattern(talk_phrases.ABOUT_THE_BOT)})"
        f"|(?P<greeting>{_pattern(talk_phrases.GREETINGS)})"
        f"|(?P<thanks>{_pattern(talk_phrases.THANKS)})"
        rf"|(?P<filler>{_pattern(talk_phrases.FILLERS)}|[.!?…\n]+))(?: |$)"
    )


def _pattern(*tables: str) -> str:
    return compiled(talk_phrases.PARTS | talk_commands.PARTS, *tables)


def compiled(parts: Mapping[str, str], *tables: str) -> str:
    """Tables of phrases, one a line, as one regular expression; see `talk_phrases`.

    Args:
        parts: What each `<name>` stands for; a line break in it is nothing.
        tables: Alternatives.
    """
    phrases = "|".join(line for table in tables for line in table.split("\n") if line)
    while (named := re.search("<([a-z_]+)>", phrases)) is not None:
        part = parts[named.group(1)].replace("\n", "")
        phrases = phrases.replace(named.group(), f"({part})")
    return re.sub(r"\((?!\?)", "(?:", phrases)
