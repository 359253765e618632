"""Sets of numbers in bytes: each in the shortest of four forms, in which it is searched as it is.

A set of `count` numbers below `of` is laid out, ascending, as one of

    listed        each number, in as many bytes as `of` needs
    paged         for every page of 65,536: how many numbers stand before it (u16, or u32 in a set
                  of 65,536 and more); then each number's place in its page, u16
    short-paged   for every page: how many stand before it, u32; for every 256: how many stand
                  before it in its page, u16; then each number's place among its 256, u8
    mapped        a bit for each, low bits first, in whole words of 64

Which one follows from `count` and `of`, so that nothing needs to tell it. Mapped sets are read
soonest, and may be longer by half for that; they cannot say how many numbers stand before one, so
a set that is asked for places is never mapped.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.engine.damage import Damage
from retrieval.postings import Ints

Bytes = NDArray[np.uint8]

PAGE, SHORT, WORD = 1 << 16, 1 << 8, 64


class Form(Enum):
    """How a set is laid out."""

    LISTED = 0
    PAGED = 1
    SHORT_PAGED = 2
    MAPPED = 3


class Shape(NamedTuple):
    """A set's form, the bytes that it takes, and the width of a listed number or a page's start."""

    form: Form
    size: int
    width: int


def shape_of(count: int, of: int, *, placed: bool) -> Shape:
    """How a set of `count` numbers below `of` is laid out.

    Args:
        count: How many there are.
        of: What all are below.
        placed: Whether places in it are asked for.
    """
    pages, shorts = -(-of // PAGE), -(-of // SHORT)
    width, wide = 2 if count < PAGE else 4, width_below(of)
    best = min(
        Shape(Form.LISTED, count * wide, wide),
        Shape(Form.PAGED, pages * width + 2 * count, width),
        Shape(Form.SHORT_PAGED, pages * 4 + shorts * 2 + count, 4),
        key=lambda shape: shape.size,
    )
    mapped = -(-of // WORD) * 8
    if not placed and mapped < best.size + best.size // 2:
        return Shape(Form.MAPPED, mapped, 0)
    return best


def width_below(of: int) -> int:
    """How many bytes the numbers below `of` take."""
    return next(width for width in (1, 2, 3, 4) if of <= 1 << 8 * width or width == 4)


def pack(numbers: Ints, of: int, *, placed: bool) -> bytes:
    """Lay out ascending numbers below `of`."""
    form, size, width = shape_of(len(numbers), of, placed=placed)
    if form is Form.LISTED:
        return narrow(numbers, width)
    if form is Form.MAPPED:
        bits = np.zeros(size * 8, dtype=bool)
        bits[numbers] = True
        return np.packbits(bits, bitorder="little").tobytes()
    pages = np.searchsorted(numbers, np.arange(0, of, PAGE))
    starts = narrow(pages, width)
    if form is Form.PAGED:
        return starts + narrow(numbers % PAGE, 2)
    shorts = np.arange(0, of, SHORT)
    within = np.searchsorted(numbers, shorts) - pages[shorts // PAGE]
    return starts + narrow(within, 2) + narrow(numbers % SHORT, 1)


def unpack(raw: Bytes, count: int, of: int, *, placed: bool) -> Ints:
    """The numbers that `pack` laid out in `raw`, of which more may follow.

    Raises:
        Damage: They cannot be those of a set.
    """
    form, size, width = shape_of(count, of, placed=placed)
    if size > len(raw):
        raise Damage("a term's postings are cut short")
    if form is Form.MAPPED:
        numbers: Ints = np.flatnonzero(np.unpackbits(raw[:size], bitorder="little"))
    elif form is Form.LISTED:
        numbers = widen(raw[:size], width)
    else:
        numbers = _unpack_pages(raw[:size], count, of, form)
    if len(numbers) != count or (numbers >= of).any() or (numbers[1:] <= numbers[:-1]).any():
        raise Damage("a term's postings are not in order")
    return numbers


def _unpack_pages(raw: Bytes, count: int, of: int, form: Form) -> Ints:
    brief = form is Form.SHORT_PAGED
    pages, shorts = -(-of // PAGE), -(-of // SHORT)
    width = 4 if brief or count >= PAGE else 2
    starts, rest = widen(raw[: pages * width], width), raw[pages * width :]
    size = PAGE
    if brief:
        within, rest = widen(rest[: shorts * 2], 2), rest[shorts * 2 :]
        starts = np.repeat(starts, PAGE // SHORT)[:shorts] + within
        size = SHORT
    sizes = np.diff(np.append(starts, count))
    if len(starts) and (int(starts[0]) or (sizes < 0).any()):
        raise Damage("a term's postings are not in order")
    places = widen(rest, 1 if brief else 2)
    base: Ints = np.repeat(np.arange(len(starts)) * size, sizes)
    return base + places


def narrow(numbers: Ints, width: int) -> bytes:
    """Numbers in `width` bytes each, little-endian."""
    raw = np.ascontiguousarray(numbers, dtype="<u4").view(np.uint8).reshape(-1, 4)
    return raw[:, :width].tobytes()


def widen(raw: Bytes, width: int) -> Ints:
    """The numbers of `width` bytes each."""
    wide = np.zeros((len(raw) // width, 4), dtype=np.uint8)
    wide[:, :width] = raw.reshape(-1, width)
    numbers: Ints = wide.view("<u4").reshape(-1).astype(np.int64)
    return numbers
