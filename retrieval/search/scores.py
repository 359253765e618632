"""What an index says of sentences: scores by level, where they stand, and their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.search.arrays import Floats, Ints, ranges
from retrieval.search.forward import WHOLE, Corpus
from retrieval.search.levels import LevelParameters
from retrieval.search.reader import Part
from retrieval.text import word_classes
from retrieval.values import Sentence

Marks = NDArray[np.bool_]
_UNMARKED: Marks = np.empty(0, dtype=bool)


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
PARAMETERS = tuple(
    LevelParameters(level.weight, level.k1, level.b) for level in (SENTENCE, PARAGRAPH, ARTICLE)
)


class Scores(NamedTuple):
    """Sentences and what each level says of them; all arrays have the shape of `sentences`.

    Attributes:
        sentences: Sentence numbers.
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

    def joined(self, others: Scores) -> Scores:
        """These sentences and others after them."""
        return Scores(*(np.concatenate(pair) for pair in zip(self, others, strict=True)))

    def total(self) -> Floats:
        """The weighted sum of the three levels."""
        sums: Floats = (
            SENTENCE.weight * self.sentence
            + PARAGRAPH.weight * self.paragraph
            + ARTICLE.weight * self.article
        )
        return sums


NOWHERE: Ints = np.empty(0, dtype=np.int64)
NONE = Scores(NOWHERE, np.empty(0), np.empty(0), np.empty(0))


class Spot(NamedTuple):
    """A sentence where it stands.

    Attributes:
        article: Its article's id.
        digest: Of its article; see `corpus.digest`.
        sentence: Its place there.
        before: The quotable sentence before it in its article, if any.
        after: The one after it, if any.
    """

    article: str
    digest: str
    sentence: Sentence
    before: Sentence | None
    after: Sentence | None


class Stretch(NamedTuple):
    """Those of several sentences that stand in one part.

    Attributes:
        part: The part.
        rows: Which of the sentences they are, ascending.
        sentences: Their numbers in the part.
    """

    part: Part
    rows: Ints
    sentences: Ints


class SentenceTerms(NamedTuple):
    """The words of several sentences, in order; all arrays have the shape (words,).

    Attributes:
        rows: Which of the sentences each stands in, from 0, ascending.
        terms: Which term it is, by its number in `vocabulary`.
        figures: Whether it has a digit.
        wholes: Whether it is a hyphenated word as a whole; its parts follow.
        vocabulary: The terms by their numbers.
        home: The part whose vocabulary that is, or None where the sentences stand in several.
    """

    rows: Ints
    terms: Ints
    figures: Marks
    wholes: Marks
    vocabulary: Sequence[str]
    home: Part | None

    def numbers(self, terms: frozenset[str]) -> frozenset[int | None]:
        """The numbers of those of some terms that may stand here, None for all others."""
        if self.home is not None:
            return self.home.numbers(terms)
        return frozenset(number for number, term in enumerate(self.vocabulary) if term in terms)


def words_in(stretches: Iterable[Stretch]) -> SentenceTerms:
    """The words of sentences that stand in these parts."""
    stretches = list(stretches)
    if len(stretches) == 1:
        ((part, _, local),) = stretches
        return SentenceTerms(*_words(part, local), part.corpus.vocabulary, part)
    numbers: dict[str, int] = {}
    found = []
    for part, places, local in stretches:
        own, terms, *marks = _words(part, local)
        found.append((places[own], _renumbered(terms, part.corpus, numbers), *marks))
    if not found:
        return SentenceTerms(NOWHERE, NOWHERE, _UNMARKED, _UNMARKED, (), None)
    rows, terms, figures, wholes = map(np.concatenate, zip(*found, strict=True))
    by = np.argsort(rows, kind="stable")
    return SentenceTerms(rows[by], terms[by], figures[by], wholes[by], tuple(numbers), None)


def _words(part: Part, sentences: Ints) -> tuple[Ints, Ints, Marks, Marks]:
    """The row of each word of some sentences, its term, and whether it is a figure or a whole."""
    corpus = part.corpus
    words, rows = ranges(corpus.offsets[sentences], corpus.offsets[sentences + 1])
    forms = corpus.words[words]
    part.check_forms(forms)
    figures = (part.flags[forms] & word_classes.NUMBER) != 0
    return rows, corpus.form_terms[forms], figures, (corpus.cases[words] & WHOLE) != 0


def _renumbered(terms: Ints, corpus: Corpus, numbers: dict[str, int]) -> Ints:
    """Terms by `numbers`, which grows by those that are new to it."""
    distinct, places = np.unique(terms, return_inverse=True)
    names = (corpus.vocabulary[n] for n in distinct.tolist())
    new = (numbers.setdefault(name, len(numbers)) for name in names)
    return np.fromiter(new, dtype=np.int64, count=len(distinct))[places]


def spots_in(part: Part, sentences: Ints) -> Iterator[Spot]:
    """Where sentences of one part stand."""
    corpus, articles = part.corpus, part.article_of(sentences).tolist()
    for sentence, article in zip(sentences.tolist(), articles, strict=True):
        first, last = part.sentences_of(article)
        yield Spot(
            article=corpus.articles[article],
            digest=corpus.digests[article],
            sentence=corpus.sentence(sentence),
            before=corpus.sentence(sentence - 1) if sentence > first else None,
            after=corpus.sentence(sentence + 1) if sentence + 1 < last else None,
        )
