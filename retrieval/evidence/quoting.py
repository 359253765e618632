"""Sentences into proven quotes: cut from the stored text, and compared before they leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from retrieval.evidence.answer_spans import find_answer
from retrieval.evidence.attribution import quoted_speaker, speaker
from retrieval.evidence.origins import Counted
from retrieval.evidence.running_on import Shown
from retrieval.evidence.sources import Original, Originals
from retrieval.evidence.standing import soft_breaks, standing
from retrieval.evidence.statements import Lexicon
from retrieval.evidence.witnesses import Witnesses, find_peers
from retrieval.models import Also, Article, Lead, Named, Quote, Speaker
from retrieval.question import Question
from retrieval.question.phrases import places
from retrieval.text.terms import parts_of, read_places, read_terms
from retrieval.values import Place, Span, is_english


def quotes(
    shown: Sequence[Shown],
    question: Question,
    originals: Originals,
    witnesses: Witnesses,
    lexicon: Lexicon,
    *,
    answering: bool = False,
) -> tuple[Quote, ...]:
    """Cut statements from their articles, and count who else makes them.

    Args:
        shown: What is quoted, and how far.
        question: What was asked.
        originals: Their articles.
        witnesses: Counts the sources behind each.
        lexicon: What is known of words.
        answering: Whether the words that answer are marked; not where something speaks against it.

    Raises:
        LibraryChanged: An article is no longer the one that was indexed.
        ProofError: An article does not hold one: never shown to anybody.
    """
    sentences = [one.statement.first.sentence for one in shown]
    asked = _asked(sentences, question, originals)
    peers = find_peers(sentences, originals, lexicon)

    def said(head: int) -> Said:
        counted = witnesses.count(
            head, peers[head], originals, lambda one: speaker_of(originals, one)
        )
        return Said(peers[head], counted)

    return tuple(
        _quote(one, places, said(head), question, originals, answering=answering)
        for head, one, places in zip(sentences, shown, asked, strict=True)
    )


class Said(NamedTuple):
    """Who else makes a statement, whatever was asked.

    Attributes:
        peers: The other sentences that make it.
        counted: How many articles and independent sources these are.
    """

    peers: frozenset[int]
    counted: Counted


def _quote(
    shown: Shown,
    asked: Asked | None,
    said: Said,
    question: Question,
    originals: Originals,
    *,
    answering: bool,
) -> Quote:
    (statement, end), known = shown, originals.known
    first = statement.first
    original = originals.of(first.sentence)
    article, sentence = original.article, original.sentence
    text = article.cut(sentence.start, end)
    marked = None
    if asked and end == sentence.end:
        words = known.words.make(first.sentence, lambda: read_places(text))
        marked = asked.within(words)
    where = standing(article, sentence.start)
    # What is counted is the same for every question: nothing else may be named beside it.
    also = (other.sentence for other in statement.others if other.sentence in said.peers)
    found = Quote(
        **cut(article, sentence.start, end),
        score=first.score,
        matched=tuple(matches(text, question, article.language) if marked is None else marked),
        answer=_answer(text, article, question) if answering else (),
        lead=where.lead and Lead(**_named(article, where.lead)),
        section=where.section,
        anchor=where.anchor,
        page=where.page,
        also=tuple(_also(originals.of(other)) for other in also),
        articles=said.counted.articles,
        origins=said.counted.origins,
        origins_because=said.counted.because,
        speaker=_credited(originals, first.sentence),
        why={name: round(part, 4) for name, part in first.why().items()},
    )
    found.prove(article)
    return found


def _answer(text: str, article: Article, question: Question) -> tuple[Place, ...]:
    """The words that answer; only English questions and sentences are known."""
    return find_answer(question.text, question.kind, text) if is_english(article.language) else ()


class Asked(NamedTuple):
    """Which words of a sentence were asked for, as the index has them.

    Attributes:
        words: How many words it has.
        places: Which of them were asked for, from 0.
    """

    words: int
    places: list[int]

    def within(self, words: Sequence[Place]) -> list[Place] | None:
        """Where they stand in the sentence; None where it has other words than the index knows.

        Args:
            words: Where the sentence's words stand.
        """
        if len(words) != self.words:
            return None
        return list(_joined(words[place] for place in self.places))


def _asked(
    sentences: Sequence[int], question: Question, originals: Originals
) -> list[Asked | None]:
    """What was asked for of each sentence; None where its text has to be read to tell."""
    if question.phrases or any(word.names for word in question.words):
        return [None for _ in sentences]
    said = originals.terms_of(sentences)
    wanted = said.vocabulary.numbers(frozenset(question.terms))
    starts = np.searchsorted(said.rows, np.arange(len(sentences) + 1)).tolist()
    stretches = (said.terms[first:last].tolist() for first, last in pairwise(starts))
    return [
        Asked(len(terms), [place for place, term in enumerate(terms) if term in wanted])
        for terms in stretches
    ]


def cut(article: Article, start: int, end: int) -> dict[str, Any]:
    """What a quote at `start`–`end` of an article says of its place and its source."""
    return {
        "text": article.cut(start, end),
        "article": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "published": article.published,
        "url": article.url,
        "start": start,
        "end": end,
        "sha256": article.sha256,
        "soft": tuple(place - start for place in soft_breaks(article, start, end)),
    }


def place_of(quote: Quote) -> Also:
    """Where a quote stands, for one that is not shown as a quote."""
    return Also(
        article=quote.article,
        title=quote.title,
        start=quote.start,
        end=quote.end,
        text=quote.text,
    )


def _also(original: Original) -> Also:
    article, sentence = original.article, original.sentence
    return Also(
        article=article.id,
        title=article.title,
        start=sentence.start,
        end=sentence.end,
        text=original.text,
    )


def _credited(originals: Originals, sentence: int) -> Speaker | None:
    found = originals.of(sentence)
    return originals.known.speakers.make(sentence, lambda: _speaker(found))


def speaker_of(originals: Originals, sentence: int) -> str | None:
    """Whom its article credits with a sentence, in its words, or None."""
    found = _credited(originals, sentence)
    return found.text if found else None


def _speaker(original: Original) -> Speaker | None:
    """Whom the article credits with a sentence; only English attributions are known."""
    article, sentence = original.article, original.sentence
    if not is_english(article.language):
        return None
    place = speaker(article.text, sentence, *original.neighbours())
    if place is None:
        return None
    inner = quoted_speaker(article.text, sentence)
    within = inner and Named(**_named(article, inner))
    return Speaker(**_named(article, place), quoting=within)


def _named(article: Article, span: Span) -> dict[str, Any]:
    return {"text": article.cut(*span), "start": span.start, "end": span.end}


def matches(text: str, question: Question, language: str) -> Iterator[Place]:
    """What of `text` was asked for, words and phrases in order; spans that touch are joined."""
    words = read_terms(text, language)
    wanted = question.terms_in({word.term for word in words})
    spoken = parts_of(words)
    phrases = (place for phrase in question.phrases for place in places(spoken, phrase))
    return _joined([*((w.start, w.end) for w in words if w.term in wanted), *phrases])


def _joined(places: Iterable[Place]) -> Iterator[Place]:
    """Places in order; those that touch are one."""
    first, last = -1, -1
    for start, end in sorted(places):
        if start > last:
            if last > 0:
                yield first, last
            first = start
        last = max(last, end)
    if last > 0:
        yield first, last
