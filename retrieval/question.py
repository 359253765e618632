"""A question into the words it asks about."""

from __future__ import annotations

from typing import NamedTuple

from retrieval import stopwords
from retrieval.asking import Kind, kind_of
from retrieval.models import Term
from retrieval.terms import bare, fold, read_terms


class Word(NamedTuple):
    """A content word of a question.

    Attributes:
        term: As the index knows it.
        start: First character in the question.
        end: One past the last.
        compound: The term of the hyphenated word it is part of, or None. A text that has the
            compound has the part.
        read: The library's form that the word is read as, where it was misspelt.
    """

    term: str
    start: int
    end: int
    compound: str | None = None
    read: str | None = None


class Question(NamedTuple):
    """A question as the ranking sees it.

    Attributes:
        text: As it was asked.
        words: Its content words in order, repeats dropped.
        terms: What BM25 looks for: the words and their compounds.
        forms: The folded form of each word.
        kind: What it asks for.
    """

    text: str
    words: tuple[Word, ...]
    terms: tuple[str, ...]
    forms: tuple[str, ...]
    kind: Kind

    def written(self, word: Word) -> str:
        """A word as the asker wrote it, without a possessive ending."""
        return bare(self.text[word.start : word.end])


def read_question(text: str, language: str = "en") -> Question:
    """Find the content words of a question: stop words are dropped, each term is kept once."""
    words: dict[str, Word] = {}
    forms: dict[str, str] = {}
    compounds: dict[str, None] = {}
    compound: Term | None = None
    for term in read_terms(text, language):
        if compound and term.start >= compound.end:
            compound = None
        if compound is None and _is_compound(text, term):
            compound = term
        elif not _is_stop_word(text, term, language):
            whole = compound.term if compound else None
            words.setdefault(term.term, Word(term.term, term.start, term.end, whole))
            forms.setdefault(term.term, term.form)
            if whole:
                compounds.setdefault(whole)
    terms = dict.fromkeys([*words, *compounds])
    return Question(text, tuple(words.values()), tuple(terms), tuple(forms.values()), kind_of(text))


def _is_compound(text: str, term: Term) -> bool:
    return any(hyphen in text[term.start : term.end] for hyphen in "-‐‑")


def _is_stop_word(text: str, term: Term, language: str) -> bool:
    if term.term.isupper() or language.partition("-")[0].lower() != "en":
        return False
    return fold(text[term.start : term.end]) in stopwords.ENGLISH
