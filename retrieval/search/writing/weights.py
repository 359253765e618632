"""How much a section counts in the ranking: what is stated of it, else what its kind tells."""

from __future__ import annotations

from retrieval.models import Article
from retrieval.sentences.passages import Section
from retrieval.text.languages.source_kinds import SOURCE_KINDS, TOLD, kind_of_source


def weighed(article: Article, section: Section) -> tuple[int, float]:
    """The place of its kind in `SOURCE_KINDS`, and its weight; news is of no kind."""
    layout = article.layout
    if layout is not None and layout.weight is not None:
        return 0, layout.weight
    if not article.is_document:
        return 0, 1.0
    kind = kind_of_source(article.id, section.title.split("\n"))
    return SOURCE_KINDS.index(kind), TOLD if kind else 1.0
