"""One run of `make bench` over one corpus: build, take the costs, ask, check."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.progress import Progress

from bench.corpora import Corpus, draw_queries, make_corpus, read_folder
from bench.peers import Engine, Entry, Query, find, missing
from bench.speed_checks import Agreement, Reference, compare, is_numbered
from bench.speed_costs import Costs, EngineFailed, build, costs
from bench.speed_latency import ROUNDS, Asked, Clock, ask
from bench.speed_report import Row, Size

REDRAW = 0.2  # seconds between two drawings of the bar
CHECKED = 50  # queries that are worked out by exhaustion


class Bench:
    """One run: its settings, and where it shows how far it is.

    Attributes:
        progress: Where it shows how far it is.
        queries: How many are asked.
        seed: Of corpora, queries and order.
        patience: Seconds of one engine's own time that its queries may take at one size.
        clock: What times them.
    """

    def __init__(
        self, progress: Progress, *, queries: int, seed: int, patience: float, cpu: bool
    ) -> None:
        """Show progress on `progress`."""
        self.progress = progress
        self.queries, self.seed, self.patience = queries, seed, patience
        self.clock: Clock = time.thread_time_ns if cpu else time.perf_counter_ns

    def step(self, label: str, total: int | None) -> Callable[[int], None]:
        """Begin a step; what it gives is told how much more of it is done.

        The bar is drawn only then: a thread that draws it would hold up what is timed.
        """
        for task in self.progress.task_ids:
            self.progress.remove_task(task)
        task = self.progress.add_task(label, total=total)
        self.progress.refresh()
        drawn = time.monotonic()

        def advance(done: int) -> None:
            nonlocal drawn
            self.progress.advance(task, done)
            if time.monotonic() - drawn > REDRAW:
                self.progress.refresh()
                drawn = time.monotonic()

        return advance

    def corpus(self, articles: Path | None, most: int | None, place: Path) -> Corpus:
        """The sentences of a folder of articles, or made ones.

        Args:
            articles: The folder, or None for made sentences.
            most: How many sentences at most; None for all that the folder has.
            place: Where the file goes.

        Raises:
            InputError: The folder gives no sentence.
        """
        path = place / "sentences.txt"
        if articles is not None:
            advance = self.step(f"reading {articles}", most)
            return read_folder(path, articles, most=most, advance=advance)
        if most is None:
            raise ValueError("made sentences have no end; say how many")
        advance = self.step(f"drawing {most:,} sentences", most)
        return make_corpus(path, most, seed=self.seed, advance=advance)

    def run(self, name: str, corpus: Corpus, folder: Path, entries: tuple[Entry, ...]) -> Size:
        """Measure engines over one corpus."""
        drawn = draw_queries(corpus, self.queries, seed=self.seed)
        queries = [Query.of(terms) for terms in drawn]
        around, left_out = self._prepare(corpus, folder, entries, queries)
        chosen = [entry for entry in entries if entry.name in around]
        asked = self._ask(corpus, folder, chosen, queries)
        rows = [Row(e.name, asked[e.name].latency(), around[e.name]) for e in chosen]
        agreements = self._check(corpus, queries[:CHECKED], asked)
        counts = (corpus.sentences, corpus.tokens, len(corpus.frequencies))
        return Size(name, *counts, rows, agreements, left_out)

    def _prepare(
        self, corpus: Corpus, folder: Path, entries: tuple[Entry, ...], queries: list[Query]
    ) -> tuple[dict[str, Costs], dict[str, str]]:
        """Build every index in a process of its own, and take its costs."""
        around: dict[str, Costs] = {}
        left_out: dict[str, str] = {}
        built: dict[str, tuple[float, float]] = {}
        for entry in entries:
            if why := _unfit(entry, corpus):
                left_out[entry.name] = why
                continue
            advance = self.step(f"building {entry.name}, {corpus.sentences:,} sentences", None)
            place = folder / entry.folder
            try:
                if entry.folder not in built:
                    built[entry.folder] = build(entry, corpus.path, place)
                around[entry.name] = costs(entry, corpus.path, place, queries, built[entry.folder])
            except EngineFailed as error:
                left_out[entry.name] = f"it failed: {error}"
            advance(1)
        return around, left_out

    def _ask(
        self, corpus: Corpus, folder: Path, entries: list[Entry], queries: list[Query]
    ) -> dict[str, Asked]:
        self.step("opening", None)
        engines: dict[str, Engine[Any]] = {
            entry.name: find(entry).open(corpus.path, folder / entry.folder) for entry in entries
        }
        return self.ask(engines, queries)

    def ask(self, engines: dict[str, Engine[Any]], queries: list[Query]) -> dict[str, Asked]:
        """Ask each of several open engines every query; see `speed_latency.ask`."""
        advance = self.step(f"asking {len(engines)} engines", len(engines) * ROUNDS * len(queries))
        return ask(
            engines,
            queries,
            seed=self.seed,
            patience=self.patience,
            clock=self.clock,
            advance=advance,
        )

    def _check(
        self, corpus: Corpus, queries: list[Query], asked: dict[str, Asked]
    ) -> list[Agreement]:
        advance = self.step("working the answers out by exhaustion", corpus.sentences)
        reference = Reference(corpus, queries, advance)
        best = [reference.best(query) for query in queries]
        return [
            compare(
                name,
                [hits for number, hits in sorted(one.hits.items()) if number < len(queries)],
                [best[number] for number in sorted(one.hits) if number < len(queries)],
            )
            for name, one in asked.items()
            if is_numbered(one.hits.values())
        ]


def _unfit(entry: Entry, corpus: Corpus) -> str | None:
    """Why an engine takes no part, or None."""
    if absent := missing(entry):
        return f"{', '.join(absent)} not installed"
    if entry.most and corpus.sentences > entry.most:
        return f"asked to index at most {entry.most:,} sentences"
    return None
