"""What is killed in `bench.crashes`: one change of a library, and of its index.

`crashing.py FOLDER CHANGE` prints a line when it begins and one when all is done, then waits.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from libraries import with_source
from pydantic import BaseModel

from retrieval import Article, Library
from retrieval.library import FileDone, Held, Placed, State
from retrieval.search.writing.updating import open_index


class Change(BaseModel):
    """What becomes of a library in one step."""

    add: list[Article] = []
    remove: str | None = None
    sync: list[Article] | None = None  # all that their folder then holds; they have layouts

    def make(self, library: Library) -> None:
        """Change a library, then its index."""
        if self.add:
            library.add(with_source(one) if one.layout else one for one in self.add)
        if self.remove is not None:
            library.remove(self.remove)
        if self.sync is not None:
            library.sync("/articles", self._read)
        open_index(library)

    def _read(self, _: Mapping[str, Held]) -> Iterator[Placed | FileDone]:
        for one in self.sync or ():
            placed = with_source(one)
            yield placed
            yield FileDone(placed.file, State(1, 1, 1, one.sha256, one.reading_digest, 1))


def main(folder: Path, change: Path) -> None:
    wanted = Change.model_validate_json(change.read_bytes())
    _say("begun")
    with Library.open(folder, create=True) as library:
        wanted.make(library)
    _say("done")
    sys.stdin.read()


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
