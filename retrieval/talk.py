"""Whether a text is talk and no question: a greeting, thanks, a command, a question about the bot.

Talk is recognised in English only, whatever the library's language, and only where the whole text
is made of it: "Hi, how many …?" is a question, and so is "Hello Dolly". One word that is no part of
a phrase makes a text a question, since a greeting that is searched for does less harm than a
question that is not. Only commands for new text, a picture or a deed ("write a poem about …") may
have any object.
"""

from __future__ import annotations

import re
from functools import cache

from retrieval import talk_commands, talk_phrases
from retrieval.models import Talk

LONGEST = 500  # characters; what is longer is no small talk

_ORDER: tuple[Talk, ...] = ("command", "bot", "thanks", "greeting")  # first asks most of the bot
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*|[.!?…\n]+")
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
    said, place, kinds = _plain(text), 0, set[str | None]()
    while place < len(said):
        phrase = _phrases().match(said, place)
        if phrase is None:
            return None
        kinds.add(phrase.lastgroup)
        place = phrase.end()
    return next((talk for talk in _ORDER if talk in kinds), None)


def _plain(text: str) -> str:
    """Lower case, words and ends of sentences with one space between, short forms written out."""
    words = _WORD.findall(_DRAWN_OUT.sub(r"\1", _APOSTROPHES.sub("", text.lower())))
    return " ".join(_SHORT.get(word, word) for word in words)


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
    """Tables of phrases, one a line, as one regular expression; see `talk_phrases`."""
    phrases = "|".join(line for table in tables for line in table.split("\n") if line)
    parts = talk_phrases.PARTS | talk_commands.PARTS
    while (named := re.search("<([a-z_]+)>", phrases)) is not None:
        part = parts[named.group(1)].replace("\n", "")
        phrases = phrases.replace(named.group(), f"({part})")
    return re.sub(r"\((?!\?)", "(?:", phrases)
