"""Articles that were taken out of a segment of an index, and what they leave its counts less by.

They are kept in a file of their own: it is replaced, the segment stays.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from retrieval.search.arrays import Ints, ranges, search
from retrieval.search.codec.container import Sections, SectionWriter, damaged
from retrieval.search.codec.strings import Array
from retrieval.search.forward import ForwardIndex
from retrieval.search.inverted_index import InvertedIndex
from retrieval.search.writing.layout import TITLE_COUNTS
from retrieval.untrusted.parsing import read_json

ENDING = ".gone"


class Tombstones(NamedTuple):
    """Which articles of a segment are gone.

    Attributes:
        bits: A bit for each article, low bits first: set where it is gone; None where none is.
        terms: Numbers of the terms that stood in them, ascending.
        counts: Shape (terms, 3): in how many of their sentences, of their paragraphs, of them.
        documents: How many sentences, paragraphs and articles are gone.
        words: How many words those of each level had.
    """

    bits: bytes | None
    terms: Array
    counts: Array
    documents: tuple[int, int, int]
    words: tuple[int, int, int]

    def has(self, article: int) -> bool:
        """Whether an article is gone."""
        return self.bits is not None and bool(self.bits[article >> 3] >> (article & 7) & 1)

    def marks(self, articles: Ints) -> NDArray[np.bool_]:
        """Which of some articles are gone."""
        if self.bits is None:
            return np.zeros(len(articles), dtype=bool)
        flat = np.frombuffer(self.bits, dtype=np.uint8)
        gone: NDArray[np.bool_] = (flat[articles >> 3] >> (articles & 7).astype(np.uint8) & 1) > 0
        return gone

    def articles(self) -> Ints:
        """The numbers of the articles that are gone, ascending."""
        flat = np.frombuffer(self.bits or b"", dtype=np.uint8)
        return np.flatnonzero(np.unpackbits(flat, bitorder="little"))

    def document_frequencies(self, term: int) -> tuple[int, int, int]:
        """In how many sentences, paragraphs and articles that are gone a term stood."""
        place = int(np.searchsorted(self.terms, term)) if self.bits is not None else 0
        if place >= len(self.terms) or int(self.terms[place]) != term:
            return 0, 0, 0
        one, two, three = self.counts[place].tolist()
        return one, two, three

    def all_document_frequencies(self, terms: Ints) -> Ints:
        """Shape (terms, 3): see `document_frequencies`."""
        counts = np.zeros((len(terms), 3), dtype=np.int64)
        if len(self.terms):
            places = np.minimum(np.searchsorted(self.terms, terms), len(self.terms) - 1)
            here = self.terms[places] == terms
            counts[here] = self.counts[places[here]]
        return counts

    def plus(self, other: Tombstones) -> Tombstones:
        """These and others, none of which is among these."""
        if self.bits is None or other.bits is None:
            return other if self.bits is None else self
        every = np.concatenate([self.terms.astype(np.int64), other.terms.astype(np.int64)])
        terms, places = np.unique(every, return_inverse=True)
        counts = np.zeros((len(terms), 3), dtype=np.int64)
        np.add.at(counts, places, np.concatenate([self.counts, other.counts]))
        return Tombstones(
            bytes(one | two for one, two in zip(self.bits, other.bits, strict=True)),
            terms,
            counts,
            _sum(self.documents, other.documents),
            _sum(self.words, other.words),
        )

    def write(self, path: Path) -> None:
        """Write them; they are checked whenever they are opened, so a power cut may spoil them.

        Raises:
            LibraryUnavailable: The folder cannot be written, or the disk is full.
        """
        with SectionWriter(path, synced=False) as file:
            file.add("bits", [self.bits or b""])
            file.add("terms", [self.terms.astype("<i4").tobytes()])
            file.add("counts", [self.counts.astype("<i4").tobytes()])
            file.add("meta", [json.dumps([self.documents, self.words]).encode()])

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read what `write` wrote.

        Raises:
            LibraryUnavailable: It cannot be opened.
            LibraryDamaged: It is not what was written.
        """
        file = Sections.open(path)
        file.verify()
        try:
            documents, words = read_json(bytes(file.section("meta")).decode())
            terms = np.frombuffer(file.section("terms"), dtype="<i4")
            counts = np.frombuffer(file.section("counts"), dtype="<i4").reshape(len(terms), 3)
            (s, p, a), (in_s, in_p, in_a) = documents, words
        except (ValueError, TypeError) as error:
            raise damaged(path, "its description cannot be read") from error
        bits = bytes(file.section("bits"))
        return cls(bits or None, terms, counts, (s, p, a), (in_s, in_p, in_a))


NO_TOMBSTONES = Tombstones(
    None, np.empty(0, dtype=np.int64), np.empty((0, 3), dtype=np.int64), (0, 0, 0), (0, 0, 0)
)


def deletion(forward: ForwardIndex, inverted: InvertedIndex, articles: Sequence[int]) -> Tombstones:
    """What some articles of a segment take away from it, none of them gone: theirs alone."""
    numbers = np.array(sorted(articles), dtype=np.int64)
    paragraph_of = inverted.articles.paragraph_of
    sentences, _ = ranges(
        *(forward.section_sentences[numbers + n].astype(np.int64) for n in (0, 1))
    )
    words, row = ranges(forward.offsets[sentences], forward.offsets[sentences + 1])
    terms, sentence = forward.form_terms[forward.words[words]], sentences[row]
    article = search(forward.section_sentences, sentence)
    paragraph = paragraph_of[sentence + article + 1]
    title, titled = ranges(*(forward.title_offsets[numbers + n].astype(np.int64) for n in (0, 1)))
    title_terms = forward.form_terms[forward.title_words[title]]
    standing = [
        (terms, sentence),
        (terms, paragraph),
        (np.append(terms, title_terms), np.append(article, numbers[titled])),
    ]
    every = np.unique(standing[-1][0])
    counts = np.zeros((len(every), len(standing)), dtype=np.int64)
    for level, (of, documents) in enumerate(standing):
        once = np.unique(of.astype(np.int64) << 32 | documents) >> 32
        np.add.at(counts[:, level], np.searchsorted(every, once), 1)
    slots = sentences + search(forward.section_sentences, sentences) + 1
    count = len(terms)
    marks = np.zeros(len(forward.articles), dtype=bool)
    marks[numbers] = True
    return Tombstones(
        np.packbits(marks, bitorder="little").tobytes(),
        every,
        counts,
        (len(sentences), len(np.unique(paragraph_of[slots])), len(numbers)),
        (count, count, count + TITLE_COUNTS * len(title)),
    )


def _sum(one: tuple[int, int, int], other: tuple[int, int, int]) -> tuple[int, int, int]:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]
