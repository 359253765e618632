"""How far a quote from a document runs on: one that leads up to its answer takes what follows."""

from __future__ import annotations

from retrieval.evidence.sources import Originals
from retrieval.question import Question
from retrieval.text.terms import is_stop_word, read_terms

LONGEST = 700  # characters of a quote that runs on
# A sentence that adds at most this share of words to the question's says it again.
ECHO = 0.2
_LEADING = (":", "?", "：", "？")
_CLOSERS = "\"'”’»)]*_ "


def end_of(sentence: int, question: Question, originals: Originals) -> int:
    """Where the quote of a sentence ends in its article.

    In a document, one that ends in a colon or a question mark, or says no more than the question
    does, runs on over the next passage of its section, and so on while that leads on as well.
    """
    first = last = originals.of(sentence)
    article, start = first.article, first.sentence.start
    if article.layout is None or article.layout.genre != "document":
        return first.sentence.end
    while (after := last.spot.after) and after.end - start <= LONGEST:
        if not _leads_on(article.cut(start, last.sentence.end), article.language, question):
            break
        sentence += 1
        last = originals.of(sentence)
    return last.sentence.end


def _leads_on(text: str, language: str, question: Question) -> bool:
    if text.rstrip(_CLOSERS).endswith(_LEADING):
        return True
    words = [term for term in read_terms(text, language) if not is_stop_word(text, term, language)]
    asked = question.terms_in({word.term for word in words})
    new = sum(word.term not in asked for word in words)
    return bool(words) and new <= ECHO * len(words)
