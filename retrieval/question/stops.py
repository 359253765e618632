"""Which words of a question are stop words, and which runs its bigrams make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from retrieval.text.languages.asking import asking_places
from retrieval.text.terms import fold, frame_forms, is_stop_word, stop_forms
from retrieval.text.unspaced import count_letters, is_gram
from retrieval.values import Place, Term

_WORD = re.compile(r"[^\W\d_]+")


def is_unspaced(text: str) -> bool:
    """Whether most letters of a question are of scripts that are read two by two."""
    return not text.isascii() and 2 * count_letters(text) > sum(map(str.isalpha, text))


def language_of(text: str, languages: Sequence[str]) -> str:
    """In which of a library's languages a question is read: that of most of its small words.

    Args:
        text: A question.
        languages: At least one, that of most articles first, which also is that of no small words.
    """
    if len(languages) == 1:
        return languages[0]
    forms = [fold(word) for word in _WORD.findall(text)]
    return max(languages, key=lambda one: sum(form in _small(one) for form in forms))


def _small(language: str) -> frozenset[str]:
    return stop_forms(language) | frame_forms(language)


def find_stops(text: str, words: Sequence[Term], language: str) -> frozenset[Term]:
    """The stop words among a question's words.

    Bigrams of kana alone are none where there is nothing else that it could ask for.
    """
    stops = frozenset(word for word in words if is_stop_word(text, word, language))
    if text.isascii():
        return stops
    places = asking_places(text, language)
    asking = frozenset(
        word
        for word in words
        if is_gram(word.form)
        and any(start < word.end and word.start < end for start, end in places)
    )
    if not (stops | asking).issuperset(words):
        return stops | asking
    return asking | frozenset(word for word in stops if not is_gram(word.form))


def find_runs(words: Iterable[Term]) -> dict[int, Place]:
    """By the start of each bigram, from where to where the letters go of those that overlap it.

    Args:
        words: Those of a question, in order, without its stop words.
    """
    bigrams = [word for word in words if is_gram(word.form)]
    runs: list[list[Term]] = []
    for before, word in pairwise([None, *bigrams]):
        if before is None or word is None or word.start >= before.end:
            runs.append([])
        if word:
            runs[-1].append(word)
    return {word.start: (run[0].start, run[-1].end) for run in runs for word in run}
