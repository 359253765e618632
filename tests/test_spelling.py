"""Spelling: a slip is read as the word that was meant; another word is left alone."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.spelling import Speller
from retrieval.text.terms import fold, read_terms

SEEDS = Path(__file__).parents[1] / "seeds"


def read_words(text: str) -> Counter[str]:
    return Counter(fold(text[term.start : term.end]) for term in read_terms(text))


SEED_WORDS = sum((read_words(p.read_text("utf-8")) for p in SEEDS.glob("*.txt")), Counter[str]())


def speller(words: Mapping[str, int], terms: Mapping[str, str] | None = None) -> Speller:
    forms = sorted(words)
    known = None if terms is None else [terms.get(form, form) for form in forms]
    return Speller(forms, [words[form] for form in forms], known)


def among_seeds(**added: int) -> Speller:
    return speller({**SEED_WORDS, **added})


READER, SAME_READER = among_seeds(), among_seeds()


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("Blousov", "belousov"),
        ("troups", "troops"),
        ("norht", "north"),
        ("missle", "missile"),
        ("Pyongyan", "pyongyang"),
        ("amunition", "ammunition"),
        ("ammuniition", "ammunition"),
        ("intelligenxe", "intelligence"),
        ("ntelligence", "intelligence"),
    ],
)
def test_a_slip_of_any_kind_is_read_as_the_word_that_was_meant(word: str, form: str) -> None:
    assert READER.nearest(word) == form


@pytest.mark.parametrize("word", ["Troops", "troops’", "Belousov's", "Iran", "and"])
def test_a_word_of_the_library_is_itself(word: str) -> None:
    assert among_seeds(iran=1, iraq=900).nearest(word) is None


@pytest.mark.parametrize("word", ["winner", "population", "Iraq", "Hanna", "Slovenia"])
def test_a_word_that_the_library_does_not_have_is_not_bent_into_one_that_it_has(word: str) -> None:
    held = among_seeds(iran=9, anna=9, dinner=2, slovakia=9, copulation=1)
    assert held.nearest(word) is None


def test_the_same_strange_letters_are_a_slip_and_familiar_ones_a_word() -> None:
    reader = among_seeds(dinner=3)
    assert reader.nearest("dnner") == "dinner"
    assert reader.nearest("winner") is None


@pytest.mark.parametrize("word", ["10001", "2042", "k23n", "t90s", "troop5s", "²tropps", "٢troops"])
def test_numbers_and_words_with_digits_are_never_read(word: str) -> None:
    assert READER.nearest(word) is None


def test_a_form_of_four_letters_is_never_meant() -> None:
    assert among_seeds(qxzk=900).nearest("qxzkj") is None
    assert among_seeds(qxzkv=900).nearest("qxzkj") == "qxzkv"


def test_a_word_of_four_letters_is_read_only_where_one_was_left_out() -> None:
    assert READER.nearest("nrth") == "north"
    assert READER.nearest("nrt") is None


def test_two_edits_are_mended_from_eight_letters_on() -> None:
    reader = among_seeds(qxzkvjq=900, qxzkvjqw=900)
    assert reader.nearest("qzxkjvqw") == "qxzkvjqw"
    assert speller({"qxzkvjq": 900, "north": 1}).nearest("qzxkjvq") is None


def test_a_word_with_two_edits_must_begin_with_its_letter() -> None:
    assert READER.nearest("inteligenxe") == "intelligence"
    assert READER.nearest("onteligence") is None


def test_a_guess_between_two_equal_words_is_not_made() -> None:
    assert among_seeds(qxzkva=9).nearest("qxzkv") == "qxzkva"
    assert among_seeds(qxzkva=9, qxzkve=9).nearest("qxzkv") is None


def test_of_two_words_the_one_that_is_used_far_more_is_meant() -> None:
    assert among_seeds(qxzkva=9, qxzkve=90).nearest("qxzkv") == "qxzkve"


def test_the_nearer_word_is_meant_however_often_the_farther_is_used() -> None:
    assert among_seeds(qxzkvjqwa=9, qxzkvjqwab=90_000).nearest("qxzkvjqwr") == "qxzkvjqwa"


def test_forms_of_one_term_are_no_guess() -> None:
    words = {**SEED_WORDS, "qxzkva": 9, "qxzkvs": 9}
    assert speller(words).nearest("qxzkv") is None
    assert speller(words, {"qxzkva": "qxzkv", "qxzkvs": "qxzkv"}).nearest("qxzkv") in words


def test_an_exchange_is_likelier_than_another_letter() -> None:
    assert among_seeds(qxzkva=9, qxzkav=9, qxzktv=9).nearest("qxkzva") == "qxzkva"
    assert among_seeds(qxkzve=9, qxzkva=9).nearest("qxkzva") == "qxzkva"


def test_another_first_letter_speaks_against_a_reading() -> None:
    assert among_seeds(qxzkv=9, wxzkj=18).nearest("wxzkv") == "wxzkj"
    assert among_seeds(wxzku=9, wxzkj=18).nearest("wxzkv") is None


def test_a_word_that_is_written_like_a_name_needs_more_to_be_read() -> None:
    assert READER.nearest("soliders") == "soldiers"
    assert READER.nearest("Soliders", capitalised=True) is None
    assert READER.nearest("Blousov", capitalised=True) == "belousov"


@pytest.mark.parametrize("word", ["UKRANE", "Ukrané", "Ukrane’s", "Ukra\u0301ne"])
def test_a_word_is_read_however_it_is_written(word: str) -> None:
    assert READER.nearest(word) == "ukraine"


def test_other_alphabets_are_read_alike() -> None:
    words = read_words(
        "Белоусов посетил Пхеньян в пятницу. Министр обороны встретил министра в аэропорту, и "
        "оборона страны стала предметом переговоров. Пхеньян отправил войска."
    )
    assert speller(words).nearest("Пхенян") == "пхеньян"
    assert speller(words).nearest("Варшава") is None


def test_a_library_without_words_reads_nothing() -> None:
    assert Speller([], []).nearest("troops") is None


@given(st.text(max_size=20) | st.sampled_from(sorted(SEED_WORDS)).map(lambda form: form[1:] + "e"))
def test_any_text_is_read_as_a_form_or_not_at_all_and_always_alike(word: str) -> None:
    found = READER.nearest(word)
    assert found is None or (found in SEED_WORDS and found != fold(word))
    assert SAME_READER.nearest(word) == found
