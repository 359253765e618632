"""The stored articles behind sentences of the index, each held to be the very text indexed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from retrieval.corpus import digest
from retrieval.errors import LibraryChanged
from retrieval.index import Index
from retrieval.library import Library
from retrieval.models import Article
from retrieval.values import Sentence


class Original(NamedTuple):
    """A sentence where it stands.

    Attributes:
        article: Its article, as it is stored.
        number: The article's number in the index.
        sentence: Its place.
        before: The quotable sentence before it in its article, if any.
        after: The one after it, if any.
    """

    article: Article
    number: int
    sentence: Sentence
    before: Sentence | None
    after: Sentence | None

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
        return self.article.cut(self.sentence.start, self.sentence.end)

    def neighbours(self) -> tuple[Sentence | None, Sentence | None]:
        """The sentences before and after it, where no page furniture stands between."""
        before, after, here = self.before, self.after, self.sentence
        if before and self.article.cut(before.end, here.start).strip():
            before = None
        if after and self.article.cut(here.end, after.start).strip():
            after = None
        return before, after


class Originals:
    """Reads articles for one answer, each once: what it gives is of one moment.

    Attributes:
        index: Where the sentences are numbered.
    """

    def __init__(self, index: Index, library: Library) -> None:
        """Read from `library`, of which `index` was made."""
        self.index = index
        self._library = library
        self._articles: dict[int, Article] = {}

    def fetch(self, sentences: Iterable[int]) -> None:
        """Read the articles of many sentences at once, which is quicker than one by one.

        Raises:
            LibraryChanged: An article is no longer the one that was indexed, or is gone.
        """
        wanted = {int(self.index.article_of[sentence]) for sentence in sentences}
        names = {self.index.corpus.articles[n]: n for n in sorted(wanted - self._articles.keys())}
        if not names:
            return
        found = {article.id: article for article in self._library.get_all(names)}
        for name, number in names.items():
            article = found.get(name)
            if article is None or digest(article) != self.index.corpus.digests[number]:
                raise LibraryChanged(name)  # its places are those of another text
            self._articles[number] = article

    def of(self, sentence: int) -> Original:
        """A sentence in its article.

        Raises:
            LibraryChanged: The article is no longer the one that was indexed, or is gone.
        """
        self.fetch([sentence])
        corpus, number = self.index.corpus, int(self.index.article_of[sentence])
        first, end = (int(n) for n in corpus.article_sentences[number : number + 2])
        return Original(
            article=self._articles[number],
            number=number,
            sentence=corpus.sentence(sentence),
            before=corpus.sentence(sentence - 1) if sentence > first else None,
            after=corpus.sentence(sentence + 1) if sentence + 1 < end else None,
        )

    def prose(self, number: int) -> list[Sentence]:
        """The quotable sentences of the article of this number."""
        first, end = (int(n) for n in self.index.corpus.article_sentences[number : number + 2])
        return [self.index.corpus.sentence(n) for n in range(first, end)]
