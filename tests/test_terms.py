"""Terms: one function, the same for questions and sentences."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.text.terms import read_places, read_terms


def terms(text: str, language: str = "en") -> list[str]:
    return [term.term for term in read_terms(text, language)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Russia’s", "Russia"),
        ("Russia's", "russia"),
        ("the countries’ leaders", "the country leader"),
        ("U.S.", "US"),
        ("U.S", "US"),
        ("N.A.T.O.", "Nato"),
        ("10,000", "10000"),
        ("10\u00a0000", "10,000"),
        ("1,234,567.89", "1234567.89"),
        ("defence", "defense"),
        ("programme", "program"),
        ("organised", "organized"),
        ("neighbours", "neighbor"),
        ("centre", "center"),
        ("catalogue", "catalog"),
        ("leukaemia", "leukemia"),
        ("Zürich", "Zurich"),
        ("Zu\u0308rich", "Zurich"),
        ("ﬁnance", "finance"),
        ("don’t", "don't"),
        ("does the us agree", "does the US agree"),
        ("KIM VOWS SUPPORT FOR US", "Kim vows support for us"),
        ("strikes", "STRIKES"),
    ],
)
def test_two_ways_to_write_a_word_are_one_term(one: str, other: str) -> None:
    assert terms(one) == terms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("US", "us"),
        ("the WHO said", "who said"),
        ("3.5", "35"),
        ("tour", "tor"),
        ("four", "for"),
        ("size", "sise"),
        ("prize", "prise"),
    ],
)
def test_two_different_words_stay_two_terms(one: str, other: str) -> None:
    assert terms(one)[-1] != terms(other)[-1] or terms(one) != terms(other)


def test_a_hyphenated_word_is_known_whole_and_in_parts() -> None:
    assert terms("long-range") == ["longrang", "long", "rang"]
    assert set(terms("co-operation")) & set(terms("cooperation"))


def test_each_term_keeps_the_place_of_its_word() -> None:
    text = "The U.S. president’s 10,000 long-range plans."
    placed = [(text[t.start : t.end], t.term) for t in read_terms(text)]
    assert placed == [
        ("The", "the"),
        ("U.S.", "US"),
        ("president’s", "presid"),
        ("10,000", "10000"),
        ("long-range", "longrang"),
        ("long", "long"),
        ("range", "rang"),
        ("plans", "plan"),
    ]


def test_another_language_has_its_own_stems() -> None:
    assert terms("Verhandlungen", "de-AT") == terms("Verhandlung", "de")
    assert terms("Verhandlungen", "en") != terms("Verhandlung", "en")


def test_a_language_without_a_stemmer_is_folded_only() -> None:
    assert terms("Слава", "xx") == ["слава"]


def test_vowel_signs_do_not_break_a_word() -> None:
    assert len(terms("हिन्दी", "hi")) == 1


@given(st.text())
def test_places_lie_in_the_text_in_order_and_hold_letters_or_digits(text: str) -> None:
    found = read_terms(text)
    assert all(t.term and 0 <= t.start < t.end <= len(text) for t in found)
    assert [t.start for t in found] == sorted(t.start for t in found)
    assert all(any(c.isalnum() for c in text[t.start : t.end]) for t in found)


@given(st.text())
def test_no_letter_or_digit_is_lost(text: str) -> None:
    covered = {n for t in read_terms(text) for n in range(t.start, t.end)}
    assert all(n in covered for n, c in enumerate(text) if c.isalnum())


@example("A.ᾀ")
@example("U.S.ά́ É.U.")
@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd", "Zs", "Po"])))
def test_composed_and_decomposed_text_give_the_same_terms(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", text)
    assert terms(composed) == terms(decomposed)


@given(st.text() | st.text("aAé -‐‑'’.1,usUTHE½ﬁ").map(lambda text: f"A co-op {text}"))
def test_places_are_told_without_reading_the_terms(text: str) -> None:
    assert read_places(text) == [(term.start, term.end) for term in read_terms(text)]
