"""Whether two sentences make the same statement.

Words cannot prove that two sentences say the same, so this leans to the safe side: joined wrongly,
a sentence is hidden from the reader; left apart, it merely takes a place of its own. Nothing joins
two sentences that differ in a figure, a name, a subject or a negation. All others must have much
content in common, weighted by idf, and in the same order: less where they name the same things in
articles on the same subject, most within one article, which seldom says a thing twice.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from math import fsum
from typing import Any, NamedTuple

import numpy as np

from retrieval.evidence.statements.claims import Claim
from retrieval.evidence.statements.differences import (
    are_settled,
    differ,
    differ_closely,
    differ_in_a_word,
    in_the_air,
    same_subject,
)
from retrieval.search.arrays import Floats, Marks

CLOSE = 0.70
"""How much two sentences have in common of which it is asked word by word what tells them apart."""
BOUND = 0.24
LOOSE = 0.50
SAME_ARTICLE = 0.65
"""How similar two sentences must be: with names in common, of articles with a common subject;
without the one or the other; and within one article."""

_NAMED = 2  # names in common that bind two sentences; common figures count as one
_ORDER = 0.75  # share of the common terms that stand in the same order
_SOME = 2  # content terms of a statement that is told in two articles
_COMMON = 3  # common terms and figures of bound sentences, names not counted
_COMMON_LOOSE = 6  # the same of others: "A review and meta-analysis" is said of many studies
_COPIED = 9  # common terms of what is a copy, and so speaks of the same, whatever the titles
_COVERED = 0.33  # share of the shorter sentence that is common, names and figures not counted
_RELATED = 0.8  # what a derivation or a synonym counts beside the word itself
_NEAR_WEIGHT = 0.3  # share of its terms by weight without which no other sentence is even read
_NEAR = 0.25  # the same, of the longer one's terms, not weighed
_NEAR_WITHIN = 0.55  # the same within one article
_NOBODY: frozenset[str] = frozenset()


def _unrelated(_: str) -> frozenset[str]:
    return _NOBODY


class Lexicon(NamedTuple):
    """What is known of words.

    Attributes:
        weigh: What a term weighs, above 0: its idf in the library.
        related: The terms that derive from it or mean the same.
    """

    weigh: Callable[[str], float]
    related: Callable[[str], frozenset[str]] = _unrelated

    def are_related(self, one: str, other: str) -> bool:
        """Whether two terms are one, or of one family, or mean the same."""
        if one == other:
            return True
        own = self.related(one)
        return other in own or not own.isdisjoint(self.related(other))


def same_statement(
    one: Claim, other: Claim, lexicon: Lexicon, *, same_article: bool = False
) -> bool:
    """Whether two sentences make the same statement. Symmetric.

    One may add to the other: a circumstance, a source, a date, but nothing that the other gives
    otherwise.
    """
    least = BOUND if _bound(one, other) else LOOSE
    if same_article:
        least = SAME_ARTICLE
    return similarity(one, other, lexicon, same_article=same_article) >= least


def _bound(one: Claim, other: Claim) -> bool:
    """Whether they name the same things, in articles with a common subject. Symmetric."""
    sure = one.proper | other.proper  # a capital that opens one sentence may be plain in the other
    terms = sure & one.named & other.named
    names = min(len({name & terms for name in claim.names} - {_NOBODY}) for claim in (one, other))
    dated = not one.figures.isdisjoint(other.figures)
    return names > 0 and names + dated >= _NAMED and same_subject(one, other)


def similarity(one: Claim, other: Claim, lexicon: Lexicon, *, same_article: bool = False) -> float:
    """How much two sentences have in common, from 0 to 1; 0 where anything parts them. Symmetric.

    It is the weighted Jaccard similarity of their terms, less up to half of it where the common
    terms of sentences that are not close stand in another order.
    """
    if same_article and one.layout.text == other.layout.text:
        return 1.0
    everything = _compare(frozenset(one.terms), frozenset(other.terms), lexicon)
    if not _may_be_one(one, other, everything, lexicon, same_article=same_article):
        return 0.0
    if differ(one, other, lexicon.are_related):
        return 0.0
    if everything.jaccard >= LOOSE and differ_in_a_word(one, other, lexicon.are_related):
        return 0.0
    if everything.jaccard >= CLOSE and differ_closely(one, other, lexicon.are_related):
        return 0.0
    return highest(one.terms, other.terms, lexicon, same_article=same_article)


def _may_be_one(
    one: Claim, other: Claim, everything: _Overlap, lexicon: Lexicon, *, same_article: bool
) -> bool:
    """Whether they have enough in common, and speak of the same things."""
    is_close, figures = everything.jaccard >= CLOSE, len(one.figures & other.figures)
    little = min(len(one.terms), len(other.terms)) < _SOME
    if little and not same_article and one.layout.text != other.layout.text:
        return False  # "Yes!" and "(Please do) Yes." answer two questions
    is_copy = is_close and everything.size + figures >= _COPIED
    is_settled = is_copy or (is_close and are_settled(one, other))
    if not is_settled and in_the_air(one, other):
        return False
    if (not is_close or same_article) and _order(one.terms, other.terms) < _ORDER:
        return False
    if is_close:
        least = min(_COMMON, len(one.terms), len(other.terms))
        return everything.size + figures >= least
    named = one.named | other.named
    content = _compare(frozenset(one.terms) - named, frozenset(other.terms) - named, lexicon)
    least = _COMMON if _bound(one, other) else _COMMON_LOOSE
    if everything.jaccard >= LOOSE and least == _COMMON:
        least = 1
    return content.size + figures >= least and content.covered >= _COVERED


def highest(
    one: Sequence[str], other: Sequence[str], lexicon: Lexicon, *, same_article: bool = False
) -> float:
    """How similar two sentences are where nothing parts them, by their content terms in order."""
    order = _order(one, other)
    if same_article and order < _ORDER:
        return 0.0
    common = _compare(frozenset(one), frozenset(other), lexicon).jaccard
    if common >= CLOSE and not same_article:
        return common
    return common * (1 + order) / 2 if order >= _ORDER else 0.0


def are_worth_reading(weight: Floats, share: Floats, same_article: Marks) -> Marks:
    """Which sentences have so much in common with others that they are worth comparing.

    Args:
        weight: The share of the other's terms, by weight, that each has as well.
        share: The share of the longer one's terms that both have.
        same_article: Whether they stand in one article.
    """
    least = np.where(same_article, _NEAR_WITHIN, _NEAR)
    return (weight >= _NEAR_WEIGHT) & (share >= least)


class _Overlap(NamedTuple):
    """What two sets of terms have in common.

    Attributes:
        size: How many terms, one for a term and those related to it.
        jaccard: Their share of all terms, by weight.
        covered: Their share of the set that weighs less, by weight.
    """

    size: int
    jaccard: float
    covered: float


def _compare(own: frozenset[str], others: frozenset[str], lexicon: Lexicon) -> _Overlap:
    common, mine, yours = own & others, own - others, others - own
    near, nearby = _related(mine, yours, lexicon), _related(yours, mine, lexicon)
    weight = _sum(common, lexicon) + _RELATED * (_sum(near, lexicon) + _sum(nearby, lexicon)) / 2
    rest, remainder = _sum(mine - near, lexicon), _sum(yours - nearby, lexicon)
    return _Overlap(
        size=len(common) + min(len(near), len(nearby)),
        jaccard=weight / ((weight + rest + remainder) or 1.0),
        covered=weight / ((weight + min(rest, remainder)) or 1.0),
    )


def _related(terms: frozenset[str], others: frozenset[str], lexicon: Lexicon) -> frozenset[str]:
    """Those of some terms that are of one family with others, or mean the same."""
    reach = others.union(*map(lexicon.related, others)) if terms and others else _NOBODY
    return frozenset(t for t in terms if t in reach or not reach.isdisjoint(lexicon.related(t)))


def _sum(terms: Iterable[str], lexicon: Lexicon) -> float:
    return fsum(map(lexicon.weigh, terms))


def _order(one: Sequence[Any], other: Sequence[Any]) -> float:
    """The share of the common terms that stand in the same order in both; 0 without any."""
    places = {term: place for place, term in enumerate(other)}
    common = [places[term] for term in one if term in places]
    rising: list[int] = []  # the least end of a rising run of each length
    for place in common:
        at = bisect_left(rising, place)
        rising[at : at + 1] = [place]
    return len(rising) / len(common) if common else 0.0
