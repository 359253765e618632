"""Which parts of a text ask, which tell what stands behind the question, and which do neither.

"Hi all, sorry to bother you. I bought a boat in May. Does anyone know what the licence costs? thx"
asks "what the licence costs"; "I bought a boat in May" is its background; the rest is filler. All
this is English. Filler is cut from a sentence's start and end alone, never inside quotation marks,
never where a capital or the word before makes it a name ("What is LOL?"), and never all of a text.
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

LONGEST = 4000  # characters; what is longer is asked as it stands

_TOKEN = re.compile(
    r"(?P<mention>(?<!\w)(?:@\w[\w.-]*\w|<[@#][!&]?\d+>|<a?:\w+:\d+>))"
    r"|(?P<word>[^\W_]+(?:['’‘ʼ`´.-][^\W_]+)*)"
    r"|(?P<end>(?:[.!?…]+(?=[\s\"”’»)\]]|$)|\n+)+)"
    r"|(?P<pause>[,;:()\[\]—–]|(?<=\s)-+(?=\s))"
)
_SHORT_NAME = re.compile(r"(?!I$)[A-Z][a-z]?")  # an initial, or St, Mt, Ft
_AUXILIARIES = classes.FINITE_AUXILIARIES | classes.CONTRACTED_NEGATIONS | {"am"}
_WH = classes.INTERROGATIVES | {"whats"}
_ASKING = _WH | (_AUXILIARIES - {"may", "might", "must", "shall"})
_NOUN_PHRASES = (
    (classes.SUBJECTS | classes.ARTICLES | classes.POSSESSIVES | classes.DEMONSTRATIVES)
    | classes.INDEFINITE_PRONOUNS
    | classes.QUANTIFIERS
    | {"there"}
)
_ABOUT = frozenset({"about", "if", "whether"})
_JOINING = frozenset({",", "and", "so", "but"})
_OPEN_CLAUSES = frozenset({"when", "where"})
_OPENERS = (classes.INTERROGATIVES - _OPEN_CLAUSES) | classes.BE | {"does", "did", "can", "could"}
_DAYS = frozenset([*classes.MONTHS, *classes.WEEKDAYS])
_SELVES = frozenset({"i", "my", "we", "our"})
# After one of these a word is what is asked about, filler or not.
_VERBS = classes.COPULAS | classes.DO
_NAMING = (classes.ARTICLES | classes.POSSESSIVES) | frozenset(
    "of and or word words term phrase called named says say said mean means as like".split()
)
_SENTENCE = 3  # words
_FAR = 160  # characters of a sentence's end in which filler is looked for


class _Token(NamedTuple):
    """A word as `talk` reads it, "," for a pause, "@" for a mention; quoted words fit nothing."""

    said: str
    start: int
    end: int


class _Sentence(NamedTuple):
    """What is left of a sentence.

    Attributes:
        tokens: Its words, at least one.
        asks: Whether it is a question by its mark, or by what led up to it: "tell me about…".
        led: Whether something led up to it that may as well tell: "my sister wanted to know…".
    """

    tokens: tuple[_Token, ...]
    asks: bool
    led: bool = False

    @property
    def place(self) -> Place:
        return self.tokens[0].start, self.tokens[-1].end


class Parts(NamedTuple):
    """The parts of a text, in order.

    Attributes:
        asked: What asks, at least one; the whole text where nothing was told apart.
        background: What only helps to find it.
    """

    asked: tuple[Place, ...]
    background: tuple[Place, ...] = ()


def read_parts(text: str) -> Parts:
    """Tell what asks from what does not; tens of microseconds for a short question.

    Args:
        text: Any text.
    """
    whole = Parts(((0, len(text)),))
    if len(text) > LONGEST:
        return whole
    sentences = [cut for one in _sentences(text) for cut in _cut(text, one)]
    asked = [n for n, sentence in enumerate(sentences) if _asks(sentence)]
    asked = asked or [n for n, sentence in enumerate(sentences) if sentence.led]
    asked = asked or [n for n, sentence in enumerate(sentences) if not _is_own(sentence)]
    if not sentences:
        return whole
    if not asked:
        return Parts(tuple(sentence.place for sentence in sentences))
    background = [s.place for n, s in enumerate(sentences) if n not in asked]
    found: list[Place] = []
    for n in asked:
        told, asking = _clauses(text, sentences[n])
        background += told
        found.append(asking)
    return Parts(tuple(found), tuple(sorted(background)))


def _sentences(text: str) -> Iterator[_Sentence]:
    quoted = quotations(text)
    tokens: list[_Token] = []
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        hidden = any(first <= start < last for first, last in quoted)
        if hidden or found.lastgroup != "end":
            tokens.append(_Token('"' if hidden else _said(found), start, end))
        elif tokens and not _goes_on(text, tokens, found):
            yield _Sentence(tuple(tokens), "?" in found.group())
            tokens = []
    if tokens:
        yield _Sentence(tuple(tokens), asks=False)


def _said(found: re.Match[str]) -> str:
    if found.lastgroup == "mention":
        return "@"
    return "," if found.lastgroup == "pause" else plain(found.group())


def _goes_on(text: str, tokens: Sequence[_Token], stop: re.Match[str]) -> bool:
    """Whether a full stop is an abbreviation's: "Dr. Who", "J. Smith"."""
    _, start, end = tokens[-1]
    word = text[start:end]
    if stop.group() != "." or end != stop.start() or not text[stop.end() :].strip():
        return False
    if "." in word or _SHORT_NAME.fullmatch(word):
        return True
    return not ends(text[tokens[0].start : end], text[stop.end() :].lstrip(), voted=True)


def _cut(text: str, sentence: _Sentence) -> Iterator[_Sentence]:
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
        yield _Sentence(tokens[first:last], asks, led)


def _lead(text: str, tokens: Sequence[_Token], *, asks: bool) -> tuple[int, bool]:
    """How many tokens lead up to what is asked, and whether one of them asks for it.

    One greeting or the like counts where a question follows, so "Hello Dolly" keeps its title.
    """
    said, led = _join(tokens), False
    place = kept = phrases = 0
    while place < len(said) and (phrase := _leads().match(said, place)):
        asking = phrase.lastgroup == "frame"
        paused = said[phrase.end() - 2 : phrase.end()].strip() == ","
        place, phrases = phrase.end(), phrases + 1
        rest = said[place:].split(" ", 1)[0]
        certain = asking or phrases > 1 or phrase.lastgroup == "certain"
        if certain or not rest or (paused and asks) or rest in _ASKING:
            kept, led = place, led or asking
    passed = _count(tokens, said[:kept])
    if _is_title(text, tokens[:passed]):
        return 0, False
    return passed, led


def _trail(text: str, tokens: Sequence[_Token], first: int) -> int:
    """One past the last token that is no filler at the end."""
    last = len(tokens)
    while last > first:
        said = _join(tokens[first:last])
        found = _tails().search(said, max(len(said) - _FAR, 0))
        if not found:
            break
        place = first + _count(tokens[first:last], said[: found.start()])
        if place > first and not _may_go(text, tokens, place, last):
            break
        last = place
    return last


def _may_go(text: str, tokens: Sequence[_Token], place: int, last: int) -> bool:
    """Whether a tail is no name and not what the words before ask about."""
    before = tokens[place - 1].said
    if before in _VERBS:  # "what is lol", but "how big it is, lol"
        return place > 1 and tokens[place - 2].said not in _WH
    if before == "," or tokens[place].said == ",":
        return True
    written = text[tokens[place].start : tokens[last - 1].end]
    capital = written[0].isupper() and not written.startswith(("I ", "I'", "I’"))
    if len(written.split()) >= _SENTENCE and written[1:].islower():
        capital = False  # a sentence of its own, after a question without its mark
    return before not in _NAMING and (text.isupper() or not capital)


def _count(tokens: Sequence[_Token], said: str) -> int:
    """How many tokens a beginning of what they say covers; a short form says several words."""
    words = len(said.split())
    for number, token in enumerate(tokens):
        if words <= 0:
            return number
        words -= len(token.said.split())
    return len(tokens)


def _is_title(text: str, tokens: Sequence[_Token]) -> bool:
    """Whether words are written with capitals, as in "Tell Me Lies"."""
    return not text.isupper() and any(
        text[word.start].isupper()
        and not word.said.startswith("i")
        and before.said not in {",", "@"}
        for before, word in pairwise(tokens)
    )


def _join(tokens: Iterable[_Token]) -> str:
    return " ".join(token.said for token in tokens)


def _asks(sentence: _Sentence) -> bool:
    return sentence.asks or _is_inverted(sentence.tokens)


def _is_own(sentence: _Sentence) -> bool:
    """Whether a sentence tells of the asker: "I am new here"."""
    return sentence.tokens[0].said.split()[0] in _SELVES


def _is_inverted(tokens: Sequence[_Token]) -> bool:
    """Whether words begin as a question does: "what is", "how many", "do I", "is the"."""
    words = _join(tokens[:3]).split()
    if len(words) < 2:
        return False
    first, second, *_ = words
    if first in _OPEN_CLAUSES:
        return second in _AUXILIARIES
    return first in _OPENERS or (first in _AUXILIARIES and second in _NOUN_PHRASES)


def _clauses(text: str, sentence: _Sentence) -> tuple[list[Place], Place]:
    """Of "I live in Leeds and my dad died, can I claim?", what is told and what asks.

    So also what a colon announces, where nothing is named before it.
    """
    tokens = sentence.tokens
    told = next((n for n, token in enumerate(tokens) if token.said not in _JOINING), 0)
    own = tokens[told].said.split()[0] in _SELVES
    for number in range(len(tokens) - 2, told + 2, -1):
        sign = text[tokens[number - 1].start]
        joins = tokens[number - 1].said in _JOINING if own else sign == ":"
        before = tokens[told : number - 1]
        if not joins or (not own and _names(text, before)):
            continue
        if asking := _opening(tokens[number:]):
            return [(tokens[told].start, tokens[number - 1].start)], asking
    return [], sentence.place


def _names(text: str, tokens: Sequence[_Token]) -> bool:
    """Whether one of some words, past the first, has a capital that no day or month explains."""
    said = (token.said for token in tokens[1:] if text[token.start].isupper())
    return any(word not in _DAYS and word.split()[0] != "i" for word in said)


def _opening(tokens: Sequence[_Token]) -> Place | None:
    """Where words ask that begin as a question does, or are led up to as one."""
    lead = _leads().match(_join(tokens))
    led = _count(tokens, lead.group()) if lead and lead.lastgroup == "frame" else 0
    if led == len(tokens) or not (led or _is_inverted(tokens)):
        return None
    return tokens[led].start, tokens[-1].end


@cache
def _leads() -> re.Pattern[str]:
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
    return re.compile(f"(?:(?:^|(?<= ))(?:{tails})|(?<= ), (?:{paused})|(?<= ),)(?: ,)*$")
