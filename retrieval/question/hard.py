"""The hard words of a question: names, numbers and codes, which no other word can stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from retrieval.question.reading import Question, Word
from retrieval.text import closed_classes as classes
from retrieval.text.stopwords import ENGLISH

_WORD = re.compile(r"[^\W\d_]+")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)", re.IGNORECASE)
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n])[\s\"“”„«»'‘’(\[]*$")
_DAYS = frozenset([*classes.MONTHS, *classes.SHORT_MONTHS, *classes.WEEKDAYS])
_RUNS = 3  # of capitals, without a small word between: then they are a title's


def hard_words(question: Question) -> Iterator[Word]:
    """The names, numbers and codes that a question asks about, as they were written.

    A capital tells nothing at the start of a sentence, nor in a text that is shouted or a title,
    nor in other languages than English. Of a name of several words, the last is what it hangs on.
    """
    words = [word for word in question.words if not (word.quoted or word.read)]
    capitals = question.is_english and _capitals_tell(question.text)
    following = [after for _, after in pairwise([*words, None])]
    for word, after in zip(words, following, strict=True):
        written = question.written(word)
        name = capitals and _is_name(question.text, word)
        if name and after and _is_name(question.text, after) and _join(question.text, word, after):
            continue
        if not word.told and (name or _is_code(question.text, word, written)):
            yield word


def _join(text: str, word: Word, after: Word) -> bool:
    """Whether two words are neighbours in one name."""
    return not text[word.end : after.start].strip(" -‐‑.'’s")


def _is_name(text: str, word: Word) -> bool:
    capital = text[word.start].isupper() and text[word.start : word.end].lower() not in _DAYS
    return capital and not _SENTENCE_START.search(text, 0, word.start)


def _is_code(text: str, word: Word, written: str) -> bool:
    """Whether it has a digit, a capital after a small letter, or stands at an underscore."""
    if any(map(str.isdigit, written)):
        return _ORDINAL.fullmatch(written) is None
    if any(one.islower() and other.isupper() for one, other in pairwise(written)):
        return True
    return "_" in text[max(word.start - 1, 0) : word.end + 1]


def _capitals_tell(text: str) -> bool:
    """Whether a text is neither shouted nor a title."""
    if text.isupper():
        return False
    words = [found.group() for found in _WORD.finditer(text)][1:]
    content = [word for word in words if word.lower() not in ENGLISH]
    if any(word[0].islower() for word in content):
        return True
    small = [word[0].isupper() and word != "I" for word in words if word.lower() in ENGLISH]
    before = [False, *(word[0].isupper() for word in words)]
    runs = sum(not one and other for one, other in pairwise(before))
    return not any(small) and runs < _RUNS
