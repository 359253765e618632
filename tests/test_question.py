"""A question into the words it asks about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question import read_question


def words(text: str, language: str = "en") -> list[str]:
    question = read_question(text, language)
    return [question.written(word) for word in question.words]


def test_words_that_ask_rather_than_name_are_dropped() -> None:
    assert words("How many troops did North Korea send?") == ["troops", "North", "Korea", "send"]


def test_a_repeated_word_is_kept_once_where_it_first_stands() -> None:
    question = read_question("Troops, troops and more TROOPS")
    assert [(w.term, w.start) for w in question.words] == [("troop", 0), ("more", 19)]


@pytest.mark.parametrize("text", ["", "?", "…!?", "Who is it?", "what about them", "   "])
def test_a_question_without_a_content_word_asks_nothing(text: str) -> None:
    assert read_question(text).words == ()


def test_an_acronym_that_looks_like_a_stop_word_is_a_name() -> None:
    assert words("Did the US help us?") == ["US", "help"]


def test_each_part_of_a_hyphenated_word_knows_its_whole() -> None:
    question = read_question("long-range missiles")
    assert [(w.term, w.compound) for w in question.words] == [
        ("long", "longrang"),
        ("rang", "longrang"),
        ("missil", None),
    ]
    assert question.terms == ("long", "rang", "missil", "longrang")


def test_another_language_loses_its_own_stop_words_and_keeps_those_of_english() -> None:
    assert words("Wer will die Kinder", "de") == ["Kinder"]
    assert words("Who will die", "xx") == ["Who", "will", "die"]


def test_a_word_is_named_without_its_possessive() -> None:
    assert words("Japan’s and O'Brien's positions") == ["Japan", "O'Brien", "positions"]


@given(st.text())
def test_any_text_can_be_asked(text: str) -> None:
    question = read_question(text)
    assert question.text == text
    assert len(set(question.terms)) == len(question.terms)
    assert all(text[w.start :].startswith(question.written(w)) for w in question.words)
