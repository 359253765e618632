"""The pictures of `make bench`: engines side by side, and how Pullquote's cost grows.

matplotlib draws them; it belongs to the `bench` extra.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bench.speed_report import OURS, Row, Size

mpl.use("Agg")
# Okabe and Ito's colours, which people with colour blindness can tell apart.
COLOURS = {
    "pullquote": "#D55E00",
    "pullquote, numpy": "#E69F00",
    "Answerer.ask": "#CC79A7",
    "tantivy": "#0072B2",
    "tantivy, README": "#56B4E9",
    "bm25s, numba": "#009E73",
    "SQLite FTS5": "#999999",
    "rank-bm25": "#000000",
}
COSTS: tuple[tuple[str, Callable[[Row], float | None]], ...] = (
    ("build, s", lambda row: row.costs.build),
    ("peak memory\nwhile building, MB", lambda row: row.costs.peak),
    ("disk, MB", lambda row: row.costs.disk),
    ("start to\nfirst hit, ms", lambda row: row.costs.start * 1e3),
)


def draw_sizes(sizes: list[Size], path: Path) -> None:
    """Latency against size, and the costs at the largest size, both on logarithmic axes."""
    figure = Figure(figsize=(11, 4.4), layout="constrained")
    left, right = figure.subplots(1, 2, width_ratios=[1, 1.25])
    _draw_latency(left, sizes)
    _draw_costs(right, sizes[-1])
    figure.legend(
        *left.get_legend_handles_labels(), loc="outside lower center", ncols=8, fontsize=8
    )
    figure.savefig(path, dpi=160)


def _draw_latency(axes: Axes, sizes: list[Size]) -> None:
    for engine, colour in COLOURS.items():
        points = [(s.sentences, r.latency) for s in sizes for r in s.rows if r.engine == engine]
        if not points:
            continue
        across = [sentences for sentences, _ in points]
        p50, p99 = [one.p50 for _, one in points], [one.p99 for _, one in points]
        width = 2.4 if engine == OURS else 1.4
        axes.plot(across, p50, marker="o", ms=4, lw=width, color=colour, label=engine)
        axes.plot(across, p99, ls=":", lw=width, color=colour)
    axes.set(xscale="log", yscale="log", xlabel="sentences", ylabel="µs a query")
    axes.set_title("p50 (solid) and p99 (dotted), ten hits, one thread", fontsize=9)
    _calm(axes)


def _draw_costs(axes: Axes, size: Size) -> None:
    width = 0.8 / max(len(size.rows), 1)
    for place, row in enumerate(size.rows):
        values = [cost(row) or 0 for _, cost in COSTS]
        across = [group + (place - len(size.rows) / 2 + 0.5) * width for group in range(len(COSTS))]
        bars = axes.bar(across, values, width * 0.92, color=COLOURS[row.engine])
        labels = [f"{value:,.0f}" if value >= 10 else f"{value:.1f}" for value in values]
        shown = [label if value else "" for label, value in zip(labels, values, strict=True)]
        axes.bar_label(bars, shown, fontsize=5.5, padding=1)
    axes.set_yscale("log")
    axes.set_xticks(range(len(COSTS)), [name for name, _ in COSTS], fontsize=8)
    axes.set_title(f"what it costs at {size.sentences:,} sentences", fontsize=9)
    _calm(axes)


def draw_growth(sizes: list[Size], path: Path) -> None:
    """Pullquote's latency, build, start, peak memory and disk against the number of sentences."""
    figure = Figure(figsize=(11, 3.4), layout="constrained")
    query, build, room = figure.subplots(1, 3)
    rows = [(size.sentences, row) for size in sizes for row in size.rows if row.engine == OURS]
    across = [sentences for sentences, _ in rows]
    _draw_lines(
        query,
        across,
        {
            "p50": [row.latency.p50 for _, row in rows],
            "p99": [row.latency.p99 for _, row in rows],
        },
        "µs a query",
    )
    _draw_lines(
        build,
        across,
        {
            "build": [row.costs.build or 0 for _, row in rows],
            "start to first hit": [row.costs.start for _, row in rows],
            "of which opening": [row.costs.opening for _, row in rows],
        },
        "seconds",
    )
    _draw_lines(
        room,
        across,
        {
            "disk": [row.costs.disk or 0 for _, row in rows],
            "peak while building": [row.costs.peak or 0 for _, row in rows],
        },
        "MB",
    )
    figure.savefig(path, dpi=160)


def _draw_lines(axes: Axes, across: list[int], lines: dict[str, list[float]], unit: str) -> None:
    for colour, (name, values) in zip(COLOURS.values(), lines.items(), strict=False):
        axes.plot(across, values, marker="o", ms=4, color=colour, label=name)
    axes.set(xscale="log", yscale="log", xlabel="sentences", ylabel=unit)
    axes.legend(fontsize=7, frameon=False)
    _calm(axes)


def _calm(axes: Axes) -> None:
    axes.grid(visible=True, which="major", color="#dddddd", lw=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
