"""How much a string of letters looks like a word, going by the words that a library uses.

A trigram model: each letter is foretold by the two before it, a pair that is rare by one letter,
and so on down. "tiger" looks like a word even where no article has it, and "tgier" does not. What a
model is made of can be added up, so that few words more are no reason to read all of them again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from typing import NamedTuple, Self

import numpy as np

from retrieval.search.arrays import Floats, Ints

CODES = 0x110000  # how many code points there are
_BLOCK = 1 << 16  # words looked at in one go, which bounds the memory that it takes
_SYMBOLS = 64  # the edge of a word, 62 letters, and one symbol for all rarer ones
_EDGE, _RARE = 0, _SYMBOLS - 1
_MARK = "\0\0"  # before, between and after words; no word has it
_PRIOR = 5.0  # how many sightings the shorter history is worth
_WIDTH = 21  # bits of a code point


class Tally(NamedTuple):
    """How often words use each letter, and each three letters in a row; edges count as letters.

    Attributes:
        codes: Shape (letters,): code points, ascending.
        uses: Shape (letters,).
        trigrams: Shape (trigrams,): three code points as one number, ascending.
        counts: Shape (trigrams,).
    """

    codes: Ints
    uses: Ints
    trigrams: Ints
    counts: Ints

    @classmethod
    def of(cls, words: Sequence[str]) -> Self:
        """Count words; each counts the same."""
        tallies = [cls._of_block(block) for block in blocks(words)]
        return reduce(cls.plus, tallies, cls(*(np.empty(0, dtype=np.int64) for _ in range(4))))

    @classmethod
    def _of_block(cls, block: Sequence[str]) -> Self:
        codes = code_points(_MARK + _MARK.join(block) + _MARK)
        threes = codes[:-2] << 2 * _WIDTH | codes[1:-1] << _WIDTH | codes[2:]
        return cls(*_counted(codes[codes > 0]), *_counted(threes))

    def plus(self, other: Self, sign: int = 1) -> Self:
        """Both together; or this one without the other, with -1 as the sign."""
        return type(self)(
            *_summed((self.codes, self.uses), (other.codes, sign * other.uses)),
            *_summed((self.trigrams, self.counts), (other.trigrams, sign * other.counts)),
        )


def _counted(numbers: Ints) -> tuple[Ints, Ints]:
    distinct, counts = np.unique(numbers, return_counts=True)
    return distinct, counts


def _summed(one: tuple[Ints, Ints], other: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """Two tables of numbers and counts as one; what counts nothing falls away."""
    numbers, places = np.unique(np.concatenate([one[0], other[0]]), return_inverse=True)
    counts = np.zeros(len(numbers), dtype=np.int64)
    np.add.at(counts, places, np.concatenate([one[1], other[1]]))
    return numbers[counts != 0], counts[counts != 0]


class LetterModel:
    """A character trigram model of words."""

    def __init__(self, words: Sequence[str] | Tally) -> None:
        """Learn from words, or from their tally; each counts the same, however often it is used."""
        tally = words if isinstance(words, Tally) else Tally.of(words)
        self._symbols, self._order = _symbols(tally)
        self._logs = np.log(_probabilities(self._trigrams(tally)))

    def log_probability(self, word: str) -> float:
        """The natural logarithm of the probability of `word`, its end foretold too."""
        symbols = self._read(code_points(_MARK + word + _MARK[:1]))
        return float(self._logs[symbols[:-2], symbols[1:-1], symbols[2:]].sum())

    def _read(self, codes: Ints) -> Ints:
        places = np.minimum(np.searchsorted(self._symbols, codes), len(self._symbols) - 1)
        known = self._symbols[places] == codes
        return np.where(known, self._order[places], _RARE)

    def _trigrams(self, tally: Tally) -> Ints:
        """Shape (symbols, symbols, symbols): how often each three follow each other."""
        shape, low = (_SYMBOLS,) * 3, (1 << _WIDTH) - 1
        codes = (tally.trigrams >> 2 * _WIDTH, tally.trigrams >> _WIDTH & low, tally.trigrams & low)
        flat = np.ravel_multi_index([self._read(code) for code in codes], shape)
        counts = np.bincount(flat, weights=tally.counts, minlength=_SYMBOLS**3)
        return counts.astype(np.int64).reshape(shape)


def code_points(text: str) -> Ints:
    """The code points of `text`; halves of surrogate pairs, which a client can send, pass."""
    raw = text.encode("utf-32-le", "surrogatepass")
    return np.frombuffer(raw, dtype="<u4").astype(np.int64)


def blocks(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """`words` in stretches of bounded length."""
    return (words[start : start + _BLOCK] for start in range(0, len(words), _BLOCK))


def _symbols(tally: Tally) -> tuple[Ints, Ints]:
    """The code points with symbols of their own, ascending, and those: the commonest letters."""
    ranked = tally.codes[np.argsort(-tally.uses, kind="stable")][: _RARE - 1]
    codes, order = np.append(ord(_MARK[0]), ranked), np.argsort(np.append(ord(_MARK[0]), ranked))
    return codes[order], order


def _probabilities(counts: Ints) -> Floats:
    """Shape (symbols, symbols, symbols): the probability of the third after the first two."""
    expected: Floats = np.full(_SYMBOLS, 1 / _SYMBOLS)
    for seen in (counts.sum(axis=(0, 1)), counts.sum(axis=0), counts):
        expected = (seen + _PRIOR * expected) / (seen.sum(axis=-1, keepdims=True) + _PRIOR)
    return expected
