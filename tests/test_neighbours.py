"""Neighbours: exactly the forms within a few edits, however they are found."""

from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.spelling.neighbours import Neighbours

LETTERS = "abceéя😀"
WORDS = st.text(LETTERS, min_size=1, max_size=9)
VOCABULARIES = st.sets(WORDS, max_size=40).map(sorted)


def edits(one: str, other: str) -> int:
    """The optimal string alignment distance, from its definition."""
    table = [[i + j for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            costs = [table[i - 1][j] + 1, table[i][j - 1] + 1]
            costs.append(table[i - 1][j - 1] + (one[i - 1] != other[j - 1]))
            if i > 1 and j > 1 and one[i - 2 : i] == other[j - 2 : j][::-1]:
                costs.append(table[i - 2][j - 2] + 1)
            table[i][j] = min(costs)
    return table[-1][-1]


@given(VOCABULARIES, WORDS, st.integers(1, 2), st.booleans())
def test_the_quick_search_finds_what_looking_at_each_form_finds(
    forms: list[str], word: str, distance: int, same_first: bool
) -> None:
    near = [
        (number, edits(word, form))
        for number, form in enumerate(forms)
        if edits(word, form) <= distance and (form[0] == word[0] or not same_first)
    ]
    assert Neighbours(forms).within(word, distance, same_first=same_first) == near


@given(VOCABULARIES, st.data())
def test_a_form_with_one_edit_finds_its_form(forms: list[str], data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(forms)) if forms else "abc"
    at = data.draw(st.integers(0, len(form)))
    word = form[:at] + data.draw(st.sampled_from(LETTERS)) + form[at:]
    found = {near.number for near in Neighbours(forms).within(word, 1)}
    assert not forms or bisect_left(forms, form) in found


@pytest.mark.parametrize(
    ("word", "form", "distance"),
    [
        ("norht", "north", 1),
        ("noth", "north", 1),
        ("norrth", "north", 1),
        ("nurth", "north", 1),
        ("nroht", "north", 2),
        ("north", "north", 0),
    ],
)
def test_an_exchange_of_two_neighbouring_letters_is_one_edit(
    word: str, form: str, distance: int
) -> None:
    (near,) = Neighbours(["east", form]).within(word, 2)
    assert near.distance == distance


def test_letters_that_no_form_has_are_edits_like_any_other() -> None:
    assert Neighbours(["north"]).within("nоrth", 1)  # a Cyrillic o
    assert not Neighbours(["north"]).within("nоrтh", 1)


def test_an_alphabet_of_more_letters_than_bits_loses_nothing() -> None:
    forms = sorted(chr(0x4E00 + n) + chr(0x4E01 + n) + chr(0x4E02 + n) for n in range(200))
    found = Neighbours(forms).within(forms[7][0] + "x" + forms[7][2], 1)
    assert [forms[near.number] for near in found] == [forms[7]]


def test_without_forms_or_without_a_word_nothing_is_near() -> None:
    assert Neighbours([]).within("north", 2) == []
    assert Neighbours(["a", "north"]).within("", 1) == []
    assert Neighbours(["north"]).within("\ud83d", 1) == []
