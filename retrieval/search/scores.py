"""What an index says: scores by level, and where sentences stand."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from retrieval.search.arrays import Floats, Ints
from retrieval.search.levels import LevelParameters
from retrieval.values import Sentence


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
        digest: Of its article; see `forward.digest`.
        sentence: Its place there.
        before: The quotable sentence before it in its article, if any.
        after: The one after it, if any.
    """

    article: str
    digest: str
    sentence: Sentence
    before: Sentence | None
    after: Sentence | None
