"""Asks the product of a checkout, and reads what it says."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar

from bench.measures import DEPTH
from bench.sets import BadSet, Found, Gold, Question, first_hit
from retrieval import Article

HERE = Path(__file__).parents[3]
CHILD = Path(__file__).with_name("child.py")
T = TypeVar("T")


class Sources(NamedTuple):
    """What is said of the sources of a quote.

    Attributes:
        speaker: Where the name of whom it is credited to stands, or None.
        also: The other sentences that are said to make the statement, in other articles.
        origins: How many independent sources it is said to have.
    """

    speaker: Found | None = None
    also: tuple[Found, ...] = ()
    origins: int = 1


class Said(NamedTuple):
    """What is measured of an answer.

    Attributes:
        answered: Whether it has quotes.
        confidence: From 0 to 1.
        missing: Words that it says no source has.
        doubted: Whether it says that something speaks against its first quote.
        found: Its quotes, or what it calls nearest.
        spans: The answer spans within each of them; empty where the product marks none.
        sources: What is said of the sources of each.
        figures: On how many figures it says that sources differ, or seem to.
    """

    answered: bool
    confidence: float
    missing: tuple[str, ...]
    doubted: bool
    found: tuple[Found, ...]
    spans: tuple[tuple[tuple[int, int], ...], ...]
    sources: tuple[Sources, ...] = ()
    figures: int = 0

    @property
    def first(self) -> Found | None:
        """Its first quote."""
        return self.found[0] if self.found else None

    @property
    def wary(self) -> bool:
        """Whether it withholds an answer or doubts it."""
        return self.doubted or not self.answered

    def is_right(self, gold: list[Gold]) -> bool:
        """Whether its first quote holds the answer."""
        return first_hit(list(self.found[:1]), gold) == 1


def _read(line: str) -> Said:
    answer: dict[str, Any] = json.loads(line)
    quotes = answer["quotes"] or answer["nearest"]
    return Said(
        answered=answer["status"] == "answered",
        confidence=answer["confidence"],
        missing=tuple(answer["missing"]),
        doubted=bool(answer.get("doubts")),
        found=tuple(Found(q["article"], q["start"], q["end"]) for q in quotes),
        spans=tuple(tuple((s, e) for s, e in q.get("answer") or ()) for q in quotes),
        sources=tuple(_sources(q) for q in quotes),
        figures=len(answer["figures"]),
    )


def _sources(quote: dict[str, Any]) -> Sources:
    named = quote["speaker"]
    also = (Found(other["article"], other["start"], other["end"]) for other in quote["also"])
    return Sources(
        speaker=Found(quote["article"], named["start"], named["end"]) if named else None,
        also=tuple(other for other in also if other.article != quote["article"]),
        origins=quote["origins"],
    )


class Asker:
    """Answers questions over some articles with the product of a checkout, each once.

    Use it as a context manager: it ends its process.
    """

    def __init__(
        self,
        articles: Sequence[Article],
        checkout: Path = HERE,
        advance: Callable[[], None] = lambda: None,
    ) -> None:
        """Start a process that reads the articles.

        Args:
            articles: What is asked.
            checkout: The folder of the product that answers.
            advance: Called with each answer.

        Raises:
            BadSet: The folder has no product.
        """
        if not (checkout / "retrieval" / "__init__.py").is_file():
            raise BadSet(f"{checkout}: no checkout of Pullquote; name a folder with `retrieval`")
        self._advance = advance
        self._known: dict[tuple[str, int], Said] = {}
        self._folder = tempfile.TemporaryDirectory(prefix="truth-")
        path = Path(self._folder.name) / "articles.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(a.model_dump(mode="json")) + "\n" for a in articles)
        self._child = subprocess.Popen(  # noqa: S603 - this interpreter and a script beside us
            [sys.executable, str(CHILD), str(path)],
            env=os.environ | {"PYTHONPATH": str(checkout.resolve())},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def __enter__(self) -> Self:
        """It is there already."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process."""
        self._child.communicate()
        self._folder.cleanup()

    def ask(self, question: str, *, quotes: int = DEPTH) -> Said:
        """What is said to a question.

        Raises:
            BadSet: The product ended.
        """
        key = (question, quotes)
        if key not in self._known:
            self._known[key] = self._ask(question, quotes)
            self._advance()
        return self._known[key]

    def _ask(self, question: str, quotes: int) -> Said:
        if self._child.stdin is None or self._child.stdout is None:
            raise BadSet("the product was started without pipes")
        try:
            self._child.stdin.write(json.dumps([question, quotes]) + "\n")
            self._child.stdin.flush()
            line = self._child.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise BadSet("the product ended with an error, which stands above")
        return _read(line)


def sample(items: Iterable[T], most: int | None, key: Callable[[T], str]) -> list[T]:
    """At most `most` of the items, the same ones each time, in their order."""
    kept = list(items)
    if most is None or len(kept) <= most:
        return kept
    chosen = sorted(range(len(kept)), key=lambda n: digest(key(kept[n])))[:most]
    return [kept[n] for n in sorted(chosen)]


def draw(questions: Iterable[Question], most: int | None) -> list[Question]:
    """At most `most` of the questions that can be answered."""
    return sample((q for q in questions if q.answerable), most, lambda q: q.id)


def digest(text: str) -> int:
    """A number that is the same for the same text, on every machine."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
