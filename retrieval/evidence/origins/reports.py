"""How many independent sources are behind a statement, by the articles that make it.

Independence is counted only where it shows: two articles of which it is known who brought them, and
that have nothing in common which one source would give them. What nobody signed may have been taken
from any of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import NamedTuple

from retrieval.evidence.origins.credited import Credited, common_voice
from retrieval.evidence.origins.signatures import Signature, common_origin
from retrieval.models import UNKNOWN_PUBLISHER


class Report(NamedTuple):
    """An article as it makes one statement.

    Attributes:
        signature: Of the article.
        credited: Whose words it says that these are.
    """

    signature: Signature
    credited: Credited = Credited()


class Counted(NamedTuple):
    """How many say something.

    Attributes:
        articles: How many articles.
        origins: How many of them are known to be independent of each other, at least 1.
        because: Why these are fewer, in words; empty if they are not.
    """

    articles: int
    origins: int
    because: tuple[str, ...] = ()


Common = Callable[[Signature, Signature], str | None]


def count_origins(reports: Sequence[Report], common: Common = common_origin) -> Counted:
    """How many independent sources some articles are, and why not more.

    Args:
        reports: One an article; at least one. Their order decides which of several reasons is told.
        common: What shows that two articles have one origin.
    """
    groups = list(range(len(reports)))
    reasons: set[str] = set()
    for one, other in combinations(range(len(reports)), 2):
        if groups[one] == groups[other]:
            continue
        if reason := _tie(reports[one], reports[other], common):
            reasons.add(reason)
            joined = groups[other]
            groups = [groups[one] if group == joined else group for group in groups]
    traced = {g for g, report in zip(groups, reports, strict=True) if report.signature.is_traced}
    if len(set(groups)) > max(1, len(traced)):
        reasons.add(UNKNOWN_PUBLISHER)
    return Counted(len(reports), max(1, len(traced)), tuple(sorted(reasons, key=_place)))


def _tie(one: Report, other: Report, common: Common) -> str | None:
    voice = common_voice(one.credited, other.credited, (one.signature.wires, other.signature.wires))
    return voice or common(one.signature, other.signature)


def _place(reason: str) -> tuple[bool, str]:
    return reason == UNKNOWN_PUBLISHER, reason
