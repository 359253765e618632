"""The blocks and runs of a layout out of what is stored of them: another program may put anything.

`Layout.packed_blocks` and `Layout.packed_runs` put them in.
"""

from __future__ import annotations

import zlib
from itertools import accumulate, chain
from typing import Any, Self

from retrieval.errors import LibraryDamaged
from retrieval.untrusted.parsing import read_json
from retrieval.values import KINDS, MOST_WEIGHT, Block, Layout, Run

MOST_ORIGINAL = 2**26  # bytes of an article's source: twice of what any reader takes
ERRORS = (ValueError, TypeError, LookupError, RecursionError)  # where something else is stored


class Stored(Layout):
    """A layout out of a library, whose blocks are unpacked when somebody asks for them."""

    @classmethod
    def of(cls, genre: str, reader: str, source_sha256: str, runs: str, blocks: str) -> Self:
        """That of these values, each of which may be any text.

        Args:
            genre: See `Layout`, as for the next two.
            reader: The same.
            source_sha256: The same.
            runs: SHA-256 of the runs.
            blocks: As they were packed.
        """
        layout = object.__new__(cls)
        genre, weight = unpack_genre(genre)
        known = {"genre": genre, "weight": weight, "reader": reader, "source_sha256": source_sha256}
        vars(layout).update(known, runs=(), runs_left=runs, packed_blocks=blocks)
        return layout

    def __getattr__(self, name: str) -> tuple[Block, ...]:
        """The blocks, which stand in the object from then on.

        Raises:
            LibraryDamaged: Something else is stored, under a digest that was made for it.
        """
        if name != "blocks":
            raise AttributeError(name, name=name, obj=self)
        try:
            blocks = unpack_blocks(self.packed_blocks)
        except ERRORS as error:
            raise LibraryDamaged("the blocks of an article are none; verify the library") from error
        vars(self)["blocks"] = blocks
        return blocks


def unpack_genre(packed: str) -> tuple[str, float | None]:
    """The genre and the weight that were packed; what else is stored is no genre."""
    genre, _, stated = packed.partition(" ")
    try:
        weight = float(stated)
    except ValueError:
        return packed, None
    return (genre, weight) if 0 < weight <= MOST_WEIGHT else (packed, None)


def unpack_blocks(packed: str) -> tuple[Block, ...]:
    """The blocks that were packed.

    Raises:
        ValueError, TypeError, LookupError, RecursionError: Something else is stored.
    """
    kinds, steps, levels, anchors, pages = read_json(packed)
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
    columns = read_json(packed)
    _refuse_others(int, *columns)
    return tuple(map(Run._make, zip(*columns, strict=True)))


def unpack_original(packed: bytes) -> bytes:
    """The source that was compressed.

    Raises:
        zlib.error, ValueError: Something else is stored, or what is larger than any source.
    """
    stream = zlib.decompressobj()
    original = stream.decompress(packed, MOST_ORIGINAL + 1)
    if len(original) > MOST_ORIGINAL or not stream.eof:
        raise ValueError("it is cut short, or larger than any source")
    return original


def _refuse_others(kind: type, *columns: list[Any]) -> None:
    if set(map(type, chain.from_iterable(columns))) - {kind}:
        raise TypeError(f"a column holds something else than {kind.__name__}")
