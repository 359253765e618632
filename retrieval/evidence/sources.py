"""The stored articles behind sentences of the index, each held to be the very text indexed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from retrieval.errors import LibraryChanged
from retrieval.evidence.origins import Counted
from retrieval.library import Library
from retrieval.library.memo import Memo
from retrieval.models import Article, Speaker
from retrieval.quantities import in_english
from retrieval.search.backend import Backend, SentenceTerms
from retrieval.search.scores import Spot
from retrieval.values import Place, Sentence

_NOTHING = re.compile(r"\s*(?:(?:—|–|―|--)\s*)?|[^\S\n]*-[^\S\n]*")  # a hyphen may open an item


class Original(NamedTuple):
    """A sentence where it stands.

    Attributes:
        article: Its article, as it is stored.
        spot: Its place there, as it was indexed.
    """

    article: Article
    spot: Spot

    @property
    def sentence(self) -> Sentence:
        """Its place in the article's text."""
        return self.spot.sentence

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
        return self.article.cut(self.sentence.start, self.sentence.end)

    @property
    def said(self) -> str:
        """The sentence with its numbers as English writes them, at the same places."""
        return in_english(self.text, self.article.text)

    def neighbours(self) -> tuple[Sentence | None, Sentence | None]:
        """The sentences before and after it, where no boilerplate stands between.

        A dash is none: it is before the name of who is quoted.
        """
        _, _, here, before, after = self.spot
        if before and not _NOTHING.fullmatch(self.article.cut(before.end, here.start)):
            before = None
        if after and not _NOTHING.fullmatch(self.article.cut(here.end, after.start)):
            after = None
        return before, after


class Compared(NamedTuple):
    """What a sentence was compared with, and those of them that make the same statement."""

    seen: frozenset[int]
    same: frozenset[int]


NOBODY = Compared(frozenset(), frozenset())


class Known:
    """What was found out of sentences, by their numbers in one index: it depends on no question.

    Attributes:
        words: Where their words stand.
        speakers: Whom their articles credit with them.
        compared: Which others of some candidates make the same statement.
        peers: Which of all sentences do.
        counted: How many articles and origins that are.
    """

    def __init__(self) -> None:
        self.words = Memo[int, list[Place]](1 << 12)
        self.speakers = Memo[int, Speaker | None](1 << 12)
        self.compared = Memo[int, Compared](1 << 18, lambda one: len(one.seen))
        self.peers = Memo[int, frozenset[int]](1 << 14)
        self.counted = Memo[int, Counted](1 << 14)


class Originals:
    """Reads articles for one answer, each once: what it gives is of one moment.

    Attributes:
        index: Where the sentences are numbered.
        known: What is known of them already.
    """

    def __init__(self, index: Backend, library: Library, known: Known | None = None) -> None:
        """Read from `library`, of which `index` was made; `known` is of that index, too."""
        self.index = index
        self.known = known or Known()
        self._library = library
        self._articles: dict[str, Article] = {}
        self._found: dict[int, Original] = {}
        self._said: tuple[tuple[int, ...], SentenceTerms] | None = None

    def terms_of(self, sentences: Sequence[int]) -> SentenceTerms:
        """The terms of some sentences; those that were asked for last are still there."""
        wanted = tuple(sentences)
        if self._said is None or self._said[0] != wanted:
            self._said = wanted, self.index.terms_of(np.array(wanted, dtype=np.int64))
        return self._said[1]

    def fetch(self, sentences: Iterable[int]) -> None:
        """Read the articles of many sentences at once, which is quicker than one by one.

        Raises:
            LibraryChanged: An article is no longer the one that was indexed, or is gone.
        """
        wanted = list(dict.fromkeys(one for one in sentences if one not in self._found))
        if not wanted:
            return
        spots = self.index.spots(wanted)
        self._read({spot.article: spot.digest for spot in spots})
        for sentence, spot in zip(wanted, spots, strict=True):
            self._found[sentence] = Original(self._articles[spot.article], spot)

    def _read(self, digests: dict[str, str]) -> None:
        """Read the articles of these ids and digests, but for those that are here."""
        wanted = {name: known for name, known in digests.items() if name not in self._articles}
        if not wanted:
            return
        found = {article.id: article for article in self._library.get_all(wanted)}
        for name, known in wanted.items():
            article = found.get(name)
            if article is None or article.reading_digest != known:
                raise LibraryChanged(name)  # its places are those of another text
            self._articles[name] = article

    def text_of(self, article: str) -> str:
        """The text of an article that was read."""
        return self._articles[article].text

    def of(self, sentence: int) -> Original:
        """A sentence in its article.

        Raises:
            LibraryChanged: The article is no longer the one that was indexed, or is gone.
        """
        if sentence not in self._found:
            self.fetch([sentence])
        return self._found[sentence]
