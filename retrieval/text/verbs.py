"""Terms that are verbs more often than anything else, by a list made from WordNet."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

NAME = "verbs.txt"
"""A term a line, made by `tools/lexicon`."""


@cache
def load() -> frozenset[str]:
    """The terms."""
    text = (files("retrieval") / "data" / NAME).read_text(encoding="utf-8")
    return frozenset(text.split())
