"""A question's unknown words, read as the library's words that were clearly meant."""

from __future__ import annotations

import numpy as np

from retrieval.corpus import WHOLE, Corpus
from retrieval.derivations import Derivations
from retrieval.index import Index
from retrieval.models import Reading
from retrieval.question import Question, Word
from retrieval.spelling import Speller


def speller_of(corpus: Corpus) -> Speller:
    """A speller that knows the words of a corpus, titles counted, compounds in their parts."""
    spoken = corpus.words[(corpus.cases & WHOLE) == 0]
    counts = np.bincount(np.concatenate([spoken, corpus.title_words]), minlength=len(corpus.forms))
    used = [
        n
        for n in np.flatnonzero(counts).tolist()
        if n == 0 or corpus.forms[n] != corpus.forms[n - 1]  # one form in two languages
    ]
    terms = [corpus.vocabulary[corpus.form_terms[n]] for n in used]
    return Speller([corpus.forms[n] for n in used], counts[used], terms)


def mend(
    question: Question, index: Index, speller: Speller, related: Derivations
) -> tuple[Question, tuple[Reading, ...]]:
    """Read each unknown word of a question as the library's nearest, where one was clearly meant.

    Args:
        question: The question as it was written.
        index: What the library knows.
        speller: Finds the library's nearest word.
        related: A word with a relative in the library is no slip; nor is one with another name
            there, nor one in a phrase.

    Returns:
        The question as it is read, and what was read otherwise than it was written.
    """
    words: dict[str, Word] = {}
    terms = {term: term for term in question.terms}
    readings: list[Reading] = []
    for word in question.words:
        known = word.quoted or _known(word, index, related)
        form = None if known else _nearest(question, word, speller)
        number = index.form_number(form) if form else None
        if form is None or number is None:
            words.setdefault(word.term, word)
            continue
        term = index.corpus.vocabulary[index.corpus.form_terms[number]]
        words.setdefault(term, Word(term, word.start, word.end, read=form))
        terms[word.term] = term
        written = question.written(word)
        readings.append(Reading(word=written, as_=form.title() if written.istitle() else form))
    if not readings:
        return question, ()
    mended = tuple(words.values())
    forms = dict(zip((word.term for word in question.words), question.forms, strict=True))
    return (
        question._replace(
            words=mended,
            terms=tuple(dict.fromkeys(terms.values())),
            forms=tuple(word.read or forms.get(word.term, word.term) for word in mended),
        ),
        tuple(readings),
    )


def _known(word: Word, index: Index, related: Derivations) -> bool:
    terms = {word.term, word.compound or word.term}
    relatives = related.of(word.term) | related.synonyms(word.term)
    return any(map(index.known, terms | relatives)) or bool(word.known(index.known).names)


def _nearest(question: Question, word: Word, speller: Speller) -> str | None:
    return speller.nearest(question.written(word), capitalised=_is_name(question, word))


def _is_name(question: Question, word: Word) -> bool:
    """Whether the word's capital tells something: not the first word's, nor one among many."""
    capitals = [question.text[other.start].isupper() for other in question.words]
    if len(capitals) > 1 and sum(capitals) >= len(capitals) - 1:
        return False
    return question.text[word.start].isupper() and bool(question.text[: word.start].strip())
