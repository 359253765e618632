"""Who else says so: sentences that make one statement take one place, and their sources count.

Two sentences are one statement if they are nearly identical, or say the same in other words.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import NamedTuple

from retrieval import statements
from retrieval.index import Index
from retrieval.originals import Originals
from retrieval.origins import Signature, independent, signature
from retrieval.ranking import Candidate
from retrieval.statements import Claim, Lexicon

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
    gatherer = _Gatherer(originals, lexicon)
    groups: list[tuple[_Read, list[Candidate]]] = []
    for candidate in candidates:
        read = gatherer.read(candidate)
        group = next((group for head, group in groups if gatherer.are_one(head, read)), None)
        if group is not None:
            group.append(candidate)
        elif len(groups) < limit:
            groups.append((read, [candidate]))
    return [Statement(first, tuple(others)) for _, (first, *others) in groups]


class _Read(NamedTuple):
    """A candidate as it is compared: its article's number and its terms, as the bits of a number.

    Two numbers meet several times as fast as two sets.
    """

    sentence: int
    article: int
    terms: int
    size: int


class _Gatherer:
    """Compares candidates; a text is read only where two come near each other."""

    def __init__(self, originals: Originals, lexicon: Lexicon) -> None:
        self.originals, self.lexicon = originals, lexicon
        self.index: Index = originals.index
        self.places: dict[int, int] = {}
        self.figures = 0  # the bits of terms with a digit
        self.claims: dict[int, Claim] = {}

    def read(self, candidate: Candidate) -> _Read:
        terms = self.index.terms_of(candidate.sentence)
        bits = 0
        for term in terms:
            bits |= 1 << self._place(term)
        article = int(self.index.article_of[candidate.sentence])
        return _Read(candidate.sentence, article, bits, len(terms))

    def _place(self, term: int) -> int:
        place = self.places.get(term)
        if place is None:
            place = self.places[term] = len(self.places)
            if self.index.is_figure(term):
                self.figures |= 1 << place
        return place

    def are_one(self, one: _Read, other: _Read) -> bool:
        shared = (one.terms & other.terms).bit_count()
        if shared >= NEAR_IDENTICAL * (one.size + other.size - shared) and not (
            (one.terms ^ other.terms) & self.figures
        ):
            return True
        same_article = one.article == other.article
        if not statements.may_be_same(shared, one.size, other.size, same_article=same_article):
            return False
        return statements.same_statement(
            self._claim(one), self._claim(other), self.lexicon, same_article=same_article
        )

    def _claim(self, read: _Read) -> Claim:
        if read.sentence not in self.claims:
            original = self.originals.of(read.sentence)
            language = original.article.language
            subject = statements.read_subject(original.article.title, language)
            self.claims[read.sentence] = statements.read_claim(original.text, subject, language)
        return self.claims[read.sentence]


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
        articles = {originals.of(one.sentence).number: one.sentence for one in candidates}
        if len(articles) == 1:
            return 1
        return independent([self._signature(s, originals) for s in articles.values()])

    def _signature(self, sentence: int, originals: Originals) -> Signature:
        article, number, *_ = originals.of(sentence)
        key = (article.id, originals.index.corpus.digests[number])
        with self._turn:
            if key in self._signatures:
                self._signatures.move_to_end(key)
                return self._signatures[key]
        made = signature(article, originals.prose(number))
        with self._turn:
            self._signatures[key] = made
            if len(self._signatures) > _KEPT:
                self._signatures.popitem(last=False)
        return made
