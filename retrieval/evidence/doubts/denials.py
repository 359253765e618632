"""Whether a quote denies what a question does not, or the reverse."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from retrieval.evidence.doubts.reading import Reading
from retrieval.evidence.doubts.verbs import helped, is_verb
from retrieval.text.closed_classes import CONTRACTED_NEGATIONS
from retrieval.text.derivations import Derivations
from retrieval.text.opposites import DENYING

_ADVERBS = frozenset("not never neither nor hardly barely scarcely cannot".split())
_REFUSING = frozenset("deny denied denies refuse refused refuses fail failed fails".split())
_DENYING = _ADVERBS | _REFUSING | CONTRACTED_NEGATIONS | {"no"}
_NOT_ONLY = frozenset("only just merely simply".split())
_UNTIL = frozenset("until till since before unless".split())  # "not opened until 1904"
_MORE = frozenset({"longer", "more"})  # what is no longer so was so
_SUBJECT = 3  # words that may stand between "no" and its verb


def other_denial(
    question: Reading, quote: Reading, derivations: Derivations
) -> tuple[str, str] | None:
    """The word that denies and the verb of the question that it denies, in one of the two alone.

    Args:
        question: The question.
        quote: A sentence.
        derivations: Which words are of one family.
    """
    if not _may_deny(question) and not _may_deny(quote):
        return None
    denying = not DENYING.isdisjoint(word.term for word in question.words)
    counts = "many" in question.lows  # then "no" is a number
    for verb in filter(partial(is_verb, question), range(len(question.words))):
        term = question.words[verb].term
        family = {term} | derivations.of(term)
        there = [n for n, word in enumerate(quote.words) if word.term in family]
        if not there:
            continue
        before = (n for n in range(verb) if not (n and question.words[n].capital))
        own = next((question.words[n].raw for n in before if _denies(question, n)), None)
        denied = [next(_denying(quote, n, counts=counts), None) for n in there]
        written = question.words[verb].raw
        if own and not any(denied) and DENYING.isdisjoint(word.term for word in quote.words):
            return own, written
        if not denying and all(denied) and denied[0] and _UNTIL.isdisjoint(quote.lows):
            return denied[0], written
    return None


def _may_deny(reading: Reading) -> bool:
    return not _DENYING.isdisjoint(reading.lows) or any(map(_is_contracted, reading.lows))


def _is_contracted(low: str) -> bool:
    return low.endswith(("n't", "n’t"))


def _denying(reading: Reading, verb: int, *, counts: bool = False) -> Iterator[str]:
    """The words that deny a verb, as they are written; "no" does not if it `counts`."""
    first = helped(reading, verb)
    if first and reading.lows[first - 1] == "to" and not reading.pauses(first):
        first = helped(reading, first - 1)
        if first and reading.lows[first - 1] in _REFUSING:
            yield reading.words[first - 1].raw
    for n in range(max(0, first - 1), verb):
        if _denies(reading, n) and not reading.pauses(n + 1):
            yield reading.words[n].raw
    for n in () if counts else range(max(0, first - _SUBJECT - 1), first):
        no = reading.lows[n] == "no" and reading.lows[n + 1] not in _MORE
        if no and not any(map(reading.pauses, range(n + 1, verb + 1))):
            yield reading.words[n].raw


def _denies(reading: Reading, n: int) -> bool:
    low = reading.lows[n]
    if low in _ADVERBS or _is_contracted(low) or low in CONTRACTED_NEGATIONS:
        return low != "not" or reading.lows[n + 1 : n + 2][:1] not in [[w] for w in _NOT_ONLY]
    return False
