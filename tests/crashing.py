"""What is killed in `bench.crashes`: one change of a library, and of its index.

`crashing.py FOLDER CHANGE` prints a line when it begins and one when all is done, then waits.
"""

from __future__ import annotations

import sys
from pathlib import Path

from libraries import with_source
from pydantic import BaseModel

from retrieval import Article, Library
from retrieval.search.writing.updating import open_index


class Change(BaseModel):
    """What becomes of a library in one step."""

    add: list[Article] = []
    remove: str | None = None

    def make(self, library: Library) -> None:
        """Change a library, then its index."""
        if self.add:
            library.add(with_source(one) if one.layout else one for one in self.add)
        if self.remove is not None:
            library.remove(self.remove)
        open_index(library)


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
