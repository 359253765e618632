"""How long a query takes: engines in one process, query by query, in an order that is drawn.

Each round asks every query of every engine in turn, the order of the engines drawn anew for each
query, so that none always follows the same neighbour and all meet the same noise. Three rounds; a
query's time is the median of its three. Only the engine's own call is timed, to the result that it
hands back: by the clock on the wall, or, where other work disturbs, by the processor time of the
thread. One thread; the collector of garbage is off. An engine that has used up its time drops
out of the round, and its figures are over the queries that it was asked.

An engine that needs more than 5 ms a query when it is warm sweeps the processor's caches for
whoever comes next. Such engines have rounds of their own, after the others'.
"""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np

from bench.peers import Engine, Hits, Query

HITS = 10
ROUNDS = 3
WARM_UP = 20  # queries, at the most
SLOW = 0.005  # seconds a query
ENOUGH = 20  # queries that even the slowest is asked

Clock = Callable[[], int]


class Latency(NamedTuple):
    """Microseconds a query.

    Attributes:
        p50: The median.
        p99: The 99th percentile.
        mean: The arithmetic mean.
        queries: How many different queries were asked.
    """

    p50: float
    p99: float
    mean: float
    queries: int


class Asked(NamedTuple):
    """What one engine did.

    Attributes:
        times: Microseconds of each query, by its number, a figure a round.
        hits: What each found.
    """

    times: dict[int, list[float]]
    hits: dict[int, Hits]

    def latency(self) -> Latency:
        """The percentiles over all queries of the median of their rounds."""
        medians = [statistics.median(times) for times in self.times.values()]
        p50, p99 = np.percentile(medians, [50, 99]).tolist()
        return Latency(p50, p99, statistics.fmean(medians), len(medians))


def ask(
    engines: dict[str, Engine[Any]],
    queries: list[Query],
    *,
    seed: int,
    patience: float,
    clock: Clock,
    advance: Callable[[int], None],
) -> dict[str, Asked]:
    """Ask every engine every query.

    Args:
        engines: The opened engines by name.
        queries: What to ask.
        seed: Of the order.
        patience: Seconds of one engine's own time after which it is asked no more.
        clock: Nanoseconds of the wall, or of the thread.
        advance: Told of every turn, of which there are engines x queries x `ROUNDS`.
    """
    asked = {name: Asked({}, {}) for name in engines}
    paces = {name: _warm(engine, queries, patience) for name, engine in engines.items()}
    left = dict.fromkeys(engines, patience)
    with _no_garbage():
        for number, name in _turns(paces, len(queries), random.Random(seed)):  # noqa: S311 - no secret
            if left[name] > 0 or len(asked[name].times) < ENOUGH:
                left[name] -= _time(engines[name], queries[number], number, asked[name], clock)
            advance(1)
    return asked


def _warm(engine: Engine[Any], queries: list[Query], patience: float) -> float:
    """Ask some queries unmeasured: seconds of the median one, its first call left out."""
    engine.search(queries[0], HITS)
    paces = []
    for query in queries[:WARM_UP]:
        began = time.perf_counter()
        engine.search(query, HITS)
        paces.append(time.perf_counter() - began)
        if sum(paces) > patience / 4:
            break
    return statistics.median(paces)


def _turns(
    paces: dict[str, float], queries: int, chance: random.Random
) -> Iterator[tuple[int, str]]:
    """Whose turn it is, and with which query: first the quick engines, then the slow."""
    for slow in (False, True):
        group = [name for name, pace in paces.items() if (pace > SLOW) == slow]
        for _ in range(ROUNDS):
            for number in range(queries):
                yield from ((number, name) for name in chance.sample(group, len(group)))


def _time(engine: Engine[Any], query: Query, number: int, asked: Asked, clock: Clock) -> float:
    began = clock()
    found: Any = engine.search(query, HITS)
    nanoseconds = clock() - began
    asked.times.setdefault(number, []).append(nanoseconds / 1e3)
    asked.hits[number] = engine.hits(found)
    return nanoseconds / 1e9


@contextmanager
def _no_garbage() -> Iterator[None]:
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()
