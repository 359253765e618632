"""What `make bench` measured, for people (tables) and for machines (JSON)."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

from rich.table import Table

from bench.speed_checks import Agreement
from bench.speed_costs import Costs
from bench.speed_latency import Latency

OURS = "pullquote"
PACKAGES = ("tantivy", "bm25s", "numba", "rank-bm25", "numpy")


class Row(NamedTuple):
    """One engine at one size.

    Attributes:
        engine: Its name.
        latency: Of its queries.
        costs: What it costs around them.
    """

    engine: str
    latency: Latency
    costs: Costs


class Answers(NamedTuple):
    """Whole answers over a library of made articles.

    Attributes:
        sentences: How many the library has.
        articles: In so many articles.
        add: Seconds to add them to the library.
        read: Seconds to open the library the first time, when every article is read.
        open: Seconds to open it again.
        whole: Of `Answerer.ask`.
        peer: Of tantivy's bare search as its README shows it, in the same run.
        answered: The share of questions that were answered.
        spent: The share of the time in each function that `ask` calls, by the profiler.
    """

    sentences: int
    articles: int
    add: float
    read: float
    open: float
    whole: Latency
    peer: Latency | None
    answered: float
    spent: dict[str, float]


class Size(NamedTuple):
    """All engines over one corpus.

    Attributes:
        name: Where the sentences come from.
        sentences: How many.
        tokens: How many terms in all.
        terms: How many different ones.
        rows: The engines, in the order of the tables.
        agreements: Whether they found what they should.
        left_out: Engines without figures, and why.
    """

    name: str
    sentences: int
    tokens: int
    terms: int
    rows: list[Row]
    agreements: list[Agreement]
    left_out: dict[str, str]

    def ratio(self, row: Row, of: str) -> float | None:
        """An engine's p50 or p99 as a multiple of Pullquote's."""
        ours = next((one for one in self.rows if one.engine == OURS), None)
        return getattr(row.latency, of) / getattr(ours.latency, of) if ours else None


def latency_table(size: Size) -> Table:
    """Queries and what stands around them."""
    title = f"{size.name}: {size.sentences:,} sentences, {size.terms:,} terms"
    table = Table(title=title, title_justify="left")
    table.add_column("engine", no_wrap=True)
    headings = ("p50 µs", "p99 µs", "× p50", "× p99", "build s", "peak MB", "disk MB")
    for heading in (*headings, "private MB", "imports MB", "start ms", "open ms"):
        table.add_column(heading, justify="right")
    for row in size.rows:
        table.add_row(row.engine, *_latency_cells(size, row), *_cost_cells(row.costs))
    return table


def _latency_cells(size: Size, row: Row) -> list[str]:
    ratios = [_number(size.ratio(row, of), 1) for of in ("p50", "p99")]
    return [_number(row.latency.p50), _number(row.latency.p99), *ratios]


def _cost_cells(costs: Costs) -> list[str]:
    built = [_number(costs.build, 1), _number(costs.peak), _number(costs.disk, 1)]
    held = [_number(costs.private, 1), _number(costs.imports, 1)]
    return [*built, *held, _number(costs.start * 1e3), _number(costs.opening * 1e3, 1)]


def _number(value: float | None, digits: int = 0) -> str:
    return "–" if value is None or value != value else f"{value:,.{digits}f}"  # noqa: PLR0124 - nan


def agreement_lines(size: Size) -> list[str]:
    """A line an engine: what was checked, and how it went."""
    return [_agreement_line(one) for one in size.agreements] + [
        f"{engine}: left out, {why}" for engine, why in size.left_out.items()
    ]


def _agreement_line(one: Agreement) -> str:
    if one.equal is None:
        return (
            f"{one.engine}: another formula; {one.overlap:.0%} of its ten among Okapi's ten "
            f"({one.queries} queries)"
        )
    mark = "the ten best scores are Okapi's" if one.holds else "WRONG: scores differ from Okapi's"
    return (
        f"{one.engine}: {mark} in {one.equal} of {one.queries} queries "
        f"(largest relative difference {one.worst:.1e})"
    )


def as_json(
    sizes: list[Size], answers: list[Answers], changes: Sequence[object] = (), **settings: float
) -> str:
    """Everything that was measured, and on what."""
    found = {"sizes": _plain(sizes), "answers": _plain(answers), "changes": _plain(list(changes))}
    return json.dumps({"machine": machine(), **settings, **found}, indent=2)


def _plain(value: object) -> object:
    """Named tuples as objects."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {key: _plain(one) for key, one in value._asdict().items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value


def answer_lines(one: Answers) -> list[str]:
    """Whole answers, for people."""
    library = f"{one.sentences:,} sentences in {one.articles:,} articles"
    times = f"added in {one.add:.1f} s, first opened in {one.read:.1f} s, again in {one.open:.1f} s"
    ours = f"Answerer.ask: p50 {one.whole.p50:,.0f} µs, p99 {one.whole.p99:,.0f} µs"
    share = f"{one.answered:.0%} of {one.whole.queries} answered"
    lines = [f"whole answers: {library}; {times}", f"{ours}, {share}"]
    if one.peer:
        ratio = one.whole.p50 / one.peer.p50
        lines.append(
            f"tantivy, README: p50 {one.peer.p50:,.0f} µs, p99 {one.peer.p99:,.0f} µs; "
            f"a whole answer is {ratio:.1f} × its p50"
        )
    shares = (f"{name} {share:.0%}" for name, share in one.spent.items())
    return [*lines, "spent on: " + ", ".join(shares)]


def machine() -> dict[str, Any]:
    """What it was measured on."""
    found = {package: _version(package) for package in PACKAGES}
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
        "python": platform.python_version(),
        "system": platform.system(),
        "packages": {package: one for package, one in found.items() if one},
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.processor())
