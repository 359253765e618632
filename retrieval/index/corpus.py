"""The library's quotable sentences and their words in flat arrays: what an index is made of.

Nothing here weighs anything. Articles stand in the order of their ids, sentences in the order of
the text, forms and terms in the order of their letters; so the same articles give the same arrays,
byte for byte, however they came in.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.library import Entry
from retrieval.models import Article
from retrieval.postings import Ints
from retrieval.sentences import split
from retrieval.sentences.boilerplate import mark
from retrieval.terms import read_terms
from retrieval.values import Sentence, Term, reading_digest

Bytes = NDArray[np.uint8]

CAPITAL = 1 << 0  # the word starts with a capital letter
WHOLE = 1 << 1  # a hyphenated word as a whole; its parts follow


class Token(NamedTuple):
    """A word where it stands.

    Attributes:
        form: The word folded.
        term: Its term.
        case: `CAPITAL` and `WHOLE`, where they hold.
    """

    form: str
    term: str
    case: int


class ReadArticle(NamedTuple):
    """One article, split and read.

    Attributes:
        id: The article's id.
        digest: Of all that reading it depends on; the same digest reads the same.
        language: The language it was read in.
        title: The words of its title.
        sentences: Its quotable sentences; page furniture is left out.
        words: The words of each of those sentences.
    """

    id: str
    digest: str
    language: str
    title: list[Token]
    sentences: list[Sentence]
    words: list[list[Token]]


def read_article(article: Article) -> ReadArticle:
    """Split an article into sentences and those into words."""
    marked = mark(article.text, split(article.text, article.language))
    quotable = [sentence for sentence in marked if sentence.furniture is None]
    return ReadArticle(
        id=article.id,
        digest=digest(article),
        language=article.language,
        title=_tokens(article.title, article.language),
        sentences=quotable,
        words=[_tokens(article.cut(s.start, s.end), article.language) for s in quotable],
    )


def _tokens(text: str, language: str) -> list[Token]:
    terms = read_terms(text, language)
    return [Token(t.form, t.term, _case(text, t)) for t in terms]


def _case(text: str, term: Term) -> int:
    capital = CAPITAL if text[term.start].isupper() else 0
    whole = term.end - term.start != len(term.form) and "-" in text[term.start : term.end]
    return capital | (WHOLE if whole else 0)


def digest(article: Article | Entry) -> str:
    """A digest of what reading an article depends on: its text, title and language."""
    return reading_digest(article.sha256, article.language, article.title)


class Corpus(NamedTuple):
    """Every quotable sentence of some articles, in flat arrays.

    Its texts may be tuples or packed, its numbers of 4 bytes or of 8: what was opened is a view of
    the file.

    Attributes:
        articles: Shape (articles,): ids, ascending.
        digests: Shape (articles,): see `digest`.
        languages: Shape (articles,).
        vocabulary: Shape (terms,): every term, ascending; its place is its number.
        forms: Shape (forms,): every folded word, ascending; one form with two terms (in two
            languages) stands twice.
        form_terms: Shape (forms,): the number of each form's term.
        article_sentences: Shape (articles + 1,): article a holds sentences [a]:[a + 1].
        title_offsets: Shape (articles + 1,): article a's title is title_words[[a]:[a + 1]].
        title_words: Form numbers of all titles.
        starts: Shape (sentences,): first character in its article.
        ends: Shape (sentences,): one past the last.
        paragraphs: Shape (sentences,): its paragraph's number within its article.
        offsets: Shape (sentences + 1,): sentence s is words[[s]:[s + 1]].
        words: Form numbers of all sentences.
        cases: Shape of `words`: `CAPITAL` and `WHOLE` of each.
    """

    articles: Sequence[str]
    digests: Sequence[str]
    languages: Sequence[str]
    vocabulary: Sequence[str]
    forms: Sequence[str]
    form_terms: Ints
    article_sentences: Ints
    title_offsets: Ints
    title_words: Ints
    starts: Ints
    ends: Ints
    paragraphs: Ints
    offsets: Ints
    words: Ints
    cases: Bytes

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
        title = self.title_words[self.title_offsets[number] : self.title_offsets[number + 1]]
        return ReadArticle(
            id=self.articles[number],
            digest=self.digests[number],
            language=self.languages[number],
            title=self._tokens(title, np.zeros(len(title), dtype=np.uint8)),
            sentences=[self.sentence(n) for n in range(first, last)],
            words=[self._tokens(*self._sentence_words(n)) for n in range(first, last)],
        )

    def sentence(self, number: int) -> Sentence:
        """A sentence's place in its article."""
        return Sentence(
            self.starts.item(number), self.ends.item(number), self.paragraphs.item(number)
        )

    def _sentence_words(self, number: int) -> tuple[Ints, Bytes]:
        stretch = slice(int(self.offsets[number]), int(self.offsets[number + 1]))
        return self.words[stretch], self.cases[stretch]

    def _tokens(self, words: Ints, cases: Bytes) -> list[Token]:
        pairs = zip(words.tolist(), cases.tolist(), strict=True)
        return [Token(self.forms[w], self.vocabulary[self.form_terms[w]], c) for w, c in pairs]


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
    """Collects read articles; forms are numbered as they come and renumbered at the end."""

    def __init__(self) -> None:
        self.names: list[tuple[str, str, str]] = []
        self.numbers: dict[tuple[str, str], int] = {}
        self.titles, self.title_lengths = array("i"), array("i")
        self.places = array("i")
        self.counts = array("i")
        self.words, self.lengths = array("i"), array("i")
        self.cases = array("B")

    def add(self, article: ReadArticle) -> None:
        self.names.append((article.id, article.digest, article.language))
        self.titles.extend(self._numbered(article.title))
        self.title_lengths.append(len(article.title))
        self.counts.append(len(article.sentences))
        for sentence, words in zip(article.sentences, article.words, strict=True):
            self.places.extend(sentence[:3])
            self.words.extend(self._numbered(words))
            self.cases.extend(word.case for word in words)
            self.lengths.append(len(words))

    def _numbered(self, words: list[Token]) -> Iterator[int]:
        numbers = self.numbers
        return (numbers.setdefault(word[:2], len(numbers)) for word in words)

    def corpus(self) -> Corpus:
        ids, digests, languages = zip(*self.names, strict=True) if self.names else ((), (), ())
        forms = sorted(self.numbers)
        vocabulary = sorted({term for _, term in forms})
        number_of = {term: n for n, term in enumerate(vocabulary)}
        renumbered: Ints = np.empty(len(forms), dtype=np.int32)
        renumbered[[self.numbers[form] for form in forms]] = np.arange(len(forms))
        starts, ends, paragraphs = _ints(self.places).reshape(-1, 3).T.copy()
        return Corpus(
            articles=ids,
            digests=digests,
            languages=languages,
            vocabulary=tuple(vocabulary),
            forms=tuple(form for form, _ in forms),
            form_terms=np.array([number_of[term] for _, term in forms], dtype=np.int32),
            article_sentences=_offsets(self.counts),
            title_offsets=_offsets(self.title_lengths),
            title_words=renumbered[_ints(self.titles)],
            starts=starts,
            ends=ends,
            paragraphs=paragraphs,
            offsets=_offsets(self.lengths),
            words=renumbered[_ints(self.words)],
            cases=np.array(self.cases, dtype=np.uint8),
        )


def _ints(values: array[int]) -> Ints:
    return np.frombuffer(values, dtype=np.intc) if values else np.empty(0, dtype=np.int64)


def _offsets(lengths: array[int]) -> Ints:
    return np.concatenate([[0], np.cumsum(_ints(lengths))]).astype(np.int64)
