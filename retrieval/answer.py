"""The road: question → terms → candidates → statements → quotes → answer."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Self

from retrieval.errors import InputError, LibraryChanged, UnknownArticle
from retrieval.evidence.about import About
from retrieval.evidence.context import surroundings
from retrieval.evidence.disagreement import claims_figure, find_figures
from retrieval.evidence.doubts import Surroundings, find_doubts
from retrieval.evidence.grouping import Ending, Statement, gather
from retrieval.evidence.quoting import quotes as cut_quotes
from retrieval.evidence.running_on import list_shown
from retrieval.evidence.sources import Originals
from retrieval.evidence.witnesses import Witnesses, find_near
from retrieval.library import Library
from retrieval.models import Answer, Context, Figure, Talk
from retrieval.question import Question
from retrieval.question.asking import Kind
from retrieval.question.talk import talk_of
from retrieval.ranking import Candidate, rank
from retrieval.ranking.confidence import judge, least_of, stands_alone
from retrieval.ranking.one_article import OneArticle
from retrieval.ranking.weighing import Weighted, weigh
from retrieval.refreshing import Refresher, is_of_index
from retrieval.search.backend import Backend
from retrieval.snapshot import Asked, Snapshot
from retrieval.text import scanner
from retrieval.values import Doubt, is_english

QUOTES = 5
NEAREST = 3
# The list ends where a statement's score is below this share of the first one's. On the training
# sets that leaves 3 to 9 quotes of fifteen.
ENDS = 0.7
NEAR = 5  # sentences that are looked at beside the first, to tell whether all have it so
_ANY = "Who said what, and when?"


class Answerer:
    """Answers questions over one library with its articles' own words.

    Safe to share between threads. What is added to the library, or removed, is answered from as
    soon as it is read.

    Attributes:
        library: The articles.
        threshold: The least confidence of an answer, 0 to 1; None for the shipped ones.
        ends: The share of the first quote's score below which none is listed; 0 for no end.
    """

    def __init__(
        self, library: Library, refresher: Refresher, *, threshold: float | None = None
    ) -> None:
        """Answer over `library`, which `refresher` follows; see `open`."""
        self.library = library
        self.threshold = threshold
        self.ends = ENDS
        self._refresher = refresher
        self._witnesses = Witnesses()

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
            threshold: The least confidence of an answer; None for the shipped ones.
            progress: Called with (articles read, articles to read).

        An index that cannot be written is used all the same, and the log says so.

        Raises:
            BadSynonyms: The file of synonyms beside the library cannot be read, or a line of it.
        """
        return cls(library, Refresher(library, progress), threshold=threshold)

    @property
    def index(self) -> Backend:
        """The sentences under BM25, as they were when last a question was asked."""
        return self._refresher.snapshot.index

    @property
    def language(self) -> str:
        """The language in which questions are read: that of most articles."""
        return self._refresher.snapshot.language

    def warm_up(self) -> None:
        """Load what answers need, for a process that goes on answering.

        The tables are set apart from Python's collector of garbage, which would read through them
        again and again, a tenth of a second at a time, with every answer waiting.
        """
        self.ask(_ANY)
        scanner.make_all()
        gc.collect()
        gc.freeze()

    def catch_up(self) -> None:
        """Wait until every change of the library that was made so far is answered from.

        Raises:
            LibraryError: The changes cannot be read.
        """
        self._refresher.catch_up()

    def ask(
        self,
        question: str,
        *,
        quotes: int = QUOTES,
        counted: int = 0,
        article: str | None = None,
    ) -> Answer:
        """Answer with quotes, or say that the sources do not say.

        The quotes are the first of a longer list: asking for more adds to the end, until the
        evidence ends.

        Args:
            question: Any text.
            quotes: How many at most, from 1.
            counted: Up to how many quotes `Answer.available` counts, those that are given at least.
            article: Only this article, by its id.

        Raises:
            UnknownArticle: The library has no such article.
            InputError: `quotes` is below 1.
        """
        if quotes < 1:
            raise InputError(f"{quotes} quotes: ask for at least 1")
        asked = Asked(question, quotes, max(quotes, counted), article)
        rebuilds = self._refresher.rebuilds
        try:
            return self._answer_now(asked)
        except Exception as error:
            if not is_of_index(error, self.library):
                raise
            return self._refresher.retry(
                error, rebuilds, lambda snapshot: self._answer(snapshot, asked)
            )

    def _answer_now(self, asked: Asked) -> Answer:
        snapshot, is_current = self._refresher.look()
        try:
            if is_current:  # else an article that is gone might go on answering
                return snapshot.answers.make(asked, lambda: self._answer(snapshot, asked))
            return self._answer(snapshot, asked)
        except (LibraryChanged, UnknownArticle):  # it changed, and the change is being read
            return self._answer(self._refresher.catch_up(), asked)

    def _answer(self, snapshot: Snapshot, wanted: Asked) -> Answer:
        question, quotes, counted, article = wanted
        within = snapshot.article(article)
        if talk := talk_of(question):
            return _nothing_asked(snapshot, question, talk)
        asked, read = snapshot.read(question)
        weighted = weigh(asked, snapshot.index, snapshot.related_in(asked.language))
        local = weighted if within is None else _weigh_within(snapshot, asked, within)
        candidates = rank(snapshot.index, local, article=within) if asked.words else []
        originals = Originals(snapshot.index, self.library, snapshot.known)
        least = self._least(candidates, originals)
        verdict = judge(weighted, snapshot.index, candidates, least, within=local)
        if weighted.phrases and not candidates:  # what comes nearest has not all of the phrases
            candidates = rank(snapshot.index, local.unquoted(), article=within)
        answered = verdict.reason is None
        limit = counted if answered else NEAREST
        # What has the words that were asked for is evidence, however weak.
        share = self.ends if answered and not asked.only_quotes else 0.0
        doubts = _doubts(snapshot, asked, candidates, originals) if answered else ()
        # Where the first one is doubted, what was asked for may stand in the next ones.
        ending = Ending(share, fewest=NEAREST if doubts else 1)
        about, lexicon = About(weighted, snapshot.index), snapshot.lexicon

        def listing(most: int) -> list[Statement]:
            found = candidates, originals, lexicon
            return gather(*found, limit=most, ending=ending, asked=about)

        listed = list_shown(listing, limit, asked, originals)
        shown = listed[:quotes] if answered else listed
        statements = [one.statement for one in shown]
        said = (one.sentence for first, others in statements for one in (first, *others))
        originals.fetch(said)
        sure = answered and not doubts  # else no words of a quote are called the answer
        found = cut_quotes(shown, asked, originals, self._witnesses, lexicon, answering=sure)
        claimed, figures = claims_figure(question, asked.kind), tuple[Figure, ...]()
        if asked.is_english and (answered or claimed):  # of other languages no figure is read
            heard = _heard(asked, candidates, statements, originals, claimed=claimed, within=within)
            figures = find_figures(asked.terms, found, heard, originals, lexicon)
        return Answer(
            question=question,
            status="answered" if answered else "abstained",
            reason=verdict.reason,
            doubts=doubts,
            missing=verdict.missing,
            apart=verdict.apart,
            read=read,
            confidence=round(verdict.confidence, 4),
            stands_alone=_rounded(candidates, statements) if answered else 0.0,
            quotes=found if answered else (),
            nearest=() if answered else found,
            available=len(listed) if answered else 0,
            figures=figures,
            library=snapshot.state,
        )

    def _least(self, candidates: Sequence[Candidate], originals: Originals) -> float:
        """The least confidence at which the first candidate is an answer."""
        if self.threshold is not None:
            return self.threshold
        originals.fetch(one.sentence for one in candidates[:NEAREST])  # most of them are shown
        return least_of(originals.of(candidates[0].sentence).article if candidates else None)

    def context(self, article_id: str, start: int, end: int) -> Context:
        """A sentence where it stands in its paragraph.

        Raises:
            UnknownArticle: The library has no such article.
            InputError: No sentence of it stands at `start`–`end`.
        """
        return surroundings(self.library.get(article_id), start, end)


def _weigh_within(snapshot: Snapshot, asked: Question, article: int) -> Weighted:
    """A question weighed as in a library of one article."""
    related = snapshot.related_in(asked.language)
    return weigh(asked, OneArticle(snapshot.index, article), related)


def _nothing_asked(snapshot: Snapshot, question: str, talk: Talk) -> Answer:
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
        library=snapshot.state,
    )


def _heard(
    asked: Question,
    candidates: Sequence[Candidate],
    statements: Sequence[Statement],
    originals: Originals,
    *,
    claimed: bool,
    within: int | None,
) -> list[int]:
    """The sentences that may give another figure than the quotes, where one is asked for.

    What differs from a claim need not have any of its words.
    """
    if not (claimed or asked.kind is Kind.HOW_MANY):  # it takes some milliseconds
        return []
    beyond = claimed and within is None
    heads = [statement.first.sentence for statement in statements]
    near = chain.from_iterable(find_near(heads, originals) if beyond else ())
    return list(dict.fromkeys(chain((one.sentence for one in candidates), near)))


def _doubts(
    snapshot: Snapshot,
    question: Question,
    candidates: Sequence[Candidate],
    originals: Originals,
) -> tuple[Doubt, ...]:
    """What speaks against the first candidate; the doubts are read in English only."""
    first, *others = candidates
    original = originals.of(first.sentence)
    if not (question.is_english and is_english(original.article.language)):
        return ()
    near = [c.sentence for c in others[:NEAR] if c.score >= ENDS * first.score]
    return find_doubts(
        question,
        Surroundings(snapshot.index, first.sentence, original),
        lambda: (originals.of(sentence).text for sentence in near),
        snapshot.related,
    )


def _rounded(candidates: Sequence[Candidate], statements: Sequence[Statement]) -> float:
    """How far the first statement stands before the candidates that say something else."""
    return round(stands_alone(candidates, statements[0].others), 4)
