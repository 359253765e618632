"""The language of an article: what is stated of it, else what its prose is written in."""

from __future__ import annotations

from retrieval.models import Article
from retrieval.text.languages.identifying import MOST, language_of

_PROSE = frozenset({"paragraph", "item", "definition", "quotation", "admonition"})


def spoken(article: Article) -> Article:
    """An article with its language, which is guessed where nothing states it."""
    if "language" in article.model_fields_set:
        return article
    return article.model_copy(update={"language": language_of(_prose(article))})


def _prose(article: Article) -> str:
    """What of an article is prose, as much as is read; of one without any, all."""
    blocks = article.layout.blocks if article.layout else ()
    found, length = list[str](), 0
    for block in blocks:
        if block.kind in _PROSE and length < MOST:
            found.append(article.cut(block.start, block.end))
            length += len(found[-1])
    return "\n".join(found) or article.text
