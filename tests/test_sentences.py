"""Where sentences and paragraphs begin and end, in real texts and in any."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from tables import check_each

from retrieval.sentences import MAX_SENTENCE, WHOLE, split, splitting
from retrieval.values import Sentence

CASES = Path(__file__).parent / "data" / "sentences"
SEEDS = Path(__file__).parents[1] / "seeds"
BEGINS = "‖"

BOUNDARIES = yaml.safe_load((CASES / "boundaries.yaml").read_text("utf-8"))
PARAGRAPHS = yaml.safe_load((CASES / "paragraphs.yaml").read_text("utf-8"))

# Words and marks that meet in real text, so that random text comes near it.
PIECES = st.sampled_from(
    [
        *"Kim U.S. U.K. Mr. p.m. Inc. e.g. No. 10 J. The he said. He? “yes.” ’s iPhone 3.5".split(),
        *". ! ? … ... ” “ \" ' « » `` '' ( ) [1] - • 1. a) 。 ؟ । , ; — . .".split(" "),
        *"你好 مرحبا नमस्ते дом é e\u0301 👩‍👩‍👧 🎉 \ufeff \u200b \x00 \x1c \x85 _ ² ٣".split(" "),
        *(" ", "  ", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u3000", "\u2028"),
    ]
)
TEXTS = st.text() | st.lists(PIECES | st.text(max_size=3), max_size=60).map("".join)


def cut(text: str, found: list[Sentence]) -> list[str]:
    return [text[one.start : one.end] for one in found]


@pytest.mark.parametrize("topic", BOUNDARIES)
def test_a_text_is_split_where_its_case_says(topic: str) -> None:
    def check(case: str) -> None:
        text = case.replace(BEGINS, "")
        assert cut(text, split(text)) == [piece.strip() for piece in case.split(BEGINS)]

    check_each(BOUNDARIES[topic], check)


def test_a_text_has_the_paragraphs_that_its_case_says() -> None:
    def check(case: dict[str, Any]) -> None:
        numbers = [one.paragraph for one in split(case["text"])]
        assert sorted(set(numbers)) == list(range(case["paragraphs"]))

    check_each(PARAGRAPHS, check)


def test_a_sentence_runs_across_the_line_ends_of_wrapped_prose() -> None:
    text = (
        "The council voted on Monday to close the old bridge over the river, which\n"
        "was built in 1932 and has not been repaired since the flood. The mayor said\n"
        "that work would begin in spring.\n"
    )
    first, second = cut(text, split(text))
    assert first.endswith("since the flood.")
    assert second == "The mayor said\nthat work would begin in spring."


def test_a_bullet_stays_outside_its_sentence() -> None:
    text = "- close the bridge\n• plant trees\n* open the mill\n-5 degrees\n"
    assert cut(text, split(text)) == [
        "close the bridge",
        "plant trees",
        "open the mill",
        "-5 degrees",
    ]


def test_the_seeds_are_split_at_the_end_of_each_statement() -> None:
    text = (SEEDS / "000_585f6d919736235d.txt").read_text("utf-8")
    found = cut(text, split(text))
    assert any(one.endswith("missiles supplied by the U.S.") for one in found)
    assert any(one.startswith("Kim described recent Russian counterattacks") for one in found)
    assert any(one.startswith("Reports from U.S. and South Korean") for one in found)


def test_a_quotation_is_split_inside_only_when_it_is_long() -> None:
    short = "“We came. We saw.”"
    long = f"“{'We came to the old river town again. ' * (WHOLE // 36 + 1)}We saw.”"
    assert len(split(short)) == 1
    assert len(split(long)) > 1


def test_another_language_has_its_own_abbreviations() -> None:
    text = "Er kam z.B. am Montag, d.h. heute. Sie ging."
    assert len(split(text, "de")) == 2
    assert split(text, "de-AT") == split(text, "de_DE") == split(text, "DE")


def test_an_unknown_language_is_split_by_general_rules() -> None:
    assert len(split("Ka mate. Ka ora!", "mi-x-unknown")) == 2


class PanicException(BaseException):
    """Stands for what a panic in Rust code raises, which cannot be imported or called forth."""


class Failing:
    def __init__(self, error: BaseException) -> None:
        self.error = error

    def get_sentence_boundaries(self, *_: str) -> list[dict[str, Any]]:
        raise self.error


def test_a_failure_inside_the_library_leaves_plain_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splitting, "sentencex", Failing(PanicException()))
    text = "Mr. Kim left. He wrote “fine.” She stayed."
    assert cut(text, split(text)) == ["Mr. Kim left.", "He wrote “fine.”", "She stayed."]


def test_an_interruption_is_no_failure_of_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splitting, "sentencex", Failing(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        split("He left. She stayed.")


@pytest.mark.parametrize(
    "text", ["", " \n\t ", "...", "* * *\n\n---\n", "🎉 🎉", "\ufeff", "“”", "\x00"]
)
def test_a_text_without_a_letter_or_digit_has_no_sentence(text: str) -> None:
    assert split(text) == []


@pytest.mark.parametrize(
    "unit",
    [
        "word ",
        "a",
        "U.S. ",
        "“a. ",
        "a.”",
        '"',
        "(a ",
        "你好。",
        "a\u200d",
        "a. . . ",
        "- ",
        "a\r\n",
    ],
)
def test_a_line_of_200_000_characters_is_split(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    for one in split(text):
        assert 0 < one.end - one.start <= MAX_SENTENCE


def test_a_long_sentence_is_cut_after_a_clause_if_it_has_one() -> None:
    text = "and so it went on and on, " * 100
    assert all(one.endswith(("on,", "on")) for one in cut(text, split(text)))


def test_a_long_word_is_not_cut_inside_a_character() -> None:
    text = "👩‍👩‍👧e\u0301" * 400
    pieces = cut(text, split(text))
    assert "".join(pieces) == text
    assert not any(piece.startswith(("\u200d", "\u0301")) for piece in pieces)
    assert not any(piece.endswith("\u200d") for piece in pieces)


@given(TEXTS)
@example("a.\u00a0B\u3000.`S\u200d“\u2028")
@example("A. J.\u00a0K. B")
def test_spans_are_ordered_trimmed_and_hold_every_letter_and_digit(text: str) -> None:
    covered: set[int] = set()
    after = 0
    for start, end, _, boilerplate in split(text):
        assert after <= start < end <= len(text)
        assert end - start <= MAX_SENTENCE
        assert text[start:end] == text[start:end].strip()
        assert boilerplate is None
        covered.update(range(start, end))
        after = end
    assert all(place in covered for place, one in enumerate(text) if one.isalnum())


@given(TEXTS)
def test_paragraphs_are_numbered_in_order_from_0(text: str) -> None:
    numbers = [one.paragraph for one in split(text)]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(len(set(numbers))))


@given(TEXTS)
def test_the_same_text_is_split_alike(text: str) -> None:
    assert split(text) == split(text)


@given(TEXTS, TEXTS)
def test_a_blank_line_parts_texts_completely(above: str, below: str) -> None:
    text = f"{above}\n\n{below}"
    first, second = split(above), split(below)
    shift = len(above) + 2
    number = first[-1].paragraph + 1 if first else 0
    moved = [Sentence(one.start + shift, one.end + shift, one.paragraph + number) for one in second]
    assert split(text) == first + moved
