"""The words of a segment of an index, as a speller needs them: how often each form stands.

They are counted once for as long as a segment is open; articles that were taken out are subtracted.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from retrieval.search.arrays import Ints, Marks, ranges
from retrieval.search.codec.strings import Texts, find
from retrieval.search.forward import WHOLE, ForwardIndex

Counts = NDArray[np.int32]

_BLOCK = 1 << 20  # words counted in one go, which bounds the memory that it takes
_MANY = 8  # terms wanted of every so many at least: all are read at once


class SegmentWords:
    """The words of a forward index: a `WordList`."""

    def __init__(self, forward: ForwardIndex) -> None:
        """Take a forward index; nothing is counted before it is asked for."""
        self._forward = forward

    @property
    def forms(self) -> Sequence[str]:
        """Its folded words, ascending."""
        return self._forward.forms

    @cached_property
    def counts(self) -> Counts:
        """Shape (forms,): how often each form stands, as a word of its own.

        Raises:
            IndexError: A word has a number that no form has.
        """
        forward, size = self._forward, len(self._forward.forms)
        for numbers in (forward.title_words, forward.words):
            if len(numbers) and int(numbers.max()) >= size:  # `bincount` would make room for it
                raise IndexError("a word has a number that no form has")
        counts = np.bincount(forward.title_words, minlength=size)
        for start in range(0, len(forward.words), _BLOCK):
            words = forward.words[start : start + _BLOCK]
            whole = np.flatnonzero(forward.cases[start : start + _BLOCK] & WHOLE)
            counts += np.bincount(words, minlength=size)
            if len(whole):
                counts -= np.bincount(words[whole], minlength=size)
        return counts.astype(np.int32)

    @cached_property
    def repeats(self) -> list[list[int]]:
        """The places of each form that stands more than once: "games" and "G.A.M.E.S."."""
        forms, groups = self.forms, list[list[int]]()
        for place in _alike(forms):
            if forms[place] != forms[place + 1]:
                continue
            if groups and groups[-1][-1] == place:
                groups[-1].append(place + 1)
            else:
                groups.append([place, place + 1])
        return groups

    def find(self, form: str) -> int | None:
        """The first place of a form."""
        return find(self.forms, form)

    def terms(self, places: Sequence[int]) -> list[str]:
        """The terms of the forms at some places."""
        vocabulary: Sequence[str] = self._forward.vocabulary
        if len(places) * _MANY > len(vocabulary):
            vocabulary = list(vocabulary)
        return [vocabulary[n] for n in self._forward.form_terms[list(places)].tolist()]

    def today(self, gone: Ints) -> Counts:
        """`counts` without what stands in some articles."""
        counts, forward = self.counts, self._forward
        if not len(gone):
            return counts
        titles, _ = ranges(forward.title_offsets[gone], forward.title_offsets[gone + 1])
        first, last = (forward.offsets[forward.section_sentences[gone + n]] for n in (0, 1))
        words, _ = ranges(first, last)
        words = words[(forward.cases[words] & WHOLE) == 0]
        forms = np.concatenate([forward.title_words[titles], forward.words[words]])
        return counts - np.bincount(forms, minlength=len(counts)).astype(counts.dtype)


def _alike(forms: Sequence[str]) -> list[int]:
    """The places whose form may be that of the next one."""
    if not isinstance(forms, Texts):
        return list(range(len(forms) - 1))
    lengths = np.diff(forms.starts)
    alike: Marks = lengths[1:] == lengths[:-1]
    if forms.heads is not None:
        alike &= forms.heads[1:] == forms.heads[:-1]
    places: list[int] = np.flatnonzero(alike).tolist()
    return places
