"""`python -m retrieval.search.writing.apart LIBRARY`: an index brought up to date for others.

Reading many articles and merging parts takes seconds of Python's one thread at a time; in a process
of its own it takes none from those who ask.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from retrieval.errors import LibraryError
from retrieval.library import Library
from retrieval.search.directory import IndexFolder
from retrieval.search.writing.merging import merge
from retrieval.search.writing.updating import open_index
from retrieval.search.writing.workers import start

_KIND = 5  # so much it gives way to others


def bring_up_apart(library: Path) -> bool:
    """Bring the index of a library up to date and merge its parts, in another process.

    Returns:
        Whether that was done; if not, it is to be done here.
    """
    try:
        process = start([sys.executable, "-m", "retrieval.search.writing.apart", str(library)])
    except LibraryError:
        return False
    process.communicate()
    return process.returncode == 0


def main(library: Path) -> int:
    """Do it, and say by the exit code whether it worked; the library's log is not for this."""
    with contextlib.suppress(OSError, AttributeError):  # there is no `nice` on every system
        os.nice(_KIND)
    try:
        with Library.open(library) as shelf:
            open_index(shelf, merging=False)
        folder = IndexFolder(library)
        opened = folder.open()
        if opened is not None:
            merge(folder, opened)
    except LibraryError:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
