"""Whom an article credits for a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tables import check_each

from retrieval.evidence.attribution import speaker
from retrieval.evidence.attribution.credits import credit, may_credit
from retrieval.evidence.attribution.tokens import ends_quoted, read_words
from retrieval.sentences import split
from retrieval.sentences.boilerplate import mark
from retrieval.values import Sentence, Span

CASES = Path(__file__).parent / "data" / "speakers"
SEEDS = Path(__file__).parents[1] / "seeds"
CREDITED = yaml.safe_load((CASES / "credited.yaml").read_text("utf-8"))

PIECES = st.sampled_from(
    [
        *"According to KCNA , KCNA, Kim Mr. said told that they he added reports suggest".split(),
        *'“ ” " . , : — ( ) (KCNA) The minister as reported by who , and on Monday In a'.split(),
        *"statement study found was quoted saying adding claims the house is Last week As".split(),
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=80)


def read_case(case: str) -> tuple[str, Sentence | None, Sentence, Sentence | None, str | None]:
    """A case's text, the sentence with those around it, and whom it marks."""
    before, sentence, after = [*case.split("‖"), "", ""][:3]
    parts = [before, sentence, after] if "‖" in case else ["", case, ""]
    text = ""
    places: list[Sentence | None] = []
    for part in (part.replace("⟦", "").replace("⟧", "").strip() for part in parts):
        start = len(text)
        text += f"{part} " if part else ""
        places.append(Sentence(start, start + len(part), 0) if part else None)
    marked = case.partition("⟦")[2].partition("⟧")[0] or None
    assert places[1]
    return text, places[0], places[1], places[2], marked


@pytest.mark.parametrize("kind", CREDITED)
def test_a_sentence_credits_whom_its_case_marks(kind: str) -> None:
    def check(case: str) -> None:
        text, before, sentence, after, marked = read_case(case)
        found = speaker(text, sentence, before, after)
        assert (text[found.start : found.end] if found else None) == marked

    check_each(CREDITED[kind], check)


def test_the_seeds_credit_whom_a_reader_finds_credited() -> None:
    judged = {tuple(opening.split(" ", 1)): name for opening, name in seed_cases()}
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_text("utf-8-sig")
        prose = [one for one in mark(text, split(text)) if one.boilerplate is None]
        for before, one, after in zip([None, *prose], prose, [*prose[1:], None], strict=False):
            said = text[one.start : one.end]
            wanted = [
                judged.pop((article, opening))
                for article, opening in list(judged)
                if article == path.stem[:3] and said.startswith(opening)
            ]
            found = speaker(text, one, before, after)
            assert ([text[found.start : found.end]] if found else []) == wanted, said
    assert not judged


def seed_cases() -> list[list[str]]:
    cases: list[list[str]] = yaml.safe_load((CASES / "seeds.yaml").read_text("utf-8"))
    return cases


@pytest.mark.parametrize(
    ("sentence", "quoted", "words"),
    [
        ("He said “we won” and left.", False, ["He", "said", "and", "left", ""]),
        ('We won," he said.', True, ["he", "said", ""]),
        ("Mr. Kim (KCNA) left.", False, ["Mr.", "Kim", "(KCNA)", "left", ""]),
        ("", False, [""]),
    ],
)
def test_the_words_of_a_sentence_are_those_outside_of_quotations(
    sentence: str, *, quoted: bool, words: list[str]
) -> None:
    assert [word.raw for word in read_words(sentence, quoted=quoted)] == words


@pytest.mark.parametrize(
    ("sentence", "open_"),
    [("“We won.", True), ("We won.”", False), ('"We won."', False), ("He said: „Ja", True)],
)
def test_a_quotation_may_run_on_into_the_next_sentence(sentence: str, *, open_: bool) -> None:
    assert ends_quoted(sentence) is open_


@given(TEXTS, TEXTS, TEXTS)
def test_a_speaker_is_named_in_the_sentence_or_beside_it(
    before: str, sentence: str, after: str
) -> None:
    text = f"{before} {sentence} {after}"
    first = Sentence(0, len(before), 0)
    second = Sentence(len(before) + 1, len(before) + 1 + len(sentence), 0)
    third = Sentence(second.end + 1, len(text), 0)
    found = speaker(text, second, first, third)
    assert found == speaker(text, second, first, third)
    if found is None:
        return
    assert isinstance(found, Span)
    holders = [one for one in (first, second, third) if one.start <= found.start < one.end]
    assert len(holders) == 1
    assert found.end <= holders[0].end
    assert text[found.start : found.end].strip() == text[found.start : found.end] != ""


@given(TEXTS)
def test_without_neighbours_the_speaker_is_named_in_the_sentence(sentence: str) -> None:
    one = Sentence(0, len(sentence), 0)
    found = speaker(sentence, one, None, None)
    assert found is None or 0 <= found.start < found.end <= len(sentence)


@given(TEXTS)
def test_where_a_sentence_may_not_credit_no_rule_finds_a_credit(text: str) -> None:
    lower = not any(word.isupper() for word in text.split())  # "SAID" is no verb to the first look
    if lower and not may_credit(text) and not ends_quoted(text):
        assert credit(read_words(text)) is None
