"""Derivations: direct pointers between two words of one family, never a chain of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from tools.derivations.pairs import Pair, Pairs
from tools.derivations.usage import Usage
from tools.derivations.wordnet import Pointer, Sense, WordNet

_BETWEEN_WORDS = {"+", "\\", "<"}  # derives from, pertains to, is a participle of
_ATTRIBUTE = "="  # strength is what something strong has
_MEMBER = "#m"
_PERSON, _PLACE = 18, 15  # topics: a member of a place who is a person has its name, as a Swede

# The least share of their terms' use, multiplied, that two linked senses must have. On questions
# kept for fitting, links below the first stand in answers no oftener than in other sentences.
ALIKE = 0.01
UNLIKE = 0.05  # for words that do not begin alike, as "die" and "death"
_BEGINNING = 3
_TAIL = 5


def find_families(wordnet: WordNet, usage: Usage) -> set[Pair]:
    """The pairs of terms whose words derive from each other."""
    adjectives = {
        sense.word for synset in wordnet.synsets for sense in synset.senses if sense.pos == "a"
    }
    alike, unlike = Pairs(usage), Pairs(usage)
    for pointer in wordnet.pointers:
        for one, other in _links(pointer):
            if begin_alike(one.word, other.word):
                alike.add(one, other)
            elif pointer.kind in _BETWEEN_WORDS and not _is_compound(one.word, adjectives):
                unlike.add(one, other)
    return alike.above(ALIKE) | unlike.above(UNLIKE)


def _links(pointer: Pointer) -> Iterator[tuple[Sense, Sense]]:
    links = product(pointer.source, pointer.target)
    if pointer.kind == _MEMBER:
        return links if pointer.topics == (_PERSON, _PLACE) else iter(())
    if pointer.kind == _ATTRIBUTE:
        return (pair for pair in links if not any(s.word.endswith("less") for s in pair))
    return links if pointer.kind in _BETWEEN_WORDS else iter(())


def begin_alike(one: str, other: str) -> bool:
    """Whether two words have three first letters in common, or all but one of a short word's."""
    needed = min(_BEGINNING, len(one) - 1, len(other) - 1)
    return one[:needed].lower() == other[:needed].lower()


def _is_compound(word: str, adjectives: set[str]) -> bool:
    """Whether an adjective holds another and says more: intracellular, interplanetary."""
    return any(word[n:] in adjectives for n in range(1, len(word) - _TAIL + 1))
