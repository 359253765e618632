"""The compiled look at candidates, where it could be built: what `looking` sees, sooner."""

from __future__ import annotations

import sys
from array import array
from importlib import import_module
from typing import Any

import numpy as np

from retrieval.engine.sections import damaged
from retrieval.index.parts import Part
from retrieval.postings import Ints
from retrieval.ranking.looks import Look, Words
from retrieval.ranking.weighing import Weighted

VERSION = 1  # of the function, as `look.c` has it
MOST_WORDS = 64  # of a question: a bit each
_KINDS = 8  # of marks: the first fields of `Look`, in that order

_look: Any
try:
    _look = import_module("retrieval.ranking._look")
except ImportError:  # no compiler was there when the package was installed
    _look = None
if getattr(_look, "VERSION", None) != VERSION or sys.byteorder != "little":
    _look = None  # it was compiled from older sources, or cannot read the files as they are

AVAILABLE = _look is not None


def serves(asked: Weighted) -> bool:
    """Whether it can look for these words: names of several words it leaves to numpy."""
    if not AVAILABLE or len(asked.weights) > MOST_WORDS or any(asked.joint):
        return False
    return all(len(written) == 1 for names in asked.forms for written in names)


def see(asked: Weighted, part: Part, sentences: Ints) -> Look:
    """Look at candidates of a part.

    Args:
        asked: A question that it `serves`.
        part: Where they stand.
        sentences: Their numbers there.

    Raises:
        LibraryDamaged: The part was damaged after it was written.
    """
    corpus, size, width = part.corpus, len(sentences), len(asked.weights)
    try:
        marks, first, numbers, named, words, flags, capital, most, count = _look.look(
            width,
            np.ascontiguousarray(sentences, dtype=np.int64),
            *_columns(asked, part),
            *_forms(asked, part),
            corpus.words,
            corpus.form_terms,
            corpus.cases,
            part.flags,
            corpus.paragraphs,
            corpus.offsets,
            corpus.article_sentences,
            corpus.title_offsets,
            corpus.title_words,
        )
    except ValueError as error:
        raise damaged(part.segment.path, str(error)) from error
    opening, lengths = np.frombuffer(numbers, dtype=np.int64).reshape(2, size)
    row, place, of = np.frombuffer(words, dtype=np.int64).reshape(3, most)[:, :count]
    return Look(
        *np.frombuffer(marks, dtype=bool).reshape(_KINDS, size, width),
        first=np.frombuffer(first, dtype=np.int64).reshape(size, width),
        words=Words(
            row,
            place,
            np.frombuffer(flags, dtype=np.uint16)[:count],
            np.frombuffer(capital, dtype=bool)[:count],
            of,
        ),
        lengths=lengths,
        named=np.frombuffer(named, dtype=np.float64),
        opening=opening,
    )


def _columns(asked: Weighted, part: Part) -> tuple[array[int], ...]:
    """The terms that matter; which words each is, derives from and means; the first that it is."""
    kinds = (asked.exact, asked.derived, asked.synonyms)
    masks: dict[int, list[int]] = {}
    for kind, every in enumerate(kinds):
        for word, terms in enumerate(every):
            for term in terms:
                number = part.number(term)
                if number is not None:
                    masks.setdefault(number, [0, 0, 0])[kind] |= 1 << word
    exact, derived, synonyms = zip(*masks.values(), strict=True) if masks else ((), (), ())
    return (
        array("i", masks),
        *(array("Q", of) for of in (exact, derived, synonyms)),
        array("q", [_lowest(mask) for mask in exact]),
    )


def _forms(asked: Weighted, part: Part) -> tuple[array[int], ...]:
    """The forms that were asked, and which words each is."""
    masks: dict[int, int] = {}
    for word, names in enumerate(asked.forms):
        for (form,) in names:
            for number in part.form_numbers(form):
                masks[number] = masks.get(number, 0) | 1 << word
    return array("i", masks), array("Q", masks.values())


def _lowest(mask: int) -> int:
    """The place of the lowest bit, -1 where there is none."""
    return (mask & -mask).bit_length() - 1
