"""Whom one sentence credits in its own words, by the grammar of attribution.

A credit is looked for from the outside in: what "according to KCNA, Kim said" is known from KCNA.
Each rule is content to find nothing; none guesses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.evidence.attribution import verbs
from retrieval.evidence.attribution import words as known
from retrieval.evidence.attribution.closing import TAIL, closing, inverted
from retrieval.evidence.attribution.names import (
    INDEFINITE,
    LONGEST,
    checked,
    heading_end,
    is_time,
    is_verb,
    name_before,
    name_end,
    opening_name,
    skip_opening,
)
from retrieval.evidence.attribution.persons import (
    Credit,
    head,
    is_among,
    is_pronoun,
    names_somebody,
    plural,
)
from retrieval.evidence.attribution.relayed import according, as_reported
from retrieval.evidence.attribution.tokens import Word, has_quotation
from retrieval.text import verbs as text_verbs
from retrieval.text.closed_classes import ARTICLES, FINITE_AUXILIARIES
from retrieval.text.names import is_acronym, is_possessive
from retrieval.text.terms import stem_of

_SIGNS = verbs.DELIVERING | verbs.ADDING | {"according", "According", "quoted", "reported"}
_BARELY = verbs.SAYING | verbs.BARE | verbs.THINKING
_SURELY = verbs.ADDING | {"according", "quoted"}
_LETTERS = re.compile(r"[A-Za-z]+")
_THAT = 7  # words between a verb and its "that"
_CLAUSE = 10  # words within which a clause shows its verb
_IS_METHOD = re.compile(
    r"(?:ing|[st]ions?|ments?|logy|graphy|metry|scopy|chemistry|[lg]ys[ei]s|blots?|assays?|-seq)$"
)
_MEASURED = frozenset("assessment assessments estimate estimates".split())
_TELLERS = known.FINDERS | known.PERSONS | known.BODIES
_BESIDE = frozenset({"in", "on", "at", "to", "during", "after", "earlier", "again"})
_SIGNED = re.compile(r"[”»\"][.,]?\s*(?:—|–|--?|―)\s*\w")
_DASHED = re.compile(r"”[.,]?\s*(?:—|–|--?|―)\s*$")


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
    rules = (according, as_reported, _signed, closing, inverted, _leading, _delivering, _adding)
    return next((found for rule in rules if (found := rule(words))), None)


def credit_behind(words: Sequence[Word]) -> Credit | None:
    """Whom a sentence credits for what it quotes first: "... to stay,” said Kim"."""
    return next((found for rule in (_signed, closing, inverted) if (found := rule(words))), None)


def credit_within(words: Sequence[Word]) -> Credit | None:
    """Whom the outer credit quotes: Kim, of "According to KCNA, Kim said that ..."."""
    relayed = (according, as_reported, closing)
    outer = next((found for rule in relayed if (found := rule(words))), None)
    if outer is None:
        return None
    inner = (found for rule in (_leading, closing, inverted) if (found := rule(words)))
    apart = (one for one in inner if one.last <= outer.first or outer.last <= one.first)
    return next((one for one in apart if not is_pronoun(words, one)), None)


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
    if len(rest) > TAIL or not (capitals == len(own) or (title and capitals)):
        return None
    return checked(words, first, last)


# "Experts suggest that ..."


def _leading(words: Sequence[Word]) -> Credit | None:
    for n in range(1, len(words) - 1):
        if is_verb(words[n], verbs.STATING) and _states(words, n):
            found = name_before(words, n)
            if found and found.first == 0 and _is_item(words[0]):
                return None
            fits = found and _opens(words, found.first) and _fits(words, found, n)
            return found if fits else None
        if words[n].low == "quoted" and _is_quoted(words, n):
            found = name_before(words, n - 1)
            return found if found and _opens(words, found.first) else None
    return None


def _is_item(word: Word) -> bool:
    """Whether a sentence opens in lower case: one of a list, which says what the list is of."""
    return not word.capital and word.low in ARTICLES | {"he", "she", "they"}


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
    return first in {0, heading_end(words), skip_opening(words)} or (
        told_when and not any(word.apart for word in words[1 : first + 1])
    )


def _fits(words: Sequence[Word], found: Credit, verb: int) -> bool:
    """Whether such a speaker does what the verb says."""
    name, low = words[found.first : found.last], words[verb].low
    if low in verbs.NOUNS and not _agrees(words, found, verb):
        return False
    if low in verbs.FINDING:
        return any(is_among(word, known.FINDERS) for word in name if word.low == head(name))
    if low in verbs.HINTING:
        return _hints(words, found)
    # No view is credited to "he", and "a total of 572 suspected cases" is nobody's.
    return low not in verbs.THINKING or not (is_pronoun(words, found) or _is_doing(name))


def _agrees(words: Sequence[Word], found: Credit, verb: int) -> bool:
    """Whether a name is the subject of a form that is a noun as well: no "state", no "claims"."""
    if is_pronoun(words, found):
        return True
    name = words[found.first : found.last]
    last = name[-1].low
    if is_possessive(last) or last == "s":
        return False
    if names_somebody(name) or last == "al.":
        return words[verb].low.endswith("s") or last == "al." or plural(words, found)
    return words[verb + 1].low == "that" and _is_one_thing(words, found, verb)


def _is_one_thing(words: Sequence[Word], found: Credit, verb: int) -> bool:
    """Whether one thing that is written "states that ...", and no "claims that include ..."."""
    turning, after = head(words[found.first : found.last]), words[verb + 2].low
    single = words[verb].low[:-1] in verbs.NOUNS and not turning.endswith("s")
    return single and not _IS_METHOD.search(turning) and not _may_be_verb(after)


def _may_be_verb(low: str) -> bool:
    return not low or stem_of(low, "english") in text_verbs.load()


def _hints(words: Sequence[Word], found: Credit) -> bool:
    """Whether one speaks who hints, and no experiment: "Expression of the gene revealed"."""
    name = words[found.first : found.last]
    if is_pronoun(words, found):
        return True
    if len(name) == 1 and (is_acronym(name[0].raw) or _IS_METHOD.search(name[0].low)):
        return is_among(name[0], known.SOURCES)
    opens = found.first == 0 and len(name) > 1 and head(name) == name[0].low
    measured = "of" in [word.low for word in name] and name[0].low in _MEASURED
    if opens or measured or (_IS_METHOD.search(head(name)) and not name[-1].capital):
        return any(is_among(word, _TELLERS) for word in name if word.low == head(name))
    return names_somebody(name)


def _is_doing(name: Sequence[Word]) -> bool:
    """Whether it is an amount, or what somebody does: "Identifying suspected cases"."""
    return name[-1].low[0].isdigit() or (len(name) == 1 and name[0].low.endswith("ing"))


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
