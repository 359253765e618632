"""Ranks and confidences into the figures of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np


class Hits(NamedTuple):
    """How high the answer stood, over the answerable questions."""

    at_1: float
    at_3: float
    at_10: float
    mrr_10: float


def hits(ranks: Sequence[int | None]) -> Hits:
    """Shares of questions whose first hit stands within 1, 3 and 10, and mean reciprocal rank."""
    found = [rank if rank is not None and rank <= 10 else None for rank in ranks]
    within = [sum(1 for r in found if r is not None and r <= k) / len(found) for k in (1, 3, 10)]
    reciprocal = sum(1 / r for r in found if r is not None) / len(found)
    return Hits(within[0], within[1], within[2], reciprocal)


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive score is above a negative one; ties count half (Mann–Whitney)."""
    scores = np.concatenate([positive, negative])
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks = (last - (counts - 1) / 2)[inverse]
    above = ranks[: len(positive)].sum() - len(positive) * (len(positive) + 1) / 2
    return float(above / (len(positive) * len(negative)))
