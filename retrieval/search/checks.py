"""Whether the index beside a library is whole, and of that library."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.errors import LibraryDamaged
from retrieval.library import Library
from retrieval.search.comparing import Progress, compare
from retrieval.search.directory import IndexFolder, Opened
from retrieval.search.stats import recounted
from retrieval.search.writing.changes import find_changes

REMEDY = "delete that folder, and the next question makes it again"


def check_index(library: Library, *, progress: Progress | None = None) -> Iterator[str]:
    """Everything that is wrong with the index beside `library`: its files, then what they hold.

    An index that is older than the library is not wrong: the next question brings it up to date.
    Nor is it to blame where the library's own list of articles is damaged: then only its files are
    looked at.

    Args:
        library: The articles; each is read and indexed again.
        progress: Called with (articles that were read again, articles in all).
    """
    if library.folder is None:
        return
    folder = IndexFolder(library.folder)
    faults = list(folder.verify())
    yield from faults
    opened = None if faults else folder.open()
    if opened and is_current(library, opened) and library.is_listed_soundly():
        misfits = _misfits(library, opened, progress)
        if is_current(library, opened):  # nobody changed it in the meantime
            yield from (f"{folder.path}: {what}; {REMEDY}" for what in misfits)


def is_current(library: Library, opened: Opened) -> bool | None:
    """Whether an index is of the library as it is now; None where its version cannot be read."""
    try:
        return opened.manifest.library == library.version
    except LibraryDamaged:
        return None


def _misfits(library: Library, opened: Opened, progress: Progress | None) -> list[str]:
    found: list[str] = []
    try:
        found.extend(_differences(library, opened, progress))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever a wrong index leads to; its text may be an article's
        found.append("the index cannot be read")
    return found


def _differences(library: Library, opened: Opened, progress: Progress | None) -> Iterator[str]:
    """Where an index is not what it would be, were it made now of its library."""
    changes = find_changes(library, opened)
    if changes.come or any(changes.gone):
        yield "the index does not hold the articles of its library"
    if opened.manifest.stats != recounted(opened.of.segments):
        yield "the index counts other words than it holds"
    yield from compare(library, opened.of, progress)
