"""Looking at candidates: the compiled look and numpy see the same, whatever is looked at."""

import contextlib
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import Article
from retrieval.errors import LibraryDamaged
from retrieval.index import Index
from retrieval.index.parts import Part
from retrieval.index.reading import read_corpus
from retrieval.index.scores import Stretch
from retrieval.question import read_question
from retrieval.question.synonyms import NONE, Synonyms, read_synonyms
from retrieval.ranking import native
from retrieval.ranking.looking import look
from retrieval.ranking.looks import Look
from retrieval.ranking.weighing import weigh
from retrieval.text import derivations

compiled = pytest.mark.skipif(not native.AVAILABLE, reason="the compiled look was not built here")

WORDS = (
    "ratify ratified Korea Korean film movie North-Korean the a is in 1953 treaty troops long-range"
)
SENTENCES = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=12).map(
    lambda words: " ".join(words).capitalize() + "."
)
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=12).map(" ".join)
TEXTS = st.lists(PARAGRAPHS, min_size=1, max_size=3).map("\n\n".join)
TITLES = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=5).map(" ".join)
ARTICLES = st.lists(st.tuples(TITLES, TEXTS), min_size=1, max_size=4)
QUESTIONS = st.lists(st.sampled_from([*WORDS.split(), "moon", "who"]), min_size=1, max_size=8)
RELATED = derivations.load()


def index_of(articles: list[tuple[str, str]]) -> Index:
    return Index.of(
        read_corpus(
            Article(id=f"a{n}", title=title, text=text) for n, (title, text) in enumerate(articles)
        )
    )


def looks(index: Index, question: str, synonyms: Synonyms = NONE, seed: int = 0) -> list[Look]:
    asked = weigh(read_question(question, synonyms=synonyms), index, RELATED)
    sentences = np.random.default_rng(seed).permutation(index.sentences)
    [stretch] = index.stretches(sentences)
    return [look(asked, stretch, compiled=way) for way in (True, False)]


def values(seen: Look) -> dict[str, Any]:
    named = seen._asdict()
    words = named.pop("words")._asdict()
    return {name: of.tolist() for name, of in (named | words).items()}


@compiled
@settings(max_examples=150, deadline=None)
@given(ARTICLES, QUESTIONS, st.integers(0, 9))
def test_the_compiled_look_and_numpy_see_the_same(
    articles: list[tuple[str, str]], words: list[str], seed: int
) -> None:
    index = index_of(articles)
    if index.sentences:
        by_kernel, by_numpy = looks(index, " ".join(words), seed=seed)
        assert values(by_kernel) == values(by_numpy)


def test_a_name_of_several_words_stands_where_all_of_them_do() -> None:
    index = index_of([("War", "The Democratic People's Republic sent troops. A republic fell.")])
    synonyms = read_synonyms(b"DPRK, Democratic People's Republic\n", "synonyms.txt")
    for seen in looks(index, "Did the DPRK send troops?", synonyms, seed=3):
        assert sorted(seen.sentence[:, 0].tolist()) == [False, True]


@compiled
@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_damaged_part_is_an_error_or_seen_but_never_crashes(data: st.DataObject) -> None:
    index = index_of([("Korea ratified", "Troops in Korea. The treaty is long-range.\n\nA film.")])
    [part] = index.parts
    name = data.draw(st.sampled_from(sorted({*DAMAGED, "cut"})))
    corpus, field = part.corpus, name if name != "cut" else data.draw(st.sampled_from(DAMAGED))
    good = getattr(corpus, field)
    hostile = good.copy()
    bounds = np.iinfo(good.dtype)
    number = st.one_of(st.integers(-3, 40), st.integers(int(bounds.min), int(bounds.max)))
    place = data.draw(st.integers(0, len(good) - 1))
    hostile[place] = max(data.draw(number), int(bounds.min))
    if name == "cut":
        hostile = good[:place]
    damaged = Part(corpus._replace(**{field: hostile}), part.flags, part.segment)
    asked = weigh(read_question("Which Korean treaty was ratified?"), index, RELATED)
    with contextlib.suppress(LibraryDamaged):
        look(asked, Stretch(damaged, np.arange(3), np.arange(3)))


DAMAGED = (
    *("words", "form_terms", "cases", "paragraphs", "offsets", "article_sentences"),
    *("title_offsets", "title_words"),
)
