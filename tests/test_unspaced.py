"""Scripts without spaces between words, and Korean: found by two letters at a time."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from libraries import answerer_over, article

from retrieval import Answerer
from retrieval.question import read_question
from retrieval.text.terms import parts_of, read_places, read_terms

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "data" / "languages" / "unspaced.yaml").read_text("utf-8")
)
MIXED = st.text("王明于图書館はをーバｶﾞ가나각ᄀ\u1161ไทยี่นที\u3099２，．a1-. Vu#é\u0301")


def library_of(case: dict[str, Any], language: str) -> Answerer:
    return answerer_over(
        *(article(f"a{n}", text, language=language) for n, text in enumerate(case["articles"]))
    )


@pytest.mark.parametrize("stated", [True, False], ids=["stated", "unstated"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["language"])
def test_questions_are_answered_whatever_language_is_stated(
    case: dict[str, Any], stated: bool
) -> None:
    answerer = library_of(case, case["language"] if stated else "en")
    for question in case["questions"]:
        answer = answerer.ask(question["ask"])
        if "has" in question:
            assert answer.status == "answered", question
            assert question["has"] in answer.quotes[0].text
            assert answer.missing == ()
        else:
            assert answer.status == "abstained", question
            assert list(answer.missing) == question["missing"]


def test_a_text_is_read_two_letters_at_a_time_between_spaces_signs_and_other_scripts() -> None:
    read = [term.term for term in read_terms("王明辞职。Vueを使う２０２０年 서울의")]
    assert read == ["王明", "明辞", "辞职", "vue", "を使", "使う", "2020", "年", "서울", "울의"]


def test_letters_in_half_width_or_in_parts_are_the_same() -> None:
    for one, other in [("ガイド", "ｶﾞｲﾄﾞ"), ("서울", unicodedata.normalize("NFD", "서울"))]:
        assert [t.term for t in read_terms(one)] == [t.term for t in read_terms(other)]


@given(MIXED)
@example("ｶﾞｲﾄﾞ王\u1161")
def test_places_are_in_order_and_cover_every_letter_and_digit(text: str) -> None:
    read = read_terms(text)
    assert [t.start for t in read] == sorted(t.start for t in read)
    assert read_places(text) == [(t.start, t.end) for t in read]
    covered = {n for t in read for n in range(t.start, t.end)}
    assert all(n in covered for n, c in enumerate(text) if c.isalnum())
    assert {n for t in parts_of(read) for n in range(t.start, t.end)} <= covered


def test_touching_bigrams_are_shown_as_one_stretch() -> None:
    answerer = library_of(CASES[0], "zh")
    quote = answerer.ask("首席执行官").quotes[0]
    assert [quote.text[a:b] for a, b in quote.matched] == ["首席执行官"]


def test_a_phrase_is_found_as_it_stands() -> None:
    answerer = library_of(CASES[0], "zh")
    assert answerer.ask("“王明于2020年”").status == "answered"
    assert answerer.ask("“王明2020年”").status == "abstained"


def test_spelling_leaves_bigrams_alone() -> None:
    answer = library_of(CASES[0], "en").ask("王鸣 bridge")
    assert answer.read == ()


def test_a_long_run_counts_as_many_words_as_it_may_have() -> None:
    asked = read_question("首席执行官 CEO", "zh")
    assert sum(asked.shares) == pytest.approx(5 / 2 + 1)
    assert [word.term for word in asked.words if word.run is None] == ["ceo"]


def test_an_unknown_bigram_counts_only_where_its_whole_run_is_unknown() -> None:
    answer = library_of(CASES[0], "zh").ask("首席执行官们")
    assert answer.status == "answered"
    assert answer.missing == ()
