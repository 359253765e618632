"""A sentence where it stands: what its paragraph says before and after it, verbatim."""

from __future__ import annotations

from retrieval.errors import InputError
from retrieval.evidence.quoting import cut
from retrieval.models import Article, Context, Excerpt, Quote
from retrieval.sentences.passages import read_passages


def surroundings(article: Article, start: int, end: int) -> Context:
    """The paragraph around the sentence at `start`–`end` of an article.

    Raises:
        InputError: No sentence stands there.
    """
    sentences = read_passages(article)
    shown = [s for s in sentences if start <= s.start and s.end <= end]
    if not shown or (shown[0].start, shown[-1].end) != (start, end):
        raise InputError(f"article {article.id!r} has no sentence at {start}–{end}")
    paragraphs = range(shown[0].paragraph, shown[-1].paragraph + 1)
    paragraph = [s for s in sentences if s.paragraph in paragraphs]
    return Context(
        before=_excerpt(article, paragraph[0].start, start),
        quote=Quote(**cut(article, start, end), score=0.0, matched=()),
        after=_excerpt(article, end, paragraph[-1].end),
    )


def _excerpt(article: Article, start: int, end: int) -> Excerpt | None:
    """The stretch from `start` to `end` without the space around it, if it holds anything."""
    text = article.cut(start, end)
    start += len(text) - len(text.lstrip())
    text = text.strip()
    if not text:
        return None
    return Excerpt(
        text=text, article=article.id, title=article.title, start=start, end=start + len(text)
    )
