"""Which mark groups an article's digits is told by its own other numbers, never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from libraries import answerer_over, article

from retrieval.quantities import in_english

SENTENCE = "The army sent 1.200 soldiers to the border."


@pytest.mark.parametrize(
    "other",
    [
        "The war cost 1.500.000 crowns.",
        "A house costs 12.500,50 crowns.",
        "Prices rose by 12,5 % in May.",
        "The bridge is 3,5 km long.",
        "It cost €1,5 million.",
        "The state lost 2,4 million people.",
    ],
)
def test_dots_group_digits_where_another_number_can_be_read_in_no_other_way(other: str) -> None:
    said = in_english(SENTENCE, f"{SENTENCE} {other}")
    assert said == SENTENCE.replace("1.200", "1,200")


@pytest.mark.parametrize(
    "other",
    [
        "",  # nothing tells: "1.200" may be either
        "The war cost 1,500,000 crowns.",
        "Prices rose by 12.5 % in May, and by 3,5 % in June.",  # both ways: neither is proven
        "The ratio is 0.5, the sum 1.500.000 crowns.",
        "The pairs 1,2 and 3,4 are neighbours.",  # lists, not decimals
        "The host is 192.168.100.200.",
        "On 12.05.2024 it rained.",
    ],
)
def test_dots_stay_decimal_marks_where_nothing_proves_otherwise(other: str) -> None:
    assert in_english(SENTENCE, f"{SENTENCE} {other}") == SENTENCE


def test_decimal_commas_become_points_and_dates_stay() -> None:
    text = "On 12.05.2024 it cost 1.234,56 crowns, 7,5 % more than version 1.2.3."
    said = "On 12.05.2024 it cost 1,234.56 crowns, 7.5 % more than version 1.2.3."
    assert in_english(text, text) == said


@given(st.text(alphabet="0123456789., %km€aB", max_size=60))
def test_every_character_stays_where_it_stood(text: str) -> None:
    said = in_english(text, f"{text} It cost 1.500.000 crowns.")
    swapped = str.maketrans(".,", ",.")
    assert len(said) == len(text)
    assert all(a == b or a == b.translate(swapped) for a, b in zip(said, text, strict=True))


NORTH = "The army of Norland sent 1,200 soldiers to the border of Westmark in May."
SOUTH = NORTH.replace("1,200", "1.200") + " The war cost Norland 1.500.000 crowns."


def test_one_number_in_two_spellings_makes_one_statement() -> None:
    articles = article("north", NORTH), article("south", SOUTH)
    answer = answerer_over(*articles, threshold=0).ask("How many soldiers did Norland send?")
    assert [other.article for other in answer.quotes[0].also] == ["south"]
    assert answer.quotes[0].articles == 2
    assert answer.figures == ()


def test_a_differing_figure_is_shown_as_its_article_writes_it() -> None:
    other = NORTH.replace("1,200", "1.500") + " The war cost Norland 1.500.000 crowns."
    articles = article("north", NORTH), article("south", other)
    answer = answerer_over(*articles, threshold=0).ask("How many soldiers did Norland send?")
    (figure,) = answer.figures
    assert {value.value for value in figure.values} == {"1,200", "1.500"}
    assert not figure.compatible


def test_without_proof_a_dot_is_a_decimal_mark() -> None:
    articles = article("north", NORTH), article("south", NORTH.replace("1,200", "1.200"))
    answer = answerer_over(*articles, threshold=0).ask("How many soldiers did Norland send?")
    assert answer.quotes[0].also == ()
