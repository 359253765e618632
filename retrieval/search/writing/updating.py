"""Bringing an index up to date with its library: what came is read, what went is marked as gone."""

from __future__ import annotations

import atexit
import contextlib
import logging
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from retrieval.errors import LibraryUnavailable
from retrieval.library import Library
from retrieval.models import Article
from retrieval.search.codec.forward_file import Stream, open_apart
from retrieval.search.directory import IndexFolder, Opened
from retrieval.search.forward import ForwardIndex
from retrieval.search.index import Index
from retrieval.search.manifest import Manifest
from retrieval.search.stats import EMPTY, CollectionStats, with_deletion, with_segment
from retrieval.search.writing.changes import Changes, changes_of
from retrieval.search.writing.merging import merge
from retrieval.search.writing.merging_forward import Taken, join
from retrieval.search.writing.tokenizing import read_articles
from retrieval.search.writing.workers import (
    SPAWN,
    WORTH,
    end_with,
    read_in_workers,
    read_runs,
    read_some,
    starting,
    worker_count,
)

Progress = Callable[[int, int], None]

_log = logging.getLogger(__name__)
_KIND = 5  # so much a background process gives way to others
_NOTHING = Opened(Index(()), Manifest("", (), EMPTY))


def open_index(
    library: Library,
    progress: Progress | None = None,
    known: Opened | None = None,
    *,
    merging: bool = True,
) -> Opened:
    """The index of a library as it is now, brought up to date first where that is needed.

    Args:
        library: The articles.
        progress: Called with (articles read, articles to read).
        known: An index of it that was opened before.
        merging: Whether to make fewer segments of many once it is up to date, which may take long.

    One that cannot be written is used all the same, and the log says so.
    """
    version = library.version
    if known and known.manifest.library == version:
        return known
    if library.folder is None:
        return _in_memory(library, progress)
    folder = IndexFolder(library.folder)
    opened = folder.open(known)
    if opened and opened.manifest.library == version:
        return opened
    try:
        with folder.writing():
            opened = _brought_up(library, folder, known, progress)
        return merge(folder, opened) if merging else opened
    except LibraryUnavailable as error:
        _log.warning("%s; until then every start reads the articles again", error)
        return _in_memory(library, progress)


def update_in_background(library: Path) -> bool:
    """Bring the index of a library up to date and merge its segments, in a process of its own.

    That takes seconds of Python's one thread at a time; so it takes none from those who ask. The
    process ends with this program.

    Returns:
        Whether that was done; if not, it is to be done here.
    """
    alive, lifeline = SPAWN.Pipe(duplex=False)
    process = SPAWN.Process(target=_update, args=(alive, library.absolute()))
    with lifeline:
        try:
            with starting(), alive:
                process.start()
        except OSError:  # the system lets no more processes start
            return False
        atexit.register(lifeline.close)  # else the end of the program waits for the process
        process.join()
        atexit.unregister(lifeline.close)
    return process.exitcode == 0


def _update(alive: Connection, path: Path) -> None:
    """Do it; an error ends this process with another exit code than 0."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # workers of its own end before it
    end_with(alive, lambda: signal.raise_signal(signal.SIGTERM))
    with contextlib.suppress(OSError, AttributeError):  # there is no `nice` on every system
        os.nice(_KIND)
    with Library.open(path) as library:
        open_index(library, merging=False)
    folder = IndexFolder(path)
    opened = folder.open()
    if opened is not None:
        merge(folder, opened)


def rebuild_index(
    library: Library, wrong: Opened | None, progress: Progress | None = None
) -> Opened:
    """The index of a library, made anew of its articles because the one there is wrong.

    The one on the disk is replaced only when the new one is whole, and other processes go on with
    the files that they have open. Where it cannot be written, the new one is kept in memory, and
    the log says so.

    Args:
        library: The articles.
        wrong: The index that is wrong, None where it could not even be opened. What another
            process has put in its place meanwhile is used as it is.
        progress: Called with (articles read, articles to read).

    Raises:
        LibraryError: The articles cannot be read.
    """
    if library.folder is None:
        return _in_memory(library, progress)
    folder = IndexFolder(library.folder)
    try:
        with folder.writing():
            if wrong is None or not _replaced(wrong.manifest, folder.manifest(), library.version):
                _updated(library, folder, _NOTHING, progress)
            return folder.reopened()
    except LibraryUnavailable as error:
        _log.warning("%s; until then every start reads the articles again", error)
        return _in_memory(library, progress)


def _replaced(wrong: Manifest, now: Manifest | None, version: str) -> bool:
    """Whether the index on the disk is another one, and that of the library as it is."""
    if now is None or now.library != version or now == wrong:
        return False
    return not {segment.name for segment in wrong.segments} & {
        segment.name for segment in now.segments
    }


def _in_memory(library: Library, progress: Progress | None) -> Opened:
    version = library.version
    index = Index.of(read_articles(_told(library, len(library), progress)))
    return Opened(index, Manifest(version, (), index.stats))


def _brought_up(
    library: Library, folder: IndexFolder, known: Opened | None, progress: Progress | None
) -> Opened:
    version = library.version
    opened = folder.open(known) or _NOTHING
    if opened.manifest.library == version:
        return opened  # another process was sooner
    return _updated(library, folder, opened, progress)


def _updated(
    library: Library, folder: IndexFolder, opened: Opened, progress: Progress | None
) -> Opened:
    """The index brought to the version of its library, and put in the place of the old one."""
    version = library.version
    changes = changes_of(library, opened)
    opened = _delete(opened, folder, changes)
    if changes.come:
        read = _read(library, folder, changes.come, progress)
        del changes  # as long as the list of articles
        opened = _add(opened, folder, read)
    manifest = opened.manifest._replace(library=version)
    folder.replace(manifest)
    return Opened(opened.of, manifest)


def _read(
    library: Library, folder: IndexFolder, names: Sequence[str], progress: Progress | None
) -> ForwardIndex | Stream:
    """What articles say; what does not fit into memory waits in files of the folder."""
    if len(names) < WORTH or worker_count() == 1 or library.folder is None:
        told = _told(read_some(library, names), len(names), progress)
        files, rest = read_runs(told, folder.path)
    else:

        def advance(done: int) -> None:
            if progress:
                progress(done, len(names))

        files = read_in_workers(library.folder, names, folder.path, advance)
        rest = read_articles(())
    if not files:
        return rest
    indexes = [*map(open_apart, files), rest]
    for path in files:
        path.unlink()  # it stays readable while it is open
    return join([Taken(forward, np.arange(len(forward.articles))) for forward in indexes])


def _told(articles: Iterable[Article], total: int, progress: Progress | None) -> Iterator[Article]:
    for done, article in enumerate(articles, 1):
        yield article
        if progress:
            progress(done, total)


def _delete(opened: Opened, folder: IndexFolder, changes: Changes) -> Opened:
    """The index without the articles that went; a segment that has none left goes too."""
    segments, names = list(opened.of.segments), list(opened.manifest.segments)
    stats = opened.of.stats
    for number, articles in enumerate(changes.gone):
        if not articles:
            continue
        segment = segments[number]
        deleted = segment.deletion(articles)
        stats = with_deletion(stats, segments, segment, deleted)
        segments[number] = segment.with_tombstones(segment.tombstones.plus(deleted))
        names[number] = folder.write_tombstones(names[number], segments[number].tombstones)
    kept = [n for n, segment in enumerate(segments) if len(segment.live())]
    return Opened(
        Index([segments[n] for n in kept], stats),
        Manifest(opened.manifest.library, tuple(names[n] for n in kept), stats),
    )


def _add(opened: Opened, folder: IndexFolder, forward: ForwardIndex | Stream) -> Opened:
    """The index with one segment more, if that holds any article."""
    if isinstance(forward, ForwardIndex) and not forward.articles:
        return opened
    named = folder.write(forward)
    segment = folder.segment(named)
    index, manifest = opened
    stats = (
        with_segment(index.stats, index.segments, segment)
        if index.segments
        else CollectionStats.of(segment)
    )
    return Opened(
        Index([*index.segments, segment], stats),
        Manifest(manifest.library, (*manifest.segments, named), stats),
    )
