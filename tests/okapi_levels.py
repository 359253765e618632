"""rank-bm25 itself, over sentences, paragraphs and articles: what every search is held to."""

from collections.abc import Sequence
from itertools import chain, pairwise

import numpy as np
from rank_bm25 import BM25Okapi

from retrieval.search.arrays import Floats, Ints
from retrieval.search.forward import ForwardIndex
from retrieval.search.levels import LevelParameters
from retrieval.search.scores import PARAMETERS
from retrieval.search.writing.layout import TITLE_COUNTS

Documents = list[list[str]]


class OkapiLevels:
    """Scores every sentence of a corpus at three levels, from lists of words."""

    def __init__(
        self,
        corpus: ForwardIndex,
        parameters: Sequence[LevelParameters] = PARAMETERS,
        title_counts: int = TITLE_COUNTS,
    ) -> None:
        self.parameters = parameters
        sentences = _cut(corpus, corpus.words, corpus.offsets)
        titles = _cut(corpus, corpus.title_words, corpus.title_offsets)
        sizes = np.diff(corpus.section_sentences)
        self.article_of: Ints = np.repeat(np.arange(len(sizes)), sizes)
        # A paragraph is a run: a number that comes again later is another one.
        places = list(zip(self.article_of.tolist(), corpus.paragraphs.tolist(), strict=True))
        changes = [a != b for a, b in pairwise([None, *places])]
        self.paragraph_of: Ints = np.cumsum(np.array(changes, dtype=np.int64)) - 1
        articles = _joined(sentences, self.article_of, len(titles))
        articles = [title * title_counts + of for title, of in zip(titles, articles, strict=True)]
        paragraphs = _joined(sentences, self.paragraph_of, sum(changes))
        self._held = [set(article) for article in articles]
        self._levels = (sentences, paragraphs, articles)
        # Where no document has a word, rank-bm25 divides by zero; the scores are zeros.
        self._models = [
            BM25Okapi(of, k1=level.k1, b=level.b, epsilon=level.epsilon) if any(of) else None
            for of, level in zip(self._levels, parameters, strict=True)
        ]

    def matching(self, terms: Sequence[str]) -> Ints:
        """The sentences whose article, title included, has one of the terms."""
        sharing = np.array([not held.isdisjoint(terms) for held in self._held], dtype=bool)
        return np.flatnonzero(sharing[self.article_of])

    def parts(self, terms: Sequence[str]) -> Floats:
        """What each level says of each sentence: shape (levels, sentences)."""
        sentence, paragraph, article = (
            model.get_scores(terms) if model else np.zeros(len(of))
            for model, of in zip(self._models, self._levels, strict=True)
        )
        return np.stack([sentence, paragraph[self.paragraph_of], article[self.article_of]])

    def totals(self, terms: Sequence[str]) -> Floats:
        """The weighted sum of each sentence."""
        factors = np.array([level.factor for level in self.parameters])
        totals: Floats = factors @ self.parts(terms)
        return totals


def best(totals: Floats, sentences: Ints, limit: int) -> Ints:
    """The `limit` sentences with the highest totals; ties in ascending order."""
    return sentences[np.lexsort((sentences, -totals[sentences].round(9)))[:limit]]


def _cut(corpus: ForwardIndex, forms: Ints, offsets: Ints) -> Documents:
    words = [corpus.vocabulary[n] for n in corpus.form_terms[forms].tolist()]
    return [words[first:last] for first, last in pairwise(offsets.tolist())]


def _joined(sentences: Documents, of: Ints, size: int) -> Documents:
    """The sentences of each paragraph, or of each article, as one document."""
    groups: list[Documents] = [[] for _ in range(size)]
    for number, words in zip(of.tolist(), sentences, strict=True):
        groups[number].append(words)
    return [list(chain.from_iterable(group)) for group in groups]
