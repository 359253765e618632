"""All that speaks against the first quote, in the order of its weight."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from retrieval.evidence.doubts.conflicts import Conflict, are_both_named, find_conflict
from retrieval.evidence.doubts.denials import other_denial
from retrieval.evidence.doubts.kinds import missing_value
from retrieval.evidence.doubts.mentions import unmentioned
from retrieval.evidence.doubts.reading import Reading
from retrieval.evidence.doubts.surroundings import Surroundings
from retrieval.evidence.doubts.times import other_time
from retrieval.question import Question
from retrieval.question.parts import read_parts
from retrieval.text.derivations import Derivations
from retrieval.values import Doubt


def find_doubts(
    question: Question,
    first: Surroundings,
    others: Callable[[], Iterable[str]],
    derivations: Derivations,
) -> tuple[Doubt, ...]:
    """What speaks against a quote as the answer to an English question.

    Args:
        question: As it was read.
        first: The quote.
        others: The sentences that are nearly as near.
        derivations: Which words are of one family.
    """
    text = _as_read(question)
    quote, asked = Reading(first.quote), Reading(text, asks=True)
    found = [*_roles(asked, quote, others, derivations)]
    known = frozenset(word.term for word in question.words if word.names)
    if names := tuple(unmentioned(asked, first, derivations, known)):
        found.append(Doubt(kind="name", words=names))
    if times := other_time(text, first):
        found.append(Doubt(kind="time", words=times))
    if denial := other_denial(asked, quote, derivations):
        found.append(Doubt(kind="negation", words=denial))
    if value := missing_value(asked, quote, derivations):
        found.append(Doubt(kind="value", words=value))
    return tuple(found)


def _as_read(question: Question) -> str:
    """What a text asks, with the words that its misspelt ones were read as."""
    text = question.text
    for word in reversed(question.words):
        if word.read:
            written = text[word.start : word.end]
            read = word.read.title() if written[0].isupper() else word.read
            text = text[: word.start] + read + text[word.end :]
    return " ".join(text[start:end] for start, end in read_parts(text).asked)


def _roles(
    question: Reading,
    quote: Reading,
    others: Callable[[], Iterable[str]],
    derivations: Derivations,
) -> Iterator[Doubt]:
    def conflict(sentence: Reading) -> Conflict | None:
        return find_conflict(question.naming(sentence), sentence, derivations)

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
