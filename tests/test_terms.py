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
        ("parlia\u00adment", "parliament"),
        ("sub\u200bsidy", "subsidy"),
        ("data\u2060base", "database"),
        ("\ufeffHolm", "Holm"),
        ("Łódź", "Lodz"),
        ("Ærøskøbing", "Aeroskobing"),
        ("Đorđe", "Dorde"),
        ("Þórshöfn", "Thorshofn"),
        ("C# and F♯", "c# and f#"),
        ("about $5m", "about £5M"),
        ("v2.10.3", "2.10.3"),
        ("3 bn", "3 billion"),
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
        ("C#", "C"),
        ("C++", "C#"),
        ("A+", "A"),
        (".NET", "net"),
        ("R&D", "R D"),
        ("5s", "5"),
    ],
)
def test_two_different_words_stay_two_terms(one: str, other: str) -> None:
    assert terms(one)[-1] != terms(other)[-1] or terms(one) != terms(other)


def test_a_hyphenated_word_is_known_whole_and_in_parts() -> None:
    assert terms("long-range") == ["longrang", "long", "rang"]
    assert set(terms("co-operation")) & set(terms("cooperation"))


@pytest.mark.parametrize(
    "broken",
    [
        "gov-\nernment",
        "gov-\r\nernment",
        "gov\u2010\nernment",
        "gov-  \n  ernment",
        "gov\u00ad\nernment",
        "> gov-\n> ernment",
        ">> gov\u00ad\n> > ernment",
    ],
)
def test_a_word_hyphenated_at_a_line_end_is_the_whole_word(broken: str) -> None:
    whole = next(term for term in read_terms(broken) if term.form == "government")
    assert broken[whole.start : whole.end] == broken.lstrip("> ")
    assert {whole.term} == set(terms("government"))


@pytest.mark.parametrize("hyphenated", ["well-known", "man-made", "mother-in-law", "F-16"])
def test_a_compound_that_breaks_at_its_own_hyphen_is_known_whole_and_in_parts(
    hyphenated: str,
) -> None:
    first, last = hyphenated.rsplit("-", 1)
    assert terms(f"{first}-\n{last}") == terms(f"{first}-\r\n> {last}") == terms(hyphenated)


def test_a_soft_hyphen_at_a_line_end_leaves_no_parts() -> None:
    assert terms("the gov\u00ad\nernment of co-oper\u00ad\nation")[1] == terms("government")[0]
    assert terms("co-oper\u00ad\nation") == terms("co-operation")


@pytest.mark.parametrize(
    "apart", ["gov -\nernment", "gov--\nernment", "gov-\n\nernment", "gov\nernment"]
)
def test_a_dash_or_a_paragraph_joins_nothing(apart: str) -> None:
    assert [term.form for term in read_terms(apart)] == ["gov", "ernment"]


@pytest.mark.parametrize(
    ("joined", "parts"),
    [
        ("5km", ["5", "km"]),
        ("5pm", ["5", "pm"]),
        ("500g", ["500", "g"]),
        ("$5m", ["5", "million"]),
        ("€12bn", ["12", "billion"]),
        ("£2k", ["2", "thousand"]),
    ],
)
def test_a_number_with_its_unit_is_known_whole_and_in_parts(joined: str, parts: list[str]) -> None:
    assert terms(joined)[1:] == parts
    assert terms(joined)[0] not in parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("$3.5m", ["3.5", "million"]),
        ("3.5m", ["3.5", "m"]),
        ("5G, 5s, 3D, 20th, 1990s", ["5g", "5s", "3d", "20th", "1990s"]),
        ("R&D at AT&T. S&P 500", ["r&d", "at", "at&t", "s&p", "500"]),
        ("the end .The next", ["the", "end", "the", "next"]),
        ("1.2.3.4, 05.10.2020 and 2.1.", ["1.2.3.4", "05.10.2020", "and", "2.1"]),
        ("uses .NET. Not C#, nor C++!", ["use", ".net", "not", "c#", "nor", "c++"]),
        ("Johnson&Johnson", ["johnson", "johnson"]),
    ],
)
def test_signs_points_and_units_are_read_by_what_stands_around(text: str, parts: list[str]) -> None:
    assert terms(text) == parts


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
@example("é.net é#e a&é 5kḿ")
@example("U.S.ά́ É.U.")
@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd", "Zs", "Po"])))
def test_composed_and_decomposed_text_give_the_same_terms(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", text)
    assert terms(composed) == terms(decomposed)


@given(
    st.text()
    | st.text("aAé -‐‑'’.1,usUTHE½ﬁ").map(lambda text: f"A co-op {text}")
    | st.text("5km$vNETc#+&. -\u00ad\u0301")
    | st.text("aA1-\u2010\u00ad\n\r> \u0301")
)
def test_places_are_told_without_reading_the_terms(text: str) -> None:
    assert read_places(text) == [(term.start, term.end) for term in read_terms(text)]
