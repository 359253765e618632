"""Filler: what people write around a question, cut from a sentence's start and end.

It is English. It is never cut inside quotation marks, never where a capital or the word before
makes it a name ("What is LOL?").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from retrieval.question import filler_phrases
from retrieval.question.phrases import quotations
from retrieval.question.talk import compiled, plain
from retrieval.sentences.abbreviations import ends
from retrieval.text import closed_classes as classes
from retrieval.values import Place

_TOKEN = re.compile(
    r"(?P<mention>(?<!\w)(?:@\w[\w.-]*\w|<[@#][!&]?\d+>|<a?:\w+:\d+>))"
    r"|(?P<word>[^\W_]+(?:['’‘ʼ`´.-][^\W_]+)*)"
    r"|(?P<end>(?:[.!?…]+(?=[\s\"”’»)\]]|$)|\n+)+)"
    r"|(?P<pause>[,;:()\[\]—–]|(?<=\s)-+(?=\s))"
)
_SHORT_NAME = re.compile(r"(?!I$)[A-Z][a-z]?")  # an initial, or St, Mt, Ft
AUXILIARIES = classes.FINITE_AUXILIARIES | classes.CONTRACTED_NEGATIONS | {"am"}
_WH = classes.INTERROGATIVES | {"whats"}
_ASKING = _WH | (AUXILIARIES - {"may", "might", "must", "shall"})
_ABOUT = frozenset({"about", "if", "whether"})
# After one of these a word is what is asked about, filler or not.
_VERBS = classes.COPULAS | classes.DO
_NAMING = (classes.ARTICLES | classes.POSSESSIVES) | frozenset(
    "of and or word words term phrase called named says say said mean means as like".split()
)
_SENTENCE = 3  # words
_FAR = 160  # characters of a sentence's end in which filler is looked for


class Token(NamedTuple):
    """A word as `talk` reads it, "," for a pause, "@" for a mention; quoted words fit nothing."""

    said: str
    start: int
    end: int


class Sentence(NamedTuple):
    """What is left of a sentence.

    Attributes:
        tokens: Its words, at least one.
        asks: Whether it is a question by its mark, or by what led up to it: "tell me about…".
        led: Whether something led up to it that may as well tell: "my sister wanted to know…".
    """

    tokens: tuple[Token, ...]
    asks: bool
    led: bool = False

    @property
    def place(self) -> Place:
        """From its first word to its last."""
        return self.tokens[0].start, self.tokens[-1].end


def read_sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text as they were written."""
    quoted = quotations(text)
    tokens: list[Token] = []
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        hidden = any(first <= start < last for first, last in quoted)
        if hidden or found.lastgroup != "end":
            tokens.append(Token('"' if hidden else _said(found), start, end))
        elif tokens and not _goes_on(text, tokens, found):
            yield Sentence(tuple(tokens), "?" in found.group())
            tokens = []
    if tokens:
        yield Sentence(tuple(tokens), asks=False)


def _said(found: re.Match[str]) -> str:
    if found.lastgroup == "mention":
        return "@"
    return "," if found.lastgroup == "pause" else plain(found.group())


def _goes_on(text: str, tokens: Sequence[Token], stop: re.Match[str]) -> bool:
    """Whether a full stop is an abbreviation's: "Dr. Who", "J. Smith"."""
    _, start, end = tokens[-1]
    word = text[start:end]
    if stop.group() != "." or end != stop.start() or not text[stop.end() :].strip():
        return False
    if "." in word or _SHORT_NAME.fullmatch(word):
        return True
    return not ends(text[tokens[0].start : end], text[stop.end() :].lstrip(), voted=True)


def cut(text: str, sentence: Sentence) -> Iterator[Sentence]:
    """A sentence without its filler, or nothing."""
    tokens, asks, _ = sentence
    first, led = _lead(text, tokens, asks=asks)
    last = _trail(text, tokens, first)
    while first < last and tokens[first].said == ",":
        first += 1
    while first < last and tokens[last - 1].said == ",":
        last -= 1
    if not all(token.said.isdigit() for token in tokens[first:last]):  # nor the number of a list
        about = led and tokens[first - 1].said in _ABOUT
        asks = asks or about or (led and tokens[first].said.split()[0] in _WH)
        yield Sentence(tokens[first:last], asks, led)


def _lead(text: str, tokens: Sequence[Token], *, asks: bool) -> tuple[int, bool]:
    """How many tokens lead up to what is asked, and whether one of them asks for it.

    One greeting or the like counts where a question follows, so "Hello Dolly" keeps its title.
    """
    said, led = join(tokens), False
    place = kept = phrases = 0
    while place < len(said) and (phrase := leads().match(said, place)):
        asking = phrase.lastgroup == "frame"
        paused = said[phrase.end() - 2 : phrase.end()].strip() == ","
        place, phrases = phrase.end(), phrases + 1
        rest = said[place:].split(" ", 1)[0]
        certain = asking or phrases > 1 or phrase.lastgroup == "certain"
        if certain or not rest or (paused and asks) or rest in _ASKING:
            kept, led = place, led or asking
    passed = count(tokens, said[:kept])
    if _is_title(text, tokens[:passed]):
        return 0, False
    return passed, led


def _trail(text: str, tokens: Sequence[Token], first: int) -> int:
    """One past the last token that is no filler at the end."""
    last = len(tokens)
    while last > first:
        said = join(tokens[first:last])
        found = _tails().search(said, max(len(said) - _FAR, 0))
        if not found:
            break
        place = first + count(tokens[first:last], said[: found.start()])
        if place > first and not _may_go(text, tokens, place, last):
            break
        last = place
    return last


def _may_go(text: str, tokens: Sequence[Token], place: int, last: int) -> bool:
    """Whether a tail is no name and not what the words before ask about."""
    before = tokens[place - 1].said
    if before in _VERBS:  # "what is lol", but "how big it is, lol"
        return place > 1 and tokens[place - 2].said not in _WH
    if tokens[place].said == ",":
        is_value = text[tokens[place].start] == ":" and last - place == 2  # "enabled: true"
        return not is_value
    if before == ",":
        return True
    written = text[tokens[place].start : tokens[last - 1].end]
    capital = written[0].isupper() and not written.startswith(("I ", "I'", "I’"))
    if len(written.split()) >= _SENTENCE and written[1:].islower():
        capital = False  # a sentence of its own, after a question without its mark
    return before not in _NAMING and (text.isupper() or not capital)


def count(tokens: Sequence[Token], said: str) -> int:
    """How many tokens a beginning of what they say covers; a short form says several words."""
    words = len(said.split())
    for number, token in enumerate(tokens):
        if words <= 0:
            return number
        words -= len(token.said.split())
    return len(tokens)


def _is_title(text: str, tokens: Sequence[Token]) -> bool:
    """Whether words are written with capitals, as in "Tell Me Lies"."""
    return not text.isupper() and any(
        text[word.start].isupper()
        and not word.said.startswith("i")
        and before.said not in {",", "@"}
        for before, word in pairwise(tokens)
    )


def join(tokens: Iterable[Token]) -> str:
    """What tokens say, a space between."""
    return " ".join(token.said for token in tokens)


@cache
def leads() -> re.Pattern[str]:
    """What may lead up to a question, in the group of its kind."""
    parts = filler_phrases.PARTS | {"wh": "|".join(sorted(_WH))}
    frames = compiled(parts, filler_phrases.FRAMES)
    certain = compiled(parts, filler_phrases.CERTAIN)
    around = compiled(parts, filler_phrases.AROUND)
    return re.compile(
        f"(?:(?P<frame>{frames})|(?P<certain>{certain})|(?P<around>{around}|,))"
        "(?:(?: ,)* (?! )|(?: ,)*$)"
    )


@cache
def _tails() -> re.Pattern[str]:
    tails = compiled(filler_phrases.PARTS, filler_phrases.TAILS)
    paused = compiled(filler_phrases.PARTS, filler_phrases.PAUSED_TAILS)
    so = compiled(filler_phrases.PARTS, filler_phrases.WHETHER_SO)
    return re.compile(
        f"(?:^(?:{so})|(?:^|(?<= ))(?:{tails})|(?<= ), (?:{paused}|{so})|(?<= ),)(?: ,)*$"
    )
