"""A question's unknown words, read as the library's words that were clearly meant."""

from __future__ import annotations

from collections.abc import Callable

from retrieval.question.reading import Question, Word
from retrieval.question.spelling import Speller
from retrieval.search.backend import Backend
from retrieval.text.derivations import Derivations
from retrieval.text.terms import fold
from retrieval.values import Reading


def mend(
    question: Question,
    index: Backend,
    speller: Callable[[], Speller],
    related: Derivations,
    is_word: Callable[[str], bool],
) -> tuple[Question, tuple[Reading, ...]]:
    """Read each unknown word of a question as the library's nearest, where one was clearly meant.

    Args:
        question: The question as it was written.
        index: What the library knows.
        speller: Gives what finds the library's nearest word, where one is unknown.
        related: A word with a relative in the library is no slip; nor is one with another name
            there, nor one in a phrase, nor a bigram.
        is_word: Whether it is a word of English: then, of an English question, it is missing, and
            not misspelt.

    Returns:
        The question as it is read, and what was read otherwise than it was written.
    """
    unknown = {
        word
        for word in question.words
        if not (word.quoted or word.run or _known(word, index, related))
    }
    if not unknown:
        return question, ()
    words: dict[str, Word] = {}
    terms = {term: term for term in question.terms}
    readings: list[Reading] = []
    for word in question.words:
        form = _nearest(question, word, speller()) if word in unknown else None
        if (
            form
            and question.is_english
            and is_word(question.written(word))
            and not _is_of_men(question, word, form)
        ):
            form = None
        term = index.term_of(form) if form else None
        if form is None or term is None:
            words.setdefault(word.term, word)
            continue
        words.setdefault(term, Word(term, word.start, word.end, read=form, told=word.told))
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


def _known(word: Word, index: Backend, related: Derivations) -> bool:
    if index.known(word.term) or (word.compound and index.known(word.compound)):
        return True
    relatives = related.of(word.term) | related.synonyms(word.term)
    return any(map(index.known, relatives)) or bool(word.known(index.known).names)


def _nearest(question: Question, word: Word, speller: Speller) -> str | None:
    return speller.nearest(question.written(word), capitalised=_is_name(question, word))


def _is_of_men(question: Question, word: Word, form: str) -> bool:
    """Whether two forms are one word's: "huntsman" and "huntsmen"."""
    return fold(question.written(word)).replace("men", "man") == form.replace("men", "man")


def _is_name(question: Question, word: Word) -> bool:
    """Whether the word's capital tells something: not the first word's, nor one among many."""
    capitals = [question.text[other.start].isupper() for other in question.words]
    if len(capitals) > 1 and sum(capitals) >= len(capitals) - 1:
        return False
    return question.text[word.start].isupper() and bool(question.text[: word.start].strip())
