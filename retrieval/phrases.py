"""Quoted phrases: which stand in a question, and which sentences have them word for word.

What stands in double quotation marks is an exact phrase: its words one after the other in one
sentence, stop words among them. The case of letters, accents, typographic variants and a possessive
ending make no difference, stems do: "sent troops" is not "sends troops". A hyphen is as good as a
space: of a hyphenated word the parts stand in order, the whole is passed over.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from retrieval import stopwords
from retrieval.corpus import WHOLE, Corpus
from retrieval.index import Index
from retrieval.models import Place, Term
from retrieval.postings import Ints, ranges

# "…" (not an inch mark: 5"), “…”, „…“ or „…”, «…»; one that is not closed quotes nothing.
_QUOTED = re.compile(r'(?<!\d)"([^"]*)"|“([^“”]*)”|„([^„“”]*)[“”]|«([^«»]*)»')
_NOWHERE: Ints = np.empty(0, dtype=np.int64)
_CHUNK = 1 << 16  # sentences looked at together: bounds the memory for phrases of frequent words


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

    Sentences that have all its words come from their postings, the rarest word's first; then the
    words are compared in their order.
    """
    corpus = index.corpus
    numbers = [list(_numbers(form, corpus)) for form in phrase.forms]
    holding = [_sentences(found, index) for found in numbers]
    rarest_first = sorted(range(len(numbers)), key=lambda place: len(holding[place]))
    found = holding[rarest_first[0]]
    for place in rarest_first[1:]:
        found = found[_is_among(found, holding[place])]
    chunks = range(0, len(found), _CHUNK)
    kept = [_in_order(found[n : n + _CHUNK], numbers, rarest_first, corpus) for n in chunks]
    return np.concatenate(kept) if kept else found


def _numbers(form: str, corpus: Corpus) -> Iterator[int]:
    """The numbers of a form: one for each language that has it, and an acronym's."""
    for written in (form, form.upper()) if form in stopwords.ACRONYMS else (form,):
        number = bisect_left(corpus.forms, written)
        while number < len(corpus.forms) and corpus.forms[number] == written:
            yield number
            number += 1


def _sentences(forms: Iterable[int], index: Index) -> Ints:
    """The sentences that have a term of one of these forms, ascending."""
    terms = {int(index.corpus.form_terms[form]) for form in forms}
    found = [index.sentences_with(term) for term in sorted(terms)]
    return found[0] if len(found) == 1 else np.unique(np.concatenate([_NOWHERE, *found]))


def _is_among(some: Ints, all_: Ints) -> NDArray[np.bool_]:
    """Which of some ascending numbers are among others, ascending too."""
    places = np.minimum(np.searchsorted(all_, some), max(len(all_) - 1, 0))
    marks: NDArray[np.bool_] = all_[places] == some
    return marks


def _in_order(
    sentences: Ints, numbers: Sequence[Sequence[int]], rarest_first: Sequence[int], corpus: Corpus
) -> Ints:
    """Those of some sentences in which a word of each of `numbers` follows the one before."""
    places, rows = ranges(corpus.offsets[sentences], corpus.offsets[sentences + 1])
    spoken = (corpus.cases[places] & WHOLE) == 0
    forms, rows = corpus.words[places[spoken]], rows[spoken]
    last = len(numbers) - 1
    first = np.arange(max(len(forms) - last, 0))
    for place in rarest_first:
        first = first[np.isin(forms[first + place], numbers[place])]
    first = first[rows[first] == rows[first + last]]
    found: Ints = sentences[np.unique(rows[first])]
    return found
