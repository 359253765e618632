"""Whether a quote has a value of the kind that a question asks for."""

from __future__ import annotations

import re

from retrieval.evidence.doubts.reading import Reading
from retrieval.quantities import NUMBER_WORDS, read_quantities
from retrieval.text.derivations import Derivations

_NEAR = 5  # words between a noun and its number
_PHRASE = 4  # words of a noun phrase
_ASKED = re.compile(
    r"\A(?P<when>when)\s(?=(?:is|are|was|were|do|does|did|has|have|had|will)\b)"
    r"|\b(?P<how>how (?:old|tall|deep|wide|heavy|far|high))\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"\d|\b(?:{'|'.join(sorted(NUMBER_WORDS))}|one|no|none|both|pair|couple|half|single|sole|few"
    r"|many|several|numerous|dozens?|twice|once|multiple|neither|double|triple|majority)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:when|while|during|before|after|since|until|till|once|following|later|earlier|ago|age"
    r"|century|centuries|decades?|years?|months?|weeks?|days?|nights?|mornings?|evenings?|spring"
    r"|summer|autumn|winter|fall|season|war|reign|era|period|now|today|yesterday|tomorrow"
    r"|midnight|noon|dawn|dusk|upon|then|end|beginning|early|late|time)\b",
    re.IGNORECASE,
)


def missing_value(
    question: Reading, quote: Reading, derivations: Derivations
) -> tuple[str, ...] | None:
    """What a question asks for and a quote has not: what asks, and the noun that is counted.

    Args:
        question: The question.
        quote: A sentence.
        derivations: Which words are of one family.
    """
    if counted := _counted(question):
        return _uncounted(question, counted, quote, derivations)
    asked = _ASKED.search(question.text)
    if asked is None or _NUMBER.search(quote.text) or _TIME.search(quote.text):
        return None
    return None if read_quantities(quote.text) else (asked.group().strip(),)


def _counted(question: Reading) -> int | None:
    """The place of the noun of which a question asks how many there are."""
    lows = question.lows
    for n in range(len(lows) - 2):
        if lows[n : n + 2] == ["how", "many"]:
            phrase = range(n + 2, n + 2 + _PHRASE)
            last = next((k - 1 for k in phrase if not question.is_noun(k)), phrase[-1])
            return last if last >= phrase[0] else None
    return None


def _uncounted(
    question: Reading, noun: int, quote: Reading, derivations: Derivations
) -> tuple[str, str] | None:
    """The words that ask and the noun, if the noun stands in a quote and no number near it."""
    term = question.words[noun].term
    family = {term} | derivations.of(term)
    nouns = [n for n, word in enumerate(quote.words) if word.term in family]
    dates = [q for q in read_quantities(quote.text) if q.kind == "date"]
    numbers = [
        n
        for n, word in enumerate(quote.words)
        if _NUMBER.search(word.raw) and not any(q.start <= word.start < q.end for q in dates)
    ]
    if not nouns and (numbers or read_quantities(quote.text)):
        return None  # what is counted may have another name there
    if any(abs(one - other) <= _NEAR for one in nouns for other in numbers):
        return None
    return "how many", question.words[noun].raw
