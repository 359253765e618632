"""Question sets on disk: articles, questions and the spans that answer them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError, model_validator

from retrieval import Article

SHARED = Path(__file__).parents[3] / "shared" / "qa"
Line = TypeVar("Line", bound=BaseModel)


class BadSet(Exception):
    """A folder, a file or a line that is no question set; its text is one line."""


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

    @model_validator(mode="after")
    def _answers_where_it_can(self) -> Question:
        if self.answerable != bool(self.gold):
            raise ValueError("`gold` has to name a span where `answerable` is true, and only there")
        return self


class QuestionSet(NamedTuple):
    """Articles and the questions asked of them."""

    name: str
    articles: list[Article]
    questions: list[Question]


def find_sets(folder: Path) -> list[Path]:
    """The sets that a folder stands for: itself, or those that stand in it, by name.

    Raises:
        BadSet: There is none.
    """
    if (folder / "questions.jsonl").is_file():
        return [folder]
    found = sorted(path.parent for path in folder.glob("*/questions.jsonl"))
    if not found:
        what = "no question set there" if folder.is_dir() else "no such folder"
        raise BadSet(f"{folder}: {what}; name a folder with articles.jsonl and questions.jsonl")
    return found


def read_set(folder: Path) -> QuestionSet:
    """Read `articles.jsonl` and `questions.jsonl` of a folder.

    Raises:
        BadSet: The folder is no such set.
    """
    articles = read_articles(folder / "articles.jsonl")
    path = folder / "questions.jsonl"
    lengths = {article.id: len(article.text) for article in articles}
    questions = []
    for number, question in enumerate(_lines(path, Question), 1):
        for span in question.gold:
            if not 0 <= span.start < span.end <= lengths.get(span.article, 0):
                raise BadSet(
                    f"{path}, line {number}: gold {span.start}–{span.end} is not in an article "
                    f"{span.article!r} of articles.jsonl"
                )
        questions.append(question)
    return QuestionSet(folder.name or folder.resolve().name, articles, questions)


def read_articles(path: Path) -> list[Article]:
    """Read a file of articles, each id once.

    Raises:
        BadSet: The file is none of articles.
    """
    seen: dict[str, int] = {}
    articles = list(_lines(path, Article))
    for number, article in enumerate(articles, 1):
        if article.id in seen:
            raise BadSet(
                f"{path}, line {number}: id {article.id!r} stands in line {seen[article.id]} too"
            )
        seen[article.id] = number
    return articles


def _lines(path: Path, kind: type[Line]) -> Iterator[Line]:
    """Each line of a file as a value; a file without one is an error."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        reason = error.strerror or error
        raise BadSet(f"{path}: {reason}; a set is a folder of two files, see --help") from error
    except UnicodeDecodeError as error:
        raise BadSet(f"{path}: byte {error.start} is not UTF-8; save it as UTF-8") from error
    lines = text.removesuffix("\n").split("\n") if text else []
    if not lines:
        raise BadSet(f"{path}: is empty; write one JSON object a line")
    for number, line in enumerate(lines, 1):
        try:
            yield kind.model_validate_json(line)
        except ValidationError as error:
            raise BadSet(f"{path}, line {number}: {_explain(error)}") from error


def _explain(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, first["loc"]))
    said = " ".join(first["msg"].removeprefix("Value error, ").split())
    return f"{place}: {said}" if place else said


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
