"""The fitted numbers: one readable table, `weights.toml`, that `make fit` writes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from retrieval.question.asking import Kind
from retrieval.ranking.features import Feature, features_for
from retrieval.search.arrays import Floats


class Calibration(NamedTuple):
    """How evidence becomes a confidence.

    Attributes:
        middle: The evidence whose confidence is ½ in a library of one sentence, nearly.
        growth: How much that grows with the natural logarithm of the number of sentences.
        length: How much it changes with the natural logarithm of the number of words asked about.
        scale: How much of it moves the confidence from .5 to .73.
    """

    middle: float
    growth: float
    length: float
    scale: float


QUESTION, CLAIM = "question", "claim"


def table_of(kind: Kind) -> str:
    """The table that orders the candidates of such a question."""
    return QUESTION if kind.is_question else CLAIM


@cache
def _tables() -> Mapping[str, Mapping[str, float]]:
    return tomllib.loads(
        files("retrieval.ranking").joinpath("weights.toml").read_text(encoding="utf-8")
    )


@cache
def weights_for(kind: Kind) -> tuple[tuple[Feature, ...], Floats, tuple[str, ...]]:
    """The features for a kind of question, the weight of each, and their names."""
    features, table = features_for(kind), _tables()[table_of(kind)]
    names = tuple(feature.__name__ for feature in features)
    return features, np.array([table[name] for name in names]), names


@cache
def calibration_for(kind: Kind) -> Calibration:
    """The map from evidence to confidence for a kind of question."""
    return Calibration(**_tables()[f"{table_of(kind)}_confidence"])


def forget() -> None:
    """Read the table again at the next use."""
    for cached in (_tables, weights_for, calibration_for):
        cached.cache_clear()
