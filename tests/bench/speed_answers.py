"""Whole answers: `Answerer.ask` over a library of articles, beside tantivy's bare search.

The made sentences become articles of 25, in paragraphs of 5, titled with the first words of the
first, and go the whole way: library, index, question, ranking, proven quotes. tantivy gets the same
sentences as `peers/tantivy.py` sets it, parses the same words as its README shows, and hands back
ten places: no text, no proof. Both are asked in one run, as `speed_latency` says.
"""

from __future__ import annotations

import cProfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from types import CodeType
from typing import Any, Self

from bench.corpora import Corpus, draw_queries
from bench.peers import Engine, Hits, Query, find, missing, named
from bench.speed_report import Answers
from bench.speed_run import Bench
from retrieval import Answer, Answerer, Article, Library

ARTICLE, PARAGRAPH, TITLE = 25, 5, 6  # sentences, sentences, words
OURS, PEER = "Answerer.ask", "tantivy, README"
PROFILED = 50  # questions
_INSIDE = ("<", "_answer")  # generators, and how `ask` tries again
LEAST = 0.02  # the smallest share of the time that is worth naming


class Whole:
    """`Answerer.ask` behind the face of an engine."""

    def __init__(self, answerer: Answerer) -> None:
        """Ask `answerer`."""
        self.answerer = answerer
        self.answered: dict[str, bool] = {}

    @classmethod
    def build(cls, sentences: Path, folder: Path) -> None:
        """Make a library of articles."""
        with Library.open(folder, create=True) as library, sentences.open(encoding="ascii") as file:
            library.add(as_articles(file))

    @classmethod
    def open(cls, sentences: Path, folder: Path) -> Self:  # noqa: ARG003 - other engines need it
        """Open the library and its index."""
        return cls(Answerer.open(Library.open(folder)))

    def search(self, query: Query, k: int) -> Answer:  # noqa: ARG002 - it shows as many as it shows
        """Answer a question with these words."""
        return self.answerer.ask(f"What {query.text}?")

    def hits(self, found: Answer) -> Hits:
        """Whether it answered; its quotes have no numbers."""
        self.answered[found.question] = found.status == "answered"
        return []


def as_articles(lines: Iterable[str]) -> Iterator[Article]:
    """Articles of made sentences."""
    for number, group in enumerate(_groups(lines, ARTICLE)):
        sentences = [line.strip().capitalize() + "." for line in group]
        paragraphs = (" ".join(part) for part in _groups(sentences, PARAGRAPH))
        title = " ".join(group[0].split()[:TITLE]).title()
        yield Article(id=f"made-{number:07}", title=title, text="\n\n".join(paragraphs))


def measure_answers(bench: Bench, sentences: int, place: Path) -> Answers:
    """Make a library of so many sentences and ask it.

    Args:
        bench: The run.
        sentences: How many.
        place: A folder for the library and tantivy's index.
    """
    corpus = bench.corpus(None, sentences, place)
    library = place / "library"
    bench.step(f"adding {sentences:,} sentences to a library", None)
    add = _seconds(lambda: Whole.build(corpus.path, library))
    bench.step(f"reading {sentences:,} sentences", None)
    read = _seconds(lambda: Whole.open(corpus.path, library))
    began = time.perf_counter()
    whole = Whole.open(corpus.path, library)
    opened = time.perf_counter() - began
    engines: dict[str, Engine[Any]] = {OURS: whole} | _peer(bench, corpus, place / "tantivy")
    queries = [Query.of(t) for t in draw_queries(corpus, bench.queries, seed=bench.seed)]
    asked = bench.ask(engines, queries)
    return Answers(
        sentences=corpus.sentences,
        articles=len(whole.answerer.library),
        add=add,
        read=read,
        open=opened,
        whole=asked[OURS].latency(),
        peer=asked[PEER].latency() if PEER in asked else None,
        answered=sum(whole.answered.values()) / len(whole.answered),
        spent=_profile(whole, queries[:PROFILED]),
    )


def _peer(bench: Bench, corpus: Corpus, folder: Path) -> dict[str, Engine[Any]]:
    entry = named(PEER)
    if missing(entry):
        return {}
    bench.step("building tantivy", None)
    folder.mkdir()
    maker = find(entry)
    maker.build(corpus.path, folder)
    return {PEER: maker.open(corpus.path, folder)}


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _profile(whole: Whole, queries: list[Query]) -> dict[str, float]:
    """The share of the time in each function that `ask` calls, the largest first."""
    profiler = cProfile.Profile()
    for query in queries:
        profiler.runcall(whole.search, query, 0)
    entries = {entry.code: entry for entry in profiler.getstats()}
    total = entries[Answerer.ask.__code__].totaltime
    shares: dict[str, float] = defaultdict(float)
    for name, seconds in _callees(entries, Answerer.ask.__code__):
        shares[name] += seconds / total
    largest = sorted(shares.items(), key=lambda one: (-one[1], one[0]))
    return {name: share for name, share in largest if share >= LEAST}


def _callees(entries: dict[Any, Any], code: CodeType) -> Iterator[tuple[str, float]]:
    """What a function calls, with the seconds; what a part of it calls counts as its own."""
    for call in entries[code].calls or []:
        if isinstance(call.code, CodeType) and call.code.co_name.startswith(_INSIDE):
            yield from _callees(entries, call.code)
        else:
            yield getattr(call.code, "co_name", str(call.code)), call.totaltime


def _groups(items: Iterable[str], size: int) -> Iterator[list[str]]:
    left = iter(items)
    while group := list(islice(left, size)):
        yield group
