"""Making written files last through a power cut, without keeping anybody waiting for the disk.

Small files of an index are checked whole when they are opened. One that a power cut has spoilt in
the moment before it was synced is therefore noticed, and the index made again from the library,
whose own file is always synced.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from retrieval.search.codec import container as sections


def sync(folder: Path, names: Sequence[str]) -> None:
    """Sync files and their folder in a thread, which a program that ends still waits for."""
    threading.Thread(target=_sync, args=(folder, names), name="pullquote-sync").start()


def _sync(folder: Path, names: Sequence[str]) -> None:
    for path in (*(folder / name for name in names), folder):
        sections.sync(path)
