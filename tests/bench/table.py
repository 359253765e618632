"""Rows as people read them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from bench.rows import Row

_FIGURES = ("hit@1", "@3", "@10", "MRR@10", "AUROC", "answered", "withheld")


def draw_table(rows: Sequence[Row], before: Sequence[Row] = ()) -> Table:
    """One line a row; where earlier rows are given, with each figure's change in thousandths."""
    earlier = {_key(row): _figures(row) for row in before}
    table = Table(title="How good the answers are")
    for heading in ("questions", "asked of", "engine"):
        table.add_column(heading)
    for heading in _FIGURES:
        table.add_column(heading, justify="right")
    for row in rows:
        figures = _figures(row)
        was = earlier.get(_key(row), (None,) * len(figures))
        cells = (_cell(now, then) for now, then in zip(figures, was, strict=True))
        table.add_row(row.questions, row.library, row.engine, *cells)
    return table


def _key(row: Row) -> tuple[str, str, str]:
    return row.questions, row.library, row.engine


def _figures(row: Row) -> tuple[float | None, ...]:
    found: tuple[float | None, ...] = (None,) * 4
    if row.hits:
        within = row.hits.within
        found = (within[0], within[2], within[9], row.hits.mrr_10)
    return (*found, row.auroc, row.answered, row.withheld)


def _cell(now: float | None, then: float | None) -> str:
    if now is None:
        return "–"
    shown = f"{now:.3f}".removeprefix("0")
    change = 0 if then is None else round(1000 * (now - then))
    return f"{shown} {change:+d}" if change else shown
