"""Sentences into proven quotes: cut from the stored text, and compared before they leave."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.corpus import digest
from retrieval.errors import LibraryChanged
from retrieval.evidence import Statement
from retrieval.index import Index
from retrieval.library import Library
from retrieval.models import Also, Article, Place, Quote
from retrieval.phrases import places
from retrieval.question import Question
from retrieval.terms import parts_of, read_terms


def quote(statement: Statement, question: Question, index: Index, library: Library) -> Quote:
    """Cut a statement from its articles.

    Raises:
        LibraryChanged: An article is no longer the one that was indexed.
        ProofError: An article does not hold it: never shown to anybody.
    """
    article, start, end = _place(statement.first.sentence, index, library)
    also = tuple(_also(other.sentence, index, library) for other in statement.others)
    found = cut(
        article,
        start,
        end,
        score=statement.first.score,
        matched=tuple(matches(article.cut(start, end), question, article.language)),
        also=also,
    )
    found.prove(article)
    return found


def cut(
    article: Article,
    start: int,
    end: int,
    *,
    score: float = 0.0,
    matched: tuple[Place, ...] = (),
    also: tuple[Also, ...] = (),
) -> Quote:
    """The quote at `start`–`end` of an article; see `Quote` for what it carries."""
    return Quote(
        text=article.cut(start, end),
        article=article.id,
        title=article.title,
        publisher=article.publisher,
        author=article.author,
        published=article.published,
        url=article.url,
        start=start,
        end=end,
        sha256=article.sha256,
        score=score,
        matched=matched,
        also=also,
        origins=len({article.id, *(other.article for other in also)}),
    )


def _place(sentence: int, index: Index, library: Library) -> tuple[Article, int, int]:
    number = int(index.article_of[sentence])
    article = library.get(index.corpus.articles[number])
    if digest(article) != index.corpus.digests[number]:
        raise LibraryChanged(article.id)  # its places are those of another text
    start, end, *_ = index.corpus.sentence(sentence)
    return article, start, end


def _also(sentence: int, index: Index, library: Library) -> Also:
    article, start, end = _place(sentence, index, library)
    return Also(
        article=article.id,
        title=article.title,
        start=start,
        end=end,
        text=article.cut(start, end),
    )


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
