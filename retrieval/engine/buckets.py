"""A vocabulary in buckets, by a hash of its terms: a look-up reads one of them, wherever it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

BUCKET = 8  # terms in a bucket, about
START, PRIME, GOLDEN = 2166136261, 16777619, 2654435769


def buckets_of(terms: int) -> int:
    """How many buckets so many terms have."""
    return terms // BUCKET + 1


def bucket_of(spelled: bytes, buckets: int) -> int:
    """The bucket of a term: FNV-1a (Fowler, Noll, Vo), its bits mixed, as a share of `buckets`."""
    value = START
    for byte in spelled:
        value = (value ^ byte) * PRIME & 0xFFFFFFFF
    value = (value ^ value >> 15) * GOLDEN & 0xFFFFFFFF
    return value * buckets >> 32


def ordered(terms: Iterable[bytes], count: int) -> list[bytes]:
    """All `count` terms of a vocabulary by bucket, and within it by their bytes."""
    buckets = buckets_of(count)
    return sorted(terms, key=lambda term: (bucket_of(term, buckets), term))


def starts(terms: Sequence[bytes]) -> list[int]:
    """How many of the terms, `ordered`, stand before each bucket, and before the end."""
    sizes = [0] * buckets_of(len(terms))
    for term in terms:
        sizes[bucket_of(term, len(sizes))] += 1
    return list(accumulate(sizes, initial=0))
