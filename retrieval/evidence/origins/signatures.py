"""How many independent sources stand behind several articles.

Two articles have one origin if one copies the other's text, if the same news agency signed both, or
if one publisher family brought both. Only what the articles say can be known: a story that was
retold in other words and lost its byline on the way counts as a source of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from retrieval.evidence.origins.publishers import domain, publisher_key
from retrieval.evidence.origins.shingles import Numbers, overlap, shingles
from retrieval.evidence.origins.wires import SITES, find_wire, name_wire
from retrieval.models import Article
from retrieval.values import Sentence

COPIED = 0.5  # share of the shorter text that a copy has, at least
LIKE = 0.2  # share of both texts together: below it, the longer one quotes the shorter


class Signature(NamedTuple):
    """What tells an article's origin; it depends on the article alone.

    Attributes:
        text: The shingles of its prose.
        marks: What it has in common with articles of the same agency or publisher; sorted.
    """

    text: Numbers
    marks: tuple[str, ...]


def signature(article: Article, prose: Iterable[Sentence]) -> Signature:
    """The signature of an article.

    Args:
        article: The article.
        prose: Its sentences without boilerplate, which articles of one site share.
    """
    text = "\n".join(article.cut(sentence.start, sentence.end) for sentence in prose)
    return Signature(shingles(text), tuple(sorted(set(_marks(article)))))


def _marks(article: Article) -> Iterator[str]:
    sites = [site for site in (domain(article.url), domain(article.publisher)) if site]
    signed = (name_wire(article.author), name_wire(article.publisher), find_wire(article.text))
    for wire in (*signed, *map(SITES.get, sites)):
        if wire:
            yield f"wire:{wire}"
    for site in sites:
        yield f"site:{site}"
    if publisher := publisher_key(article.publisher):
        yield f"publisher:{publisher}"


def same_origin(one: Signature, other: Signature) -> bool:
    """Whether nothing tells two articles' sources apart. Symmetric."""
    return not set(one.marks).isdisjoint(other.marks) or _copied(one.text, other.text)


def _copied(one: Numbers, other: Numbers) -> bool:
    shared = overlap(one, other)
    return shared.resemblance >= LIKE and shared.containment >= COPIED


def independent(signatures: Iterable[Signature]) -> int:
    """How many independent sources stand behind a few articles; each is compared with each."""
    sources: list[list[Signature]] = []
    for one in signatures:
        apart, joined = list[list[Signature]](), [one]
        for source in sources:
            if any(same_origin(one, other) for other in source):
                joined += source
            else:
                apart.append(source)
        sources = [*apart, joined]
    return len(sources)
