"""Coverage, confidence and the reasons for silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from libraries import BRIDGE, HARBOUR, article

from retrieval.confidence import judge
from retrieval.corpus import read_corpus
from retrieval.features import (
    IN_SENTENCE_AFTER,
    IN_SENTENCE_BEFORE,
    IN_TITLE,
    soft_coverage,
    weigh,
)
from retrieval.index import Index
from retrieval.question import read_question
from retrieval.ranking import rank

INDEX = Index(read_corpus([BRIDGE, HARBOUR]))


def coverage(question: str, sentence: int, index: Index = INDEX) -> float:
    return soft_coverage(weigh(read_question(question), index), index, sentence)


@pytest.mark.parametrize(
    ("question", "sentence", "share"),
    [
        ("architect", 1, 1.0),
        ("bridge", 1, IN_TITLE),
        ("finished", 1, IN_SENTENCE_BEFORE),
        ("traffic", 1, IN_SENTENCE_AFTER),
        ("harbour", 1, 0.0),
        ("unknown", 1, 0.0),
    ],
)
def test_a_word_counts_by_where_it_stands(question: str, sentence: int, share: float) -> None:
    assert coverage(question, sentence) == pytest.approx(share)


def test_neighbours_of_another_article_do_not_count() -> None:
    assert coverage("harbour", 2) == 0.0


def test_a_rare_word_weighs_more_than_a_frequent_one_and_an_unknown_one_most() -> None:
    index = Index(read_corpus([article("a", "Cats sleep. Cats run. Cats eat mice.")]))
    unknown, mice, cats = weigh(read_question("dogs mice cats"), index).weights
    assert unknown > mice > cats > 0


def test_a_compound_covers_its_parts() -> None:
    index = Index(read_corpus([article("a", "They seek cooperation. They rest.")]))
    assert coverage("co-operation", 0, index) == pytest.approx(1.0)


@given(st.lists(st.sampled_from("bridge harbour mayor cost unknown 1950 traffic".split())))
def test_coverage_lies_between_nothing_and_everything(words: list[str]) -> None:
    asked = weigh(read_question(" ".join(words)), INDEX)
    if asked.question.words:
        assert all(0 <= soft_coverage(asked, INDEX, n) <= 1 + 1e-9 for n in range(7))


def test_the_threshold_decides() -> None:
    asked = weigh(read_question("architect of the palace"), INDEX)
    candidates = rank(INDEX, asked.question.terms)
    confidence = judge(asked, INDEX, candidates, 0.0).confidence
    assert 0 < confidence < 1
    assert judge(asked, INDEX, candidates, confidence).reason is None
    assert judge(asked, INDEX, candidates, confidence + 1e-6).reason == "not_in_sources"


def test_without_a_candidate_even_a_threshold_of_nothing_abstains() -> None:
    asked = weigh(read_question("zeppelin"), INDEX)
    verdict = judge(asked, INDEX, [], 0.0)
    assert (verdict.reason, verdict.missing) == ("not_in_sources", ("zeppelin",))
