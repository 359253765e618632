"""Who else says so: what takes one place in an answer, and how many sources stand behind it."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from libraries import answerer_over, index_of

from bot.opening import open_library
from retrieval import Answerer, Article, Library
from retrieval.errors import LibraryChanged
from retrieval.evidence.grouping import Statement, gather
from retrieval.evidence.quoting import matches, quotes
from retrieval.evidence.running_on import run_on
from retrieval.evidence.sources import Originals
from retrieval.evidence.statements import (
    Comparer,
    Lexicon,
    Table,
    read_claim,
    read_subject,
    same_statement,
)
from retrieval.evidence.witnesses import Witnesses
from retrieval.question import read_question
from retrieval.ranking import Candidate
from retrieval.ranking.weighing import smoothed_idf
from retrieval.search import Index
from retrieval.search.writing.tokenizing import read_articles
from retrieval.text import derivations
from retrieval.text.terms import read_terms

WORDS = st.sampled_from(
    "Kim Putin Mr North South Korea Russia troops 10,000 12,000 sent not met on Friday in June the "
    "it he “Take Care” U.S. United States rose fell ten NATO KCNA said No 3rd war".split()
)
TEXTS = st.lists(
    st.lists(WORDS, min_size=1, max_size=15).map(" ".join), min_size=1, max_size=6
).map(". ".join)
FERRY = "The Ministry of Transport said on Friday that the ferry Aurora will sail to Brava in May."
REWORDED = "The ferry Aurora will sail to Brava in May, the Ministry of Transport said Friday."


def article(name: str, text: str, **known: str) -> Article:
    return Article(id=name, title=known.pop("title", name), text=text, **known)


def candidates(index: Index) -> list[Candidate]:
    """Every sentence, as if ranked in order."""
    return [Candidate(n, -n, np.zeros(0), ()) for n in range(index.sentences)]


def lexicon(index: Index) -> Lexicon:
    table = derivations.load()
    return Lexicon(
        weigh=lambda t: smoothed_idf(index.document_frequency(t), index.sentences),
        related=lambda t: table.of(t) | table.synonyms(t),
    )


def gathered(index: Index, library: Library, limit: int) -> list[list[int]]:
    found = gather(candidates(index), Originals(index, library), lexicon(index), limit=limit)
    return [[one.first.sentence, *(other.sentence for other in one.others)] for one in found]


@given(st.lists(TEXTS, min_size=1, max_size=4))
@settings(max_examples=40)
def test_every_sentence_stands_in_one_statement_and_in_order(texts: list[str]) -> None:
    with Library.of(article(str(n), text) for n, text in enumerate(texts)) as library:
        index = Index.of(read_articles(library))
        groups = gathered(index, library, limit=1000)
        assert sorted(n for group in groups for n in group) == list(range(index.sentences))
        assert groups == sorted(groups)
        assert all(group == sorted(group) for group in groups)
        for limit in range(1, len(groups)):
            assert gathered(index, library, limit) == groups[:limit]


def test_of_the_seeds_only_rewordings_across_articles_are_joined() -> None:
    """The pairs themselves are judged in `test_statements`; here they go the road."""
    with open_library(None) as library:
        index = Index.of(read_articles(library))
        groups = [group for group in gathered(index, library, 1000) if len(group) > 1]
    across = [
        group
        for group in groups
        if len({int(index.article_of(np.array([n]))[0]) for n in group}) > 1
    ]
    assert len(across) >= 10
    assert groups == across


def test_the_same_statement_in_other_words_is_shown_once_with_who_else_says_so() -> None:
    ours = "The harbour has two piers, and the older of them was closed after the storms of March."
    theirs = "Islanders had asked for a better link for years; fares are to stay as they were."
    with Library.of(
        [
            article("a", f"{FERRY} {ours}", title="Ferry Aurora to Brava", publisher="The Herald"),
            article("b", f"{REWORDED} {theirs}", title="Aurora to Brava", publisher="The Post"),
        ]
    ) as library:
        answer = Answerer.open(library).ask("When will the ferry Aurora sail to Brava?")
    first = answer.quotes[0]
    assert {first.text, *(place.text for place in first.also)} == {FERRY, REWORDED}
    assert (first.articles, first.origins, first.origins_because) == (2, 1, ("one speaker",))


def test_who_says_the_same_without_what_was_asked_for_is_no_further_source_of_it() -> None:
    without = "The ferry Aurora will sail to Brava in May, it is said."
    with Library.of(
        [
            article("a", REWORDED, title="Ferry Aurora to Brava"),
            article("b", without, title="Ferry Aurora to Brava"),
        ]
    ) as library:
        answerer = Answerer.open(library)
        ferry = answerer.ask("When will the ferry Aurora sail to Brava?").quotes[0]
        ministry = answerer.ask("What did the Ministry of Transport say on the ferry?").quotes[0]
    assert {ferry.text, *(place.text for place in ferry.also)} == {REWORDED, without}
    assert ministry.text == REWORDED
    assert ministry.also == ()
    assert (ministry.articles, ministry.origins) == (ferry.articles, ferry.origins)


def test_an_article_that_changed_or_went_since_is_no_evidence(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True) as library:
        library.add([article("a", FERRY), article("b", REWORDED)])
        index = Index.of(read_articles(library))
        library.add([article("a", "Something else now.")])
        library.remove("b")
        for sentence in (0, 1):
            with pytest.raises(LibraryChanged):
                Originals(index, library).of(sentence)


def test_a_quote_says_whom_its_article_credits_and_why_it_ranks() -> None:
    with open_library(None) as library:
        answer = Answerer.open(library).ask("How many troops has North Korea sent to Russia?")
        credited = [quote for quote in answer.quotes if quote.speaker]
        assert credited
        for quote in credited:
            assert quote.speaker is not None
            stored = library.get(quote.article)
            assert stored.cut(quote.speaker.start, quote.speaker.end) == quote.speaker.text
        for quote in answer.quotes:
            assert sum(quote.why.values()) == pytest.approx(quote.score, abs=0.002)
            assert list(quote.why.values()) == sorted(quote.why.values(), reverse=True)


LINES = st.lists(
    st.builds(
        lambda opening, words: opening + " ".join(words),
        st.sampled_from(["", "", "METHODS ", "SEOUL — ", "naïve-like ", "co‑op "]),
        st.lists(
            WORDS | st.sampled_from("long-range état-major co-operation".split()), max_size=12
        ),
    ),
    min_size=2,
    max_size=5,
).map("\n\n".join)


@given(st.lists(LINES, min_size=1, max_size=3))
@settings(max_examples=60)
def test_what_is_told_without_reading_is_what_reading_tells(texts: list[str]) -> None:
    named = (article(str(n), text, title="Kim in Korea") for n, text in enumerate(texts))
    with Library.of(named) as library:
        index = Index.of(read_articles(library))
        known, sentences = lexicon(index), range(index.sentences)
        originals, table = Originals(index, library), Table(index, sentences)
        comparer = Comparer(sentences, table, originals, known)
        claims = [
            read_claim(one.text, read_subject(one.article.title), one.article.language)
            for one in map(originals.of, sentences)
        ]
        for one, other in combinations(sentences, 2):
            for beside in (False, True):
                assert comparer.are_one(one, other, same_article=beside) == same_statement(
                    claims[one], claims[other], known, same_article=beside
                )


@given(st.lists(TEXTS, min_size=2, max_size=3))
@settings(max_examples=40)
def test_no_candidates_are_one_that_are_not_worth_reading(texts: list[str]) -> None:
    with Library.of(article(str(n), text) for n, text in enumerate(texts)) as library:
        index = Index.of(read_articles(library))
        sentences = range(index.sentences)
        originals, table = Originals(index, library), Table(index, sentences)
        articles = index.article_of(np.arange(index.sentences)).tolist()
        for one, other in combinations(sentences, 2):
            same = originals.of(one).text == originals.of(other).text
            near = table.near(one, range(one + 1, len(sentences)))
            assert not (same and read_terms(originals.of(one).text)) or other in near
            assert near.get(other, articles[one] == articles[other]) == (
                articles[one] == articles[other]
            )


@given(st.lists(TEXTS, min_size=1, max_size=3), st.lists(WORDS, min_size=1, max_size=4))
@settings(max_examples=40)
def test_what_was_asked_for_is_marked_without_reading_the_sentence(
    texts: list[str], words: list[str]
) -> None:
    question = read_question(" ".join(words))
    with Library.of(article(str(n), text) for n, text in enumerate(texts)) as library:
        index = Index.of(read_articles(library))
        originals, statements = (
            Originals(index, library),
            [Statement(one, ()) for one in candidates(index)],
        )
        shown = run_on(statements, question, originals)
        for quote in quotes(shown, question, originals, Witnesses(), lexicon(index)):
            assert list(quote.matched) == list(matches(quote.text, question, "en"))


def test_sentences_of_several_parts_are_compared_as_those_of_one(tmp_path: Path) -> None:
    first = [article("a", FERRY), article("b", f"{REWORDED} It is blue.")]
    second = [article("c", f"{FERRY}\n\nThe mayor of Brava said so."), article("d", REWORDED)]
    with Library.open(tmp_path / "parts", create=True) as library:
        library.add(first)
        answerer = Answerer.open(library)
        library.add(second)
        answerer.catch_up()
        assert len(index_of(answerer).segments) > 1
        parted = answerer.ask("When will the ferry Aurora sail to Brava?", quotes=9)
    whole = answerer_over(*first, *second)
    assert whole.ask("When will the ferry Aurora sail to Brava?", quotes=9).quotes == parted.quotes


@pytest.mark.parametrize(
    ("one", "other", "statements"),
    [
        ("Nine", "Ten", 2),
        ("Some 9", "Some 9 or so", 1),
        ("The third of all", "The fourth of all", 2),
    ],
)
def test_nearly_the_same_words_with_another_number_in_letters_are_two_statements(
    one: str, other: str, statements: int
) -> None:
    rest = "ferries of the old Ministry of Transport at Brava have left for the port of Aurora."
    with Library.of([article("a", f"{one} {rest}"), article("b", f"{other} {rest}")]) as library:
        assert len(gathered(Index.of(read_articles(library)), library, limit=9)) == statements
