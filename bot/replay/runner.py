"""A case → its outcome: asks the question and holds the answer against what is expected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Protocol

from bot.replay.matching import describe, find_rank, trace
from bot.replay.script import Articles, Case, Choice, Expect
from retrieval.models import Answer
from retrieval.values import Value

LOOK = 10
CLEAR = 0.7  # from here on the first quote stands well before the others

Verdict = Literal["as expected", "failed", "known failure", "now passes"]


class Answers(Protocol):
    """What a script is asked of."""

    @property
    def library(self) -> Articles:
        """The articles that answer."""

    def ask(self, question: str, *, quotes: int) -> Answer:
        """Answer with at most so many quotes."""


class Check(Value):
    """One thing that a case expects, and what came.

    Attributes:
        key: The key in `expect`.
        held: Whether it came as expected.
        expected: For a reader; any of these.
        came: For a reader.
        rank: Of a passage: the place, from 1, of the first quote that has it, if any.
    """

    key: str
    held: bool
    expected: tuple[str, ...]
    came: str
    rank: int | None = None


class Outcome(Value):
    """What became of a case.

    Attributes:
        script: The script's file.
        case: The case.
        checks: One for each thing that it expects, in the order of its keys in the documentation.
        answer: What came, with more quotes than a reader would see.
    """

    script: str
    case: Case
    checks: tuple[Check, ...]
    answer: Answer

    @property
    def held(self) -> bool:
        """Whether everything came as expected."""
        return all(check.held for check in self.checks)

    @property
    def verdict(self) -> Verdict:
        """What it means, with what is known of the case."""
        if self.case.known_failure is None:
            return "as expected" if self.held else "failed"
        return "now passes" if self.held else "known failure"


def run_case(script: str, case: Case, answers: Answers) -> Outcome:
    """Ask a case's question and check the answer.

    More quotes are asked for than a reader would see, to tell where a late one stands; they do
    not change the first ones.
    """
    look = max([LOOK, *(passage.rank_max for passage in case.expect.passages())])
    answer = answers.ask(case.ask, quotes=look)
    checks = tuple(_check(case.expect, answer, answers.library))
    return Outcome(script=script, case=case, checks=checks, answer=answer)


def _check(expect: Expect, answer: Answer, library: Articles) -> Iterator[Check]:
    if expect.status is not None:
        yield _same("status", expect.status, answer.status)
    if expect.reason is not None:
        yield _same("reason", expect.reason, answer.reason or "none")
    if expect.talk is not None:
        yield _same("talk", expect.talk, answer.talk or "none")
    if expect.missing is not None:
        yield _named("missing", expect.missing, answer.missing)
    if expect.apart is not None:
        yield _named("apart", expect.apart, answer.apart)
    if expect.clear is not None:
        yield _clear(answer, expected=expect.clear)
    for choice in expect.quote:
        yield _quoted(choice, answer, library)


def _same(key: str, expected: str, came: str) -> Check:
    return Check(key=key, held=expected == came, expected=(expected,), came=came)


def _named(key: str, expected: tuple[str, ...], named: tuple[str, ...]) -> Check:
    came = {word.casefold() for word in named}
    held = came >= {word.casefold() for word in expected} if expected else not came
    return Check(key=key, held=held, expected=(_words(expected),), came=_words(named))


def _is_clear(answer: Answer) -> bool:
    """Whether the first quote stands well before the others, and none gives it another figure."""
    values = (value for figure in answer.figures for value in figure.values)
    return answer.stands_alone >= CLEAR and not any(0 in value.quotes for value in values)


def _clear(answer: Answer, *, expected: bool) -> Check:
    kinds = {True: "one clear answer", False: "several that may answer"}
    came = kinds[_is_clear(answer)] if answer.quotes else "no answer"
    return Check(key="clear", held=came == kinds[expected], expected=(kinds[expected],), came=came)


def _words(words: tuple[str, ...]) -> str:
    return ", ".join(words) or "none"


def _quoted(choice: Choice, answer: Answer, library: Articles) -> Check:
    ranks = [(find_rank(passage, answer.quotes), passage.rank_max) for passage in choice.any]
    found = [rank for rank, _ in ranks if rank]
    return Check(
        key="quote",
        held=any(rank is not None and rank <= last for rank, last in ranks),
        expected=tuple(describe(passage) for passage in choice.any),
        came=f"at rank {min(found)}" if found else trace(choice.any, answer, library),
        rank=min(found, default=None),
    )
