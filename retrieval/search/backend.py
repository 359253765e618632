"""What ranking, phrases, spelling and evidence may ask of a collection, and the values they get.

Only plain arrays, tuples and strings come out. `Index` answers from its own files; a search server,
or several collections seen as one, would answer by the same protocol.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.search.arrays import Floats, Ints, Marks
from retrieval.search.scores import Scores, Spot
from retrieval.text.word_classes import Flags
from retrieval.values import Sentence


class Hits(NamedTuple):
    """Where a few wanted things stand among many tokens; both have the shape (hits,).

    Attributes:
        places: Where, ascending.
        which: Which of the wanted it is, by its place among them.
    """

    places: Ints
    which: Ints


class Window(NamedTuple):
    """C sentences and what is around them, as rows of tokens; a row is a sentence or a title.

    Attributes:
        own: Shape (C,): the row of each sentence; the rows beside it are its neighbours.
        titles: Shape (C,): the row of its article's title.
        before: Shape (C,): how many rows of its paragraph stand before it, as far as was asked.
        after: Shape (C,): how many after it.
        opening: Shape (C,): how many sentences stand before it in its article.
        closing: Shape (C,): how many after it.
        kinds: Shape (C,): what its section is told to be, by its place in `SOURCE_KINDS`.
        weights: Shape (C,): how much it counts in the ranking, 1 for most.
        lengths: Shape (rows,): how many tokens each has; they stand one row after the other.
        terms: Where the wanted terms stand among the tokens.
        forms: Where the wanted forms do.
        flags: Shape (tokens,): what each one's form is; see `word_classes`.
        capitals: Shape (tokens,): whether it starts with a capital letter; in titles none does.
        compounds: Shape (tokens,): whether it is a hyphenated word as a whole, with its parts after
            it; in titles none is.
    """

    own: Ints
    titles: Ints
    before: Ints
    after: Ints
    opening: Ints
    closing: Ints
    kinds: Ints
    weights: Floats
    lengths: Ints
    terms: Hits
    forms: Hits
    flags: Flags
    capitals: Marks
    compounds: Marks


class Vocabulary(Protocol):
    """Terms by the numbers that one `SentenceTerms` has for them."""

    def term(self, number: int) -> str:
        """The term of a number."""

    def numbers(self, terms: frozenset[str]) -> frozenset[int | None]:
        """The numbers of those of some terms that may stand there, None for all others."""

    def frequencies(self, numbers: Ints) -> Ints:
        """Shape of `numbers`: in how many sentences of the collection each term stands."""


class SentenceTerms(NamedTuple):
    """The terms of several sentences, in order; all arrays have the shape (tokens,).

    Attributes:
        rows: Which of the sentences each stands in, from 0, ascending.
        terms: Which term it is, by its number in `vocabulary`.
        figures: Whether it has a digit.
        compounds: Whether it is a hyphenated word as a whole; its parts follow.
        vocabulary: The terms by their numbers.
    """

    rows: Ints
    terms: Ints
    figures: Marks
    compounds: Marks
    vocabulary: Vocabulary


class WordList(Protocol):
    """The words of some articles, with those of articles that were taken out since.

    Compounds count in their parts, titles count too. What is made of a list may be kept by it:
    each is equal to itself alone, and the same for as long as the articles are open.
    """

    @property
    def forms(self) -> Sequence[str]:
        """Folded words, ascending; one with several terms stands once for each."""

    @property
    def counts(self) -> NDArray[np.int32]:
        """Shape (forms,): how often each stands in all of the articles, those taken out as well."""

    @property
    def repeats(self) -> Sequence[list[int]]:
        """The places of each form that stands more than once, ascending."""

    def find(self, form: str) -> int | None:
        """The first place of a form, or None where it is not there."""

    def terms(self, places: Sequence[int]) -> list[str]:
        """The terms of the forms at some places."""


class Backend(Protocol):
    """A collection of articles under BM25, as of one moment: it never changes.

    Sentences have numbers from 0, and so have articles; a number means nothing in another backend.
    An article that was taken out may keep its numbers, but nothing finds it.
    """

    @property
    def sentences(self) -> int:
        """How many sentences may be quoted."""

    @property
    def articles(self) -> int:
        """How many articles there are."""

    @property
    def languages(self) -> Mapping[str, int]:
        """How many articles are in each language."""

    def propose(self, terms: Sequence[str], limit: int, *, article: int | None = None) -> Scores:
        """The best sentences that have a term in themselves, their article or its title.

        Best first, then in the order of article id and place; of one article only, if it is given.
        """

    def scores(self, terms: Sequence[str], within: Ints) -> Scores:
        """The scores of given sentences, ascending, whether or not they have one of `terms`."""

    def best(self, scores: Scores, limit: int) -> Scores:
        """The `limit` best of scored sentences, in the order of `propose`."""

    def order(self, totals: Floats, sentences: Ints) -> Ints:
        """Places by total, the highest first, ties in the order of article id and place."""

    def document_frequency(self, term: str) -> int:
        """In how many sentences a term stands."""

    def known(self, term: str) -> bool:
        """Whether a sentence or a title has a term."""

    def stands(self, terms: Collection[str], beginnings: Collection[str]) -> bool:
        """Whether any text or title has a term, or a folded word that begins in one of these ways.

        What is never quoted counts too. A number goes on with letters alone: 2 begins "2nd", not
        "20" or "2.1".
        """

    def term_of(self, form: str) -> str | None:
        """The term of a folded word, or None where no article has it; of several the last."""

    def window(
        self, sentences: Ints, reach: int, terms: Sequence[str], forms: Sequence[str]
    ) -> Window:
        """Sentences with their paragraphs, their neighbours and the titles of their articles.

        Args:
            sentences: In any order, each once.
            reach: How many sentences of the paragraph are read on either side.
            terms: Terms to find in all of that, each once.
            forms: Folded words to find, each once.
        """

    def terms_of(self, sentences: Ints) -> SentenceTerms:
        """The terms of sentences."""

    def sentences_with(self, phrase: Sequence[str]) -> Ints:
        """The sentences that have these folded words one after the other, ascending."""

    def sentences_titled(self, phrase: Sequence[str]) -> Ints:
        """The sentences of the articles that have them so in their title, ascending."""

    def paragraphs_with(self, terms: Collection[str]) -> NDArray[np.uint8]:
        """A bit for each paragraph: whether it or its article's title has one of `terms`."""

    def words(self) -> Sequence[tuple[WordList, NDArray[np.int32]]]:
        """All words, in one list or in several, each with how often its forms stand today."""

    def spots(self, sentences: Sequence[int]) -> list[Spot]:
        """Where sentences stand, in their order."""

    def prose(self, sentence: int) -> list[Sentence]:
        """The quotable sentences of the article that a sentence is in."""

    def article_number(self, article: str) -> int | None:
        """The number of the article of this id, or None where there is none."""

    def article_of(self, sentences: Ints) -> Ints:
        """The number of each sentence's article."""

    def sentences_of(self, article: int) -> Ints:
        """The quotable sentences of the article of this number, ascending."""
