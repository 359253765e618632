"""The words of a list that are few edits away from another, found without looking at each one.

The distance is that of optimal string alignment: insertions, deletions, substitutions and
exchanges of two letters side by side, no letter edited twice. A word that is near has nearly the
same length and nearly the same set of letters, which one machine word a form tells for all forms
at once; the distance itself is counted for the few that are left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.postings import Ints
from retrieval.spelling.letters import CODES, blocks, code_points, rank_letters

_BITS = 32
_BLOCK = 4096  # forms compared in one go: words over a small alphabet can all be alike
_EDIT, _SWAP, _NEVER = np.int16(1), np.int16(-1), np.int16(999)

Masks = NDArray[np.uint32]


class Near(NamedTuple):
    """A form near a word.

    Attributes:
        number: Its place among the forms.
        distance: How many edits lie between the two.
    """

    number: int
    distance: int


class Neighbours:
    """Words, ready to be asked which of them are near another."""

    def __init__(self, forms: Sequence[str]) -> None:
        """Take the words among which is looked, ascending, each once, none empty."""
        self._forms = forms
        self._bits = _bits(forms)
        lengths = np.fromiter(map(len, forms), dtype=np.int64, count=len(forms))
        firsts = np.fromiter((ord(form[0]) for form in forms), dtype=np.int64, count=len(forms))
        shelves = lengths * CODES + firsts
        self._order: Ints = np.argsort(shelves, kind="stable")
        self._shelves: Ints = shelves[self._order]
        self._masks: Masks = _masks(forms, self._bits)[self._order]

    def within(self, word: str, distance: int, *, same_first: bool = False) -> list[Near]:
        """The forms at most `distance` edits from `word`, in the order of the forms.

        Args:
            word: Any word.
            distance: How many edits at most, from 1.
            same_first: Only forms that begin with the letter that `word` begins with.
        """
        if not word:
            return []
        alike = self._alike(word, distance, same_first=same_first)
        near: list[Near] = []
        for start in range(0, len(alike), _BLOCK):
            near += self._measured(word, alike[start : start + _BLOCK], distance)
        return sorted(near)

    def _measured(self, word: str, numbers: Ints, distance: int) -> Iterator[Near]:
        distances = _distances(word, [self._forms[number] for number in numbers.tolist()])
        close = distances <= distance
        return map(Near, numbers[close].tolist(), distances[close].tolist())

    def _alike(self, word: str, distance: int, *, same_first: bool) -> Ints:
        """The forms that have nearly the length of `word` and nearly its letters.

        An edit brings in at most one letter and takes away at most one.
        """
        own = np.bitwise_or.reduce(self._bits[code_points(word)])
        alike = []
        for stretch in self._stretches(word, distance, same_first=same_first):
            masks = self._masks[stretch]
            kept = np.flatnonzero(_at_most(own & ~masks, distance))
            kept = kept[_at_most(masks[kept] & ~own, distance)]
            alike.append(self._order[stretch][kept])
        return np.concatenate(alike)

    def _stretches(self, word: str, distance: int, *, same_first: bool) -> list[slice]:
        """Where the forms of nearly the length of `word` stand in the order of the shelves."""
        shortest, longest = len(word) - distance, len(word) + distance
        if same_first:
            shelves = [length * CODES + ord(word[0]) for length in range(shortest, longest + 1)]
            bounds = [(shelf, shelf + 1) for shelf in shelves]
        else:
            bounds = [(shortest * CODES, (longest + 1) * CODES)]
        places = np.searchsorted(self._shelves, bounds).tolist()
        return [slice(first, last) for first, last in places]


def _bits(forms: Sequence[str]) -> Masks:
    """Shape (code points,): the bit of each letter; the commonest letters share theirs last.

    A letter that no form has gets none: then it tells nothing, and nothing near is lost.
    """
    letters = rank_letters(forms)
    bits = np.zeros(CODES, dtype=np.uint32)
    bits[letters] = np.left_shift(np.uint32(1), np.arange(len(letters), dtype=np.uint32) % _BITS)
    return bits


def _masks(forms: Sequence[str], bits: Masks) -> Masks:
    """Shape (forms,): which letters each form has."""
    masks = [np.empty(0, dtype=np.uint32)]
    for block in blocks(forms):
        lengths = np.fromiter(map(len, block), dtype=np.int64, count=len(block))
        letters = bits[code_points("".join(block))]
        masks.append(np.bitwise_or.reduceat(letters, np.cumsum(lengths) - lengths))
    return np.concatenate(masks)


def _at_most(masks: Masks, count: int) -> NDArray[np.bool_]:
    """Which masks have no more than `count` bits: as often, their lowest is taken away."""
    for _ in range(count):
        masks = masks & (masks - np.uint32(1))  # below 0 it wraps, and `&` makes it 0 again
    few: NDArray[np.bool_] = masks == 0
    return few


def _distances(word: str, forms: list[str]) -> NDArray[np.int16]:
    """Shape (forms,): the optimal string alignment distance of each form from `word`.

    One row of the usual table a letter of `word`, for all forms at once. A row holds each distance
    less its column: then an insertion costs nothing, and the row's running minimum makes it.
    """
    lengths = np.array([len(form) for form in forms])
    width = int(lengths.max())
    letters = np.array(forms, dtype=f"U{width}").view(np.uint32).reshape(-1, width)
    same = code_points(word)[:, None, None] == letters
    kept = -same.astype(np.int16)
    swapped = np.where(same[1:, :, :-1] & same[:-1, :, 1:], _SWAP, _NEVER)
    before = row = np.zeros((len(forms), width + 1), dtype=np.int16)
    for place in range(len(word)):
        costs = row + _EDIT
        np.minimum(costs[:, 1:], row[:, :-1] + kept[place], out=costs[:, 1:])
        if place:
            swaps = before[:, :-2] + swapped[place - 1]
            np.minimum(costs[:, 2:], swaps, out=costs[:, 2:])
        before, row = row, np.minimum.accumulate(costs, axis=1)
    distances: NDArray[np.int16] = row[np.arange(len(forms)), lengths] + lengths
    return distances
