"""Who else says so: sentences that make one statement take one place, and their sources count.

Two sentences are one statement if they are nearly identical, or say the same in other words.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval import statements
from retrieval.index import Index
from retrieval.originals import Originals
from retrieval.origins import Signature, independent, signature
from retrieval.ranking import Candidate
from retrieval.ranking.weighing import smoothed_idf
from retrieval.statements import Claim, Lexicon

Marks = NDArray[np.bool_]

NEAR_IDENTICAL = 0.8  # Jaccard similarity of the terms of two sentences
_KEPT = 1024  # signatures of articles, some kilobytes each


class Statement(NamedTuple):
    """A candidate and those that say the same.

    Attributes:
        first: The best of them.
        others: The rest, best first.
    """

    first: Candidate
    others: tuple[Candidate, ...]


def gather(
    candidates: Sequence[Candidate], originals: Originals, lexicon: Lexicon, *, limit: int
) -> list[Statement]:
    """Group candidates that make one statement under the best of each, in the order of the best.

    Each joins the first group whose best says the same, so the first groups do not depend on how
    many are asked for.

    Args:
        candidates: Best first.
        originals: Their articles.
        lexicon: What is known of words.
        limit: How many statements at most.
    """
    sentences = [candidate.sentence for candidate in candidates]
    originals.fetch(sentences[:limit])  # they are about to be shown, most of them
    table = _Table(originals.index, sentences)
    reader = _Reader(sentences, originals, lexicon)
    left = list(range(len(candidates)))
    found: list[Statement] = []
    while left and len(found) < limit:
        head, *rest = left
        alike = table.compare(head)
        read = [n for n in rest if alike.worth_reading[n] and not alike.nearly_identical[n]]
        originals.fetch(sentences[n] for n in read)
        same = {
            n for n in read if reader.are_one(head, n, same_article=bool(alike.same_article[n]))
        }
        same |= {n for n in rest if alike.nearly_identical[n]}
        found.append(Statement(candidates[head], tuple(candidates[n] for n in rest if n in same)))
        left = [n for n in rest if n not in same]
    return found


class _Alike(NamedTuple):
    """How alike C candidates are to one of them, by their terms; all arrays have the shape (C,).

    Attributes:
        nearly_identical: Nearly the same terms and exactly the same figures.
        worth_reading: So much in common that both may say the same in other words.
        same_article: Stands in its article.
    """

    nearly_identical: Marks
    worth_reading: Marks
    same_article: Marks


class _Table:
    """The terms of C candidates side by side, T in all.

    Attributes:
        present: Shape (C, T): whether a candidate has a term.
        said: The terms.
        articles: Shape (C,): the number of each one's article.
    """

    def __init__(self, index: Index, sentences: Sequence[int]) -> None:
        numbers = np.array(sentences, dtype=np.int64)
        self._index = index
        self.said = index.words_of(numbers)
        self.present = np.zeros((len(numbers), len(self.said.figures)), dtype=bool)
        self.present[self.said.rows, self.said.columns] = True
        self.articles = index.article_of(numbers)
        self._sizes = self.present.sum(axis=1)
        self._numbers = self.present[:, self.said.figures].sum(axis=1)

    def compare(self, head: int) -> _Alike:
        """Compare every candidate with the one at `head`."""
        columns = np.flatnonzero(self.present[head])
        common = self.present[:, columns]
        shared = common.sum(axis=1)
        numbers = common[:, self.said.figures[columns]].sum(axis=1)
        same_figures = (numbers == self._numbers[head]) & (numbers == self._numbers)
        near = shared >= NEAR_IDENTICAL * (self._sizes + self._sizes[head] - shared)
        held = self._index.frequencies(self.said.names[columns])
        size = self._index.sentences
        weights = np.array([smoothed_idf(n, size) for n in held.tolist()])
        common_weight = common @ weights / max(weights.sum(), 1e-9)
        share = shared / np.maximum(np.maximum(self._sizes, self._sizes[head]), 1)
        same_article = self.articles == self.articles[head]
        worth = statements.worth_reading(common_weight, share, same_article)
        return _Alike(near & same_figures, worth, same_article)


class _Reader:
    """Reads what candidates claim, each once, where two come near each other."""

    def __init__(self, sentences: Sequence[int], originals: Originals, lexicon: Lexicon) -> None:
        self.sentences, self.originals, self.lexicon = sentences, originals, lexicon
        self.claims: dict[int, Claim] = {}

    def are_one(self, one: int, other: int, *, same_article: bool) -> bool:
        first, second = (self._claim(self.sentences[n]) for n in (one, other))
        return statements.same_statement(first, second, self.lexicon, same_article=same_article)

    def _claim(self, sentence: int) -> Claim:
        if sentence not in self.claims:
            original = self.originals.of(sentence)
            language = original.article.language
            subject = statements.read_subject(original.article.title, language)
            self.claims[sentence] = statements.read_claim(original.text, subject, language)
        return self.claims[sentence]


class Witnesses:
    """Counts the independent sources behind statements; an article's signature is made once."""

    def __init__(self) -> None:
        self._signatures: OrderedDict[tuple[str, str], Signature] = OrderedDict()
        self._turn = Lock()

    def count(self, statement: Statement, originals: Originals) -> int:
        """How many independent sources stand behind a statement.

        Args:
            statement: The sentences that make it.
            originals: Their articles.

        Raises:
            LibraryChanged: One is no longer the article that was indexed.
        """
        candidates = (statement.first, *statement.others)
        articles = {originals.of(one.sentence).article.id: one.sentence for one in candidates}
        if len(articles) == 1:
            return 1
        return independent([self._signature(s, originals) for s in articles.values()])

    def _signature(self, sentence: int, originals: Originals) -> Signature:
        article, spot = originals.of(sentence)
        key = (spot.article, spot.digest)
        with self._turn:
            if key in self._signatures:
                self._signatures.move_to_end(key)
                return self._signatures[key]
        made = signature(article, originals.index.prose(sentence))
        with self._turn:
            self._signatures[key] = made
            if len(self._signatures) > _KEPT:
                self._signatures.popitem(last=False)
        return made
