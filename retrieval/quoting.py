"""Sentences into proven quotes: cut from the stored text, and compared before they leave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from retrieval.evidence import Statement, Witnesses
from retrieval.models import Also, Article, Quote, Speaker
from retrieval.originals import Original, Originals
from retrieval.question import Question
from retrieval.question.phrases import places
from retrieval.speakers import speaker
from retrieval.terms import parts_of, read_terms
from retrieval.values import Place


def quote(
    statement: Statement, question: Question, originals: Originals, witnesses: Witnesses
) -> Quote:
    """Cut a statement from its articles.

    Raises:
        LibraryChanged: An article is no longer the one that was indexed.
        ProofError: An article does not hold it: never shown to anybody.
    """
    first = statement.first
    original = originals.of(first.sentence)
    article, sentence = original.article, original.sentence
    found = Quote(
        **cut(article, sentence.start, sentence.end),
        score=first.score,
        matched=tuple(matches(original.text, question, article.language)),
        also=tuple(_also(originals.of(other.sentence)) for other in statement.others),
        origins=witnesses.count(statement, originals),
        speaker=_speaker(original),
        why={name: round(part, 4) for name, part in first.why().items()},
    )
    found.prove(article)
    return found


def cut(article: Article, start: int, end: int) -> dict[str, Any]:
    """What a quote at `start`–`end` of an article says of its place and its source."""
    return {
        "text": article.cut(start, end),
        "article": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "published": article.published,
        "url": article.url,
        "start": start,
        "end": end,
        "sha256": article.sha256,
    }


def _also(original: Original) -> Also:
    article, sentence = original.article, original.sentence
    return Also(
        article=article.id,
        title=article.title,
        start=sentence.start,
        end=sentence.end,
        text=original.text,
    )


def _speaker(original: Original) -> Speaker | None:
    """Whom the article credits with a sentence; only English attributions are known."""
    article, sentence = original.article, original.sentence
    if article.language.partition("-")[0].lower() != "en":
        return None
    place = speaker(article.text, sentence, *original.neighbours())
    return place and Speaker(text=article.cut(*place), start=place.start, end=place.end)


def matches(text: str, question: Question, language: str) -> Iterator[Place]:
    """What of `text` was asked for, words and phrases in order; spans that touch are joined."""
    words = read_terms(text, language)
    wanted = question.terms_in({word.term for word in words})
    spoken = parts_of(words)
    phrases = (place for phrase in question.phrases for place in places(spoken, phrase))
    spans = sorted([*((w.start, w.end) for w in words if w.term in wanted), *phrases])
    first, last = -1, -1
    for start, end in spans:
        if start > last:
            if last > 0:
                yield first, last
            first = start
        last = max(last, end)
    if last > 0:
        yield first, last
