"""Ranks and confidences into the figures of a table and the curves of a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import numpy as np
from pydantic import Field

from retrieval.values import Value

DEPTH = 10
POINTS = 200  # of a curve, which is more than a picture shows

Share = Annotated[float, Field(ge=0, le=1)]
Curve = tuple[tuple[Share, Share], ...]


class Hits(Value):
    """How high the answer stood, over the answerable questions.

    Attributes:
        within: hit@1, hit@2, … hit@10: the share of questions whose first hit stands so high.
        mrr_10: Mean reciprocal rank; a hit below the tenth place counts 0.
    """

    within: Annotated[tuple[Share, ...], Field(min_length=DEPTH, max_length=DEPTH)]
    mrr_10: Share


def hits(ranks: Sequence[int | None]) -> Hits:
    """The figures of at least one question's first hits, ranks from 1, None for no hit."""
    found = [rank for rank in ranks if rank is not None and rank <= DEPTH]
    within = (sum(rank <= k for rank in found) / len(ranks) for k in range(1, DEPTH + 1))
    return Hits(within=tuple(within), mrr_10=sum(1 / rank for rank in found) / len(ranks))


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive score is above a negative one; ties count half (Mann–Whitney)."""
    scores = np.concatenate([positive, negative])
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks = (last - (counts - 1) / 2)[inverse]
    above = ranks[: len(positive)].sum() - len(positive) * (len(positive) + 1) / 2
    return float(above / (len(positive) * len(negative)))


def trace_abstention(
    answerable: Sequence[float], others: Sequence[float], *, points: int = POINTS
) -> Curve:
    """Share of the answerable answered, and of the others withheld, as the threshold rises.

    A question is answered whose confidence is at least the threshold. The curve begins at (1, 0),
    where everything is answered, and ends at (0, 1). Its area is the AUROC.

    Args:
        answerable: Confidences of questions that can be answered.
        others: Confidences of questions that cannot.
        points: About how many points of a longer curve are kept; both ends always are.
    """
    yes, no = np.sort(answerable), np.sort(others)
    levels = np.unique(np.concatenate([yes, no]))
    answered = 1 - np.append(np.searchsorted(yes, levels), len(yes)) / len(yes)
    withheld = np.append(np.searchsorted(no, levels), len(no)) / len(no)
    kept = np.unique(np.linspace(0, len(levels), points).round().astype(int))
    pairs = zip(answered[kept].round(5).tolist(), withheld[kept].round(5).tolist(), strict=True)
    return tuple(pairs)
