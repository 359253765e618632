"""`python -m retrieval.search.writing.worker LIBRARY FOLDER`: reads articles for another process.

Each line of the standard input is a list of article ids in JSON. Each line of the standard output
is a message in JSON, see `Message`. It ends with its standard input.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from retrieval.errors import PullquoteError
from retrieval.library import Library
from retrieval.models import Article
from retrieval.search.writing.spools import put, spool

BATCH = 64  # articles that are read from the library at a time

Message = (
    tuple[Literal["read"], int] | tuple[Literal["files"], list[str]] | tuple[Literal["wrong"], str]
)
"""So many more articles were read; a list was read into these files; that is wrong."""


def read_some(library: Library, names: Sequence[str]) -> Iterator[Article]:
    """The articles of these ids, a few at a time, in their order."""
    for first in range(0, len(names), BATCH):
        yield from library.get_all(names[first : first + BATCH])


def main(library: Path, folder: Path) -> None:
    """Read what is asked for, until nothing more is."""
    try:
        with Library.open(library) as shelf:
            for line in sys.stdin:
                _read(shelf, json.loads(line), folder)
    except PullquoteError as error:
        _tell(("wrong", str(error)))


def _read(library: Library, names: list[str], folder: Path) -> None:
    files, rest = spool(_told(read_some(library, names)), folder)
    if rest.articles:
        files.append(put(rest, folder))
    _tell(("files", [path.name for path in files]))


def _told(articles: Iterator[Article]) -> Iterator[Article]:
    waiting = 0
    for article in articles:
        yield article
        waiting += 1
        if waiting == BATCH:
            _tell(("read", waiting))
            waiting = 0
    _tell(("read", waiting))


def _tell(message: Message) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    # The process that asks tells the user of an interruption; without it, nobody listens.
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        main(Path(sys.argv[1]), Path(sys.argv[2]))
