"""What tells where an article comes from: its text, its steps, its agency, its publisher.

Only what the articles say can be known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from retrieval.evidence.origins.publishers import domain, publisher_key
from retrieval.evidence.origins.rewrites import Steps, is_retold, read_steps
from retrieval.evidence.origins.shingles import Numbers, overlap, shingles
from retrieval.evidence.origins.wires import SITES, find_wire, name_wire
from retrieval.models import Article
from retrieval.values import Sentence

COPIED = 0.5  # share of the shorter text that a copy has, at least
LIKE = 0.2  # share of both texts together: below it, the longer one quotes the shorter

SAME_TEXT = "the same text"
SAME_STEPS = "the same steps in the same order"
ONE_PUBLISHER = "one publisher"


Key = tuple[str | None, ...]


class Signature(NamedTuple):
    """What tells an article's origin; it depends on the article alone.

    Attributes:
        article: What it was made of: two with equal keys are equal.
        text: The shingles of its prose.
        steps: What it tells, in order.
        wires: The news agencies that signed it, by their short names; sorted.
        publishers: Its publisher's site and name; sorted.
    """

    article: Key
    text: Numbers
    steps: Steps
    wires: tuple[str, ...]
    publishers: tuple[str, ...]

    @property
    def is_traced(self) -> bool:
        """Whether it is known at all who brought it."""
        return bool(self.wires or self.publishers)


def key(article: Article) -> Key:
    """What an article's signature depends on; its title decides what is boilerplate."""
    known = article.publisher, article.author, article.url
    return (article.sha256, article.language, article.title, *known)


def signature(article: Article, prose: Iterable[Sentence]) -> Signature:
    """The signature of an article.

    Args:
        article: The article.
        prose: Its sentences without boilerplate, which articles of one site share.
    """
    sentences = [article.cut(sentence.start, sentence.end) for sentence in prose]
    sites = [site for site in (domain(article.url), domain(article.publisher)) if site]
    return Signature(
        article=key(article),
        text=shingles("\n".join(sentences)),
        steps=read_steps(sentences, article.language),
        wires=tuple(sorted(set(_wires(article, sites)))),
        publishers=tuple(sorted(set(_publishers(article, sites)))),
    )


def _wires(article: Article, sites: Iterable[str]) -> Iterator[str]:
    signed = (name_wire(article.author), name_wire(article.publisher), find_wire(article.text))
    yield from filter(None, (*signed, *map(SITES.get, sites)))


def _publishers(article: Article, sites: Iterable[str]) -> Iterator[str]:
    for site in sites:
        yield f"site:{site}"
    if publisher := publisher_key(article.publisher):
        yield f"publisher:{publisher}"


def common_origin(one: Signature, other: Signature) -> str | None:
    """What shows that two articles have one origin, in words, or None. Symmetric."""
    if wires := sorted(set(one.wires).intersection(other.wires)):
        return report_of(wires[0])
    if not set(one.publishers).isdisjoint(other.publishers):
        return ONE_PUBLISHER
    if _copied(one.text, other.text):
        return SAME_TEXT
    return SAME_STEPS if is_retold(one.steps, other.steps) else None


def report_of(wire: str) -> str:
    """That several articles relay one news agency."""
    return f"one report of {wire}"


def _copied(one: Numbers, other: Numbers) -> bool:
    shared = overlap(one, other)
    return shared.resemblance >= LIKE and shared.containment >= COPIED
