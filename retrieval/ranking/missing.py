"""Which words of a question stand in no text of the library, in whatever form.

Every stored text counts, its title and what is never quoted too. A word stands there as it is
written or in another spelling, inflected or derived, in two words or as one with the word beside
it, as a number in digits or in words, or as the beginning of a longer word.
"""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.question import Question, Word
from retrieval.question.phrases import Phrase
from retrieval.question.unasked import is_frame
from retrieval.ranking.weighing import Weighted
from retrieval.search.backend import Backend
from retrieval.text.number_words import other_numeral, other_spellings
from retrieval.text.orthography import one_spelling

_SHORTEST, _ROOT = 4, 5  # letters of a singular and of a root, or words of nothing in common meet
_ENDINGS = (
    "able ally al ance ation ed ence er ful ible ic ing ion ise ised ish ism ist ity ive ize ized "
    "less ly ment ness or ous ship"
).split()


def find_missing(asked: Weighted, index: Backend) -> tuple[str, ...]:
    """Words that no text has in any form, and phrases that no sentence has, as they were written.

    Words of the background, and those that only frame the question, are never said to be missing.

    Args:
        asked: The question.
        index: What was searched.
    """
    question = asked.question
    pairs = zip(question.phrases, asked.phrases, strict=True)
    phrases = [phrase for phrase, sentences in pairs if not len(sentences)]
    named = {word.start for phrase in phrases for word in phrase.among(question.words)}
    known = {word.run for word, held in zip(question.words, asked.held, strict=True) if held}
    unknown: list[Word | Phrase] = [
        word
        for place, word in enumerate(question.words)
        if not (word.told or word.start in named or is_frame(question, word))
        and not (word.run and word.run in known)
        and not _stands(asked, place, index)
    ]
    missing = sorted([*unknown, *phrases], key=lambda one: one.start)
    return tuple(dict.fromkeys(question.written(one) for one in missing))


def _stands(asked: Weighted, place: int, index: Backend) -> bool:
    if asked.held[place] or asked.derived[place]:
        return True
    question, word = asked.question, asked.question.words[place]
    terms = {word.term, *asked.families[place], *((word.compound,) if word.compound else ())}
    beginnings = set(_beginnings(question, place))
    return index.stands(terms, beginnings) or any(
        len(index.sentences_with(forms)) or len(index.sentences_titled(forms))
        for forms in _phrases(question.forms[place])
    )


def _beginnings(question: Question, place: int) -> Iterator[str]:
    """What a longer word may begin with, or be: the word in every spelling of one word."""
    form = question.forms[place]
    yield form
    yield one_spelling(form)
    yield form.removeprefix(".")
    yield from _roots(form)
    yield from (way[0] for way in other_spellings((form,)) if len(way) == 1)
    if numeral := other_numeral(form):
        yield numeral
    for other in (place - 1, place + 1):
        if 0 <= other < len(question.words):
            one, two = sorted((place, other))
            gap = question.text[question.words[one].end : question.words[two].start]
            if not any(map(str.isalnum, gap)):
                yield question.forms[one] + question.forms[two]


def _roots(form: str) -> Iterator[str]:
    """A word without a plural's ending and one more, as long as enough of it is left."""
    singular = form.removesuffix("s")
    if len(singular) >= _SHORTEST or singular.isdigit():
        yield singular
    for ending in _ENDINGS:
        if singular.endswith(ending) and len(singular) - len(ending) >= _ROOT:
            yield singular.removesuffix(ending)


def _phrases(form: str) -> Iterator[tuple[str, ...]]:
    """A word as two, and a number in several words."""
    yield from (way for way in other_spellings((form,)) if len(way) > 1)
    yield from ((form[:middle], form[middle:]) for middle in range(1, len(form)))
