"""Whom one sentence credits in its own words, by the grammar of attribution.

A credit is looked for from the outside in: what "according to KCNA, Kim said" is known from KCNA.
Each rule is content to find nothing; none guesses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.evidence.attribution import verbs
from retrieval.evidence.attribution import words as known
from retrieval.evidence.attribution.names import (
    INDEFINITE,
    LONGEST,
    Credit,
    checked,
    is_among,
    is_end,
    is_known_source,
    is_pronoun,
    is_time,
    is_verb,
    name_before,
    name_end,
    names_somebody,
    opening_name,
    skip_opening,
    with_list,
)
from retrieval.evidence.attribution.tokens import Word, has_quotation
from retrieval.text.closed_classes import ARTICLES, FINITE_AUXILIARIES

_SIGNS = verbs.DELIVERING | verbs.ADDING | {"according", "According", "quoted", "reported"}
_BARELY = verbs.SAYING | verbs.BARE | verbs.THINKING
_SURELY = verbs.ADDING | {"according", "quoted"}
_LETTERS = re.compile(r"[A-Za-z]+")
_TAIL = 8  # words that may follow "..., KCNA said": on what day, where, to whom
_THAT = 7  # words between a verb and its "that"
_CLAUSE = 10  # words within which a clause shows its verb
_BESIDE = frozenset({"in", "on", "at", "to", "during", "after", "earlier", "again"})
_TAILS = frozenset({"in", "on", "at", "during", "after"})
_SIGNED = re.compile(r"[”»\"][.,]?\s*(?:—|–|--?|―)\s*\w")
_DASHED = re.compile(r"”[.,]?\s*(?:—|–|--?|―)\s*$")
_HEARERS = (["reporters"], ["journalists"], ["the"])


def may_credit(sentence: str) -> bool:
    """Whether a sentence has the words and marks without which no rule finds a credit; soon told.

    Some rules take a word with a capital for one that is wanted, and some do not.
    """
    if _SIGNED.search(sentence):
        return True
    written = set(_LETTERS.findall(sentence))
    if _SIGNS.isdisjoint(written):
        return False
    low = set(_LETTERS.findall(sentence.lower()))
    quotes = has_quotation(sentence)
    closed = "," in sentence or "as" in low or quotes
    stated = "that" in low or ":" in sentence or quotes or not _BARELY.isdisjoint(written)
    delivered = "in" in low and not INDEFINITE.isdisjoint(low)
    return (
        not _SURELY.isdisjoint(low)
        or (closed and not verbs.CLOSING.isdisjoint(written))
        or (stated and not verbs.STATING.isdisjoint(written))
        or ("by" in low and "as" in low and not verbs.REPORTED.isdisjoint(low))
        or (delivered and not known.OCCASIONS.isdisjoint(low))
    )


def credit(words: Sequence[Word]) -> Credit | None:
    """Whom a sentence credits, by its words; a pronoun stands as it is."""
    rules = (_according, _as_reported, _signed, _closing, _inverted, _leading, _delivering, _adding)
    return next((found for rule in rules if (found := rule(words))), None)


def credit_within(words: Sequence[Word]) -> Credit | None:
    """Whom the outer credit quotes: Kim, of "According to KCNA, Kim said that ..."."""
    relayed = (_according, _as_reported, _closing)
    outer = next((found for rule in relayed if (found := rule(words))), None)
    if outer is None:
        return None
    inner = (found for rule in (_leading, _closing, _inverted) if (found := rule(words)))
    apart = (one for one in inner if one.last <= outer.first or outer.last <= one.first)
    return next((one for one in apart if not is_pronoun(words, one)), None)


# "According to KCNA, ..." and "..., as reported by KCNA"


def _according(words: Sequence[Word]) -> Credit | None:
    for n in range(len(words) - 2):
        if words[n].low != "according" or words[n + 1].low != "to" or words[n + 2].apart:
            continue
        if n and not words[n].apart and words[n - 1].low not in {"and", "but", "that"}:
            continue  # in which way a thing was done: "sorted according to size"
        last = name_end(words, n + 2)
        last = last if n else with_list(words, n + 2, last)
        name = words[n + 2 : last]
        if not is_end(words, last):
            return None
        if is_known_source(name) and known.MEASURES.isdisjoint(word.low for word in name):
            return checked(words, n + 2, last)
    return None


def _as_reported(words: Sequence[Word]) -> Credit | None:
    for n in range(len(words) - 3):
        if words[n].low == "as" and words[n + 1].low in verbs.REPORTED and words[n + 2].low == "by":
            return checked(words, n + 3, name_end(words, n + 3))
    return None


# "“...” — Commissioner Paul Stark"


def _signed(words: Sequence[Word]) -> Credit | None:
    """Whom a name behind a quotation and a dash, with nothing else behind it, says it is from."""
    for n in range(len(words) - 1):
        if _DASHED.search(words[n].gap):
            return signature(words, n)
    return None


def lead_in(words: Sequence[Word]) -> Credit | None:
    """Whom a line before a quotation names: "The mayor told reporters:" or "Paul Stark:"."""
    for n in range(1, len(words) - 1):
        if is_verb(words[n], verbs.STATING):
            found = name_before(words, n)
            return found if found and _opens(words, found.first) else None
    return signature(words, 0)


def signature(words: Sequence[Word], first: int) -> Credit | None:
    """A name from `first` on that is all that is left of a sentence, but for what describes it."""
    last = name_end(words, first)
    own, rest = words[first:last], words[last:-1]
    title = any(is_among(word, known.PERSONS) for word in own)
    capitals = sum(word.capital for word in own)
    if len(rest) > _TAIL or not (capitals == len(own) or (title and capitals)):
        return None
    return checked(words, first, last)


# "..., KCNA said on Monday" and "“...,” said Kim"


def _closing(words: Sequence[Word]) -> Credit | None:
    for n in range(len(words) - 2, 0, -1):
        if is_verb(words[n], verbs.CLOSING) and _only_tail_follows(words, n + 1):
            found = name_before(words, n)
            if found and _closes_a_part(words, found.first):
                return found
    return None


def _closes_a_part(words: Sequence[Word], first: int) -> bool:
    """Whether something that may be said ends before `first`."""
    gap = words[first].gap
    if "”" in gap or (first == 1 and words[0].low == "as"):
        return True
    lead_in = words[0].low in known.OPENING and not any(w.apart for w in words[1:first])
    return first > 0 and "," in gap and not lead_in


def _only_tail_follows(words: Sequence[Word], n: int) -> bool:
    """Whether from `n` on there is nothing, or another part, or only when, where and to whom."""
    if not words[n].raw or words[n].apart:
        return "“" not in words[n].gap or "”" in words[n].gap
    tail = 0
    while words[n + tail].raw and not (tail and words[n + tail].apart):
        tail += 1
    lows = [word.low for word in words[n : n + tail]]
    if tail > _TAIL or "that" in lows or not FINITE_AUXILIARIES.isdisjoint(lows):
        return False
    if words[n - 1].low in verbs.TELLING or is_time(words, n):
        return True
    return lows[0] in _TAILS or (lows[0] == "to" and lows[1:2] in _HEARERS)


def _inverted(words: Sequence[Word]) -> Credit | None:
    for n in range(len(words) - 1):
        verb, name = words[n], words[n + 1]
        if not is_verb(verb, verbs.CLOSING) or name.apart or not name.raw:
            continue
        spoken = "”" in verb.gap or (n > 2 and verb.gap.strip() == "," and name.capital)
        found = checked(words, n + 1, name_end(words, n + 1)) if spoken else None
        if found and (name.capital or name.low in {*ARTICLES, "one"}):
            return found
    return None


# "Experts suggest that ..."


def _leading(words: Sequence[Word]) -> Credit | None:
    for n in range(1, len(words) - 1):
        if is_verb(words[n], verbs.STATING) and _states(words, n):
            found = name_before(words, n)
            fits = found and _opens(words, found.first) and _fits(words, found, n)
            return found if fits else None
        if words[n].low == "quoted" and _is_quoted(words, n):
            found = name_before(words, n - 1)
            return found if found and _opens(words, found.first) else None
    return None


def _is_quoted(words: Sequence[Word], n: int) -> bool:
    """Whether "was quoted (as) saying" stands here."""
    behind = [word.low for word in words[n + 1 : n + 3]]
    return words[n - 1].low in {"was", "is", "were", "are"} and "saying" in behind


def _states(words: Sequence[Word], n: int) -> bool:
    """Whether what is said follows the verb at `n`."""
    verb, following = words[n].low, words[n + 1]
    if verb in verbs.NOUNS:
        bare = verb in verbs.BARE and _clause_follows(words, n + 1, finite=True)
        return following.low == "that" or bare
    if "“" in following.gap or ":" in following.gap:
        return True
    if _that_follows(words, n):
        return True
    if verb in verbs.SAYING:
        return following.low not in known.OBJECTS and _clause_follows(words, n + 1, least=3)
    return verb in (verbs.BARE | verbs.THINKING) and _clause_follows(words, n + 1, finite=True)


def _that_follows(words: Sequence[Word], n: int) -> bool:
    """Whether "that" follows the verb, or when and where it was said and then "that"."""
    first = words[n + 1]
    told = words[n].low in verbs.TELLING
    if first.low != "that" and not (told or first.low in _BESIDE or is_time(words, n + 1)):
        return False
    for word in words[n + 1 : n + 2 + _THAT]:
        if word.low == "that":
            return not (word.apart and "," in word.gap)
        if not word.raw or word.apart or word.low in FINITE_AUXILIARIES:
            return "“" in word.gap and word.raw != ""
    return False


def _clause_follows(words: Sequence[Word], n: int, *, least: int = 1, finite: bool = False) -> bool:
    ahead = [word for word in words[n : n + _CLAUSE] if word.raw]
    if len(ahead) < least:
        return False
    return not finite or any(word.low in FINITE_AUXILIARIES for word in ahead[1:])


def _opens(words: Sequence[Word], first: int) -> bool:
    """Whether a name at `first` is the subject of the main clause."""
    told_when = first > 1 and words[first - 1].low in known.BEFORE_SUBJECT
    return first in {0, skip_opening(words)} or (
        told_when and not any(word.apart for word in words[1 : first + 1])
    )


def _fits(words: Sequence[Word], found: Credit, verb: int) -> bool:
    """Whether such a speaker does what the verb says."""
    name, low = words[found.first : found.last], words[verb].low
    if low in verbs.FINDING:
        return any(is_among(word, known.FINDERS) for word in name)
    if low in verbs.HINTING_PLURAL and found.first == 0:
        # "Artifacts suggest": a first word with a capital is a noun before a verb in the plural
        return is_pronoun(words, found) or any(
            is_among(word, known.SOURCES) or (word.capital and n) for n, word in enumerate(name)
        )
    if low in verbs.HINTING:
        return names_somebody(name) or is_pronoun(words, found)
    return not (low in verbs.THINKING and is_pronoun(words, found))


# "In a statement, Kim praised ..." and "Kim praised ..., adding that ..."


def _delivering(words: Sequence[Word]) -> Credit | None:
    first = skip_opening(words)
    if not first or words[0].low != "in" or words[1].low not in INDEFINITE:
        return None
    if known.OCCASIONS.isdisjoint(word.low for word in words[2:first]):
        return None
    for n in range(first + 1, min(len(words) - 1, first + LONGEST)):
        if is_verb(words[n], verbs.DELIVERING):
            found = name_before(words, n)
            return found if found and found.first == first else None
    return None


def _adding(words: Sequence[Word]) -> Credit | None:
    for n in range(2, len(words) - 1):
        if words[n].low in verbs.ADDING and "," in words[n].gap:
            follows = words[n + 1]
            if follows.low == "that" or "“" in follows.gap or ":" in follows.gap:
                return opening_name(words)
    return None
