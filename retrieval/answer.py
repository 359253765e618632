"""The road: question → terms → candidates → statements → quotes → answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Self

from retrieval import derivations
from retrieval.confidence import THRESHOLD, judge, stands_alone
from retrieval.context import surroundings
from retrieval.errors import InputError, UnknownArticle
from retrieval.evidence import Statement, Witnesses, gather
from retrieval.figures import differing
from retrieval.index import Index
from retrieval.indexing import open_index
from retrieval.library import Library
from retrieval.mending import mend, speller_of
from retrieval.models import Answer, Context, Figure, FigureValue, LibraryState, Quote, Talk
from retrieval.originals import Originals
from retrieval.question import read_question
from retrieval.quoting import quote
from retrieval.ranking import Candidate, rank
from retrieval.spelling import Speller
from retrieval.statements import Lexicon
from retrieval.synonyms import load_synonyms
from retrieval.talk import talk_of
from retrieval.weighing import Weighted, smoothed_idf, weigh

QUOTES = 5
NEAREST = 3


class Answerer:
    """Answers questions over one library with its articles' own words.

    Attributes:
        library: The articles.
        index: Their sentences under BM25.
        threshold: The least confidence of an answer, from 0 to 1.
        language: The language in which questions are read: that of most articles.
    """

    def __init__(self, library: Library, index: Index, *, threshold: float = THRESHOLD) -> None:
        """Answer over `library`, of which `index` was made; the synonyms stand beside it."""
        self.library = library
        self.index = index
        self.threshold = threshold
        languages = index.census.languages
        self.language = min(languages, key=lambda name: (-languages[name], name), default="en")
        self._related = derivations.load() if self.language.startswith("en") else derivations.NONE
        self._synonyms = load_synonyms(library.folder, self.language)
        self._lexicon = Lexicon(weigh=self._weight, related=self._relatives)
        self._witnesses = Witnesses()
        self._state = LibraryState(
            version=library.version,
            articles=index.articles,
            sentences=index.sentences,
            synonyms=self._synonyms.digest,
        )

    @classmethod
    def open(
        cls,
        library: Library,
        *,
        threshold: float | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Self:
        """Open the index beside a library, bringing it up to date where articles changed.

        Args:
            library: The articles.
            threshold: The least confidence of an answer; None for the shipped one.
            progress: Called with (articles read, articles in all).

        An index that cannot be written is used all the same, and the log says so.

        Raises:
            BadSynonyms: The file of synonyms beside the library cannot be read, or a line of it.
        """
        index = open_index(library, progress).of
        return cls(library, index, threshold=THRESHOLD if threshold is None else threshold)

    def ask(self, question: str, *, quotes: int = QUOTES, article: str | None = None) -> Answer:
        """Answer with quotes, or say that the sources do not say.

        The quotes are the first of a longer list: asking for more adds to the end.

        Args:
            question: Any text.
            quotes: How many at most, from 1.
            article: Only this article, by its id.

        Raises:
            UnknownArticle: The library has no such article.
            InputError: `quotes` is below 1.
        """
        if quotes < 1:
            raise InputError(f"{quotes} quotes: ask for at least 1")
        within = self._number(article)
        if talk := talk_of(question):
            return self._nothing_asked(question, talk)
        written = read_question(question, self.language, self._synonyms)
        asked, read = mend(written, self.index, lambda: self._speller, self._related)
        weighted = weigh(asked, self.index, self._related)
        candidates = rank(self.index, weighted, article=within) if asked.words else []
        verdict = judge(weighted, self.index, candidates, self.threshold)
        if weighted.phrases and not candidates:  # what comes nearest has not all of the phrases
            candidates = rank(self.index, weighted.unquoted(), article=within)
        answered = verdict.reason is None
        originals = Originals(self.index, self.library)
        wanted = quotes if answered else NEAREST
        statements = gather(candidates, originals, self._lexicon, limit=wanted)
        originals.fetch(one.first.sentence for one in statements)
        found = tuple(quote(one, asked, originals, self._witnesses) for one in statements)
        return Answer(
            question=question,
            status="answered" if answered else "abstained",
            reason=verdict.reason,
            missing=verdict.missing,
            apart=verdict.apart,
            read=read,
            confidence=round(verdict.confidence, 4),
            stands_alone=_rounded(candidates, statements) if answered else 0.0,
            quotes=found if answered else (),
            nearest=() if answered else found,
            figures=self._figures(weighted, found) if answered else (),
            library=self._state,
        )

    def _nothing_asked(self, question: str, talk: Talk) -> Answer:
        return Answer(
            question=question,
            status="abstained",
            reason="nothing_asked",
            talk=talk,
            missing=(),
            read=(),
            confidence=0.0,
            quotes=(),
            nearest=(),
            figures=(),
            library=self._state,
        )

    @cached_property
    def _speller(self) -> Speller:
        """Made where first a word is unknown: it takes seconds where a library has a million."""
        return speller_of(self.index)

    def _figures(self, asked: Weighted, quotes: tuple[Quote, ...]) -> tuple[Figure, ...]:
        """Where the quotes give different values for the same thing."""
        lexicon = self._lexicon
        found = differing(
            asked.question.terms, quotes, related=lexicon.related, weight=lexicon.weigh
        )
        return tuple(
            Figure(
                of=difference.of,
                values=tuple(FigureValue(value=v, quotes=q) for v, q in difference.values),
                compatible=difference.compatible,
            )
            for difference in found
        )

    def _relatives(self, term: str) -> frozenset[str]:
        return self._related.of(term) | self._related.synonyms(term)

    def _weight(self, term: str) -> float:
        return smoothed_idf(self.index.document_frequency(term), self.index.sentences)

    def _number(self, article: str | None) -> int | None:
        if article is None:
            return None
        number = self.index.article_number(article)
        if number is None:
            raise UnknownArticle(article)
        return number

    def context(self, article_id: str, start: int, end: int) -> Context:
        """A sentence where it stands in its paragraph.

        Raises:
            UnknownArticle: The library has no such article.
            InputError: No sentence of it stands at `start`–`end`.
        """
        self._number(article_id)
        return surroundings(self.library.get(article_id), start, end)


def _rounded(candidates: Sequence[Candidate], statements: Sequence[Statement]) -> float:
    """How far the first statement stands before the candidates that say something else."""
    return round(stands_alone(candidates, statements[0].others), 4)
