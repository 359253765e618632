"""Letters: what looks like a word, going by the words of a library."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.spelling.letters import LetterModel

ENGLISH = (
    "winter summer letter better matter bitter butter dinner finger sinner winning winding window "
    "printing hunter counter center tiger eager danger"
).split()
MODELS = [LetterModel(ENGLISH), LetterModel(["киев", "дом"]), LetterModel([])]


@pytest.mark.parametrize(("word", "jumbled"), [("winner", "wnnire"), ("hinder", "hidnre")])
def test_a_new_word_of_familiar_letters_looks_more_like_a_word_than_a_jumble(
    word: str, jumbled: str
) -> None:
    model = LetterModel(ENGLISH)
    assert model.log_probability(word) > model.log_probability(jumbled) + 2


def test_all_words_together_have_a_probability_of_one_at_most() -> None:
    model = LetterModel(["aa", "ab", "ba"])
    short = sum(
        2.718281828459045 ** model.log_probability("".join(letters))
        for length in range(12)
        for letters in product("ab", repeat=length)
    )
    assert 0.3 < short <= 1  # the rest is longer, or has letters that were never seen


def test_the_order_of_the_words_changes_nothing() -> None:
    one, other = LetterModel(ENGLISH), LetterModel(ENGLISH[::-1])
    assert one.log_probability("winner") == other.log_probability("winner")


@given(st.text())
def test_any_text_is_improbable_and_none_impossible(text: str) -> None:
    for model in MODELS:
        assert -50 * (len(text) + 1) < model.log_probability(text) < 0
