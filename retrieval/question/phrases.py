"""Quoted phrases: which stand in a question, and which sentences have them word for word.

What stands in double quotation marks is an exact phrase: its words one after the other in one
sentence, stop words among them. The case of letters, accents, typographic variants and a possessive
ending make no difference, stems do: "sent troops" is not "sends troops". A hyphen is as good as a
space: of a hyphenated word the parts stand in order, the whole is passed over.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from retrieval.search import Index
from retrieval.search.arrays import Ints, ranges, search
from retrieval.search.forward import WHOLE, Corpus
from retrieval.search.reader import Part
from retrieval.text import stopwords
from retrieval.values import Place, Term

# "…" (not an inch mark: 5"), “…”, „…“ or „…”, «…»; one that is not closed quotes nothing.
_QUOTED = re.compile(r'(?<!\d)"([^"]*)"|“([^“”]*)”|„([^„“”]*)[“”]|«([^«»]*)»')
_NOWHERE: Ints = np.empty(0, dtype=np.int64)
_Marks = NDArray[np.bool_]


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


_P = TypeVar("_P", bound=_Placed)


class Phrase(NamedTuple):
    """Words of a question that are looked for as they stand.

    Attributes:
        start: First character of the first word in the question.
        end: One past the last word.
        forms: Its words folded, in lower case, in order.
    """

    start: int
    end: int
    forms: tuple[str, ...]

    def among(self, words: Sequence[_P]) -> Sequence[_P]:
        """Those of a question's words, in order, that are the phrase's."""
        return _between(words, self.start, self.end)


def _between(words: Sequence[_P], start: int, end: int) -> Sequence[_P]:
    first = bisect_left(words, start, key=lambda word: word.start)
    return words[first : bisect_left(words, end, key=lambda word: word.start)]


def read_phrases(text: str, words: Sequence[Term]) -> tuple[Phrase, ...]:
    """The phrases of a text in order, repeats dropped; quotation marks without a word are none.

    Args:
        text: Any text.
        words: Its words, hyphenated ones in their parts.
    """
    phrases: dict[tuple[str, ...], Phrase] = {}
    for quotation in _QUOTED.finditer(text):
        if within := _between(words, *quotation.span()):
            forms = _forms(within)
            phrases.setdefault(forms, Phrase(within[0].start, within[-1].end, forms))
    return tuple(phrases.values())


def _forms(words: Iterable[Term]) -> tuple[str, ...]:
    return tuple(word.form.lower() for word in words)  # an acronym's form is in capitals


def places(words: Sequence[Term], phrase: Phrase) -> Iterator[Place]:
    """Where a phrase stands in a text, from its first word to its last.

    Args:
        words: The words of the text, hyphenated ones in their parts.
        phrase: What is looked for.
    """
    forms, length = _forms(words), len(phrase.forms)
    for first in range(len(forms) - length + 1):
        if forms[first : first + length] == phrase.forms:
            yield words[first].start, words[first + length - 1].end


def sentences_with(phrase: Phrase, index: Index) -> Ints:
    """The sentences that have a phrase word for word, ascending.

    Its rarest word is looked up; from each place of it the other words are compared, those after it
    first.
    """
    return index.gathered(lambda part: _sentences_with(phrase, part))


def _sentences_with(phrase: Phrase, part: Part) -> Ints:
    corpus = part.corpus
    numbers = [_numbers(form, part) for form in phrase.forms]
    if not all(map(len, numbers)):
        return _NOWHERE
    holding = [_holding(found, part, part.sentences_with) for found in numbers]
    rarest = min(range(len(holding)), key=lambda place: len(holding[place]))
    first = last = _words_in(holding[rarest], numbers[rarest], corpus)
    for wanted in numbers[rarest + 1 :]:
        last, found = _next(last, 1, wanted, corpus)
        first, last = first[found], last[found]
    for wanted in reversed(numbers[:rarest]):
        first, found = _next(first, -1, wanted, corpus)
        first, last = first[found], last[found]
    sentences = search(corpus.offsets, first)
    whole = sentences[last < corpus.offsets[sentences + 1]]
    once: Ints = whole[np.diff(whole, prepend=-1) > 0]
    return once


def titled(phrase: Phrase, index: Index) -> Ints:
    """The sentences of the articles that have a phrase in their title, ascending."""
    return index.gathered(lambda part: _titled(phrase, part))


def _titled(phrase: Phrase, part: Part) -> Ints:
    corpus, length = part.corpus, len(phrase.forms)
    numbers = [_numbers(form, part) for form in phrase.forms]
    if not all(map(len, numbers)):
        return _NOWHERE
    named = [_holding(found, part, part.titles_with) for found in numbers]
    articles = min(named, key=len)
    first, _ = ranges(corpus.title_offsets[articles], corpus.title_offsets[articles + 1])
    for place, forms in enumerate(numbers):
        first = first[first + place < len(corpus.title_words)]
        first = first[np.isin(corpus.title_words[first + place], forms)]
    articles = search(corpus.title_offsets, first)
    whole = np.unique(articles[first + length <= corpus.title_offsets[articles + 1]])
    sentences, _ = ranges(corpus.article_sentences[whole], corpus.article_sentences[whole + 1])
    return sentences


def _numbers(form: str, part: Part) -> list[int]:
    """The numbers of a form: one for each language that has it, and an acronym's."""
    written = (form, form.upper()) if form in stopwords.ACRONYMS else (form,)
    return [number for one in written for number in part.form_numbers(one)]


def _holding(forms: Iterable[int], part: Part, find: Callable[[str], Ints]) -> Ints:
    """What `find` finds for the terms of some forms, ascending."""
    terms = {part.corpus.vocabulary[int(part.corpus.form_terms[form])] for form in forms}
    found = [find(term) for term in sorted(terms)]
    return found[0] if len(found) == 1 else np.unique(np.concatenate([_NOWHERE, *found]))


def _words_in(sentences: Ints, forms: Sequence[int], corpus: Corpus) -> Ints:
    """The places of some forms among the words of the corpus; all stand in these sentences."""
    words, _ = ranges(corpus.offsets[sentences], corpus.offsets[sentences + 1])
    found: Ints = words[np.isin(corpus.words[words], forms) & ((corpus.cases[words] & WHOLE) == 0)]
    return found


def _next(words: Ints, way: int, forms: Sequence[int], corpus: Corpus) -> tuple[Ints, _Marks]:
    """The places of the next words, hyphenated wholes passed over, and which are of these forms.

    Args:
        words: Places among the words of the corpus.
        way: 1 for the words after them, -1 for those before.
        forms: What is looked for.
        corpus: All words.
    """
    last = len(corpus.words) - 1
    moved = words + way
    moved = moved + way * ((corpus.cases[np.clip(moved, 0, last)] & WHOLE) != 0)
    found: _Marks = np.isin(corpus.words[np.clip(moved, 0, last)], forms)
    return moved, found & (moved >= 0) & (moved <= last)
