"""How much a string of letters looks like a word, going by the words that a library uses.

A trigram model: each letter is foretold by the two before it, a pair that is rare by one letter,
and so on down. "tiger" looks like a word even where no article has it, and "tgier" does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.postings import Floats, Ints

CODES = 0x110000  # how many code points there are
_BLOCK = 1 << 16  # words looked at in one go, which bounds the memory that it takes
_SYMBOLS = 64  # the edge of a word, 62 letters, and one symbol for all rarer ones
_EDGE, _RARE = 0, _SYMBOLS - 1
_MARK = "\0\0"  # before, between and after words; no word has it
_PRIOR = 5.0  # how many sightings the shorter history is worth


class LetterModel:
    """A character trigram model of a list of words."""

    def __init__(self, words: Sequence[str]) -> None:
        """Learn from words; each counts the same, however often it is used."""
        self._symbols = _symbols(words)
        counts = np.zeros((_SYMBOLS,) * 3, dtype=np.int64)
        for block in blocks(words):
            counts += _trigrams(self._read(_MARK + _MARK.join(block) + _MARK))
        self._logs = np.log(_probabilities(counts))

    def log_probability(self, word: str) -> float:
        """The natural logarithm of the probability of `word`, its end foretold too."""
        symbols = self._read(_MARK + word + _MARK[:1])
        return float(self._logs[symbols[:-2], symbols[1:-1], symbols[2:]].sum())

    def _read(self, text: str) -> Ints:
        return self._symbols[code_points(text)].astype(np.int64)


def code_points(text: str) -> Ints:
    """The code points of `text`; halves of surrogate pairs, which a client can send, pass."""
    raw = text.encode("utf-32-le", "surrogatepass")
    return np.frombuffer(raw, dtype="<u4").astype(np.int64)


def blocks(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """`words` in stretches of bounded length."""
    return (words[start : start + _BLOCK] for start in range(0, len(words), _BLOCK))


def rank_letters(words: Sequence[str]) -> Ints:
    """The code points that `words` use, the commonest first."""
    counts = np.zeros(CODES, dtype=np.int64)
    for block in blocks(words):
        counts += np.bincount(code_points("".join(block)), minlength=CODES)
    used = np.flatnonzero(counts)
    return used[np.argsort(-counts[used], kind="stable")]


def _symbols(words: Sequence[str]) -> NDArray[np.uint8]:
    """Shape (code points,): the symbol of each; the commonest letters have one of their own."""
    common = rank_letters(words)[: _RARE - 1]
    symbols = np.full(CODES, _RARE, dtype=np.uint8)
    symbols[common] = np.arange(1, len(common) + 1)
    symbols[ord(_MARK[0])] = _EDGE
    return symbols


def _trigrams(symbols: Ints) -> Ints:
    """Shape (symbols, symbols, symbols): how often each three follow each other."""
    shape = (_SYMBOLS,) * 3
    flat = np.ravel_multi_index((symbols[:-2], symbols[1:-1], symbols[2:]), shape)
    return np.bincount(flat, minlength=_SYMBOLS**3).reshape(shape)


def _probabilities(counts: Ints) -> Floats:
    """Shape (symbols, symbols, symbols): the probability of the third after the first two."""
    expected: Floats = np.full(_SYMBOLS, 1 / _SYMBOLS)
    for seen in (counts.sum(axis=(0, 1)), counts.sum(axis=0), counts):
        expected = (seen + _PRIOR * expected) / (seen.sum(axis=-1, keepdims=True) + _PRIOR)
    return expected
