"""Whole answers: `Answerer.ask` over a library of articles, beside tantivy's bare search.

The made sentences become a library (`peers/product.py`) and go the whole way: library, index,
question, ranking, proven quotes. tantivy gets the same sentences as `peers/tantivy.py` sets it,
parses the same words as its README shows, and hands back ten places: no text, no proof. Both are
asked in one run, as `speed_latency` says.
"""

from __future__ import annotations

import cProfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType
from typing import Any

from bench.corpora import Corpus, draw_queries
from bench.peers import Engine, Query, find, missing, named
from bench.peers.product import Ask, make_library
from bench.speed_report import Answers
from bench.speed_run import Bench
from retrieval import Answerer

OURS, PEER = "Answerer.ask", "tantivy, README"
PROFILED = 50  # questions
_INSIDE = ("<", "_answer")  # generators, and how `ask` tries again
LEAST = 0.02  # the smallest share of the time that is worth naming


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
    add = _seconds(lambda: make_library(corpus.path, library))
    bench.step(f"reading {sentences:,} sentences", None)
    read = _seconds(lambda: Ask.open(corpus.path, library))
    began = time.perf_counter()
    whole = Ask.open(corpus.path, library)
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


def _profile(whole: Ask, queries: list[Query]) -> dict[str, float]:
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
