"""Bringing an index up to date with its library: what came is read, what went is marked as gone."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from retrieval.errors import LibraryUnavailable
from retrieval.index.census import EMPTY, Census, added, lessened
from retrieval.index.corpus import Corpus
from retrieval.index.folder import IndexFolder, Opened
from retrieval.index.gone_file import ENDING, write_gone
from retrieval.index.index import Index
from retrieval.index.joining import join
from retrieval.index.manifest import Manifest, Named
from retrieval.index.parts import Part
from retrieval.index.reading import read_corpus
from retrieval.library import Library
from retrieval.models import Article

TIER = 4  # so many parts of about one size become one; each tier is so many times as large
SMALLEST = 1 << 12  # sentences: smaller parts are all of one tier
MOSTLY_GONE = 4  # a part that has lost every fourth sentence is written again
BATCH = 64  # articles that are read from the library at a time

Progress = Callable[[int, int], None]

_log = logging.getLogger(__name__)


class Changes(NamedTuple):
    """What became of a library since an index was made of it.

    Attributes:
        gone: For each part, the numbers of the articles that are no longer there as they were.
        come: The ids of the articles that no part holds as they are, ascending.
    """

    gone: tuple[tuple[int, ...], ...]
    come: tuple[str, ...]


def open_index(
    library: Library, progress: Progress | None = None, known: Opened | None = None
) -> Opened:
    """The index of a library as it is now, brought up to date first where that is needed.

    Args:
        library: The articles.
        progress: Called with (articles read, articles to read).
        known: An index of it that was opened before.

    One that cannot be written is used all the same, and the log says so.
    """
    if known and known.manifest.library == library.version:
        return known
    if library.folder is None:
        return _in_memory(library, progress)
    folder = IndexFolder(library.folder)
    opened = folder.open(known)
    if opened and opened.manifest.library == library.version:
        return opened
    try:
        with folder.writing():
            return _brought_up(library, folder, known, progress)
    except LibraryUnavailable as error:
        _log.warning("%s; until then every start reads the articles again", error)
        return _in_memory(library, progress)


def _in_memory(library: Library, progress: Progress | None) -> Opened:
    version = library.version
    index = Index.of(read_corpus(_told(library, len(library), progress)))
    return Opened(index, Manifest(version, (), index.census))


def _brought_up(
    library: Library, folder: IndexFolder, known: Opened | None, progress: Progress | None
) -> Opened:
    version = library.version
    opened = folder.open(known) or Opened(Index(()), Manifest("", (), EMPTY))
    if opened.manifest.library == version:
        return opened  # another process was sooner
    changes = changes_of(library, opened)
    opened = _without(opened, folder, changes)
    if changes.come:
        articles = _articles(library, changes.come)
        opened = _with(opened, folder, read_corpus(_told(articles, len(changes.come), progress)))
    manifest = opened.manifest._replace(library=version)
    folder.replace(manifest)
    return merge(Opened(opened.of, manifest), folder)


def _told(articles: Iterable[Article], total: int, progress: Progress | None) -> Iterator[Article]:
    for done, article in enumerate(articles, 1):
        yield article
        if progress:
            progress(done, total)


def _articles(library: Library, names: Sequence[str]) -> Iterator[Article]:
    waiting = iter(names)
    while batch := list(islice(waiting, BATCH)):
        yield from library.get_all(batch)


def changes_of(library: Library, opened: Opened) -> Changes:
    """What became of a library since an index was made of it."""
    touched = library.changes_since(opened.manifest.library)
    if touched is None:
        return find_changes(library, opened)
    here = dict(library.digests(touched))
    gone: list[tuple[int, ...]] = []
    for part in opened.of.parts:
        numbers = {part.article_number(name): name for name in sorted(set(touched))}
        lost = []
        for number, name in numbers.items():
            if number is not None and here.get(name) == part.corpus.digests[number]:
                del here[name]
            elif number is not None:
                lost.append(number)
        gone.append(tuple(sorted(lost)))
    return Changes(tuple(gone), tuple(sorted(here)))


def find_changes(library: Library, opened: Opened) -> Changes:
    """What became of a library since an index was made of it, going by its list of digests."""
    parts = opened.of.parts
    here = dict(library.digests())
    gone: list[tuple[int, ...]] = []
    for part in parts:
        names, digests, lost = list(part.corpus.articles), list(part.corpus.digests), []
        for number in part.live().tolist():
            if here.get(names[number]) == digests[number]:
                del here[names[number]]
            else:
                lost.append(number)
        gone.append(tuple(lost))
    return Changes(tuple(gone), tuple(sorted(here)))


def _without(opened: Opened, folder: IndexFolder, changes: Changes) -> Opened:
    """The index without the articles that went; a part that has none left goes too."""
    index, manifest = opened
    parts, names = list(index.parts), list(manifest.parts)
    for number, articles in enumerate(changes.gone):
        if not articles:
            continue
        part = parts[number]
        leaving = part.leaving(articles)
        census = lessened(index.census, index, part, leaving)
        parts[number] = part.without(part.gone_with(leaving))
        name = f"{names[number].name}-{secrets.token_hex(4)}{ENDING}"
        write_gone(parts[number].gone, folder.path / name)
        names[number] = Named(names[number].name, name)
        index = Index(parts, census)
    kept = [n for n, part in enumerate(index.parts) if len(part.live())]
    return Opened(
        Index([index.parts[n] for n in kept], index.census),
        Manifest(manifest.library, tuple(names[n] for n in kept), index.census),
    )


def _with(opened: Opened, folder: IndexFolder, corpus: Corpus) -> Opened:
    """The index with one part more, if that holds any article."""
    if not corpus.articles:
        return opened
    named = folder.write(corpus)
    part = folder.part(named)
    index, manifest = opened
    census = added(index.census, index, part) if index.parts else Census.of(part)
    return Opened(
        Index([*index.parts, part], census),
        Manifest(manifest.library, (*manifest.parts, named), census),
    )


def merge(opened: Opened, folder: IndexFolder) -> Opened:
    """Make fewer parts of many, until no tier has too many; only while `folder.writing`."""
    while together := to_merge(opened.of.parts):
        rest = [n for n in range(len(opened.of.parts)) if n not in together]
        joined = join([opened.of.parts[n] for n in together])
        names = [opened.manifest.parts[n] for n in rest]
        if joined.articles:
            names.append(folder.write(joined))
        folder.replace(opened.manifest._replace(parts=tuple(names)))
        opened = folder.reopened(opened)
    return opened


def to_merge(parts: Sequence[Part]) -> list[int]:
    """Which parts are to become one: none, those of a full tier, or one that is mostly gone."""
    tiers: dict[int, list[int]] = {}
    for number, part in enumerate(parts):
        live = part.corpus.sentences - part.gone.documents[0]
        if part.gone.documents[0] * MOSTLY_GONE > part.corpus.sentences:
            return [number]
        tiers.setdefault(_tier(live), []).append(number)
    full = (numbers for _, numbers in sorted(tiers.items()) if len(numbers) >= TIER)
    return next(full, [])


def _tier(sentences: int) -> int:
    tier, size = 0, SMALLEST
    while sentences > size:
        tier, size = tier + 1, size * TIER
    return tier
