"""Which words of a question are stop words, and which runs its bigrams make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from retrieval.text.languages.unspaced_questions import asking_places
from retrieval.text.terms import is_stop_word
from retrieval.text.unspaced import count_letters, is_gram
from retrieval.values import Place, Term


def is_unspaced(text: str) -> bool:
    """Whether most letters of a question are of scripts that are read two by two."""
    return not text.isascii() and 2 * count_letters(text) > sum(map(str.isalpha, text))


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
