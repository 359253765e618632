"""Which words of a text are verbs, and whether what stands before one suffers it."""

from __future__ import annotations

from retrieval.evidence.doubts.reading import Reading
from retrieval.text import closed_classes as classes
from retrieval.text import stopwords, verbs
from retrieval.text.names import is_possessive

REACH = 9  # words between a verb and a name that has a part in it
BEFORE_NOUN = classes.ARTICLES | classes.POSSESSIVES | classes.DEMONSTRATIVES | classes.QUANTIFIERS
BESIDE = classes.PREPOSITIONS | frozenset("like despite until since amid per".split())
AUXILIARIES = classes.FINITE_AUXILIARIES | classes.COPULAS
BREAKS = classes.SUBORDINATORS | classes.INTERROGATIVES | {"as", "that", "than"}
CLOSING = BREAKS | AUXILIARIES | classes.COORDINATORS
"""What ends a noun phrase besides a preposition."""

_ADVERBS = frozenset(
    "not never also then still already now soon only just even first once later again".split()
)
_PASSIVE = classes.COPULAS | frozenset("get got gets getting".split())
_HELPING = classes.DO | classes.MODALS


def is_verb(reading: Reading, n: int) -> bool:
    """Whether a word is surely a verb, auxiliaries left out."""
    if n not in reading.verbs:
        reading.verbs[n] = n > 0 and _may_be(reading, n) and _is_verb(reading, n, verbs.load())
    return reading.verbs[n]


def _may_be(reading: Reading, n: int) -> bool:
    low = reading.lows[n]
    if low in stopwords.ENGLISH or low in BESIDE or n in reading.named or not low.isalpha():
        return False
    return not reading.words[n].capital and not _is_noun_here(reading, n)


def _is_noun_here(reading: Reading, n: int) -> bool:
    """Whether what stands beside a word leaves no room for a verb."""
    before = reading.lows[n - 1]
    if before in BEFORE_NOUN or (before in BESIDE and before != "to"):
        return True
    if is_possessive(reading.words[n - 1].low) or reading.lows[n + 1 : n + 2] == ["of"]:
        return True
    return "-" in reading.gaps[n] or reading.is_adverb(n)


def _is_verb(reading: Reading, n: int, known: frozenset[str]) -> bool:
    lows, word = reading.lows, reading.words[n]
    if word.term in known or lows[n - 1] == "to":
        return True
    if word.low.endswith("ed") and word.term != word.low:
        return True
    if not _HELPING.isdisjoint(lows[helped(reading, n) : n]):
        return True
    if not reading.asks or _HELPING.isdisjoint(lows[:n]):
        return False
    following = n + 1 in reading.starts or not BEFORE_NOUN.isdisjoint(lows[n + 1 : n + 2])
    return n - 1 in reading.ends or following


def is_adverb(reading: Reading, n: int) -> bool:
    """Whether a word may stand between a verb and what belongs to it."""
    return reading.lows[n] in _ADVERBS or reading.is_adverb(n)


def helped(reading: Reading, verb: int) -> int:
    """The place of the first auxiliary or adverb right before a verb, or its own."""
    n = verb
    while n and not reading.pauses(n) and _is_helper(reading, n - 1):
        n -= 1
    return n


def _is_helper(reading: Reading, n: int) -> bool:
    low = reading.lows[n]
    return low in AUXILIARIES or low.endswith(("n't", "n’t")) or is_adverb(reading, n)


def is_passive(reading: Reading, verb: int) -> bool:
    """Whether what stands before a verb suffers it."""
    lows = reading.lows
    if lows[verb].endswith("ing"):
        return False
    first = helped(reading, verb)
    if not AUXILIARIES.isdisjoint(lows[first:verb]):
        return not _PASSIVE.isdisjoint(lows[first:verb])
    if lows[verb + 1 : verb + 2] == ["by"]:
        return True
    if not reading.asks or lows[verb - 1] == "to":
        return False
    if reading.is_noun(verb + 1) and "by" not in lows[verb:]:
        return False
    n = first - 1
    while n >= 0 and verb - n <= REACH and lows[n] not in AUXILIARIES | BREAKS:
        n -= 1
    return n >= 0 and lows[n] in classes.BE
