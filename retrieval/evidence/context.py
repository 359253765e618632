"""A quote where it stands: what its paragraph or its section says before and after it, verbatim."""

from __future__ import annotations

from retrieval.errors import InputError
from retrieval.evidence.quoting import cut
from retrieval.evidence.standing import soft_breaks, standing
from retrieval.models import Article, Context, Excerpt, Quote
from retrieval.sentences.passages import read_passages, sections_of
from retrieval.values import Span


def surroundings(article: Article, start: int, end: int) -> Context:
    """What is around the passages at `start`–`end` of an article.

    That is their paragraph; in a document, whose paragraphs may be a row or an item each, all that
    stands under the same heading.

    Raises:
        InputError: No passage stands there.
    """
    sentences = read_passages(article)
    shown = [s for s in sentences if start <= s.start and s.end <= end]
    if not shown or (shown[0].start, shown[-1].end) != (start, end):
        raise InputError(f"article {article.id!r} has no sentence at {start}–{end}")
    around = _section(article, start)
    if around is None:
        paragraphs = range(shown[0].paragraph, shown[-1].paragraph + 1)
        paragraph = [s for s in sentences if s.paragraph in paragraphs]
        around = Span(paragraph[0].start, paragraph[-1].end)
    where = standing(article, start)
    known = {"section": where.section, "anchor": where.anchor, "page": where.page}
    return Context(
        before=_excerpt(article, around.start, start),
        quote=Quote(**cut(article, start, end), **known, score=0.0, matched=()),
        after=_excerpt(article, end, around.end),
    )


def _section(article: Article, start: int) -> Span | None:
    """What stands under the heading above a passage of a document; None where it is none."""
    if article.layout is None or not article.is_document:
        return None
    for _, blocks in sections_of(article.layout.blocks):
        if blocks and blocks[0].start <= start < blocks[-1].end:
            return Span(blocks[0].start, blocks[-1].end)
    return None


def _excerpt(article: Article, start: int, end: int) -> Excerpt | None:
    """The stretch from `start` to `end`, if it holds anything; line ends beside it are kept."""
    text = article.cut(start, end)
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    if "\n" not in before:
        start += len(before)
    if "\n" not in after:
        end -= len(after)
    if text.isspace() or start >= end:
        return None
    return Excerpt(
        text=article.cut(start, end),
        article=article.id,
        title=article.title,
        start=start,
        end=end,
        soft=tuple(place - start for place in soft_breaks(article, start, end)),
    )
