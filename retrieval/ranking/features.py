"""What speaks for a candidate: one small function a feature, each from 0 to 1.

Each takes the candidates side by side and gives one figure a candidate, shape (C,). Their weights
stand in `weights.toml`; the sum orders the candidates and is what *Why* shows.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from retrieval.question.asking import Kind
from retrieval.ranking.matching import NOWHERE, Batch
from retrieval.search.arrays import Floats, Marks
from retrieval.text import word_classes

# How much a word counts by where it stands, when it is not in the sentence itself.
IN_TITLE = 0.9
DERIVED = 0.8
SYNONYM = 0.5
IN_SENTENCE_BEFORE = 0.4
IN_SENTENCE_AFTER = 0.2
IN_PARAGRAPH = 0.2

BM25_SCALE = 40.0
CLOSE = 3  # words apart, at most, of a close pair

Feature = Callable[[Batch], Floats]


def soft_coverage(batch: Batch) -> Floats:
    """Share of the question that the sentence has, less where only what is around it has it."""
    return batch.once(_soft_coverage)


def _soft_coverage(batch: Batch) -> Floats:
    counted = batch.matches.sentence.astype(np.float64)
    for marks, share in (
        (batch.matches.title, IN_TITLE),
        (batch.matches.derived, DERIVED),
        (batch.matches.synonym, SYNONYM),
        (batch.matches.before, IN_SENTENCE_BEFORE),
        (batch.matches.after, IN_SENTENCE_AFTER),
        (batch.matches.paragraph, IN_PARAGRAPH),
    ):
        np.maximum(counted, marks * share, out=counted)
    return batch.weighed(counted)


def context_coverage(batch: Batch) -> Floats:
    """Share of the question in the sentence, its neighbours and the title."""
    return batch.weighed(
        batch.matches.sentence | batch.matches.before | batch.matches.after | batch.matches.title
    )


def title_only(batch: Batch) -> Floats:
    """Share of the question in the title and not in the sentence."""
    return batch.once(_title_only)


def _title_only(batch: Batch) -> Floats:
    return batch.weighed(batch.matches.title & ~batch.matches.sentence)


def title_in_question(batch: Batch) -> Floats:
    """Share of the title's content words that the question names."""
    return batch.matches.named


def article_bm25(batch: Batch) -> Floats:
    """BM25 of the article."""
    return _bounded(batch.scores.article)


def paragraph_bm25(batch: Batch) -> Floats:
    """BM25 of the paragraph."""
    return _bounded(batch.scores.paragraph)


def _bounded(scores: Floats) -> Floats:
    bounded: Floats = np.minimum(np.maximum(scores / BM25_SCALE, 0.0), 1.0)
    return bounded


def answer_shape(batch: Batch) -> Floats:
    """Soft coverage, where what is asked for (a name, a date, a number …) stands there."""
    return batch.once(_shaped) * soft_coverage(batch)


def _shaped(batch: Batch) -> Floats:
    """1 for each candidate that has what such a question asks for."""
    shape = _SHAPES.get(batch.kind)
    return np.zeros(batch.size) if shape is None else _rows(batch, shape(batch))


def new_date(batch: Batch) -> Floats:
    """A date that the question does not have, for a question after a time."""
    return _when(batch, Kind.WHEN)


def new_number(batch: Batch) -> Floats:
    """A number that the question does not have, for a question after a number."""
    return _when(batch, Kind.HOW_MANY)


def new_name(batch: Batch) -> Floats:
    """A name that the question does not have, for a question after a person."""
    return _when(batch, Kind.WHO)


def new_place(batch: Batch) -> Floats:
    """A place that the question does not have, for a question after one."""
    return _when(batch, Kind.WHERE)


def _when(batch: Batch, kind: Kind) -> Floats:
    return batch.once(_shaped) if batch.kind is kind else np.zeros(batch.size)


def _rows(batch: Batch, words: Marks) -> Floats:
    """1 for each candidate that has one of the words."""
    found = np.zeros(batch.size)
    found[batch.matches.words.row[words]] = 1.0
    return found


def _is(batch: Batch, flag: int) -> Marks:
    marks: Marks = np.not_equal(batch.matches.words.flags & flag, 0)
    return marks


def _following(batch: Batch, words: Marks) -> Marks:
    """The words right after these, in the same sentence."""
    after = np.zeros_like(words)
    after[1:] = words[:-1] & (batch.matches.words.place[1:] > 0)
    return after


def _names(batch: Batch) -> Marks:
    """Capitalised words that the question does not have, past the capital of the first word."""
    words = batch.matches.words
    capital = words.capital & (words.asked < 0) & ~_is(batch, word_classes.STOP)
    opens_name = np.zeros_like(capital)
    opens_name[:-1] = (words.place[:-1] == 0) & words.capital[1:] & (words.place[1:] == 1)
    marks: Marks = capital & ((words.place > 0) | opens_name) & ~_is(batch, word_classes.DATE)
    return marks


def _dates(batch: Batch) -> Marks:
    """Dates that were not asked; none where another day of the week was asked."""
    others: Marks = np.any(batch.weekdays & ~batch.matches.sentence, axis=1)
    words = batch.matches.words
    return _is(batch, word_classes.DATE) & (words.asked < 0) & ~others[words.row]


def _numbers(batch: Batch) -> Marks:
    return _is(batch, word_classes.NUMBER) & (batch.matches.words.asked < 0)


def _places(batch: Batch) -> Marks:
    preposition = _following(batch, _is(batch, word_classes.PLACE))
    through_article = _following(batch, preposition & _is(batch, word_classes.ARTICLE))
    return _names(batch) & (preposition | through_article)


def _reasons(batch: Batch) -> Marks:
    return _is(batch, word_classes.CAUSE) & (batch.matches.words.asked < 0)


def _definitions(batch: Batch) -> Marks:
    """The article of "is a …" after the first word that the question names."""
    after_copula = _following(batch, _is(batch, word_classes.COPULA))
    subject = batch.matches.first.min(axis=1, initial=NOWHERE)
    later: Marks = batch.matches.words.place > subject[batch.matches.words.row]
    return after_copula & _is(batch, word_classes.ARTICLE) & later


_SHAPES: dict[Kind, Callable[[Batch], Marks]] = {
    Kind.WHO: _names,
    Kind.WHEN: _dates,
    Kind.HOW_MANY: _numbers,
    Kind.WHERE: _places,
    Kind.WHY: _reasons,
    Kind.WHAT_IS: _definitions,
}


def leaning_pronoun(batch: Batch) -> Floats:
    """What the sentence before adds, where the sentence starts with a pronoun that leans on it."""
    return _starting(batch, word_classes.PRONOUN) * batch.once(_before_only)


def leaning_article(batch: Batch) -> Floats:
    """What the sentence before adds, where the sentence starts with "the …" or "a …"."""
    return _starting(batch, word_classes.ARTICLE) * batch.once(_before_only)


def _before_only(batch: Batch) -> Floats:
    return batch.weighed(batch.matches.before & ~batch.matches.sentence)


def article_for_title(batch: Batch) -> Floats:
    """What the title adds, where the sentence starts with "the …" or "a …"."""
    return _starting(batch, word_classes.ARTICLE) * title_only(batch)


def _starting(batch: Batch, flag: int) -> Floats:
    starting: Floats = np.not_equal(batch.once(_first_flags) & flag, 0).astype(np.float64)
    return starting


def _first_flags(batch: Batch) -> word_classes.Flags:
    """Shape (C,): what the first word of each candidate is; 0 where it has none."""
    flags = np.zeros(batch.size, dtype=batch.matches.words.flags.dtype)
    firsts = np.flatnonzero(batch.matches.words.place == 0)
    flags[batch.matches.words.row[firsts]] = batch.matches.words.flags[firsts]
    return flags


def derivations(batch: Batch) -> Floats:
    """Share of the question that stands there as a word of the same family only."""
    return batch.weighed(batch.matches.derived & ~batch.matches.sentence)


def opening(batch: Batch) -> Floats:
    """`1 / (1 + n)` for the n-th sentence of its article, for questions with a question word."""
    if not batch.kind.is_question:
        return np.zeros(batch.size)
    return 1.0 / (1.0 + batch.matches.opening.astype(np.float64))


def close_pairs(batch: Batch) -> Floats:
    """Share of the question's neighbouring words that stand as close and in order there."""
    first, stands = batch.matches.first[:, batch.asked], batch.matches.sentence[:, batch.asked]
    if first.shape[1] < 2:
        return np.zeros(batch.size)
    apart = first[:, 1:] - first[:, :-1]
    both = stands[:, :-1] & stands[:, 1:]
    shares: Floats = (both & (apart > 0) & (apart <= CLOSE)).mean(axis=1)
    return shares


def early_matches(batch: Batch) -> Floats:
    """Share of the question in the first third of the sentence."""
    return batch.weighed(3 * batch.matches.first < batch.matches.lengths[:, None])


def unstemmed_coverage(batch: Batch) -> Floats:
    """Share of the question that stands in the sentence in the very form that was asked."""
    return batch.weighed(batch.matches.unstemmed)


QUESTION: tuple[Feature, ...] = (
    soft_coverage,
    context_coverage,
    title_only,
    title_in_question,
    article_bm25,
    paragraph_bm25,
    answer_shape,
    new_date,
    new_number,
    new_name,
    new_place,
    leaning_pronoun,
    leaning_article,
    article_for_title,
    derivations,
    opening,
    close_pairs,
    early_matches,
    unstemmed_coverage,
)
CLAIM: tuple[Feature, ...] = (
    soft_coverage,
    context_coverage,
    title_in_question,
    article_bm25,
    paragraph_bm25,
    leaning_pronoun,
    derivations,
    close_pairs,
    early_matches,
    unstemmed_coverage,
)


def features_for(kind: Kind) -> tuple[Feature, ...]:
    """The features that put the candidates of such a question in order."""
    return QUESTION if kind.is_question else CLAIM
