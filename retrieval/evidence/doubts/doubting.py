"""All that speaks against the first quote, in the order of its weight."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from retrieval.evidence.doubts.conflicts import Conflict, are_both_named, find_conflict
from retrieval.evidence.doubts.reading import Reading
from retrieval.evidence.doubts.surroundings import Surroundings
from retrieval.models import Doubt
from retrieval.text import verbs
from retrieval.text.derivations import Derivations


def find_doubts(
    question: str,
    first: Surroundings,
    others: Callable[[], Iterable[str]],
    derivations: Derivations,
) -> tuple[Doubt, ...]:
    """What speaks against a quote as the answer to an English question.

    Args:
        question: As it was asked.
        first: The quote.
        others: The sentences that are nearly as near.
        derivations: Which words are of one family.
    """
    quote, asked = Reading(first.quote), Reading(question)
    return tuple(_roles(asked, quote, others, derivations))


def _roles(
    question: Reading,
    quote: Reading,
    others: Callable[[], Iterable[str]],
    derivations: Derivations,
) -> Iterator[Doubt]:
    def conflict(sentence: Reading) -> Conflict | None:
        return find_conflict(question.naming(sentence), sentence, derivations, verbs.load())

    found = conflict(quote)
    if found is None:
        return
    turned = found.is_swapped
    for text in others() if turned else ():
        sentence = Reading(text)
        same = conflict(sentence)
        if are_both_named(question.naming(sentence), sentence) and not (same and same.is_swapped):
            turned = False
            break
    yield Doubt(kind="roles", words=(found.name, found.word), everywhere=turned)
