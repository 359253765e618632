"""Whether a library still is what it was, its sentences are cut exactly, and its index is of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from retrieval.errors import LibraryDamaged
from retrieval.library.entries import Problem
from retrieval.library.library import Library
from retrieval.models import Article
from retrieval.search.comparing import Progress, compare
from retrieval.search.directory import IndexFolder, Opened
from retrieval.search.stats import recounted
from retrieval.search.writing.updating import find_changes
from retrieval.sentences import split
from retrieval.sentences.boilerplate import mark
from retrieval.values import Sentence

REMEDY = "delete that folder, and the next question makes it again"


def check(
    library: Library, *, progress: Callable[[int, int], None] | None = None
) -> Iterator[Problem]:
    """Everything that is wrong with `library`: what is stored, and how its sentences are cut.

    Args:
        library: The articles.
        progress: Called with (articles cut, articles in all).

    Raises:
        LibraryDamaged: It is too damaged to be read on.
    """
    yield from library.faults()
    total = len(library)
    for done, found in enumerate(library.examine(), 1):
        if isinstance(found, Problem):
            yield found
        elif fault := _fault(found):
            yield Problem(article=found.id, what=fault)
        if progress:
            progress(done, total)


def check_index(
    library: Library, *, progress: Callable[[int, int], None] | None = None
) -> Iterator[str]:
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
    if opened.manifest.census != recounted(opened.of.parts):
        yield "the index counts other words than it holds"
    yield from compare(library, opened.of, progress)


def _fault(article: Article) -> str | None:
    """What is wrong with how `article` is cut: a bug, wherever it shows."""
    spans = split(article.text, article.language)
    marked = mark(article.text, spans)
    if [span[:2] for span in spans] != [span[:2] for span in marked]:
        return "page furniture moves its sentences"
    if not _in_order(spans, len(article.text)):
        return "its sentences overlap, or do not lie within the text"
    if _loses_letters(article.text, spans):
        return "its sentences leave out some of its letters"
    return None


def _in_order(spans: list[Sentence], length: int) -> bool:
    edges = [edge for span in spans for edge in (span.start, span.end)]
    filled = all(span.start < span.end for span in spans)
    return filled and edges == sorted(edges) and all(0 <= edge <= length for edge in edges)


def _loses_letters(text: str, spans: list[Sentence]) -> bool:
    starts = [0, *(span.end for span in spans)]
    ends = [*(span.start for span in spans), len(text)]
    between = (text[start:end] for start, end in zip(starts, ends, strict=True))
    return any(character.isalnum() for gap in between for character in gap)
