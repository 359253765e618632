"""BM25 over postings scores as rank-bm25 does."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from retrieval.bm25 import Okapi
from retrieval.postings import Postings

WORDS = st.sampled_from("a b c d e f g".split())
CORPORA = st.lists(st.lists(WORDS, max_size=8), min_size=1, max_size=12).filter(any)
PARAMETERS = st.fixed_dictionaries(
    {
        "k1": st.floats(0.1, 3),
        "b": st.floats(0, 1),
        "epsilon": st.floats(0, 1),
    }
)


@example([["a"], []], ["b"], {"k1": 1.0, "b": 1.0, "epsilon": 0.0})
@given(CORPORA, st.lists(st.sampled_from("a b c d e f g unknown".split())), PARAMETERS)
def test_scores_are_those_of_rank_bm25(
    corpus: list[list[str]], query: list[str], parameters: dict[str, float]
) -> None:
    ours = Okapi(corpus, **parameters)
    theirs = BM25Okapi(corpus, **parameters)
    with np.errstate(invalid="ignore"):
        expected = theirs.get_scores(query)
    # At b = 1 an empty document has the length norm 0: rank-bm25 divides 0 by it, for any term.
    undefined = [bool(query and parameters["b"] == 1 and not terms) for terms in corpus]
    assert np.isnan(expected).tolist() == undefined
    expected[undefined] = 0
    np.testing.assert_allclose(ours.get_scores(query), expected, rtol=0, atol=1e-9)
    assert ours.idf == pytest.approx(theirs.idf)
    assert ours.avgdl == pytest.approx(theirs.avgdl)


@given(CORPORA, st.lists(WORDS, min_size=1, max_size=3), st.data())
def test_scores_of_chosen_documents_are_those_of_rank_bm25(
    corpus: list[list[str]], query: list[str], data: st.DataObject
) -> None:
    chosen = data.draw(st.lists(st.integers(0, len(corpus) - 1)))
    ours = Okapi(corpus).get_batch_scores(query, chosen)
    assert ours == pytest.approx(BM25Okapi(corpus).get_batch_scores(query, chosen))


def test_a_word_in_exactly_half_of_the_documents_weighs_nothing_yet_matches() -> None:
    model = Okapi([["a", "b"], ["c"], ["a"], ["d"]])
    assert model.idf["a"] == 0
    assert model.get_scores(["a"]).tolist() == [0, 0, 0, 0]
    assert model.matching(["a"]).tolist() == [0, 2]


def test_a_word_in_most_documents_gets_the_epsilon_floor() -> None:
    corpus = [["a"], ["a"], ["a", "b"]]
    model = Okapi(corpus)
    assert model.idf["a"] == pytest.approx(model.epsilon * model.average_idf)
    assert model.get_scores(["a"]) == pytest.approx(BM25Okapi(corpus).get_scores(["a"]))


@pytest.mark.parametrize("corpus", [[], [[]], [[], []]])
def test_a_corpus_without_terms_scores_zeros(corpus: list[list[str]]) -> None:
    model = Okapi(corpus)
    assert model.get_scores(["a"]).tolist() == [0.0] * len(corpus)
    assert model.matching(["a"]).size == 0
    assert model.document_frequency("a") == 0


def test_one_document_scores_as_in_rank_bm25() -> None:
    corpus = [["a", "b", "a"]]
    assert Okapi(corpus).get_scores(["a"]) == pytest.approx(BM25Okapi(corpus).get_scores(["a"]))


def test_a_repeated_query_term_counts_again() -> None:
    model = Okapi([["a"], ["b"], ["c"]])
    assert model.get_scores(["a", "a"])[0] == pytest.approx(2 * model.get_scores(["a"])[0])


@given(CORPORA)
def test_postings_hold_every_occurrence_once(corpus: list[list[str]]) -> None:
    model = Okapi(corpus)
    for term, number in model.vocabulary.items():
        documents, frequencies = model.postings.of(number)
        counted = {n: d.count(term) for n, d in enumerate(corpus) if term in d}
        assert dict(zip(documents.tolist(), frequencies.tolist(), strict=True)) == counted


def test_a_term_without_postings_is_held_by_no_document() -> None:
    empty = np.array([], dtype=np.int64)
    model = Okapi.over(Postings.build(empty, empty, vocabulary=1, corpus=2), {"a": 0})
    assert model.document_frequency("a") == 0
    assert model.get_scores(["a"]).tolist() == [0, 0]
