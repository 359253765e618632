"""What an index on disk consists of: one small file that names the others, replaced as a whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from retrieval.search.codec.container import Sections, SectionWriter, damaged
from retrieval.search.levels import LevelState
from retrieval.search.stats import LEVELS, CollectionStats, Histogram

# Raised whenever sentences, boilerplate or terms are read differently, or files laid out otherwise.
FORMAT = 8
NAME = "manifest"


class Named(NamedTuple):
    """A segment by the names of its files.

    Attributes:
        name: The segment's.
        tombstones: That of the file which tells what is gone from it, or None.
    """

    name: str
    tombstones: str | None = None


class Manifest(NamedTuple):
    """An index on disk.

    Attributes:
        library: The version of the library that it was made of.
        segments: Its segments, in order.
        stats: What its weights depend on.
    """

    library: str
    segments: tuple[Named, ...]
    stats: CollectionStats


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Put a manifest in the place of the old one; see `syncing` for its way to the disk.

    Raises:
        LibraryUnavailable: The folder cannot be written, or the disk is full.
    """
    stats = manifest.stats
    meta = {
        "format": FORMAT,
        "library": manifest.library,
        "parts": [list(segment) for segment in manifest.segments],
        "levels": [list(level) for level in stats.levels],
        "languages": dict(stats.languages),
    }
    with SectionWriter(folder / NAME, synced=False) as file:
        file.add("meta", [json.dumps(meta, sort_keys=True).encode()])
        for level, histogram in enumerate(stats.histograms):
            pairs = np.array([list(histogram), list(histogram.values())], dtype="<i8")
            file.add(f"tally_{level}", [pairs[:, np.argsort(pairs[0])].T.tobytes()])


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest in `folder`, or None where an older or newer Pullquote wrote it.

    Raises:
        LibraryUnavailable: It is not there, or cannot be opened.
        LibraryDamaged: It is not what was written.
    """
    file = Sections.open(folder / NAME)
    file.verify()
    meta = file.description()
    try:
        if meta["format"] != FORMAT:
            return None
        return Manifest(
            library=str(meta["library"]),
            segments=tuple(Named(*segment) for segment in meta["parts"]),
            stats=CollectionStats(_levels(meta), _histograms(file), _languages(meta)),
        )
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise damaged(file.path, "its description cannot be read") from error


def _levels(meta: Mapping[str, Any]) -> tuple[LevelState, ...]:
    levels = [LevelState(int(d), int(w), float(a)) for d, w, a in meta["levels"]]
    if len(levels) != LEVELS or any(min(level[:2]) < 0 for level in levels):
        raise ValueError(levels)
    return tuple(levels)


def _histograms(file: Sections) -> tuple[Histogram, ...]:
    return tuple(_histogram(bytes(file.section(f"tally_{level}"))) for level in range(LEVELS))


@lru_cache(maxsize=2 * LEVELS)  # a change reads its manifest several times, as others may write
def _histogram(raw: bytes) -> Histogram:
    frequencies, terms = np.frombuffer(raw, dtype="<i8").reshape(-1, 2).T.tolist()
    return dict(zip(frequencies, terms, strict=True))


def _languages(meta: Mapping[str, Any]) -> dict[str, int]:
    return {str(name): int(count) for name, count in meta["languages"].items()}
