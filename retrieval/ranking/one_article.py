"""One article's words, as if it were a library of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from retrieval.search.arrays import Ints
from retrieval.search.backend import Backend


class OneArticle:
    """What weighs a question's words where one article alone is asked.

    Attributes:
        sentences: How many of its sentences may be quoted.
    """

    def __init__(self, index: Backend, article: int) -> None:
        """Count the words of an article, some milliseconds for a long one.

        Args:
            index: Where it stands.
            article: Its number there.
        """
        self._index = index
        self._own = index.sentences_of(article)
        self.sentences = len(self._own)
        found = index.terms_of(self._own)
        pairs = np.unique(np.stack([found.rows, found.terms]), axis=1)
        counts = Counter(pairs[1].tolist())
        self._counts = {found.vocabulary.term(term): count for term, count in counts.items()}

    def document_frequency(self, term: str) -> int:
        """In how many of its sentences a term stands."""
        return self._counts.get(term, 0)

    def known(self, term: str) -> bool:
        """Whether one of its sentences or its title has a term."""
        return term in self._counts or (self._index.known(term) and self._is_in_title(term))

    def _is_in_title(self, term: str) -> bool:
        if not self.sentences:
            return False
        window = self._index.window(self._own[:1], 0, (term,), ())
        rows = np.searchsorted(np.cumsum(window.lengths), window.terms.places, side="right")
        return bool((rows == window.titles[0]).any())

    def sentences_with(self, phrase: Sequence[str]) -> Ints:
        """Those of its sentences that have these folded words one after the other, ascending."""
        return self._among(self._index.sentences_with(phrase))

    def sentences_titled(self, phrase: Sequence[str]) -> Ints:
        """Its sentences, if its title has these folded words so."""
        return self._among(self._index.sentences_titled(phrase))

    def _among(self, sentences: Ints) -> Ints:
        return np.intersect1d(sentences, self._own)
