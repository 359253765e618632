"""How far a quote from a document runs on: one that leads up to its answer takes what follows."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple

from retrieval.evidence.grouping import Statement
from retrieval.evidence.sources import Original, Originals
from retrieval.evidence.standing import heading, is_entry, kind
from retrieval.question import Question
from retrieval.text.terms import is_stop_word, parts_of, read_terms
from retrieval.values import Span

LONGEST = 700  # characters of a quote that runs on
# A sentence that adds at most this share of words to the question's says it again.
ECHO = 0.2
FEWEST = 2  # words of a question that is said word for word
_LEADING = (":", "?", "：", "？")
_CLOSERS = "\"'”’»)]*_ "


class Shown(NamedTuple):
    """A statement as it is quoted.

    Attributes:
        statement: The statement.
        end: Where the quote of its first sentence ends in the article.
    """

    statement: Statement
    end: int


def list_shown(
    gather: Callable[[int], Sequence[Statement]],
    limit: int,
    question: Question,
    originals: Originals,
) -> list[Shown]:
    """The first `limit` statements as they are quoted, however many of them are shown by others.

    Args:
        gather: The first so many statements, or all where there are fewer.
        limit: How many at most.
        question: What was asked.
        originals: Their articles.
    """
    wanted = limit
    while True:
        gathered = gather(wanted)
        originals.fetch(statement.first.sentence for statement in gathered)
        shown = run_on(gathered, question, originals)
        if len(shown) >= limit or len(gathered) < wanted:
            return shown[:limit]
        wanted *= 2


def run_on(
    statements: Iterable[Statement], question: Question, originals: Originals
) -> list[Shown]:
    """How far each statement is quoted; one whose sentence is shown by then is none.

    Args:
        statements: Best first.
        question: What was asked.
        originals: Their articles.
    """
    found, taken = list[Shown](), dict[str, list[Span]]()
    for statement in statements:
        sentence = statement.first.sentence
        original = originals.of(sentence)
        start, end = original.sentence.start, original.sentence.end
        before = taken.setdefault(original.article.id, [])
        if any(one.start < end and start < one.end for one in before):
            continue
        limit = min((one.start for one in before if one.start >= end), default=sys.maxsize)
        span = Span(start, end_of(sentence, question, originals, limit))
        before.append(span)
        found.append(Shown(statement, span.end))
    return found


def end_of(sentence: int, question: Question, originals: Originals, limit: int) -> int:
    """Where the quote of a sentence ends, before `limit`: what stands there is shown already.

    In a document, one that ends in a colon or a question mark, or says the question again, runs on
    over the next passage of its section, and so on while that leads on as well; a row, a definition
    or an option has its answer in itself and does not by saying the question. One that leads up to
    a list takes the list. Where the section's heading says the question, all of it answers. All
    of that as far as there is room.
    """
    first = last = originals.of(sentence)
    article, start = first.article, first.sentence.start
    if not article.is_document:
        return first.sentence.end
    says = partial(_says, question=question, language=article.language)
    above = heading(article, start)
    is_asked = says(above) and _asks_no_more(question, above, article.language)
    is_asked = is_asked or _pastes(first, question)
    lists = _leads(first.text)
    while (after := last.spot.after) and after.end <= min(limit, start + LONGEST):
        is_listed = lists and kind(article, after.start) == "item"
        says_again = not is_entry(article, last.sentence.start) and says(last.text)
        if not (is_asked or is_listed or says_again or _leads(last.text)):
            break
        sentence += 1
        last = originals.of(sentence)
    return last.sentence.end


def _leads(text: str) -> bool:
    """Whether a text leads up to what follows."""
    return text.rstrip(_CLOSERS).endswith(_LEADING)


def _says(text: str, *, question: Question, language: str) -> bool:
    """Whether a text is the question again: word for word, or with hardly a word more."""
    words = _words(text, language)
    asked = question.terms_in(frozenset(words))
    new = sum(word not in asked for word in words)
    return bool(words) and (new <= ECHO * len(words) or _stands(question, words))


def _asks_no_more(question: Question, text: str, language: str) -> bool:
    """Whether a text has nearly all words of the question."""
    words = frozenset(_words(text, language))
    lacking = sum(word.term not in words for word in question.words)
    return lacking <= ECHO * len(question.words)


def _stands(question: Question, words: Sequence[str]) -> bool:
    """Whether the question's words stand among others one after the other."""
    asked = [word.term for word in question.words]
    size = len(asked)
    starts = range(len(words) - size + 1) if size >= FEWEST else ()
    return any(list(words[start : start + size]) == asked for start in starts)


def _pastes(first: Original, question: Question) -> bool:
    """Whether code, such as the log of an error, has all of a question that was pasted from it."""
    if kind(first.article, first.sentence.start) != "code":
        return False
    words = frozenset(_words(first.text, first.article.language))
    return len(question.words) > FEWEST and all(word.term in words for word in question.words)


def _words(text: str, language: str) -> list[str]:
    """The content words of a text, as terms."""
    terms = parts_of(read_terms(text, language))
    return [term.term for term in terms if not is_stop_word(text, term, language)]
