"""Three rank-bm25 models over a corpus: the readable index that tests hold the engine's to."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from retrieval.bm25 import Okapi
from retrieval.index.corpus import Corpus
from retrieval.index.part_files import TITLE_COUNTS
from retrieval.index.scores import ARTICLE, PARAGRAPH, SENTENCE, Level, Scores
from retrieval.postings import Floats, Ints


class OkapiLevels:
    """Scores every sentence of a corpus at three levels, from lists of words."""

    def __init__(self, corpus: Corpus) -> None:
        words = [corpus.vocabulary[n] for n in corpus.form_terms[corpus.words].tolist()]
        titles = [corpus.vocabulary[n] for n in corpus.form_terms[corpus.title_words].tolist()]
        offsets, headings = corpus.offsets.tolist(), corpus.title_offsets.tolist()
        sizes = np.diff(corpus.article_sentences)
        self._article_of: Ints = np.repeat(np.arange(len(sizes)), sizes)
        sentences, paragraphs = [], list[list[str]]()
        articles = [
            words_of * TITLE_COUNTS for words_of in (titles[a:b] for a, b in pairwise(headings))
        ]
        paragraph_of, before = [], None
        for n, article in enumerate(self._article_of.tolist()):
            sentences.append(words[offsets[n] : offsets[n + 1]])
            here = article, int(corpus.paragraphs[n])
            if here != before:
                paragraphs.append([])
            before = here
            paragraphs[-1] += sentences[-1]
            articles[article] += sentences[-1]
            paragraph_of.append(len(paragraphs) - 1)
        self._paragraph_of: Ints = np.array(paragraph_of, dtype=np.int64)
        self._held = [set(article) for article in articles]
        self._sentences = _model(SENTENCE, sentences)
        self._paragraphs = _model(PARAGRAPH, paragraphs)
        self._articles = _model(ARTICLE, articles)

    def scores(self, terms: Sequence[str]) -> Scores:
        """Every sentence whose article, title included, has one of the terms."""
        sharing = np.array([not held.isdisjoint(terms) for held in self._held], dtype=bool)
        found = np.flatnonzero(sharing[self._article_of])
        return Scores(
            found,
            self._sentences.get_scores(terms)[found],
            self._paragraphs.get_scores(terms)[self._paragraph_of[found]],
            self._articles.get_scores(terms)[self._article_of[found]],
        )


def best(scores: Floats, sentences: Ints, limit: int) -> Ints:
    """The places of the `limit` highest scores; ties in ascending order of sentence."""
    return np.lexsort((sentences, -scores))[:limit]


def _model(level: Level, documents: list[list[str]]) -> Okapi:
    return Okapi(documents, k1=level.k1, b=level.b)
