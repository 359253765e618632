"""What is said to stand nowhere together stands nowhere together, in a reader's eyes."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from libraries import BRIDGE, HARBOUR, article

from retrieval import Article
from retrieval.question import read_question
from retrieval.question.mending import mend
from retrieval.question.spelling.dictionary import is_word
from retrieval.question.vocabulary import speller_of
from retrieval.ranking.together import MOST, find_apart
from retrieval.ranking.weighing import Weighted, weigh
from retrieval.search import Index
from retrieval.search.writing.tokenizing import read_articles
from retrieval.text import derivations
from retrieval.text.terms import read_terms

RELATED = derivations.load()
WORDS = "troops treaty ratified ratification film movie Moscow winter long-range ships cost".split()
PARAGRAPHS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), max_size=5)
TITLES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(" ".join)


def index_over(*articles: Article) -> Index:
    return Index.of(read_articles(articles))


def apart(question: str, index: Index) -> tuple[str, ...]:
    return find_apart(weigh(read_question(question), index, RELATED), index)


def paragraphs_of(articles: list[Article], index: Index) -> list[set[str]]:
    """The terms of every paragraph and its title, read again from the texts."""
    terms: dict[tuple[int, int], set[str]] = {}
    for sentence in range(index.sentences):
        (number,) = index.article_of(np.array([sentence])).tolist()
        (spot,), source = index.spots([sentence]), articles[number]
        text = source.cut(*spot.sentence[:2])
        paragraph = number, spot.sentence.paragraph
        read = read_terms(text) + read_terms(source.title)
        terms.setdefault(paragraph, set()).update(term.term for term in read)
    return list(terms.values())


def meet(words: tuple[str, ...], paragraphs: list[set[str]]) -> bool:
    def stands(word: str, terms: set[str]) -> bool:
        (term,) = {term.term for term in read_terms(word)[:1]}
        return bool(terms & {term, *RELATED.of(term), *RELATED.synonyms(term)})

    return any(all(stands(word, terms) for word in words) for terms in paragraphs)


@given(
    st.lists(st.tuples(TITLES, PARAGRAPHS), min_size=1, max_size=4),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6),
)
def test_what_is_said_to_stand_apart_does_and_what_is_not_does_not(
    texts: list[tuple[str, list[list[str]]]], question: list[str]
) -> None:
    articles = [
        article(str(n), "\n\n".join(f"We saw {' '.join(words)} there." for words in text), title)
        for n, (title, text) in enumerate(texts)
    ]
    index = index_over(*articles)
    asked = weigh(read_question(" ".join(question)), index, RELATED)
    found = find_apart(asked, index)
    paragraphs = paragraphs_of(articles, index)
    held = zip(asked.question.words, asked.held, asked.derived, asked.synonyms, strict=True)
    words = tuple(asked.question.written(word) for word, *terms in held if any(terms))
    assert set(found) <= set(words)
    assert bool(found) == (len(words) > 1 and not meet(words, paragraphs))
    if found:
        assert not meet(found, paragraphs)
    if len(found) > 2:
        assert all(meet(pair, paragraphs) for pair in combinations(words, 2))
        assert all(meet(rest, paragraphs) for rest in combinations(found, len(found) - 1))


def test_two_words_that_never_meet_are_named_as_they_were_written() -> None:
    index = index_over(BRIDGE, HARBOUR)
    assert apart("Did the ARCHITECT cut the Mayor's ribbon?", index) == ("ARCHITECT", "cut")


def test_words_that_meet_in_a_paragraph_or_under_its_title_are_not_apart() -> None:
    index = index_over(BRIDGE, HARBOUR)
    assert apart("mayor ribbon", index) == ()
    assert apart("bridge traffic", index) == ()
    assert apart("crowns in the harbour that was built", index) == ()


def test_a_relative_or_a_synonym_counts_as_the_word() -> None:
    index = index_over(article("a", "They ratified the pact.\n\nA movie ran. Ratification? No."))
    assert apart("ratification of the pact", index) == ()
    assert apart("film ratified", index) == ()
    assert apart("film pact", index) == ("film", "pact")


def test_the_heaviest_words_that_fail_together_are_named() -> None:
    text = "Ships sail. Ships rest. Ships cost much.\n\nZebras run. Ships run.\n\nYaks eat."
    index = index_over(article("a", text, "T"))
    assert apart("ships zebras yaks", index) == ("zebras", "yaks")


def test_where_every_two_meet_but_not_all_the_fewest_of_them_are_named() -> None:
    text = "Ships met yaks. Cats sat.\n\nYaks met zebras. Cats sat.\n\nZebras met ships. Cats sat."
    index = index_over(article("a", text, "T"))
    assert apart("cats, ships, yaks and zebras", index) == ("ships", "yaks", "zebras")


def test_a_misspelt_word_counts_as_it_was_read_and_is_named_as_it_was_written() -> None:
    index = index_over(BRIDGE, HARBOUR)
    written = read_question("the architcet and the ribbon")
    asked, read = mend(written, index, lambda: speller_of(index), RELATED, is_word)
    assert [reading.as_ for reading in read] == ["architect"]
    assert find_apart(weigh(asked, index, RELATED), index) == ("architcet", "ribbon")
    asked, _ = mend(
        read_question("the maoyr and the ribbon"),
        index,
        lambda: speller_of(index),
        RELATED,
        is_word,
    )
    assert find_apart(weigh(asked, index, RELATED), index) == ()


@pytest.mark.parametrize("question", ["", "ribbon", "the"])
def test_fewer_than_two_words_cannot_stand_apart(question: str) -> None:
    assert apart(question, index_over(BRIDGE, HARBOUR)) == ()


def test_of_a_long_question_the_heaviest_words_are_looked_at() -> None:
    words = [f"w{letter}" for letter in "abcdefghijklmnopqrst"]
    index = index_over(article("a", " ".join(words) + ".\n\nZebras run."))
    assert len(words) > MOST
    assert apart(" ".join([*words, "zebras"]), index) == ()
    assert apart(" ".join(["zebras", *words]), index) == ("zebras", "wa")


def test_a_word_that_only_a_title_without_a_paragraph_has_meets_nothing() -> None:
    index = index_over(article("a", "", "Zebras"), article("b", "Yaks eat grass.", "T"))
    assert apart("zebras yaks", index) == ("zebras", "yaks")


def test_paragraphs_are_found_by_their_words_and_their_titles() -> None:
    index = index_over(BRIDGE, article("empty", "", "An empty bridge"), HARBOUR)
    (part,) = index.segments
    assert part.paragraphs_with(["bridg"]).tolist() == [True, True, False, False]
    assert np.flatnonzero(part.paragraphs_with(["open"])).tolist() == [2]
    assert index.paragraphs_with(["open"]).tolist() == [0b00100000]
    assert not index.paragraphs_with([]).any()


def test_a_library_without_a_sentence_has_no_paragraph() -> None:
    asked: Weighted = weigh(read_question("zebras yaks"), index_over(), RELATED)
    assert index_over().paragraphs_with([]).shape == (0,)
    assert len(asked.weights) == 2
