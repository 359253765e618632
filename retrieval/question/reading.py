"""A question into the words it asks about."""

from __future__ import annotations

import sys
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import NamedTuple, Self

from retrieval.question import synonyms as _synonyms
from retrieval.question.asking import Kind, kind_of
from retrieval.question.phrases import Phrase, read_phrases
from retrieval.question.synonyms import Name, Synonyms
from retrieval.question.talk import courtesies
from retrieval.text.terms import bare, is_stop_word, parts_of, read_terms
from retrieval.values import Term


class Word(NamedTuple):
    """A content word of a question; in a phrase, any word.

    Attributes:
        term: As the index knows it.
        start: First character in the question.
        end: One past the last.
        compound: The term of the compound it is part of ("long-range", "5km"), or None. A text that
            has the compound has the part.
        read: The library's form that the word is read as, where it was misspelt.
        quoted: Whether it stands in a phrase, and so is read only as it is written.
        names: Other names of it, or of the words that it is one of, from the operator's synonyms.
        replaced: Whether only those are looked for.
    """

    term: str
    start: int
    end: int
    compound: str | None = None
    read: str | None = None
    quoted: bool = False
    names: tuple[Name, ...] = ()
    replaced: bool = False

    def known(self, is_known: Callable[[str], bool]) -> Self:
        """The word with those names alone of which every term is known."""
        if not self.names:
            return self
        names = (name for name in self.names if all(map(is_known, name.terms)))
        return self._replace(names=tuple(names))


class Question(NamedTuple):
    """A question as the ranking sees it.

    Attributes:
        text: As it was asked.
        words: Its content words in order, repeats dropped.
        terms: What BM25 looks for: the words, their compounds and the words of their other names,
            no stop words.
        forms: The folded form of each word.
        kind: What it asks for.
        phrases: What it asks for word for word.
    """

    text: str
    words: tuple[Word, ...]
    terms: tuple[str, ...]
    forms: tuple[str, ...]
    kind: Kind
    phrases: tuple[Phrase, ...] = ()

    @property
    def only_quotes(self) -> bool:
        """Whether it is made of phrases, with no question word and no content word beside them."""
        alone = bool(self.phrases) and not self.kind.is_question
        return alone and all(word.quoted for word in self.words)

    def written(self, word: Word | Phrase) -> str:
        """A word as the asker wrote it, without a possessive ending, or a phrase."""
        written = self.text[word.start : word.end]
        return written if isinstance(word, Phrase) else bare(written)

    def terms_in(self, held: Container[str]) -> frozenset[str]:
        """Its terms that count in a text with these: a name of several words counts as a whole."""
        names = [name for word in self.words for name in word.names]
        here = {term for name in names if _all_in(name, held) for term in name.searched}
        parted = {term for name in names for term in name.searched} - here
        return frozenset(self.terms) - (parted - {word.term for word in self.words})


def read_question(text: str, language: str = "en", synonyms: Synonyms = _synonyms.NONE) -> Question:
    """Find the words of a question: each term is kept once, stop words are dropped.

    In phrases they are kept, so that "to be or not to be" can be asked; BM25 does without them.
    A greeting or "tell me about" that leads up to the question is no part of it.

    Args:
        text: Any text.
        language: A BCP 47 tag.
        synonyms: By what other names words outside phrases go.
    """
    start = courtesies(text) if language.startswith("en") else 0
    read = read_terms(text, language)
    if start:
        read = [term for term in read if term.start >= start]
    parts = parts_of(read)
    phrases = read_phrases(text, parts)
    quoted = {part.start for phrase in phrases for part in phrase.among(parts)}
    named = _named([None if part.start in quoted else part for part in parts], synonyms)
    words, forms = dict[str, Word](), dict[str, str]()
    searched, compounds = dict[str, None](), dict[str, None]()
    for term, compound in _compounded(read):
        is_quoted, stop = term.start in quoted, is_stop_word(text, term, language)
        if stop and not is_quoted:
            continue
        names, replaced = ((), False) if is_quoted else named.get(term.term, ((), False))
        word = Word(term.term, term.start, term.end, compound, None, is_quoted, names, replaced)
        words.setdefault(term.term, word)
        forms.setdefault(term.term, term.form)
        if not stop and not replaced:
            searched.setdefault(term.term)
        if compound and not replaced:
            compounds.setdefault(compound)
    others = [term for word in words.values() for name in word.names for term in name.searched]
    return Question(
        text,
        tuple(words.values()),
        tuple(dict.fromkeys([*searched, *compounds, *others])),
        tuple(forms.values()),
        kind_of(_outside(text, phrases)),
        phrases,
    )


def _compounded(read: Sequence[Term]) -> Iterator[tuple[Term, str | None]]:
    """The words of a text, compounds in their parts, each with its compound's term."""
    following = [*(term.start for term in read[1:]), sys.maxsize]
    compound: Term | None = None
    for term, start in zip(read, following, strict=False):
        if compound and term.start >= compound.end:
            compound = None
        if start < term.end:
            compound = term
        else:
            yield term, compound.term if compound else None


def _named(
    words: Sequence[Term | None], synonyms: Synonyms
) -> dict[str, tuple[tuple[Name, ...], bool]]:
    """By term, the other names of the words and whether only those are looked for."""
    named: dict[str, tuple[tuple[Name, ...], bool]] = {}
    if synonyms.digest is None:
        return named
    for match in synonyms.find(words):
        for word in filter(None, words[match.first : match.last]):
            named.setdefault(word.term, (match.names, match.replaced))
    return named


def _all_in(name: Name, held: Container[str]) -> bool:
    return all(term in held for term in name.terms)


def _outside(text: str, phrases: Iterable[Phrase]) -> str:
    """`text` with a space for each phrase: its words ask for nothing."""
    rest, end = list[str](), 0
    for phrase in phrases:
        rest.append(text[end : phrase.start])
        end = phrase.end
    return " ".join([*rest, text[end:]])
