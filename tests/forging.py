"""Rewrites files of an index at random, with checksums that are right: whole, and wrong inside."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.search.codec.container import Sections, SectionWriter
from retrieval.search.codec.forward_file import NUMBERS
from retrieval.search.codec.strings import Texts
from retrieval.search.manifest import NAME as MANIFEST

Values = NDArray[Any]
Contents = dict[str, bytes]

KINDS: Mapping[str, str] = {
    **NUMBERS,
    **{f"held_{level}": "<u4" for level in range(3)},
    **{f"tally_{level}": "<i8" for level in range(3)},
    **{f"{name}_starts": "<u4" for name in ("articles", "digests", "languages", "forms")},
    **dict.fromkeys(("forms_heads", "vocabulary_heads"), "<u8"),
    **dict.fromkeys(("vocabulary_starts", "term_starts", "term_blocks", "term_postings"), "<u4"),
    **dict.fromkeys(("article_lengths", "paragraph_lengths", "floors"), "<u4"),
    **dict.fromkeys(("paragraph_of", "terms", "counts"), "<i4"),
    "flags": "<u2",
}
TEXTS = ("articles", "digests", "languages", "forms", "vocabulary")
EXTREMES = (0, 1, 0x7F, 0xFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def read(path: Path) -> Contents:
    """The sections of a file."""
    file = Sections.open(path)
    return {name: bytes(file.section(name)) for name in file.entries}


def write(path: Path, contents: Contents) -> None:
    """Put a file of these sections in the place of another; what is mapped of that stays."""
    with SectionWriter(path, synced=False) as file:
        for name, raw in contents.items():
            file.add(name, [raw])


def forge(path: Path, rng: random.Random) -> str:
    """Change what a file says; in which way, and of what."""
    contents = read(path)
    chosen = [name for name in TEXTS if f"{name}_starts" in contents]
    ways: list[Callable[[Contents, random.Random], str]] = [_change_values] * 6
    ways += [_change_texts] * (2 if chosen else 0)
    ways += [_change_meta] if "meta" in contents else []
    ways += [_drop_last_sentence] if "offsets" in contents else []
    before, told = dict(contents), ""
    while contents == before:
        told = rng.choice(ways)(contents, rng)
    write(path, contents)
    return f"{path.suffix or MANIFEST}: {told}"


def _change_values(contents: Contents, rng: random.Random) -> str:
    name = rng.choice([name for name, raw in contents.items() if raw and name != "meta"])
    kind = KINDS.get(name, "u1")
    raw = contents[name]
    values = np.frombuffer(raw, kind if len(raw) % np.dtype(kind).itemsize == 0 else "u1").copy()
    way = rng.choice(list(_WAYS))
    contents[name] = _WAYS[way](values, rng).tobytes()
    return f"{way} {name}"


def _flip(values: Values, rng: random.Random) -> Values:
    raw = values.view(np.uint8)
    for _ in range(rng.choice([1, 1, 8])):
        raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
    return values


def _swap(values: Values, rng: random.Random) -> Values:
    one, other = (rng.randrange(len(values)) for _ in range(2))
    values[[one, other]] = values[[other, one]]
    return values


def _zero(values: Values, rng: random.Random) -> Values:
    first = rng.randrange(len(values))
    values[first : first + rng.choice([1, 4, len(values)])] = 0
    return values


def _exceed(values: Values, rng: random.Random) -> Values:
    extreme = np.array([rng.choice(EXTREMES)], dtype=np.uint64).astype(values.dtype)
    values[rng.randrange(len(values))] = extreme[0]
    return values


def _step(values: Values, rng: random.Random) -> Values:
    at = rng.randrange(len(values))
    values[at : at + 1] += np.array(rng.choice([1, 2]), dtype=values.dtype)
    return values


def _shuffle(values: Values, rng: random.Random) -> Values:
    return np.random.default_rng(rng.getrandbits(32)).permutation(values)


def _cut(values: Values, rng: random.Random) -> Values:
    return values[: rng.randrange(len(values))]


_WAYS: Mapping[str, Callable[[Values, random.Random], Values]] = {
    "flip": _flip,
    "swap": _swap,
    "zero": _zero,
    "exceed": _exceed,
    "step": _step,
    "shuffle": _shuffle,
    "cut": _cut,
}


def _change_texts(contents: Contents, rng: random.Random) -> str:
    """Put texts in another order, or one in the place of another, with the offsets that fit."""
    name = rng.choice([name for name in TEXTS if f"{name}_starts" in contents])
    starts = np.frombuffer(contents[f"{name}_starts"], "<u4")
    # The segment has the letters of the vocabulary that the corpus has only the heads of.
    texts = list(Texts(starts, memoryview(contents[name]))) if name in contents else []
    if not texts:
        return f"none of {name}"
    way = rng.choice(["permute", "swap two", "repeat"])
    if way == "permute":
        rng.shuffle(texts)
    else:
        one, other = (rng.randrange(len(texts)) for _ in range(2))
        texts[one], texts[other] = texts[other], texts[one if way == "swap two" else other]
    packed = Texts.pack(texts)
    contents[name] = bytes(packed.data)
    contents[f"{name}_starts"] = packed.starts.tobytes()
    if f"{name}_heads" in contents and rng.random() < 0.5 and packed.heads is not None:
        contents[f"{name}_heads"] = packed.heads.tobytes()
    return f"{way} {name}"


def _change_meta(contents: Contents, rng: random.Random) -> str:
    """Change a number that stands in the description, whatever it says."""
    meta = json.loads(contents["meta"])
    places: list[tuple[Any, Any]] = []
    _numbers(meta, places)
    if not places:
        return "no number in meta"
    within, key = rng.choice(places)
    if key != "format":  # an index of another format is none of this program's
        within[key] = rng.choice([0, -1, 1, within[key] + 1, within[key] * 2, 1 << 40, None, "x"])
    contents["meta"] = json.dumps(meta).encode()
    return f"{key} in meta"


def _numbers(value: dict[str, Any] | list[Any], places: list[tuple[Any, Any]]) -> None:
    """Every place of a JSON value that holds a number."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in list(items):
        if isinstance(one, int | float):
            places.append((value, key))
        elif isinstance(one, dict | list):
            _numbers(one, places)


def _drop_last_sentence(contents: Contents, rng: random.Random) -> str:
    """Leave out the last sentences, in every array that knows of them."""
    arrays = {name: np.frombuffer(contents[name], kind).copy() for name, kind in NUMBERS.items()}
    kept = rng.randrange(len(arrays["starts"]) + 1)
    words = int(arrays["offsets"][kept])
    for name in ("starts", "ends", "paragraphs"):
        arrays[name] = arrays[name][:kept]
    for name in ("words", "cases"):
        arrays[name] = arrays[name][:words]
    arrays["offsets"] = arrays["offsets"][: kept + 1]
    arrays["section_sentences"] = np.minimum(arrays["section_sentences"], kept)
    contents |= {name: values.tobytes() for name, values in arrays.items()}
    return "drop sentences"
