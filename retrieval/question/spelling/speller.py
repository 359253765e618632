"""A word of the question that the library does not know → the library's word that was meant.

Two stories are weighed: the asker meant a word of the library and his finger slipped, or he meant
another word, which the library does not have. For the first speak a form that is often used and an
easy slip; for the second, a word that looks like a word. The weights are those of a logistic
regression, in natural logarithms of odds, over slips put into questions and over questions asked
of libraries that lack their words; rounding them cost nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, groupby
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from retrieval.question.spelling.letters import LetterModel, Tally
from retrieval.question.spelling.neighbours import Neighbours
from retrieval.search.codec.strings import find
from retrieval.text.terms import fold

_SHORTEST_WORD = 4  # of four letters only if one was left out: the form has five
_SHORTEST_FORM = 5
_TWO_EDITS_FROM = 8  # letters

_LOOKS_LIKE_A_WORD = 0.55  # a unit of the log probability of its letters
_FORM_LOOKS_LIKE_A_WORD = 0.2
_EASY_SLIP = 2.3  # two letters exchanged, one left out, one doubled
_FIRST_LETTER = -0.8  # people seldom miss the first
_SECOND_EDIT = -4.9
_CAPITAL = -1.4  # names are many, and most are not in the library

# Below, the word is taken for one that the library does not have. The more words a library has, the
# more often one of them is near by chance.
_ENOUGH = 3.0
_CROWD = 0.35  # a unit of the log of the number of forms

_CLEARLY = math.log(3)  # the best reading is so many times likelier than the next


Counts = NDArray[np.integer[Any]]


class _Reading(NamedTuple):
    """What the word may stand for: a form, its term, and the log of its weight."""

    form: str
    term: str
    weight: float


class _Near(NamedTuple):
    """A form near a word, its distance, how often it stands in the library, and its term."""

    form: str
    distance: int
    uses: int
    term: str


class Shelf(NamedTuple):
    """Some words of a library.

    Attributes:
        forms: Folded words (see `retrieval.text.terms.fold`), ascending, each once, none empty.
        counts: Shape (forms,): how often each stands in the library; below 1 it is none of its.
        terms: The term of each form by its place.
        neighbours: The forms again, to be searched.
    """

    forms: Sequence[str]
    counts: Counts
    terms: Callable[[int], str]
    neighbours: Neighbours

    @classmethod
    def of(cls, forms: Sequence[str], counts: Sequence[int] | Counts, terms: Sequence[str]) -> Self:
        """A shelf of forms, with the count and the term of each."""
        return cls(forms, np.asarray(counts, dtype=np.int64), terms.__getitem__, Neighbours(forms))

    def knows(self, form: str) -> bool:
        """Whether a form is a word of the library."""
        place = find(self.forms, form)
        return place is not None and int(self.counts[place]) > 0

    def near(self, word: str, distance: int, *, same_first: bool = False) -> Iterator[_Near]:
        """Its words at most `distance` edits from a word; see `Neighbours`."""
        for number, edits in self.neighbours.within(word, distance, same_first=same_first):
            if int(self.counts[number]) > 0 and len(self.forms[number]) >= _SHORTEST_FORM:
                form, count = self.forms[number], int(self.counts[number])
                yield _Near(form, edits, count, self.terms(number))


class Speller:
    """The words of a library, ready to say which of them a misspelt one was meant to be."""

    def __init__(
        self,
        forms: Sequence[str],
        counts: Sequence[int] | Counts,
        terms: Sequence[str] | None = None,
    ) -> None:
        """Take the words of a library.

        Args:
            forms: Folded words (see `retrieval.text.terms.fold`), ascending, each once, none empty.
            counts: How often each stands in the library, at least once.
            terms: The term of each; two forms of one term are one reading. None: its own.
        """
        self._take([Shelf.of(forms, counts, forms if terms is None else terms)], Tally.of(forms))

    @classmethod
    def over(cls, shelves: Sequence[Shelf], tally: Tally) -> Self:
        """A speller of words that are ready.

        Args:
            shelves: Each word stands on one of them.
            tally: Of all words.
        """
        speller = cls.__new__(cls)
        speller._take(shelves, tally)  # noqa: SLF001 - its own class
        return speller

    def _take(self, shelves: Sequence[Shelf], tally: Tally) -> None:
        self._shelves = shelves
        used = [shelf.counts[shelf.counts > 0] for shelf in shelves]
        words = sum(map(len, used))
        self._usual = sum(int(counts.sum()) for counts in used) / words if words else 1.0
        self._enough = _ENOUGH + _CROWD * math.log(max(words, 1))
        self._letters = LetterModel(tally)

    def nearest(self, word: str, *, capitalised: bool = False) -> str | None:
        """The form that `word` was meant to be, or None if that would be a guess.

        Args:
            word: As the asker wrote it; a word of the library has no reading.
            capitalised: It has a capital that neither the start of a sentence nor the asker's
                habit explains, so that it is probably a name.
        """
        asked = fold(word)
        if len(asked) < _SHORTEST_WORD or any(map(str.isdigit, asked)) or self._knows(asked):
            return None
        near = self._near(asked)
        if not near:
            return None
        burden = _LOOKS_LIKE_A_WORD * self._letters.log_probability(asked)
        burden -= _CAPITAL if capitalised else 0.0
        best, *others = self._readings(asked, near)
        if best.weight - burden < self._enough:
            return None
        if others and best.weight - others[0].weight < _CLEARLY:
            return None
        return best.form

    def _knows(self, asked: str) -> bool:
        return any(shelf.knows(asked) for shelf in self._shelves)

    def _near(self, asked: str) -> list[_Near]:
        """The forms at the least distance at which there are any, if that is not too far."""
        near = self._within(asked, 1)
        if not near and len(asked) >= _TWO_EDITS_FROM:
            near = self._within(asked, 2, same_first=True)
        least = min((form.distance for form in near), default=0)
        return [form for form in near if form.distance == least]

    def _within(self, asked: str, distance: int, *, same_first: bool = False) -> list[_Near]:
        found = (shelf.near(asked, distance, same_first=same_first) for shelf in self._shelves)
        return sorted(chain.from_iterable(found))

    def _readings(self, asked: str, near: list[_Near]) -> list[_Reading]:
        """One reading a term, the likeliest first; among equals, the first form."""
        single = sorted(
            self._weigh(asked, near), key=lambda reading: (reading.term, -reading.weight)
        )
        grouped = [list(group) for _, group in groupby(single, key=lambda reading: reading.term)]
        joined = [_join(group) for group in grouped]
        return sorted(joined, key=lambda reading: (-reading.weight, reading.form))

    def _weigh(self, asked: str, near: list[_Near]) -> Iterator[_Reading]:
        for form, distance, uses, term in near:
            use = math.log(uses / self._usual)
            likeness = _FORM_LOOKS_LIKE_A_WORD * self._letters.log_probability(form)
            weight = use + likeness + _slip(asked, form, distance)
            yield _Reading(form, term, weight)


def _join(readings: list[_Reading]) -> _Reading:
    """Forms of one term speak for it together; the likeliest lends its spelling."""
    together = math.log(math.fsum(math.exp(reading.weight) for reading in readings))
    return readings[0]._replace(weight=together)


def _slip(asked: str, form: str, distance: int) -> float:
    """The log of how easily a finger makes `asked` out of `form`."""
    weight = _SECOND_EDIT * (distance - 1)
    if asked[0] != form[0]:
        weight += _FIRST_LETTER
    return weight + (_EASY_SLIP if _is_easy(asked, form) else 0.0)


def _is_easy(asked: str, form: str) -> bool:
    """Whether the two differ by an exchange, by letters left out, or by a letter doubled alone."""
    before = _shared(asked, form)
    rest, due = asked[before:], form[before:]
    after = _shared(rest[::-1], due[::-1])
    stray, missing = rest[: len(rest) - after], due[: len(due) - after]
    if not stray:
        return True
    if len(stray) == 2:
        return stray == missing[::-1]
    return not missing and stray == asked[before - 1 : before]


def _shared(one: str, other: str) -> int:
    """How many letters two words share at the start."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
