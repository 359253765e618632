"""Sentences that make one statement take one place among the quotes.

Two sentences are one statement if they say the same, in the same words or in others.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from retrieval.evidence.about import About
from retrieval.evidence.sources import NOBODY, Compared, Originals
from retrieval.evidence.statements import Comparer, Lexicon, Table
from retrieval.ranking import Candidate


class Statement(NamedTuple):
    """A candidate and those that say the same.

    Attributes:
        first: The best of them.
        others: The rest, best first.
    """

    first: Candidate
    others: tuple[Candidate, ...]


class Ending(NamedTuple):
    """Where a list of statements ends, apart from a limit.

    Attributes:
        share: The share of the first one's score below which none heads a statement, where scores
            are positive; a sentence below it may still say the same as one that does.
        fewest: How many statements are listed whatever their scores, if there are so many.
    """

    share: float = 0.0
    fewest: int = 1


NO_ENDING = Ending()


def gather(
    candidates: Sequence[Candidate],
    originals: Originals,
    lexicon: Lexicon,
    *,
    limit: int,
    ending: Ending = NO_ENDING,
    asked: About | None = None,
) -> list[Statement]:
    """Group candidates that make one statement under the best of each, in the order of the best.

    Each joins the first group whose best says the same, so the first groups do not depend on how
    many are asked for.

    Args:
        candidates: Best first.
        originals: Their articles.
        lexicon: What is known of words.
        limit: How many statements at most.
        ending: Where the list ends before that.
        asked: What was asked for: who says the same without it is no further source of it.
    """
    least = _least(candidates, ending.share)
    heads = max(sum(one.score >= least for one in candidates), ending.fewest)
    alike = _Alike(candidates, originals, lexicon, min(limit, heads), asked)
    left = list(range(len(candidates)))
    found: list[Statement] = []
    while left and len(found) < limit:
        head, *left = left
        if len(found) >= ending.fewest and candidates[head].score < least:
            break
        same = alike.to(head, left)
        found.append(Statement(candidates[head], tuple(candidates[n] for n in left if n in same)))
        left = [n for n in left if n not in same] if same else left
    return found


def _least(candidates: Sequence[Candidate], share: float) -> float:
    if not candidates or not share:
        return -math.inf
    first = candidates[0].score
    return min(first, share * first)  # of a score below zero, a share is above it


class _Alike:
    """Which candidates make one statement; pairs that were looked at before are known."""

    def __init__(
        self,
        candidates: Sequence[Candidate],
        originals: Originals,
        lexicon: Lexicon,
        heads: int,
        asked: About | None,
    ) -> None:
        self._asked = asked
        self._sentences = [candidate.sentence for candidate in candidates]
        self._originals, self._lexicon = originals, lexicon
        self._first = range(min(heads, len(candidates)))  # most of them head a statement

    def to(self, head: int, others: Sequence[int]) -> set[int]:
        """Those of some candidates that make the statement of the one at `head`."""
        sentence, known = self._sentences[head], self._originals.known.compared
        seen, same = known.get(sentence) or NOBODY
        new = [n for n in others if self._sentences[n] not in seen]
        if new:
            same = same.union([self._sentences[n] for n in self._compared(head, new)])
            seen = seen.union([self._sentences[n] for n in new])
            known.keep(sentence, Compared(seen, same))
        if not same:
            return set()
        there = [n for n in others if self._sentences[n] in same]
        if self._asked is None or not there:
            return set(there)
        having = self._asked.alike(sentence, [self._sentences[n] for n in there])
        return {n for n in there if self._sentences[n] in having}

    def _compared(self, head: int, others: Sequence[int]) -> Iterator[int]:
        near = self._near.get(head)
        if near is None:
            near = self._table.near(head, others)
        close = ((n, near[n]) for n in others if n in near)
        return (n for n, beside in close if self._comparer.are_one(head, n, same_article=beside))

    @cached_property
    def _table(self) -> Table:
        return Table(self._originals.index, self._sentences)

    @cached_property
    def _near(self) -> dict[int, dict[int, bool]]:
        """What is near each of the first, told at once so that all is read at once."""
        size = len(self._sentences)
        self._table.compare(self._first)
        return {head: self._table.near(head, range(head + 1, size)) for head in self._first}

    @cached_property
    def _comparer(self) -> Comparer:
        near = (n for head, others in self._near.items() for n in (head, *others) if others)
        self._originals.fetch(self._sentences[n] for n in near)
        return Comparer(self._sentences, self._table, self._originals, self._lexicon)
