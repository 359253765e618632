"""What Pullquote runs: the three-level search for 50 candidates, alone and within a whole answer.

The sentences become articles of 25, in paragraphs of 5, titled with the first words of the first,
and go the product's own way into a library and its index; where articles are many, each core reads
some of them. The search scores a sentence with its paragraph and its article, so its scores are no
other engine's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Self

import numpy as np

from bench.peers.face import Hits, Query
from retrieval import Answer, Answerer, Article, Library
from retrieval.ranking.ranking import CANDIDATES
from retrieval.search import Index
from retrieval.search.kernel import kernel
from retrieval.search.scores import Scores

ARTICLE, PARAGRAPH, TITLE = 25, 5, 6  # sentences, sentences, words
NAME = "made-"  # of an article, with its number after it
TEN = 10
UNLIKE = 1000  # texts of a question: more than answers are kept


class Ask:
    """`Answerer.ask`: a question, up to five proven quotes."""

    def __init__(self, answerer: Answerer) -> None:
        """Ask `answerer`."""
        self.answerer = answerer
        self._asked = 0
        self.answered: dict[str, bool] = {}

    @classmethod
    def build(cls, sentences: Path, folder: Path) -> None:
        """Make a library and its index."""
        make_library(sentences, folder)
        _open(folder)

    @classmethod
    def open(cls, sentences: Path, folder: Path) -> Self:  # noqa: ARG003 - other engines need it
        """Open the library and its index."""
        return cls(_open(folder))

    def search(self, query: Query, k: int) -> Answer:  # noqa: ARG002 - it shows as many as it shows
        """Answer a question with these words."""
        # Answers are kept by the text of their questions, and a query is asked several times: with
        # another number of spaces behind it, it is worked out each time.
        self._asked = (self._asked + 1) % UNLIKE
        return self.answerer.ask(f"What {query.text}?{' ' * self._asked}")

    def hits(self, found: Answer) -> Hits:
        """Its quotes, or the nearest sentences, which have no numbers."""
        self.answered[found.question] = found.status == "answered"
        return [(-1, quote.score) for quote in found.quotes or found.nearest]


class Search:
    """`Index.propose`, as the ranking asks it for its candidates, by the compiled kernel."""

    native = True

    def __init__(self, answerer: Answerer) -> None:
        """Search the index of `answerer`."""
        self.answerer = answerer
        of = answerer.index
        assert isinstance(of, Index)  # it has parts, of which a backend need not consist
        self.index = Index(of.segments, of.stats, native=self.native)

    @classmethod
    def build(cls, sentences: Path, folder: Path) -> None:
        """Make a library and its index."""
        Ask.build(sentences, folder)

    @classmethod
    def open(cls, sentences: Path, folder: Path) -> Self:  # noqa: ARG003 - other engines need it
        """Open the library and its index."""
        if cls.native and not kernel.AVAILABLE:
            raise RuntimeError("the kernel was not compiled; install with a C compiler")
        return cls(_open(folder))

    def search(self, query: Query, k: int) -> Scores:  # noqa: ARG002 - as many as the product asks
        """The candidates, best first."""
        return self.index.propose(query.terms, CANDIDATES)

    def hits(self, found: Scores) -> Hits:
        """The ten best of them; a sentence ends at each full stop."""
        best = found.only(np.arange(min(TEN, len(found.sentences))))
        return list(zip(self._lines(best.sentences.tolist()), best.total().tolist(), strict=True))

    def _lines(self, sentences: list[int]) -> Iterator[int]:
        for spot in self.answerer.index.spots(sentences):
            before = self.answerer.library.get(spot.article).text[: spot.sentence.start]
            yield int(spot.article.removeprefix(NAME)) * ARTICLE + before.count(".")


class NumpySearch(Search):
    """The same by numpy, which serves where there is no compiler."""

    native = False


def make_library(sentences: Path, folder: Path) -> None:
    """Make a library of articles that has no index yet."""
    with Library.open(folder, create=True) as library, sentences.open(encoding="ascii") as file:
        library.add(as_articles(file))


def as_articles(lines: Iterable[str]) -> Iterator[Article]:
    """Articles of made sentences."""
    for number, group in enumerate(_groups(lines, ARTICLE)):
        sentences = [line.strip().capitalize() + "." for line in group]
        paragraphs = (" ".join(part) for part in _groups(sentences, PARAGRAPH))
        title = " ".join(group[0].split()[:TITLE]).title()
        yield Article(id=f"{NAME}{number:07}", title=title, text="\n\n".join(paragraphs))


def _open(folder: Path) -> Answerer:
    return Answerer.open(Library.open(folder))


def _groups(items: Iterable[str], size: int) -> Iterator[list[str]]:
    left = iter(items)
    while group := list(islice(left, size)):
        yield group
