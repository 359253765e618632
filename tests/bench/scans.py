"""`python -m bench.scans`: every scan over every class of characters, at growing lengths.

A scan whose time grows faster than its text is named with the class on which it does.
"""

from __future__ import annotations

import itertools
import sys
from typing import Annotated

import typer
from scanning import CLASSES, SCANS, UNWANTED, Scan, seconds

FIRST = 15_625  # characters; each next length is the double
NOTED = 0.5  # seconds above which growth is looked at
STEEP = 3.0  # twice the text in three times the time: more than n log n, even on a busy machine
PATIENCE = 60.0  # seconds for one class, from which on it is tried no further


def grow(scan: Scan, one: str, longest: int) -> list[float]:
    """Seconds at each length up to `longest`, as far as patience reaches."""
    took: list[float] = []
    size = FIRST
    while size <= longest and sum(took) < PATIENCE:
        took.append(seconds(scan, one * (size // len(one)) + UNWANTED))
        size *= 2
    return took


def is_steep(took: list[float]) -> bool:
    """Whether the last doublings each took far more than double the time."""
    late = [after / before for before, after in itertools.pairwise(took) if after > NOTED]
    return bool(late) and min(late[-2:]) > STEEP


def main(
    only: Annotated[list[str] | None, typer.Argument(help="Scans; none means all.")] = None,
    longest: Annotated[int, typer.Option(help="Characters of the longest text.")] = 2_000_000,
) -> None:
    """Print the slowest class of each scan, and each on which time grows too fast."""
    steep = 0
    for name in only or SCANS:
        found = {one: grow(SCANS[name], one, longest) for one in CLASSES}
        slowest = max(found, key=lambda one: found[one][-1])
        reached = FIRST * 2 ** (len(found[slowest]) - 1)
        typer.echo(f"{name}: {found[slowest][-1]:.2f} s over {reached:,} of {slowest!r}")
        for one, took in found.items():
            if is_steep(took):
                steep += 1
                typer.echo(f"  grows too fast over {one!r}: {[round(t, 2) for t in took]}")
    sys.exit(bool(steep))


if __name__ == "__main__":
    typer.run(main)
