"""Bringing an index up to date with its library."""

from __future__ import annotations

import logging
from collections.abc import Callable

from retrieval.census import EMPTY, Census
from retrieval.corpus import Corpus, read_corpus
from retrieval.errors import LibraryUnavailable
from retrieval.index import Index
from retrieval.index_folder import IndexFolder, Opened
from retrieval.library import Library
from retrieval.manifest import Manifest

Progress = Callable[[int, int], None]

_log = logging.getLogger(__name__)


def open_index(library: Library, progress: Progress | None = None) -> Opened:
    """The index of a library as it is now; where it is of another version, it is made again.

    Args:
        library: The articles.
        progress: Called with (articles read, articles in all).

    One that cannot be written is used all the same, and the log says so.
    """
    if library.folder is None:
        return _in_memory(library, progress)
    folder = IndexFolder(library.folder)
    opened = folder.open()
    if opened and opened.manifest.library == library.version:
        return opened
    try:
        with folder.writing():
            return _made_again(library, folder, progress)
    except LibraryUnavailable as error:
        _log.warning("%s; until then every start reads the articles again", error)
        return _in_memory(library, progress)


def _in_memory(library: Library, progress: Progress | None) -> Opened:
    version, corpus = library.version, _read(library, progress)
    index = Index.of(corpus)
    return Opened(index, Manifest(version, 0, (), index.census))


def _made_again(library: Library, folder: IndexFolder, progress: Progress | None) -> Opened:
    version, corpus = library.version, _read(library, progress)
    parts = (folder.write(corpus),) if corpus.articles else ()
    census = Census.of(folder.part(parts[0])) if parts else EMPTY
    folder.replace(Manifest(version, 0, parts, census))
    return folder.reopened()


def _read(library: Library, progress: Progress | None) -> Corpus:
    total, done = len(library), 0

    def advance() -> None:
        nonlocal done
        done += 1
        if progress:
            progress(done, total)

    return read_corpus(library, advance=advance)
