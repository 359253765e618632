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
from retrieval.engine.texts import Array
from retrieval.index import Index
from retrieval.originals import Originals
from retrieval.origins import Signature, independent, signature
from retrieval.ranking import Candidate
from retrieval.statements import Claim, Lexicon

Marks = NDArray[np.bool_]

NEAR_IDENTICAL = 0.8  # Jaccard similarity of the terms of two sentences
_ONE_THREAD = 1 << 17  # multiplications
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
    likeness = _compare(originals.index, sentences)
    reader = _Reader(originals, lexicon)
    near = np.flatnonzero(likeness.worth_reading.any(axis=1)).tolist()
    originals.fetch([*sentences[:limit], *(sentences[n] for n in near)])

    def are_one(one: int, other: int) -> bool:
        if likeness.nearly_identical[one, other]:
            return True
        worth = likeness.worth_reading[one, other]
        return bool(worth) and reader.are_one(sentences[one], sentences[other])

    groups: list[list[int]] = []
    for n in range(len(sentences)):
        group = next((group for group in groups if are_one(group[0], n)), None)
        if group is not None:
            group.append(n)
        elif len(groups) < limit:
            groups.append([n])
    return [Statement(candidates[first], tuple(candidates[n] for n in others))
            for first, *others in groups]  # fmt: skip


class _Likeness(NamedTuple):
    """How alike C candidates are in their terms; both arrays have the shape (C, C).

    Attributes:
        nearly_identical: Nearly the same terms and exactly the same figures.
        worth_reading: Terms enough in common that both may say the same in other words; False
            for a candidate and itself.
    """

    nearly_identical: Marks
    worth_reading: Marks


def _compare(index: Index, sentences: Sequence[int]) -> _Likeness:
    """Compare each candidate with each; term by term this would cost more than the ranking."""
    numbers = np.array(sentences, dtype=np.int64)
    said = index.words_of(numbers)
    present = np.zeros((len(numbers), len(said.figures)), dtype=np.float32)
    present[said.rows, said.columns] = 1.0
    sizes = present.sum(axis=1)
    shared = _products(present[:, present.sum(axis=0) > 1])
    either = sizes[:, None] + sizes[None, :] - shared
    figures = present[:, said.figures]
    lacking = figures @ (1.0 - figures).T > 0
    articles = index.article_of(numbers)
    worth = statements.worth_reading(shared, sizes, articles[:, None] == articles[None, :])
    np.fill_diagonal(worth, val=False)
    return _Likeness((shared >= NEAR_IDENTICAL * either) & ~lacking & ~lacking.T, worth)


def _products(present: Array) -> Array:
    """`present @ present.T`, a few rows at a time.

    BLAS divides a large product among threads, and to wake them takes longer than the product.
    """
    size, width = present.shape
    products = np.empty((size, size), dtype=present.dtype)
    step = max(_ONE_THREAD // max(size * width, 1), 1)
    for first in range(0, size, step):
        np.matmul(present[first : first + step], present.T, out=products[first : first + step])
    return products


class _Reader:
    """Reads what candidates claim, each once, where two come near each other."""

    def __init__(self, originals: Originals, lexicon: Lexicon) -> None:
        self.originals, self.lexicon = originals, lexicon
        self.claims: dict[int, Claim] = {}

    def are_one(self, one: int, other: int) -> bool:
        first, second = self.originals.index.article_of(np.array([one, other])).tolist()
        return statements.same_statement(
            self._claim(one),
            self._claim(other),
            self.lexicon,
            same_article=first == second,
        )

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
        article, digest, *_ = originals.of(sentence)
        key = (article.id, digest)
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
