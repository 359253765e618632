"""Every question of `tests/scripts` is asked of the seed articles; a known failure must fail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.opening import open_library
from bot.replay import Case, load, run_case
from bot.replay.report import lines
from retrieval import Answerer, Library

SCRIPTS = load([Path(__file__).parent / "scripts"])
ALL = [case for script in SCRIPTS.scripts.values() for case in script.cases]
CASES = [
    pytest.param(
        case,
        id=f"{Path(name).stem}-{case.id}",
        marks=[pytest.mark.xfail(reason=case.known_failure, raises=AssertionError, strict=True)]
        if case.known_failure
        else [],
    )
    for name, script in SCRIPTS.scripts.items()
    for case in script.cases
]


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    with open_library(None) as opened:
        yield opened


@pytest.fixture(scope="module")
def answerer(library: Library) -> Answerer:
    return Answerer.open(library)


@pytest.mark.parametrize("case", CASES)
def test_the_seeds_answer_as_their_script_says(case: Case, answerer: Answerer) -> None:
    outcome = run_case("", case, answerer)
    assert outcome.held, "\n".join(map(" ".join, lines(outcome)))


def test_whatever_is_asked_every_quote_is_verbatim(answerer: Answerer, library: Library) -> None:
    texts = {article.id: article.text for article in library}
    for case in ALL:
        answer = answerer.ask(case.ask, quotes=10)
        for quote in (*answer.quotes, *answer.nearest):
            for place in (quote, *quote.also):
                assert texts[place.article][place.start : place.end] == place.text


def test_the_scripts_are_valid_on_the_seeds(library: Library) -> None:
    assert load([Path(__file__).parent / "scripts"], library).mistakes == ()


def test_every_expected_text_stands_in_the_article_that_it_names(library: Library) -> None:
    texts = {article.id: article.text for article in library}
    for case in ALL:
        for passage in case.expect.passages():
            within = [texts[passage.article]] if passage.article else list(texts.values())
            for words in filter(None, (passage.contains, passage.equals)):
                assert any(words in text for text in within), f"{case.id}: {words}"


def test_the_scripts_ask_enough() -> None:
    unanswerable = [case for case in ALL if case.expect.status == "abstained"]
    assert len(ALL) >= 70
    assert len(unanswerable) >= 20
    assert len({case.id for case in ALL}) == len(ALL)
    assert len({case.ask.casefold() for case in ALL}) == len(ALL)
