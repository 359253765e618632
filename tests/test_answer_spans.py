"""The words that answer are marked within a quote where a rule is sure, and nothing else."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from libraries import answerer_over, article

from retrieval import Answerer
from retrieval.evidence.answer_spans import find_answer
from retrieval.question.asking import Kind, kind_of

CASES = Path(__file__).parent / "data" / "answer_spans" / "cases.txt"


def cases() -> Iterator[tuple[str, str]]:
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            question, _, marked = line.partition(" | ")
            yield question, marked


def mark(question: str, text: str) -> str:
    """`text` with what answers in double brackets."""
    for start, end in reversed(find_answer(question, kind_of(question), text)):
        text = f"{text[:start]}[[{text[start:end]}]]{text[end:]}"
    return text


def test_what_answers_is_marked_and_where_that_is_unsure_nothing_is() -> None:
    expected = list(cases())
    assert len(expected) > 40
    plain = [(q, re.sub(r"\[\[|\]\]", "", marked)) for q, marked in expected]
    assert [(q, mark(q, text)) for q, text in plain] == expected


pieces = st.sampled_from(
    '1932 3,000 sheep miles in May because of “the Needle” "so" ( ) , . ; called $5 million 12% '
    "the century years old said it".split()
)
texts = st.one_of(st.text(max_size=60), st.lists(pieces, max_size=14).map(" ".join))
questions = st.one_of(
    texts,
    texts.map("When {} it?".format),
    texts.map("How many {} were there?".format),
    texts.map("Why {}".format),
    texts.map("What is {} called?".format),
)


@given(questions, st.sampled_from(Kind), texts)
def test_a_span_lies_in_its_sentence_and_is_not_empty(question: str, kind: Kind, text: str) -> None:
    for start, end in find_answer(question, kind, text):
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip()


@given(st.text(max_size=40), st.integers(1000, 2025))
def test_what_the_question_has_is_no_answer_to_it(rest: str, year: int) -> None:
    assert find_answer(f"When in {year} did it open?", Kind.WHEN, f"It opened in {year}.") == ()
    quoted = find_answer(f"What is “{rest}” called?", Kind.WHAT_IS, f"It is called “{rest}”.")
    assert quoted == ()


HARBOUR = article(
    "harbour", "The harbour of Kestrel opened in 1932. It closed in 1950 for repairs."
)


def test_the_first_quote_of_an_answer_carries_its_span() -> None:
    answer = answerer_over(HARBOUR).ask("When did the harbour of Kestrel open?")
    quote = answer.quotes[0]
    assert [quote.text[start:end] for start, end in quote.answer] == ["1932"]
    assert json.loads(answer.as_json())["quotes"][0]["answer"] == [[33, 37]]


def test_what_is_nearest_answers_nothing_and_has_no_span() -> None:
    answer = answerer_over(HARBOUR, threshold=1.0).ask("When did the harbour of Kestrel open?")
    assert answer.nearest
    assert not any(quote.answer for quote in answer.nearest)


def test_a_sentence_in_another_language_is_left_unmarked() -> None:
    text = "Der Hafen von Kestrel wurde 1932 eröffnet."
    german = article("hafen", text, language="de")
    answer = answerer_over(german, threshold=0.0).ask("When 1932 Hafen Kestrel")
    assert [quote.answer for quote in answer.quotes] == [()]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many troops has North Korea sent to Russia?", "approximately 12,000"),
        ("Who is Hong Min?", None),
    ],
)
def test_on_the_seeds_a_number_is_marked_and_a_person_is_not(
    answerer: Answerer, question: str, words: str | None
) -> None:
    quote = answerer.ask(question).quotes[0]
    marked = [quote.text[start:end] for start, end in quote.answer]
    assert marked == ([words] if words else [])
