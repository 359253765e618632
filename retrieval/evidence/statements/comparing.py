"""Whether candidates make the same statement: what can be told without reading them goes first.

Nearly all that come near each other turn out to have their terms in another order, or too few of
them in common, and the index knows the terms. Only of those that are left the claims are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from retrieval.evidence.sources import Originals
from retrieval.evidence.standing import subject
from retrieval.evidence.statements.claims import (
    Claim,
    read_claim,
    read_subject,
    stop_terms,
    unread_words,
)
from retrieval.evidence.statements.differences import have_one_subject
from retrieval.evidence.statements.near_duplicates import Table
from retrieval.evidence.statements.paraphrase import (
    BOUND,
    LOOSE,
    SAME_ARTICLE,
    Lexicon,
    highest,
    same_statement,
)


class Comparer:
    """Compares candidates of one question; each is read once at most."""

    def __init__(
        self, sentences: Sequence[int], table: Table, originals: Originals, lexicon: Lexicon
    ) -> None:
        """Compare `sentences`, whose terms are in `table` and whose texts are in `originals`."""
        self._sentences, self._table, self._originals = sentences, table, originals
        self._lexicon = lexicon
        self._claim, self._content = cache(self._read), cache(self._terms)
        self._about = cache(self._named)

    def are_one(self, one: int, other: int, *, same_article: bool) -> bool:
        """Whether two candidates, by their places, make the same statement."""
        if self._stand_apart(one, other) or not self._may_be_one(
            one, other, same_article=same_article
        ):
            return False
        first, second = self._claim(one), self._claim(other)
        return same_statement(first, second, self._lexicon, same_article=same_article)

    def _stand_apart(self, one: int, other: int) -> bool:
        """Whether both are documents' and under other headings: "30 feet" is of what these name."""
        first, second = self._about(one), self._about(other)
        return first is not None and second is not None and first != second

    def _named(self, candidate: int) -> str | None:
        original = self._originals.of(self._sentences[candidate])
        return subject(original.article, original.sentence.start)

    def _may_be_one(self, one: int, other: int, *, same_article: bool) -> bool:
        """Whether the terms that the index has of both leave it open."""
        first, second = self._content(one), self._content(other)
        if not (first and second):
            return True
        reach = self._reach(first, second, same_article=same_article)
        if same_article or reach >= LOOSE:
            return reach >= (SAME_ARTICLE if same_article else LOOSE)
        return reach >= BOUND and have_one_subject(self._subject(one), self._subject(other))

    def _reach(self, one: Sequence[int], other: Sequence[int], *, same_article: bool) -> float:
        """How similar they are if nothing parts them."""
        told = self._table.told({*one, *other})
        lexicon = self._lexicon._replace(weigh=dict(told.values()).__getitem__)
        ours, theirs = ([told[n][0] for n in terms] for terms in (one, other))
        return highest(ours, theirs, lexicon, same_article=same_article)

    def _terms(self, candidate: int) -> tuple[int, ...] | None:
        """The terms of a candidate's claim by number; None where the index may have others."""
        original = self._originals.of(self._sentences[candidate])
        language = original.article.language
        said = original.said
        unread = unread_words(said, language)
        if unread is None or said != original.text:  # the index has the numbers as they are written
            return None
        return self._table.content(candidate, stop_terms(language), after=unread)

    def _subject(self, candidate: int) -> frozenset[str]:
        article = self._originals.of(self._sentences[candidate]).article
        return read_subject(article.title, article.language)

    def _read(self, candidate: int) -> Claim:
        original = self._originals.of(self._sentences[candidate])
        return read_claim(original.said, self._subject(candidate), original.article.language)
