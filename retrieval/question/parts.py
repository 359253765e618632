"""Which parts of a text ask, which tell what stands behind the question, and which do neither.

"Hi all, sorry to bother you. I bought a boat in May. Does anyone know what the licence costs? thx"
asks "what the licence costs"; "I bought a boat in May" is its background; the rest is filler. All
this is English; there is always something that asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from retrieval.question.filler import (
    AUXILIARIES,
    Sentence,
    Token,
    count,
    cut,
    join,
    leads,
    read_sentences,
)
from retrieval.text import closed_classes as classes
from retrieval.values import Place

LONGEST = 4000  # characters; what is longer is asked as it stands

_NOUN_PHRASES = (
    (classes.SUBJECTS | classes.ARTICLES | classes.POSSESSIVES | classes.DEMONSTRATIVES)
    | classes.INDEFINITE_PRONOUNS
    | classes.QUANTIFIERS
    | {"there"}
)
_JOINING = frozenset({",", "and", "so", "but"})
_OPEN_CLAUSES = frozenset({"when", "where"})
_OPENERS = (classes.INTERROGATIVES - _OPEN_CLAUSES) | classes.BE | {"does", "did", "can", "could"}
_DAYS = frozenset([*classes.MONTHS, *classes.WEEKDAYS])
_SELVES = frozenset({"i", "im", "ive", "id", "my", "we", "weve", "our"})


class Parts(NamedTuple):
    """The parts of a text, in order.

    Attributes:
        asked: What asks, at least one; the whole text where nothing was told apart.
        background: What only helps to find it.
    """

    asked: tuple[Place, ...]
    background: tuple[Place, ...] = ()


@lru_cache(16)  # it is asked for again when the answer is doubted
def read_parts(text: str) -> Parts:
    """Tell what asks from what does not; tens of microseconds for a short question.

    Args:
        text: Any text.
    """
    whole = Parts(((0, len(text)),))
    if len(text) > LONGEST:
        return whole
    sentences = [left for one in read_sentences(text) for left in cut(text, one)]
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


def _asks(sentence: Sentence) -> bool:
    return sentence.asks or _is_inverted(sentence.tokens)


def _is_own(sentence: Sentence) -> bool:
    """Whether a sentence tells of the asker: "I am new here"."""
    return sentence.tokens[0].said.split()[0] in _SELVES


def _is_inverted(tokens: Sequence[Token]) -> bool:
    """Whether words begin as a question does: "what is", "how many", "do I", "is the"."""
    words = join(tokens[:3]).split()
    if len(words) < 2:
        return False
    if words[0] in classes.PREPOSITIONS and words[1] in classes.INTERROGATIVES:
        return True  # "in what year did"
    first, second, *_ = words
    if first in _OPEN_CLAUSES:
        return second in AUXILIARIES
    return first in _OPENERS or (first in AUXILIARIES and second in _NOUN_PHRASES)


def _clauses(text: str, sentence: Sentence) -> tuple[list[Place], Place]:
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


def _names(text: str, tokens: Sequence[Token]) -> bool:
    """Whether one of some words, past the first, has a capital that no day or month explains."""
    said = (token.said for token in tokens[1:] if text[token.start].isupper())
    return any(word not in _DAYS and word.split()[0] != "i" for word in said)


def _opening(tokens: Sequence[Token]) -> Place | None:
    """Where words ask that begin as a question does, or are led up to as one."""
    lead = leads().match(join(tokens))
    led = count(tokens, lead.group()) if lead and lead.lastgroup == "frame" else 0
    if led == len(tokens) or not (led or _is_inverted(tokens)):
        return None
    return tokens[led].start, tokens[-1].end
