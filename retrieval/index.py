"""Sentences, paragraphs and articles, each under a BM25 model of its own.

What the rest of the house sees of an index is its face: terms go in; sentence numbers with their
scores by level, and document frequencies, come out. The models are made anew from the corpus
whenever it is opened, so the file holds no weights, only what was read.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval import wordclasses
from retrieval.bm25 import Okapi
from retrieval.corpus import Corpus
from retrieval.postings import Floats, Ints, Postings, ranges


class Level(NamedTuple):
    """How BM25 reads one level, and how much that level counts in the sum.

    Attributes:
        weight: Its share in a sentence's score.
        k1: How soon a repeated term stops adding.
        b: How much length counts.
    """

    weight: float
    k1: float
    b: float


SENTENCE = Level(weight=1.0, k1=0.6, b=0.3)
PARAGRAPH = Level(weight=1.0, k1=0.9, b=0.75)
ARTICLE = Level(weight=1.4, k1=0.9, b=0.75)
TITLE_COUNTS = 3  # how often an article's title is read as part of it


class Scores(NamedTuple):
    """Sentences and what each level says of them; all arrays have the shape of `sentences`.

    Attributes:
        sentences: Sentence numbers, ascending.
        sentence: Each one's own BM25.
        paragraph: Its paragraph's.
        article: Its article's, the title read as part of it.
    """

    sentences: Ints
    sentence: Floats
    paragraph: Floats
    article: Floats

    def only(self, places: Ints) -> Scores:
        """The sentences at these places of the arrays, in that order."""
        return Scores(
            self.sentences[places],
            self.sentence[places],
            self.paragraph[places],
            self.article[places],
        )

    def total(self) -> Floats:
        """The weighted sum of the three levels."""
        sums: Floats = (
            SENTENCE.weight * self.sentence
            + PARAGRAPH.weight * self.paragraph
            + ARTICLE.weight * self.article
        )
        return sums


class SentenceTerms(NamedTuple):
    """The terms of several sentences, one entry a word.

    Attributes:
        rows: Shape (words,): which of the sentences each word stands in, from 0.
        columns: Shape (words,): which term it is, from 0.
        figures: Shape (terms,): whether the term has a digit.
        held: Shape (terms,): in how many sentences of the index it stands.
    """

    rows: Ints
    columns: Ints
    figures: NDArray[np.bool_]
    held: Ints


class Index:
    """A corpus under three BM25 models.

    Attributes:
        corpus: The sentences and their terms.
        numbers: Each term's number.
        article_of: Shape (sentences,): the number of each sentence's article.
        paragraph_of: Shape (sentences,): the number of its paragraph, counted over all articles.
        flags: Shape (forms,): what each form is; see `wordclasses`.
    """

    def __init__(self, corpus: Corpus) -> None:
        """Weigh a corpus."""
        self.corpus = corpus
        self.numbers = {term: n for n, term in enumerate(corpus.vocabulary)}
        self.flags = wordclasses.classify(corpus.forms)
        self._forms = {form: n for n, form in enumerate(corpus.forms)}
        sizes = np.diff(corpus.article_sentences)
        self.article_of: Ints = np.repeat(np.arange(len(corpus.articles)), sizes)
        self.paragraph_of = _numbered_runs(self.article_of, corpus.paragraphs)
        sentence_of: Ints = np.repeat(np.arange(corpus.sentences), np.diff(corpus.offsets))
        title_of: Ints = np.repeat(np.arange(len(corpus.articles)), np.diff(corpus.title_offsets))
        paragraphs = int(self.paragraph_of[-1]) + 1 if corpus.sentences else 0
        terms = corpus.form_terms[corpus.words]
        title_terms = corpus.form_terms[corpus.title_words]
        self._sentences = self._model(SENTENCE, terms, sentence_of, corpus.sentences)
        self._paragraphs = self._model(PARAGRAPH, terms, self.paragraph_of[sentence_of], paragraphs)
        self._articles = self._model(
            ARTICLE,
            np.concatenate([terms, np.tile(title_terms, TITLE_COUNTS)]),
            np.concatenate([self.article_of[sentence_of], np.tile(title_of, TITLE_COUNTS)]),
            len(corpus.articles),
        )

    def _model(self, level: Level, terms: Ints, documents: Ints, size: int) -> Okapi:
        postings = Postings.build(terms, documents, vocabulary=len(self.numbers), corpus=size)
        return Okapi.over(postings, self.numbers, k1=level.k1, b=level.b)

    def scores(
        self, terms: Sequence[str], *, article: int | None = None, within: Ints | None = None
    ) -> Scores:
        """Score every sentence that has one of `terms` in itself, its article or its title.

        Args:
            terms: What is looked for; a repeated term counts again.
            article: Only this article's sentences, by its number.
            within: These sentences, ascending, whether or not they have one of `terms`.
        """
        found = self._sharing(terms) if within is None else within
        if article is not None:
            found = found[self.article_of[found] == article]
        return Scores(
            sentences=found,
            sentence=self._sentences.get_scores(terms)[found],
            paragraph=self._paragraphs.get_scores(terms)[self.paragraph_of[found]],
            article=self._articles.get_scores(terms)[self.article_of[found]],
        )

    def _sharing(self, terms: Sequence[str]) -> Ints:
        matching = np.zeros(len(self.corpus.articles), dtype=bool)
        matching[self._articles.matching(terms)] = True
        return np.flatnonzero(matching[self.article_of])

    def sentences_with(self, term: int) -> Ints:
        """The sentences that have the term of this number, ascending."""
        return self._sentences.postings.of(term)[0]

    def document_frequency(self, term: str) -> int:
        """In how many sentences `term` stands."""
        return self._sentences.document_frequency(term)

    def paragraphs_with(self, terms: Collection[int]) -> NDArray[np.bool_]:
        """Which paragraphs have one of `terms`, themselves or in their article's title.

        Args:
            terms: Numbers of terms.

        Returns:
            Shape (paragraphs,), counted over all articles.
        """
        wanted = np.zeros(len(self.corpus.vocabulary), dtype=bool)
        wanted[list(terms)] = True
        words = np.flatnonzero(wanted[self.corpus.form_terms[self.corpus.title_words]])
        named = np.zeros(len(self.corpus.articles), dtype=bool)
        named[np.searchsorted(self.corpus.title_offsets, words, side="right") - 1] = True
        marks: NDArray[np.bool_] = named[self._article_of_paragraph]
        for term in terms:
            marks[self._paragraphs.postings.of(term)[0]] = True
        return marks

    @cached_property
    def _article_of_paragraph(self) -> Ints:
        first_sentences = np.flatnonzero(np.diff(self.paragraph_of, prepend=-1))
        return self.article_of[first_sentences]

    def known(self, term: str) -> bool:
        """Whether a sentence or a title has `term`."""
        return term in self.numbers

    def form_number(self, form: str) -> int | None:
        """The number of a folded word, or None where no article has it."""
        return self._forms.get(form)

    def words_of(self, sentences: Ints) -> SentenceTerms:
        """The terms of several sentences, numbered from 0 among themselves."""
        offsets = self.corpus.offsets
        places, rows = ranges(offsets[sentences], offsets[sentences + 1])
        forms = self.corpus.words[places]
        terms, columns = np.unique(self.corpus.form_terms[forms], return_inverse=True)
        figures = np.zeros(len(terms), dtype=bool)
        figures[columns[(self.flags[forms] & wordclasses.NUMBER) != 0]] = True
        held = np.diff(self._sentences.postings.offsets)[terms]
        return SentenceTerms(rows, columns, figures, held)


def _numbered_runs(*keys: Ints) -> Ints:
    """Number the runs in which all keys stay the same, from 0."""
    if not len(keys[0]):
        return np.empty(0, dtype=np.int64)
    changed = np.zeros(len(keys[0]), dtype=bool)
    for key in keys:
        changed[1:] |= key[1:] != key[:-1]
    return np.cumsum(changed).astype(np.int64)
