"""A segment of an index: some articles, with their words and their postings, read where they stand.

What a segment holds never changes; an article that is taken out is only marked as gone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Self

import numpy as np

from retrieval.search.arrays import Floats, Ints, Marks, ranges, search
from retrieval.search.codec.container import Sections, damaged
from retrieval.search.codec.forward_file import (
    Stream,
    open_apart,
    open_forward,
    write_forward,
    write_stream,
)
from retrieval.search.codec.postings_decoding import Found
from retrieval.search.codec.strings import Array, find, find_all
from retrieval.search.codec.strings import Wanted as WantedTexts
from retrieval.search.forward import ForwardIndex
from retrieval.search.inverted_index import InvertedIndex
from retrieval.search.kernel import kernel, reference
from retrieval.search.kernel.reference import Hits, Level, Wanted
from retrieval.search.levels import build_levels, propose
from retrieval.search.tombstones import NO_TOMBSTONES, Tombstones, deletion
from retrieval.search.words import SegmentWords
from retrieval.search.writing.inverted_writer import Advance
from retrieval.text.word_classes import Flags

WORDS, POSTINGS = ".words", ".postings"
SMALL = 1 << 14  # words: a smaller segment is checked whole whenever it is opened
_MEMO = 4096  # terms whose numbers are kept
_MEMO_SETS = 16  # sets of terms, such as the stop words of a language
_SPREAD = 4  # from every fourth article on, all are scored: quicker than each by itself


class SegmentReader:
    """Some articles of an index; safe to share between threads.

    Sentences, paragraphs and articles are numbered from 0 within it, gone ones counted.

    Attributes:
        forward: Their sentences and words.
        flags: Shape (forms,): what each form is; see `word_classes`.
        inverted: Their postings: a block an article, its title before its sentences.
        tombstones: Which articles were taken out.
        words: Its words, counted once for it and for what is left `without` some articles.
    """

    def __init__(
        self,
        forward: ForwardIndex,
        flags: Flags,
        inverted: InvertedIndex,
        tombstones: Tombstones = NO_TOMBSTONES,
    ) -> None:
        """Take what was opened; see `open`."""
        self.forward, self.flags = forward, flags
        self.inverted, self.tombstones = inverted, tombstones
        self.words = SegmentWords(forward)
        self.number = lru_cache(_MEMO)(self._number)
        self.form_numbers = lru_cache(_MEMO)(self._form_numbers)
        self.numbers = lru_cache(_MEMO_SETS)(self._numbers)

    @classmethod
    def open(cls, folder: Path, name: str, tombstones: Tombstones = NO_TOMBSTONES) -> Self:
        """Map the segment of this name.

        Raises:
            LibraryUnavailable: It cannot be opened.
            LibraryDamaged: It is no segment of an index, or a damaged one.
        """
        inverted = InvertedIndex.open(folder / (name + POSTINGS))
        forward, flags = open_forward(folder / (name + WORDS), inverted)
        if len(forward.words) < SMALL:
            for ending in (POSTINGS, WORDS):
                Sections.open(folder / (name + ending)).verify()
        return cls(forward, flags, inverted, tombstones)

    def with_tombstones(self, tombstones: Tombstones) -> SegmentReader:
        """The same segment with other articles gone."""
        segment = SegmentReader(self.forward, self.flags, self.inverted, tombstones)
        segment.words = self.words
        return segment

    def deletion(self, articles: Sequence[int]) -> Tombstones:
        """What some articles take away, none of them gone: see `tombstones.deletion`."""
        return deletion(self.forward, self.inverted, articles)

    def live(self) -> Ints:
        """The numbers of the sections that are not gone."""
        articles = np.arange(len(self.forward.articles))
        return articles[~self.tombstones.marks(articles)]

    def _number(self, term: str) -> int | None:
        return find(self.forward.vocabulary, term)

    def _numbers(self, terms: frozenset[str]) -> frozenset[int | None]:
        """The numbers of some terms, None for those that do not stand here."""
        return frozenset(map(self.number, terms))

    def _form_numbers(self, form: str) -> range:
        """The numbers of a folded word: one for each language that has it; none if none has."""
        first = find(self.forward.forms, form)
        if first is None:
            return range(0)
        last = first + 1
        while last < len(self.forward.forms) and self.forward.forms[last] == form:
            last += 1
        return range(first, last)

    def terms_of(self, form: str) -> list[str]:
        """The terms of a folded word, one for each language that has it."""
        forward = self.forward
        return [forward.vocabulary[int(forward.form_terms[n])] for n in self.form_numbers(form)]

    def document_frequencies(self, term: str) -> tuple[int, int, int]:
        """In how many sentences, paragraphs and articles a term stands, those gone left out."""
        number = self.number(term)
        if number is None:
            return 0, 0, 0
        one, two, three = (of.item(number) for of in self.inverted.document_frequencies)
        gone = self.tombstones.document_frequencies(number)
        return one - gone[0], two - gone[1], three - gone[2]

    def all_document_frequencies(self, terms: WantedTexts) -> Ints:
        """Shape (terms, 3): see `document_frequencies`."""
        numbers = find_all(self.forward.vocabulary, terms)
        here = numbers >= 0
        counts = np.zeros((len(numbers), len(self.inverted.document_frequencies)), dtype=np.int64)
        counts[here] = np.stack(
            [of[numbers[here]] for of in self.inverted.document_frequencies], axis=1
        )
        counts[here] -= self.tombstones.all_document_frequencies(numbers[here])
        return counts

    def frequencies(self, numbers: Ints) -> Ints:
        """In how many sentences each of some terms stands, those gone left out."""
        frequencies: Ints = self.inverted.document_frequencies[0][numbers].astype(np.int64)
        frequencies -= self.tombstones.all_document_frequencies(numbers)[:, 0]
        return frequencies

    def check_forms(self, forms: Array) -> None:
        """Make sure that words have forms that are there: numpy takes a negative one for another.

        Raises:
            IndexDamaged: One has not.
        """
        if len(forms) and not 0 <= forms.min() <= forms.max() < len(self.forward.forms):
            raise damaged(self.inverted.path, "a word has a form that is not there")

    @property
    def paragraphs(self) -> int:
        """How many paragraphs there are, those of articles that are gone counted."""
        return len(self.inverted.articles.paragraph_lengths)

    def article_number(self, article: str) -> int | None:
        """The first section of the article of this id, unless it is gone."""
        number = find(self.forward.articles, article)
        return None if number is None or self.tombstones.has(number) else number

    def sections_of(self, article: int) -> range:
        """The sections of the article whose first one this is."""
        return range(article, int(np.searchsorted(self.forward.firsts, article, side="right")))

    def section_of(self, sentences: Ints) -> Ints:
        """The section of each sentence."""
        return search(self.forward.section_sentences, sentences)

    def sentences_of(self, article: int) -> range:
        """The sentences of the article whose first section this is."""
        edges, sections = self.forward.section_sentences, self.sections_of(article)
        return range(int(edges[sections.start]), int(edges[sections.stop]))

    def propose(
        self,
        wanted: Sequence[Wanted],
        levels: Sequence[Level],
        limit: int,
        *,
        floor: float = kernel.LOWEST,
        article: int | None = None,
        native: bool | None = None,
    ) -> Hits:
        """The `limit` best sentences, of one article if it is given; see `levels.propose`."""
        hidden = (
            self.tombstones.bits if article is None else self._all_but(self.sections_of(article))
        )
        return propose(
            self.inverted, wanted, levels, limit, native=native, deleted=hidden, floor=floor
        )

    def _all_but(self, articles: Collection[int] | Ints) -> bytes:
        hidden = np.ones(self.inverted.blocks, dtype=bool)
        hidden[np.fromiter(articles, dtype=np.int64)] = False
        return np.packbits(hidden, bitorder="little").tobytes()

    def score(
        self,
        wanted: Sequence[Wanted],
        levels: Sequence[Level],
        sentences: Ints,
        *,
        native: bool | None = None,
    ) -> Floats:
        """What each level says of given sentences: shape (levels, sentences).

        Args:
            wanted: The terms that are looked for.
            levels: See `Level`.
            sentences: Ascending; 0 for those whose article has none of the terms.
            native: False for numpy.
        """
        articles = np.unique(self.section_of(sentences))
        if len(articles) * _SPREAD > self.inverted.blocks:
            scored: Floats = reference.score(self.inverted, wanted, levels).parts[:, sentences]
            return scored
        numbers = self.forward.section_sentences
        all_of = int((numbers[articles + 1] - numbers[articles]).sum())
        hits = propose(
            self.inverted, wanted, levels, all_of, native=native, deleted=self._all_but(articles)
        )
        order = np.argsort(hits.ids)
        places = np.minimum(np.searchsorted(hits.ids[order], sentences), max(len(order) - 1, 0))
        parts = np.zeros((len(levels), len(sentences)))
        if len(order):
            found = hits.ids[order][places] == sentences
            parts[:, found] = hits.parts[:, order][:, places[found]]
        return parts

    def _standing(self, term: str) -> tuple[Found, Ints, Marks]:
        """Where a term stands: its postings, the article of each, and which are in titles."""
        number = self.number(term)
        if number is None:
            nothing: Ints = np.empty(0, dtype=np.int64)
            return Found(nothing, nothing), nothing, np.empty(0, dtype=bool)
        starts, paragraph_of, *_ = self.inverted.articles
        found = self.inverted.find(number)
        articles = search(starts, found.slots)
        here = ~self.tombstones.marks(articles)
        found, articles = Found(found.slots[here], found.tf[here]), articles[here]
        return found, articles, paragraph_of[found.slots] < 0

    def sentences_with(self, term: str) -> Ints:
        """The sentences that have a term, ascending; none of an article that is gone."""
        found, articles, titled = self._standing(term)
        sentences: Ints = (found.slots - articles - 1)[~titled]
        return sentences

    def titles_with(self, term: str) -> Ints:
        """The articles that have a term in their title, ascending; none that is gone."""
        _, articles, titled = self._standing(term)
        return articles[titled]

    def paragraphs_with(self, terms: Iterable[str]) -> Marks:
        """Shape (paragraphs,): which have one of `terms`, themselves or in their title."""
        starts, paragraph_of, *_ = self.inverted.articles
        marks = np.zeros(self.paragraphs, dtype=bool)
        for term in terms:
            found, articles, titled = self._standing(term)
            marks[paragraph_of[found.slots[~titled]]] = True
            named = articles[titled].astype(np.int64)
            bounds = starts[named].astype(np.int64) + 1, starts[named + 1].astype(np.int64)
            slots, _ = ranges(*bounds)
            marks[paragraph_of[slots]] = True
        return marks


def write_segment(
    forward: ForwardIndex | Stream, folder: Path, name: str, advance: Advance | None = None
) -> None:
    """Write a forward index and its postings as the segment of this name.

    Args:
        forward: What it holds, in memory or piece by piece.
        folder: Where.
        name: Of its files.
        advance: Told how many words have their postings.

    Raises:
        LibraryUnavailable: The folder cannot be written, or the disk is full.
    """
    words = folder / (name + WORDS)
    if isinstance(forward, Stream):
        write_stream(forward, words)
        forward, synced = open_apart(words, forward.vocabulary), True
    else:
        # A small one need not outlast a power cut: see `directory`.
        synced = len(forward.words) >= SMALL
        write_forward(forward, words, synced=synced)
    build_levels(forward, folder / (name + POSTINGS), progress=advance, synced=synced)
