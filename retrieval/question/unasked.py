"""Words of a question that ask for no thing of their own: left out where the library lacks them.

Such are bigrams, too, of a run that the library has others of: two letters that stand side by side
by chance, the end of one word and the beginning of the next.

"What happened to the bridge?", "Explain the tides", "How tall is it?": a library of bridges need
not say "happen", "explain" or "tall" to answer. Where it has the word, or one of its family, it is
a word like any other: then to leave it out would cost right answers.
"""

from __future__ import annotations

import re
from functools import cache

from retrieval.question.reading import Question, Word
from retrieval.search.backend import Backend
from retrieval.text import closed_classes as classes
from retrieval.text.derivations import Derivations
from retrieval.text.terms import frame_forms, read_terms
from retrieval.text.unspaced import is_letter

# Verbs of asking, telling and happening, nouns that stand for any thing, and what chats write for
# them.
_FRAMES = """
happen happens happened happening occur occurred go goes going went gone mean means meant meaning
tell tells told telling say says said saying know knows knew known knowing explain explains
explained explanation summarise summarize summary summarised summarized describe describes
described description mention mentions mentioned mentioning discuss discussed discussing define
defined definition list name show clarify elaborate outline state stated talk talks talking ask
asked asking answer answers answered question questions wonder wondering understand understanding
find finding give given get getting want wants need help please think look looking remember
article articles source sources text texts document documents passage thing things kind kinds
kinda sort sorts type types example examples stuff info information detail details topic subject
fact facts way ways point lot lots bit anything overview pls plz plss thx ty tia lol lmao btw tbh
imo imho idk asap ngl fyi hi hey hello guys anyone
"""
_MEASURES = frozenset(
    """
    old tall far big large high deep fast long wide heavy thick hot cold strong loud small short
    young close late early quickly expensive frequently
    """.split()
)
# "Share this article" is about a text before the reader, and not about what its words say.
_THIS_TEXT = re.compile(
    r"\b(?:this|that|these|those)\s+(?:article|text|document|passage|source|list)s?$", re.IGNORECASE
)
_AFTER_HOW = re.compile(r"\bhow\s+$", re.IGNORECASE)
_HELPING = re.compile(rf"\s+(?:{'|'.join(sorted(classes.FINITE_AUXILIARIES))})\b", re.IGNORECASE)


def without_frames(question: Question, index: Backend, related: Derivations) -> Question:
    """A question without the words that only frame it and that no article has.

    Args:
        question: The question as it was written.
        index: What the library knows.
        related: A word with one of its family in the library stays.
    """
    question = _without_gaps(question, index)
    gone = {
        word.term
        for word in question.words
        if not word.quoted and _is_unasked(question, word) and not _is_held(word, index, related)
    }
    return question.without(gone) if gone else question


def _without_gaps(question: Question, index: Backend) -> Question:
    """A question without the unknown bigrams of runs that have a known one.

    Nor has it unknown single letters beside other words: they may stand within any bigram.
    """
    unknown = {word for word in question.words if word.run and not index.known(word.term)}
    if not unknown:
        return question
    kept = {word.run for word in question.words if word.run and word not in unknown}
    alone = {word for word in unknown if is_letter(word.term)}
    others = len(question.words) > len(alone)
    gone = {word.term for word in unknown if word.run in kept or (others and word in alone)}
    return question.without(gone) if gone else question


def _is_unasked(question: Question, word: Word) -> bool:
    if is_frame(question, word):
        return not (question.is_english and _THIS_TEXT.search(question.text, 0, word.end))
    if not question.is_english or not _AFTER_HOW.search(question.text, 0, word.start):
        return False
    measure = question.written(word).lower() in _MEASURES
    return measure or _HELPING.match(question.text, word.end) is not None


def is_frame(question: Question, word: Word) -> bool:
    """Whether a word may only frame a question: it is never said to be missing."""
    if not question.is_english:
        form = question.forms[question.words.index(word)]
        return form in frame_forms(question.language)
    if word.term not in _frames():
        return False
    return question.text[word.start].islower() or not question.text[: word.start].strip()


def _is_held(word: Word, index: Backend, related: Derivations) -> bool:
    if word.names or (word.compound and index.known(word.compound)):
        return True
    return index.known(word.term) or any(map(index.known, related.of(word.term)))


@cache
def _frames() -> frozenset[str]:
    return frozenset(term.term for term in read_terms(_FRAMES))
