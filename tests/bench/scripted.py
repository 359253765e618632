"""The scripts of `tests/scripts` as a question set over the seed articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.sets import BadSet, Gold, Question, QuestionSet
from bot.opening import open_library
from bot.replay import Case, load
from bot.replay.script import Passage
from retrieval import Article

SCRIPTS = Path(__file__).parents[1] / "scripts"


def read_scripts(folder: Path = SCRIPTS) -> QuestionSet:
    """Cases that expect a quote are answerable, those that expect none are not.

    A case of which neither is said (it is answered, no matter how) is left out. Gold are the places
    of the expected words; where several passages are expected, any of them is a hit.

    Raises:
        BadSet: A script that cannot be read.
    """
    loaded = load([folder])
    if loaded.mistakes:
        raise BadSet(str(loaded.mistakes[0]))
    with open_library(None) as seeds:
        articles = list(seeds)
    cases = [case for script in loaded.scripts.values() for case in script.cases]
    questions = [
        Question(
            id=case.id,
            question=case.ask,
            answerable=bool(case.expect.quote),
            gold=_gold(case, articles),
        )
        for case in cases
        if case.expect.quote or _abstains(case)
    ]
    return QuestionSet("scripts", articles, questions)


def _abstains(case: Case) -> bool:
    return case.expect.status == "abstained" or case.expect.reason is not None


def _gold(case: Case, articles: Sequence[Article]) -> list[Gold]:
    return [
        Gold(article=article.id, start=start, end=end)
        for passage in case.expect.passages()
        for article in articles
        if passage.article in (None, article.id)
        for start, end in _places(passage, article.text)
    ]


def _places(passage: Passage, text: str) -> Iterator[tuple[int, int]]:
    """Where the expected words stand; the whole article, where no words are given."""
    words = passage.contains or passage.equals
    if words is None:
        yield 0, len(text)
        return
    start = text.find(words)
    while start >= 0:
        yield start, start + len(words)
        start = text.find(words, start + 1)
