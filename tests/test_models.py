"""The values between the rooms check themselves."""

import hashlib

import pytest
from libraries import HARBOUR, answerer_over, article
from pydantic import ValidationError

from retrieval.models import Answer, Article, Excerpt, Quote


def quote(**changes: object) -> Quote:
    answer = answerer_over(HARBOUR).ask("When did the harbour open?")
    return Quote.model_validate(answer.quotes[0].model_dump() | changes)


def test_an_article_knows_the_digest_of_its_text() -> None:
    article = Article(id="a", title="A", text="Smörgås\r\n")
    assert article.sha256 == hashlib.sha256("Smörgås\r\n".encode()).hexdigest()


@pytest.mark.parametrize("field", ["id", "title"])
def test_an_article_has_an_id_and_a_title(field: str) -> None:
    with pytest.raises(ValidationError):
        Article.model_validate({"id": "a", "title": "A", "text": "t", field: ""})


def test_a_value_is_frozen_and_takes_no_unknown_key() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        HARBOUR.title = "Other"  # type: ignore[misc] # that it cannot is the test
    with pytest.raises(ValidationError, match="Extra inputs"):
        Article.model_validate({"id": "a", "title": "A", "text": "t", "colour": "red"})


def test_an_excerpt_spans_its_text() -> None:
    with pytest.raises(ValidationError, match="does not span 3 characters"):
        Excerpt(text="abc", article="a", title="A", start=4, end=6)


@pytest.mark.parametrize("matched", [((0, 0),), ((5, 3),), ((0, 4), (2, 6)), ((0, 10_000),)])
def test_marks_of_a_quote_are_in_order_and_in_its_text(matched: tuple[tuple[int, int]]) -> None:
    with pytest.raises(ValidationError, match="out of order or out of the text"):
        quote(matched=matched)
    with pytest.raises(ValidationError, match=r"answer span .* out of order or out of the text"):
        quote(answer=matched)


def test_a_quote_carries_a_whole_digest() -> None:
    with pytest.raises(ValidationError, match="sha256"):
        quote(sha256="abc")


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "abstained"},
        {"reason": "not_in_sources"},
        {"quotes": ()},
        {"confidence": 1.5},
    ],
)
def test_an_answer_says_one_thing(changes: dict[str, object]) -> None:
    answer = answerer_over(HARBOUR).ask("When did the harbour open?")
    with pytest.raises(ValidationError):
        Answer.model_validate(answer.model_dump(by_alias=True) | changes)


def test_an_answered_question_has_no_nearest_sentences() -> None:
    answer = answerer_over(HARBOUR).ask("When did the harbour open?")
    with pytest.raises(ValidationError, match="no nearest"):
        Answer.model_validate(answer.model_dump(by_alias=True) | {"nearest": answer.quotes})


def test_an_answer_survives_its_json() -> None:
    answer = answerer_over(HARBOUR).ask("When did the harbour open?")
    read = Answer.model_validate_json(answer.as_json())
    assert read.model_copy(update={"available": answer.available}) == answer


def test_a_copy_with_another_text_has_another_digest() -> None:
    assert HARBOUR.sha256 == article("harbour", HARBOUR.text).sha256
    changed = HARBOUR.model_copy(update={"text": "Another."})
    assert changed.sha256 == article("harbour", "Another.").sha256
    assert HARBOUR.model_copy().sha256 == HARBOUR.sha256
