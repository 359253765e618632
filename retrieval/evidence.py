"""Who else says so: sentences that make one statement take one place, and their sources count.

Two sentences are one statement if they are nearly identical, or say the same in other words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from retrieval.memo import Memo
from retrieval.originals import Originals
from retrieval.origins import Signature, independent, signature
from retrieval.ranking import Candidate
from retrieval.statements import Comparer, Lexicon, Table

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
    if not candidates:
        return []
    sentences = [candidate.sentence for candidate in candidates]
    table = Table(originals.index, sentences)
    first = range(min(limit, len(candidates)))  # most of them head a statement
    table.compare(first)
    near = ((sentences[h], sentences[n]) for h in first for n in table.alike(h).near)
    unread = (pair for pair in near if pair not in originals.known.same)
    originals.fetch(sentence for pair in unread for sentence in pair)
    comparer = Comparer(sentences, table, originals, lexicon)
    left = list(range(len(candidates)))
    found: list[Statement] = []
    while left and len(found) < limit:
        head, *rest = left
        same = _same(head, rest, table, comparer)
        found.append(Statement(candidates[head], tuple(candidates[n] for n in rest if n in same)))
        left = [n for n in rest if n not in same]
    return found


def _same(head: int, others: Sequence[int], table: Table, comparer: Comparer) -> set[int]:
    """Which of some candidates make the statement of the one at `head`."""
    identical, near = table.alike(head)
    return {
        n
        for n in others
        if n in identical or (n in near and comparer.are_one(head, n, same_article=near[n]))
    }


class Witnesses:
    """Counts the independent sources behind statements; an article's signature is made once."""

    def __init__(self) -> None:
        self._signatures = Memo[tuple[str, str], Signature](_KEPT)

    def count(self, statement: Statement, originals: Originals) -> int:
        """How many independent sources stand behind a statement.

        Args:
            statement: The sentences that make it.
            originals: Their articles.

        Raises:
            LibraryChanged: One is no longer the article that was indexed.
        """
        if not statement.others:
            return 1
        candidates = (statement.first, *statement.others)
        articles = {originals.of(one.sentence).article.id: one.sentence for one in candidates}
        if len(articles) == 1:
            return 1
        return independent([self._signature(s, originals) for s in articles.values()])

    def _signature(self, sentence: int, originals: Originals) -> Signature:
        article, spot = originals.of(sentence)
        key = (spot.article, spot.digest)
        prose = originals.index.prose
        return self._signatures.make(key, lambda: signature(article, prose(sentence)))
