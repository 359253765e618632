"""The model that the index scores with is rank-bm25's, made from counts instead of documents."""

import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from retrieval.errors import LibraryDamaged
from retrieval.search.bm25 import Okapi, histogram_of, mean_idf

WORDS = st.sampled_from("a b c d e f g".split())
CORPORA = st.lists(st.lists(WORDS, max_size=8), min_size=1, max_size=12).filter(any)
PARAMETERS = st.fixed_dictionaries(
    {
        "k1": st.floats(0.1, 3),
        "b": st.floats(0, 1),
        "epsilon": st.floats(0, 1),
    }
)


def held_in(corpus: list[list[str]]) -> Counter[str]:
    """In how many documents each term stands."""
    return Counter(term for document in corpus for term in set(document))


def model_of(corpus: list[list[str]], k1: float, b: float, epsilon: float) -> Okapi:
    """The model as the index makes it: from counts."""
    held = np.array(list(held_in(corpus).values()))
    return Okapi(
        k1=k1,
        b=b,
        epsilon=epsilon,
        documents=len(corpus),
        words=sum(map(len, corpus)),
        average_idf=mean_idf(histogram_of(held), len(corpus)),
    )


@example([["a"], []], ["b"], {"k1": 1.0, "b": 1.0, "epsilon": 0.0})
@given(CORPORA, st.lists(st.sampled_from("a b c d e f g unknown".split())), PARAMETERS)
def test_scores_are_those_of_rank_bm25(
    corpus: list[list[str]], query: list[str], parameters: dict[str, float]
) -> None:
    ours, theirs = model_of(corpus, **parameters), BM25Okapi(corpus, **parameters)
    held = held_in(corpus)
    assert ours.avgdl == theirs.avgdl
    assert ours.average_idf == pytest.approx(theirs.average_idf, rel=1e-12, abs=1e-12)
    weights = {term: ours.weigh(held[term]) for term in held}
    assert weights == pytest.approx(theirs.idf, rel=1e-12, abs=1e-12)
    lengths = np.array([len(document) for document in corpus])
    scores, norms = np.zeros(len(corpus)), ours.norms(lengths)
    for term in query:
        found = np.array([n for n, document in enumerate(corpus) if term in document], dtype=int)
        frequencies = np.array([corpus[n].count(term) for n in found])
        scores[found] += ours.weigh(held[term]) * ours.saturate(frequencies, norms[found])
    ours.doc_len, ours.doc_freqs, ours.idf = lengths.tolist(), theirs.doc_freqs, weights
    with np.errstate(invalid="ignore"):
        wanted, inherited = theirs.get_scores(query), ours.get_scores(query)
    # At b = 1 an empty document has the length norm 0: rank-bm25 divides 0 by it, for any term.
    undefined = [bool(query and parameters["b"] == 1 and not terms) for terms in corpus]
    assert np.isnan(wanted).tolist() == np.isnan(inherited).tolist() == undefined
    wanted[undefined] = inherited[undefined] = 0
    np.testing.assert_allclose(scores, wanted, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(inherited, wanted, rtol=1e-12, atol=1e-12)


@given(CORPORA, st.randoms())
def test_the_average_idf_does_not_depend_on_the_order_of_terms(
    corpus: list[list[str]], shuffle: random.Random
) -> None:
    held = list(held_in(corpus).values())
    shuffled = shuffle.sample(held, len(held))
    one, other = (mean_idf(histogram_of(np.array(of)), len(corpus)) for of in (held, shuffled))
    assert one == other


def test_a_term_in_exactly_half_of_the_documents_weighs_nothing() -> None:
    assert model_of([["a", "b"], ["c"], ["a"], ["d"]], 1.5, 0.75, 0.25).weigh(2) == 0


def test_a_collection_without_a_document_or_a_word_has_no_average() -> None:
    corpora: list[list[list[str]]] = [[], [[], []]]
    for corpus in corpora:
        model = model_of(corpus, 1.5, 0.75, 0.25)
        assert (model.avgdl, model.average_idf, model.weigh(0)) == (0, 0, 0)
        assert model.norms(np.array([0, 3])).tolist() == [0.375, 0.375]


def test_more_documents_than_there_are_is_damage() -> None:
    model = model_of([["a"], ["b"]], 1.5, 0.75, 0.25)
    with pytest.raises(LibraryDamaged, match="stands in 3 of 2 documents"):
        model.weigh(3)
    with pytest.raises(LibraryDamaged):
        mean_idf({3: 1}, 2)
