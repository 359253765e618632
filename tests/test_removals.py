"""What was taken out or replaced leaves no trace: every scripted question is answered as before."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from libraries import article
from pages import page
from test_segments import QUESTIONS

from bot.opening import open_library
from bot.replay import load
from retrieval import Answerer, Article, Library
from retrieval.search.checks import check_index

SCRIPTS = load([Path(__file__).parent / "scripts"]).scripts
ASKED = [case.ask for script in SCRIPTS.values() for case in script.cases]
SOME = ASKED[::12]
QUOTES = 15  # as many as Discord asks for
NOTE = article("note", "Ships sail in winter. The note says what Kim said to Putin.", "A note")
SEEDS = list(open_library(None))
FIRST, *REST = SEEDS
OTHER = FIRST.model_copy(update={"text": NOTE.text, "title": "Another"})
BARE = [article(name, "", f"Kim and {name}") for name in ("empty", "hollow")]

Answers = list[str]
Change = Callable[[Library], object]


def answers(answerer: Answerer, questions: Sequence[str]) -> Answers:
    return [answerer.ask(question, quotes=QUOTES).as_json() for question in questions]


def anew(articles: Sequence[Article], questions: Sequence[str]) -> Answers:
    """The answers of a library that never held anything else."""
    with Library.of(articles) as library:
        return answers(Answerer.open(library), questions)


def removing(*articles: Article) -> Change:
    def remove(library: Library) -> None:
        for one in articles:
            library.remove(one.id)

    return remove


def adding(*articles: Article) -> Change:
    return lambda library: library.add(articles)


def test_a_note_that_came_and_went_changes_no_answer_to_any_script(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True) as library:
        library.add([*SEEDS, NOTE])
        answerer = Answerer.open(library)
        answers(answerer, SOME)
        library.remove("note")
        answerer.catch_up()
        assert answers(answerer, ASKED) == anew(SEEDS, ASKED)
        assert list(check_index(library)) == []


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        pytest.param([adding(OTHER), adding(FIRST)], SEEDS, id="replaced and replaced back"),
        pytest.param([removing(*SEEDS), adding(*SEEDS)], SEEDS, id="all go and come back"),
        pytest.param([adding(*BARE), removing(*BARE)], SEEDS, id="those without text go"),
        pytest.param([removing(*SEEDS)], [], id="all go"),
        pytest.param([removing(*REST)], [FIRST], id="all but one go"),
        pytest.param([adding(NOTE), removing(*SEEDS)], [NOTE], id="all but a new one go"),
        pytest.param([adding(*BARE), removing(*SEEDS)], BARE, id="all that have text go"),
    ],
)
def test_scripts_are_answered_as_if_what_went_had_never_been(
    tmp_path: Path, changes: list[Change], left: list[Article]
) -> None:
    with Library.open(tmp_path, create=True) as library:
        library.add(SEEDS)
        answerer = Answerer.open(library)
        for change in changes:
            change(library)
            answerer.catch_up()
        assert answers(answerer, SOME) == anew(left, SOME)
        assert list(check_index(library)) == []


SENTENCES = st.sampled_from(
    [
        "Ships sail in winter.",
        "The harbour opened in 1932.",
        "The bridges cost 300 crowns.",
        "Ships sail to the harbour in winter.",
        "A mayor opened it.",
        "Winter.",
    ]
)
TEXTS = st.one_of(st.just(""), SENTENCES, st.lists(SENTENCES, max_size=4).map("\n\n".join))
TITLES = st.sampled_from(["Zeppelins", "The harbour", "Ships", "1932"])  # one stands nowhere else
NAMES = st.sampled_from("abcdefghi")
ARTICLES = st.builds(article, NAMES, TEXTS, TITLES)
BLOCKS = st.one_of(
    st.tuples(st.just("heading"), TITLES, st.integers(1, 3)),
    st.tuples(st.sampled_from(["paragraph", "item", "row", "head", "code"]), SENTENCES),
)
# Half of the articles are pages: several documents of the index each, some of them empty.
PAGES = st.builds(
    lambda name, title, blocks, genre: page(*blocks, name=name, title=title, genre=genre),
    NAMES,
    TITLES,
    st.lists(BLOCKS, max_size=6),
    st.sampled_from(["document", "news"]),
)
ARTICLES = st.one_of(ARTICLES, PAGES)
# A part that has lost few of its sentences is not written again: what is gone stays in it.
LIBRARIES = st.lists(ARTICLES, min_size=5, max_size=9, unique_by=lambda one: one.id)
STEPS = st.lists(st.one_of(NAMES, ARTICLES), max_size=2)


def changed(library: Library, step: str | Article) -> None:
    """Add or replace an article, or remove the one of this name, if it is there."""
    if isinstance(step, Article):
        library.add([step])
    elif library.get_all([step]):
        library.remove(step)


@given(LIBRARIES, STEPS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_small_library_answers_after_any_changes_as_one_made_anew(
    begun: list[Article], steps: list[str | Article]
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Library.open(Path(folder), create=True) as library,
    ):
        library.add(begun)
        answerer = Answerer.open(library)
        for step in [begun[0].id, *steps]:
            changed(library, step)
            answerer.catch_up()
            answers(answerer, QUESTIONS)
        assert answers(answerer, QUESTIONS) == anew(list(library), QUESTIONS)
