"""Question sets on disk: articles, questions and the spans that answer them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel

from retrieval import Article


class Gold(BaseModel):
    """A span of an article that answers; `end` is exclusive."""

    article: str
    start: int
    end: int


class Question(BaseModel):
    """A question and where its answer stands."""

    id: str
    question: str
    answerable: bool
    gold: list[Gold]


class QuestionSet(NamedTuple):
    """Articles and the questions asked of them."""

    name: str
    articles: list[Article]
    questions: list[Question]


def read_set(folder: Path) -> QuestionSet:
    """Read `articles.jsonl` and `questions.jsonl` of a folder."""
    articles = _lines(folder / "articles.jsonl")
    questions = _lines(folder / "questions.jsonl")
    return QuestionSet(
        folder.name,
        [Article.model_validate_json(line) for line in articles],
        [Question.model_validate_json(line) for line in questions],
    )


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")[:-1]


class Found(NamedTuple):
    """A sentence that an engine put forward."""

    article: str
    start: int
    end: int


def first_hit(found: list[Found], gold: list[Gold]) -> int | None:
    """The rank, from 1, of the first that overlaps a gold span by half of the shorter of both."""
    ranks = (rank for rank, f in enumerate(found, 1) if any(_overlaps(f, g) for g in gold))
    return next(ranks, None)


def _overlaps(found: Found, gold: Gold) -> bool:
    if found.article != gold.article:
        return False
    shared = min(found.end, gold.end) - max(found.start, gold.start)
    return shared > 0 and 2 * shared >= min(found.end - found.start, gold.end - gold.start)
