"""The library's quotable sentences and their terms in flat arrays: what an index is made of.

Nothing here weighs anything. Articles stand in the order of their ids, sentences in the order of
the text, term numbers in the order of the terms; so the same articles give the same arrays, byte
for byte, however they came in.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import numpy as np

from retrieval.boilerplate import mark
from retrieval.models import Article, Sentence
from retrieval.postings import Ints
from retrieval.sentences import split
from retrieval.terms import read_terms


class ReadArticle(NamedTuple):
    """One article, split and read.

    Attributes:
        id: The article's id.
        digest: Of all that reading it depends on; the same digest reads the same.
        language: The language it was read in.
        title: The terms of its title.
        sentences: Its quotable sentences; page furniture is left out.
        terms: The terms of each of those sentences.
    """

    id: str
    digest: str
    language: str
    title: list[str]
    sentences: list[Sentence]
    terms: list[list[str]]


def read_article(article: Article) -> ReadArticle:
    """Split an article into sentences and those into terms."""
    marked = mark(article.text, split(article.text, article.language))
    quotable = [sentence for sentence in marked if sentence.furniture is None]
    return ReadArticle(
        id=article.id,
        digest=digest(article),
        language=article.language,
        title=_strings(article.title, article.language),
        sentences=quotable,
        terms=[_strings(article.cut(s.start, s.end), article.language) for s in quotable],
    )


def _strings(text: str, language: str) -> list[str]:
    return [term.term for term in read_terms(text, language)]


def digest(article: Article) -> str:
    """A digest of what reading an article depends on: its text, title and language."""
    known = f"{article.sha256}\0{article.language}\0{article.title}"
    return hashlib.sha256(known.encode()).hexdigest()[:32]


class Corpus(NamedTuple):
    """Every quotable sentence of a library, in flat arrays.

    Attributes:
        articles: Shape (articles,): ids, ascending.
        digests: Shape (articles,): see `digest`.
        languages: Shape (articles,).
        vocabulary: Shape (terms,): every term, ascending; its place is its number.
        article_sentences: Shape (articles + 1,): article a holds sentences [a]:[a + 1].
        title_offsets: Shape (articles + 1,): article a's title is title_terms[[a]:[a + 1]].
        title_terms: Term numbers of all titles.
        starts: Shape (sentences,): first character in its article.
        ends: Shape (sentences,): one past the last.
        paragraphs: Shape (sentences,): its paragraph's number within its article.
        offsets: Shape (sentences + 1,): sentence s is terms[[s]:[s + 1]].
        terms: Term numbers of all sentences.
    """

    articles: tuple[str, ...]
    digests: tuple[str, ...]
    languages: tuple[str, ...]
    vocabulary: tuple[str, ...]
    article_sentences: Ints
    title_offsets: Ints
    title_terms: Ints
    starts: Ints
    ends: Ints
    paragraphs: Ints
    offsets: Ints
    terms: Ints

    @property
    def sentences(self) -> int:
        """How many sentences there are."""
        return len(self.starts)

    def by_digest(self) -> dict[tuple[str, str], int]:
        """Each article's number by its id and digest."""
        return {key: n for n, key in enumerate(zip(self.articles, self.digests, strict=True))}

    def article(self, number: int) -> ReadArticle:
        """What was read of an article, as it was when it was read."""
        first, last = (int(n) for n in self.article_sentences[number : number + 2])
        title = self.title_terms[self.title_offsets[number] : self.title_offsets[number + 1]]
        return ReadArticle(
            id=self.articles[number],
            digest=self.digests[number],
            language=self.languages[number],
            title=self._words(title),
            sentences=[self.sentence(n) for n in range(first, last)],
            terms=[self._words(self.terms_of(n)) for n in range(first, last)],
        )

    def sentence(self, number: int) -> Sentence:
        """A sentence's place in its article."""
        return Sentence(
            int(self.starts[number]), int(self.ends[number]), int(self.paragraphs[number])
        )

    def terms_of(self, number: int) -> Ints:
        """The term numbers of a sentence, in order."""
        return self.terms[self.offsets[number] : self.offsets[number + 1]]

    def _words(self, numbers: Ints) -> list[str]:
        return [self.vocabulary[n] for n in numbers.tolist()]


def read_corpus(
    articles: Iterable[Article],
    *,
    known: Corpus | None = None,
    advance: Callable[[], None] | None = None,
) -> Corpus:
    """Read articles, reusing what `known` already read of them.

    Args:
        articles: In the order of their ids.
        known: An earlier corpus; articles with the same digest are copied from it.
        advance: Called once an article.
    """
    builder = _Builder()
    earlier = known.by_digest() if known else {}
    for article in articles:
        found = earlier.get((article.id, digest(article)))
        if known is not None and found is not None:
            builder.add(known.article(found))
        else:
            builder.add(read_article(article))
        if advance:
            advance()
    return builder.corpus()


class _Builder:
    """Collects read articles; terms are numbered as they come and renumbered at the end."""

    def __init__(self) -> None:
        self.names: list[tuple[str, str, str]] = []
        self.numbers: dict[str, int] = {}
        self.titles, self.title_lengths = array("q"), array("q")
        self.places = array("q")
        self.counts = array("q")
        self.terms, self.lengths = array("q"), array("q")

    def add(self, article: ReadArticle) -> None:
        self.names.append((article.id, article.digest, article.language))
        self.titles.extend(self._numbered(article.title))
        self.title_lengths.append(len(article.title))
        self.counts.append(len(article.sentences))
        for sentence, terms in zip(article.sentences, article.terms, strict=True):
            self.places.extend(sentence[:3])
            self.terms.extend(self._numbered(terms))
            self.lengths.append(len(terms))

    def _numbered(self, terms: list[str]) -> Iterator[int]:
        numbers = self.numbers
        return (numbers.setdefault(term, len(numbers)) for term in terms)

    def corpus(self) -> Corpus:
        ids, digests, languages = zip(*self.names, strict=True) if self.names else ((), (), ())
        vocabulary = sorted(self.numbers)
        renumbered = np.empty(len(vocabulary), dtype=np.int64)
        renumbered[[self.numbers[term] for term in vocabulary]] = np.arange(len(vocabulary))
        starts, ends, paragraphs = _ints(self.places).reshape(-1, 3).T.copy()
        return Corpus(
            articles=ids,
            digests=digests,
            languages=languages,
            vocabulary=tuple(vocabulary),
            article_sentences=_offsets(self.counts),
            title_offsets=_offsets(self.title_lengths),
            title_terms=renumbered[_ints(self.titles)],
            starts=starts,
            ends=ends,
            paragraphs=paragraphs,
            offsets=_offsets(self.lengths),
            terms=renumbered[_ints(self.terms)],
        )


def _ints(values: array[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _offsets(lengths: array[int]) -> Ints:
    return np.concatenate([[0], np.cumsum(_ints(lengths))]).astype(np.int64)
