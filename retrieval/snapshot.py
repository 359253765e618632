"""A library as it is at one moment, with all that a question is read and answered by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple

from retrieval.errors import UnknownArticle
from retrieval.evidence.sources import Known
from retrieval.evidence.statements import Lexicon
from retrieval.library.memo import Memo
from retrieval.models import Answer
from retrieval.question import Question, read_question
from retrieval.question.mending import mend
from retrieval.question.spelling import Speller
from retrieval.question.spelling.dictionary import is_word
from retrieval.question.spellings import widen
from retrieval.question.stops import language_of
from retrieval.question.synonym_file import SynonymFile
from retrieval.question.unasked import without_frames
from retrieval.question.vocabulary import speller_of
from retrieval.ranking.weighing import smoothed_idf
from retrieval.search.directory import Opened
from retrieval.text import derivations
from retrieval.text.derivations import Derivations
from retrieval.values import UNKNOWN_LANGUAGE, LibraryState, Reading, is_english, primary

_ANSWERS = 256  # some ten kilobytes each
_RELATIVES = 1 << 12  # terms whose relatives are kept


class Asked(NamedTuple):
    """What an answer depends on, besides the library.

    Attributes:
        question: The question, as it was asked.
        quotes: How many quotes were wanted.
        counted: Up to how many were counted.
        article: The only article that was asked, if it was one.
    """

    question: str
    quotes: int
    counted: int
    article: str | None


class Snapshot:
    """What is known of a library at one moment; it never changes.

    Attributes:
        opened: Its index, and what that was opened by.
        index: The index.
        languages: Those of its articles, the one of most articles first, at least one.
        language: The first of them.
        related: Words that are forms, derivations or synonyms of each other.
        synonyms: The operator's names for things, from beside the library.
        lexicon: What tells whether words say the same.
        state: Which library answers.
        known: What was found out of its sentences.
        answers: The last answers.
    """

    def __init__(
        self, opened: Opened, synonyms: SynonymFile, before: Snapshot | None = None
    ) -> None:
        """See a library through an index of it.

        Args:
            opened: An index of them.
            synonyms: The file of synonyms beside the library.
            before: An earlier snapshot, from which is kept what is the same.

        Raises:
            BadSynonyms: The file of synonyms, or a line of it, cannot be read, and never could.
        """
        self.opened, self.index = opened, opened.of
        self.languages = _spoken(self.index.languages)
        self.language = self.languages[0]
        self.related = self._derivations(before)
        self.synonyms = synonyms.read(self.language)
        self.lexicon = Lexicon(weigh=self._weight, related=lru_cache(_RELATIVES)(self._relatives))
        self.known = Known()
        self.answers = Memo[Asked, Answer](_ANSWERS)
        self.state = LibraryState(
            version=opened.manifest.library,
            articles=self.index.articles,
            sentences=self.index.sentences,
            synonyms=self.synonyms.digest,
        )

    def _derivations(self, before: Snapshot | None) -> Derivations:
        english = any(map(is_english, self.languages))
        if before and any(map(is_english, before.languages)) == english:
            return before.related
        return derivations.load() if english else derivations.NONE

    @cached_property
    def _speller(self) -> Speller:
        return speller_of(self.index)

    def speller(self) -> Speller:
        """Made where first a word is unknown; what its largest part adds is kept for later ones."""
        return self._speller

    def read(self, text: str) -> tuple[Question, tuple[Reading, ...]]:
        """A question as it is asked of these articles, and what of it was misspelt."""
        language = language_of(text, self.languages)
        related = self.related_in(language)
        written = read_question(text, language, self.synonyms)
        framed = without_frames(written, self.index, related)
        widened = widen(framed, self.index, related, self.languages)
        return mend(widened, self.index, self.speller, related, is_word)

    def related_in(self, language: str) -> Derivations:
        """The families of words by which a question in a language is read."""
        return self.related if is_english(language) else derivations.NONE

    def article(self, name: str | None) -> int | None:
        """The number of an article, None for none.

        Raises:
            UnknownArticle: The library has no such article.
        """
        if name is None:
            return None
        number = self.index.article_number(name)
        if number is None:
            raise UnknownArticle(name)
        return number

    def _relatives(self, term: str) -> frozenset[str]:
        return self.related.of(term) | self.related.synonyms(term)

    def _weight(self, term: str) -> float:
        return smoothed_idf(self.index.document_frequency(term), self.index.sentences)


def _spoken(languages: Mapping[str, int]) -> tuple[str, ...]:
    """The languages of most articles first, without regions; see `primary`."""
    spoken = Counter[str]()
    for language, articles in languages.items():
        spoken[primary(language)] += articles
    ordered = sorted(spoken, key=lambda name: (-spoken[name], name))
    return tuple(ordered) or (primary(UNKNOWN_LANGUAGE),)
