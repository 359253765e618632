"""Pairs of terms as the bytes that `retrieval.text.derivations` reads."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from tools.derivations.pairs import Pair


def encode(parts: Sequence[set[Pair]]) -> bytes:
    """Write parts of pairs as a table; the same pairs give the same text."""
    text = "\n\n".join("\n".join(_lines(part)) for part in parts)
    return zlib.compress(text.encode("ascii"), level=9)


def _lines(pairs: set[Pair]) -> Iterator[str]:
    for term, group in groupby(sorted(pairs), itemgetter(0)):
        yield " ".join([term, *(other for _, other in group)])
