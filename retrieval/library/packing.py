"""The blocks and runs of a layout out of what is stored of them: another program may put anything.

`Layout.packed_blocks` and `Layout.packed_runs` put them in.
"""

from __future__ import annotations

import json
from itertools import accumulate, chain
from typing import Any

from retrieval.values import KINDS, Block, Run

ERRORS = (ValueError, TypeError, LookupError, RecursionError)  # where something else is stored


def unpack_blocks(packed: str) -> tuple[Block, ...]:
    """The blocks that were packed.

    Raises:
        ValueError, TypeError, LookupError, RecursionError: Something else is stored.
    """
    kinds, steps, levels, anchors, pages = json.loads(packed)
    _refuse_others(int, kinds, steps, levels, pages)
    _refuse_others(str, anchors)
    edges, count = list(accumulate(steps)), len(kinds)
    names = [KINDS[kind] for kind in kinds]
    rest = (levels or [0] * count, anchors or [""] * count, pages or [0] * count)
    return tuple(map(Block._make, zip(names, edges[::2], edges[1::2], *rest, strict=True)))


def unpack_runs(packed: str) -> tuple[Run, ...]:
    """The runs that were packed.

    Raises:
        ValueError, TypeError, LookupError, RecursionError: Something else is stored.
    """
    columns = json.loads(packed)
    _refuse_others(int, *columns)
    return tuple(map(Run._make, zip(*columns, strict=True)))


def _refuse_others(kind: type, *columns: list[Any]) -> None:
    if set(map(type, chain.from_iterable(columns))) - {kind}:
        raise TypeError(f"a column holds something else than {kind.__name__}")
