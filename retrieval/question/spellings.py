"""A question's words in the other ways to write them that the library has.

"web site" is "website", "ten" is "10", "World War II" is "World War 2". What is so written is the
same word: it is found as a name of it. Where the library has no spelling of a word at all, its
family is looked for instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retrieval.question.reading import Question, Word
from retrieval.question.synonyms import Name
from retrieval.search.backend import Backend
from retrieval.text import stopwords
from retrieval.text.derivations import Derivations
from retrieval.text.number_words import Forms, other_numeral, other_spellings
from retrieval.text.terms import stem_of
from retrieval.values import primary

_SHORTEST = 3  # letters of each half of a word that is split
_MOST = 4_096  # sentences with the rarer of two words that are looked for side by side


def widen(
    question: Question, index: Backend, related: Derivations, languages: Sequence[str] = ()
) -> Question:
    """Add to a question's words their other spellings, and to what is searched unknown families.

    Args:
        question: As it was written.
        index: What the library knows.
        related: The families.
        languages: Those of the library: the stem of a word is another one in each.
    """
    spelled = _Spellings(question, index, languages)
    words = tuple(
        word._replace(names=(*word.names, *names)) if (names := spelled.of(place)) else word
        for place, word in enumerate(question.words)
    )
    more = [term for word in words for name in word.names for term in name.searched]
    for word in words:
        if not (word.quoted or word.replaced or _is_known(word, index)):
            more += sorted(filter(index.known, related.of(word.term)))
    terms = tuple(dict.fromkeys([*question.terms, *more]))
    return question._replace(words=words, terms=terms)


def _is_known(word: Word, index: Backend) -> bool:
    compound = word.compound is not None and index.known(word.compound)
    return compound or index.known(word.term) or bool(word.known(index.known).names)


class _Spellings:
    """The other spellings of one question's words."""

    def __init__(self, question: Question, index: Backend, languages: Sequence[str]) -> None:
        self._question, self._index = question, index
        self._others = [one for one in languages if primary(one) != primary(question.language)]

    def of(self, place: int) -> tuple[Name, ...]:
        """Those of the word at a place."""
        word = self._question.words[place]
        if word.quoted or word.replaced:
            return ()
        names = (*self._names(place), *self._stems(place))
        return tuple({name.terms: name for name in names}.values())

    def _stems(self, place: int) -> Iterator[Name]:
        """Its stems in the other languages of the library."""
        form, own = self._form(place), self._question.words[place].term
        for language in self._others:
            term = stem_of(form, language)
            if term != own and self._index.known(term):
                yield Name((term,), (form,), (term,))

    def _names(self, place: int) -> Iterator[Name]:
        form, before, after = self._form(place), self._beside(place, -1), self._beside(place, 1)
        found = [*self._numbers((form,))]
        if not _is_known(self._question.words[place], self._index):  # most words, and it takes long
            found += self._split(form)
        if before is not None:
            found += [*self._joined(before, form), *self._numeral(before, form)]
        if after is not None:
            found += self._joined(form, after)
        return filter(None, map(self._name, found))

    def _form(self, place: int) -> str:
        return self._question.forms[place]

    def _beside(self, place: int, way: int) -> str | None:
        """The form of the word right before or behind, with nothing but space between."""
        words, other = self._question.words, place + way
        if not 0 <= other < len(words) or words[other].quoted:
            return None
        one, two = sorted((place, other))
        gap = self._question.text[words[one].end : words[two].start]
        return self._form(other) if gap.isspace() or gap in {"-", "‐", "‑"} else None

    def _numbers(self, forms: Forms) -> Iterator[Forms]:
        """In digits or words; "one" and "second" are other words as often."""
        for way in other_spellings(forms):
            if way not in {("one",), ("second",)} and (len(way) == 1 or self._stand(way)):
                yield way

    def _joined(self, one: str, two: str) -> Iterator[Forms]:
        """Two words as one, unless the library has them side by side oftener than so."""
        yield from self._numbers((one, two))
        term = self._index.term_of(one + two)
        if term is None or not (one.isalpha() and two.isalpha()):
            return
        if len(self._side_by_side((one, two))) <= self._index.document_frequency(term):
            yield (one + two,)

    def _split(self, form: str) -> Iterator[Forms]:
        """One word as two that stand side by side."""
        if not (form.isalpha() and form.isascii()):
            return
        for middle in range(_SHORTEST, len(form) - _SHORTEST + 1):
            halves = form[:middle], form[middle:]
            if not stopwords.ENGLISH.isdisjoint(halves):
                continue
            if self._stand(halves):
                yield halves

    def _numeral(self, before: str, form: str) -> Iterator[Forms]:
        """Digits for a Roman numeral, or the reverse, behind the word before it."""
        other = other_numeral(form)
        if other is not None and not before.isdigit() and self._stand((before, other)):
            yield before, other

    def _stand(self, forms: Forms) -> bool:
        return len(self._side_by_side(forms)) > 0

    def _side_by_side(self, forms: Forms) -> Sequence[int]:
        """The sentences that have two words side by side; none where both are too frequent."""
        counts = []
        for form in forms:
            term = self._index.term_of(form)
            if term is None:
                return ()
            counts.append(self._index.document_frequency(term))
        return self._index.sentences_with(forms).tolist() if min(counts) <= _MOST else ()

    def _name(self, forms: Forms) -> Name | None:
        """A spelling as a name; None where the library does not have all of its words."""
        terms = [self._index.term_of(form) for form in forms]
        known = tuple(term for term in terms if term and self._index.known(term))
        return Name(known, forms, known) if len(known) == len(forms) else None
