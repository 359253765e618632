"""A question into the words it asks about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple, Self

from retrieval.question import synonyms as _synonyms
from retrieval.question.asking import Kind, kind_of
from retrieval.question.parts import Parts, read_parts
from retrieval.question.phrases import Phrase, read_phrases
from retrieval.question.stops import find_runs, find_stops, is_unspaced
from retrieval.question.synonyms import Name, Synonyms
from retrieval.text import closed_classes as classes
from retrieval.text.languages.asking import asked_in
from retrieval.text.terms import bare, has_parts, parts_of, read_terms, unelided
from retrieval.values import Place, Term, is_english

_AUXILIARIES = classes.FINITE_AUXILIARIES | {"am"}
_MARK = re.compile(r"[^?.\n]*[?.]")  # what a sentence ends with, after its filler
_MANY = 4  # stop words that may be a phrase without a capital: "to be or not to be"


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
        told: Whether it stands in what is only background of the question.
        run: Of a bigram, where the letters stand of which it is two, from one that asks nothing to
            the next; of any other word None.
    """

    term: str
    start: int
    end: int
    compound: str | None = None
    read: str | None = None
    quoted: bool = False
    names: tuple[Name, ...] = ()
    replaced: bool = False
    told: bool = False
    run: Place | None = None

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
        implied: Whether a phrase is one without quotation marks, of stop words alone.
        is_english: Whether it was read as English: only then capitals tell something.
        language: In which it was read.
    """

    text: str
    words: tuple[Word, ...]
    terms: tuple[str, ...]
    forms: tuple[str, ...]
    kind: Kind
    phrases: tuple[Phrase, ...] = ()
    implied: bool = False
    is_english: bool = True
    language: str = "en"

    @property
    def only_quotes(self) -> bool:
        """Whether it is made of phrases, with no question word and no content word beside them."""
        alone = bool(self.phrases) and (self.implied or not self.kind.is_question)
        return alone and all(word.quoted for word in self.words)

    @property
    def asked(self) -> tuple[Word, ...]:
        """Its words without those of its background."""
        return tuple(word for word in self.words if not word.told)

    @property
    def shares(self) -> tuple[float, ...]:
        """How many words each of its words counts as: 1, and a run of n bigrams as (n + 1) / 2.

        In scripts without spaces most words have two letters, and a run of n bigrams has n + 1.
        """
        sizes = Counter(word.run for word in self.words)
        counted = (sizes[word.run] if word.run else 1 for word in self.words)
        return tuple((1 + 1 / size) / 2 for size in counted)

    @property
    def is_asked(self) -> bool:
        """Whether it has a question word or a question mark: it is no claim or headline."""
        return self.kind.is_question or self.text.rstrip().endswith(("?", "？"))

    def without(self, terms: Container[str]) -> Self:
        """It without some of its words; where no other was asked, what was told is asked."""
        kept = [place for place, word in enumerate(self.words) if word.term not in terms]
        words = [self.words[place] for place in kept]
        if all(word.told for word in words):
            words = [word._replace(told=False) for word in words]
        return self._replace(
            words=tuple(words),
            terms=tuple(term for term in self.terms if term not in terms),
            forms=tuple(self.forms[place] for place in kept),
        )

    def written(self, word: Word | Phrase) -> str:
        """A word as the asker wrote it, without what an apostrophe joins to it, or a phrase.

        Of a bigram, the whole run: nobody reads two letters of it.
        """
        if isinstance(word, Word) and word.run:
            return self.text[slice(*word.run)]
        written = self.text[word.start : word.end]
        return written if isinstance(word, Phrase) else unelided(bare(written), self.language)

    def terms_in(self, held: Container[str]) -> frozenset[str]:
        """Its terms that count in a text with these: a name of several words counts as a whole."""
        names = [name for word in self.words for name in word.names]
        here = {term for name in names if _all_in(name, held) for term in name.searched}
        parted = {term for name in names for term in name.searched} - here
        return frozenset(self.terms) - (parted - {word.term for word in self.words})


def read_question(text: str, language: str = "en", synonyms: Synonyms = _synonyms.NONE) -> Question:
    """Find the words of a question: each term is kept once, stop words are dropped.

    In phrases they are kept, so that "to be or not to be" can be asked; BM25 does without them.
    What only leads up to the question or trails after it is no part of it; see `parts`.

    Args:
        text: Any text.
        language: A BCP 47 tag.
        synonyms: By what other names words outside phrases go.
    """
    english = is_english(language) and not is_unspaced(text)
    parts = read_parts(text) if english else Parts(((0, len(text)),))
    read = read_terms(text, language)
    stops = find_stops(text, read, language)
    asked = list(_within(read, parts.asked))
    if stops.issuperset(asked):
        parts = Parts(((0, len(text)),))
        asked = read
    phrases = read_phrases(text, parts_of(asked))
    kind = _kind(text, parts.asked, phrases) if english else _kind_abroad(text, language, phrases)
    implied = english and not phrases and stops.issuperset(asked)
    if implied:
        phrases = _implied(text, parts_of(asked))
    told = list(_within(read, parts.background))
    whole = parts_of(sorted([*asked, *told], key=lambda term: term.start))
    quoted = {part.start for phrase in phrases for part in phrase.among(whole)}
    named = _named([None if part.start in quoted else part for part in whole], synonyms)
    runs = find_runs(term for term in read if term not in stops)
    words, forms = dict[str, Word](), dict[str, str]()
    searched, compounds = dict[str, None](), dict[str, None]()
    for term, compound in chain(_compounded(asked), _compounded(told)):
        is_quoted, stop = term.start in quoted, term in stops
        if stop and not is_quoted:
            continue
        names, replaced = ((), False) if is_quoted else named.get(term.term, ((), False))
        is_told = _is_in(term, parts.background)
        word = Word(
            *(term.term, term.start, term.end, compound),
            quoted=is_quoted,
            names=names,
            replaced=replaced,
            told=is_told,
            run=None if is_quoted else runs.get(term.start),
        )
        words.setdefault(term.term, word)
        forms.setdefault(term.term, term.form)
        if not stop and not replaced:
            searched.setdefault(term.term)
        if compound and not replaced:
            compounds.setdefault(compound)
    ordered = sorted(words.values(), key=lambda word: word.start)
    others = [term for word in ordered for name in word.names for term in name.searched]
    return Question(
        text,
        tuple(ordered),
        tuple(dict.fromkeys([*searched, *compounds, *others])),
        tuple(forms[word.term] for word in ordered),
        kind,
        phrases,
        implied and bool(phrases),
        english,
        language,
    )


def _is_in(term: Term, places: Iterable[Place]) -> bool:
    return any(start <= term.start < end for start, end in places)


def _within(terms: Iterable[Term], places: Sequence[Place]) -> Iterator[Term]:
    return (term for term in terms if _is_in(term, places))


def _kind(text: str, asked: Iterable[Place], phrases: Sequence[Phrase]) -> Kind:
    """What the first part asks for that has a question word where it asks."""
    outside = _outside(text, phrases)
    parts = ((outside[start:end], _MARK.match(outside, end)) for start, end in asked)
    kinds = (kind_of(part + (mark.group() if mark else "")) for part, mark in parts)
    return next((kind for kind in kinds if kind.is_question), Kind.CLAIM)


def _kind_abroad(text: str, language: str, phrases: Sequence[Phrase]) -> Kind:
    """What a question that is not English asks for, as far as no name or noun has to be known."""
    asked = asked_in(_outside(text, phrases), language)
    return Kind(asked) if asked else Kind.CLAIM


def _implied(text: str, words: Sequence[Term]) -> tuple[Phrase, ...]:
    """The name that a question of stop words alone asks for, as in "Who are The Who?".

    It has a capital past its first word, or so many words that they are no question's own.
    """
    forms = [word.form.lower() for word in words]
    opening = forms[:1] and forms[0] in classes.INTERROGATIVES
    words = words[2:] if opening and forms[1:] and forms[1] in _AUXILIARIES else words
    named = any(text[w.start].isupper() and w.form != "i" for w in words if w.start)
    if len(words) < 2 or not (named or len(words) >= _MANY):
        return ()
    quoted = tuple(word.form.lower() for word in words)
    return (Phrase(words[0].start, words[-1].end, quoted),)


def _compounded(read: Sequence[Term]) -> Iterator[tuple[Term, str | None]]:
    """The words of a text, compounds in their parts, each with its compound's term."""
    compound: Term | None = None
    for term, after in zip(read, [*read[1:], None], strict=False):
        if compound and term.start >= compound.end:
            compound = None
        if has_parts(term, after):
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
    """`text` with spaces for each phrase: its words ask for nothing."""
    rest, end = list[str](), 0
    for phrase in phrases:
        rest += [text[end : phrase.start], " " * (phrase.end - phrase.start)]
        end = phrase.end
    return "".join([*rest, text[end:]])
