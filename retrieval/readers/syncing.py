"""A folder as a library keeps in step with it: only the files that changed are read."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from retrieval.errors import InputError, UnreadableSource
from retrieval.library import FileDone, Held, Placed, State, Unseen
from retrieval.library.database import MOMENT
from retrieval.readers.addresses import Site
from retrieval.readers.details import Described
from retrieval.readers.finding import find
from retrieval.readers.formats import Found
from retrieval.readers.reading import Reading
from retrieval.readers.registry import known_readers
from retrieval.readers.trouble import PassedOver, Trouble, name
from retrieval.untrusted.files import CHUNK, open_file, timed
from retrieval.values import sha256_of

Came = Placed | FileDone | Unseen | Trouble


class Way(NamedTuple):
    """How a folder is read.

    Attributes:
        exclude: Patterns, as gitignore has them, of what is left out.
        follow_links: Whether links are followed that lead out of it.
        site: What gives its pages their addresses.
    """

    exclude: tuple[str, ...] = ()
    follow_links: bool = False
    site: Site | None = None


class Folder:
    """The files of a folder, found once.

    Attributes:
        root: The folder's whole path.
        size: The bytes of its files.
        is_empty: Whether it holds nothing that is read, or would be if it could.
    """

    def __init__(self, path: Path, way: Way) -> None:
        """Find the files.

        Raises:
            InputError: `path` is no folder, or what is to be left out cannot be told.
        """
        if not timed(path, path.is_dir):
            raise InputError(f"{name(path)} is no folder; name the one to keep in step with")
        self._site = way.site
        self._items = list(find([path], follow_links=way.follow_links, exclude=way.exclude))
        self.root = name(path.resolve())
        self.size = sum(one.size for one in self._items if isinstance(one, Found))
        self.is_empty = all(isinstance(one, PassedOver) for one in self._items)

    def read(self, known: Mapping[str, Held], advance: Callable[[int], None]) -> Iterator[Came]:
        """Its articles, what is wrong, and of each file that it is done with.

        Args:
            known: By its whole path, each file that need not be read where it is as it was.
            advance: Told of every stretch of bytes that is done; together they are `size`.
        """
        with Reading(advance, self._site) as reading:
            run = _Run(reading, known, advance, _settings(self._site))
            for item in self._items:
                yield from run.read(item) if isinstance(item, Found) else run.tell(item)
            yield from reading.end()


def _settings(site: Site | None) -> str:
    """What reading any file depends on."""
    return f"{metadata.version('pullquote')}\0{known_readers()}\0{site}"


class _Run(NamedTuple):
    """One run over a folder."""

    reading: Reading
    known: Mapping[str, Held]
    advance: Callable[[int], None]
    settings: str

    def tell(self, trouble: Trouble) -> Iterator[Came]:
        """That something cannot be looked at."""
        if not isinstance(trouble, PassedOver):
            place = Path(trouble.source)
            yield Unseen(self.reading.whole(place))
            yield Unseen(name(place.resolve()))  # of a link that was followed before
        yield trouble

    def read(self, found: Found) -> Iterator[Came]:
        """The articles of a file, where it is not as it was."""
        details = yield from self.reading.describe(found)
        file, known = self.reading.whole(found.path), _known(self.settings, details)
        held = self.known.get(file)
        state = held and _as_it_was(found, held.state, known)
        if held and state and self.reading.keep(held.articles, found.path):
            self.advance(found.size)
            yield FileDone(file, state, held.articles)
            return
        yield from self._anew(found, file, known)

    def _anew(self, found: Found, file: str, known: str) -> Iterator[Came]:
        begun = time.time_ns()
        articles, is_whole = 0, True
        for item in self.reading.run([found]):
            articles += isinstance(item, Placed)
            is_whole = is_whole and isinstance(item, Placed)
            yield item
        state = _state(found, known, articles, begun) if is_whole else None
        yield FileDone(file, state, is_whole=is_whole)


def _known(settings: str, details: Described) -> str:
    return sha256_of(f"{settings}\0{details.model_dump_json()}")


def _as_it_was(found: Found, state: State, known: str) -> State | None:
    """What a file is now, where that gives the same articles; it is read only if it must be."""
    if state.reading != known or state.size != found.size:
        return None
    if state.modified and state[1:3] == (found.modified, found.changed):
        return state
    now = _state(found, known, state.articles, time.time_ns())
    return now if now and now.sha256 == state.sha256 else None


def _state(found: Found, known: str, articles: int, begun: int) -> State | None:
    """What a file is; None where it has changed since it was found, or cannot be read.

    Args:
        found: The file.
        known: The digest of what else reading it depends on.
        articles: How many it gives.
        begun: When reading it began, in nanoseconds.
    """
    try:
        digest = _sha256(found.path, found.size)
        now = timed(found.path, found.path.stat)
    except UnreadableSource:  # whoever reads it is told
        return None
    if (now.st_size, now.st_mtime_ns, now.st_ctime_ns) != (
        found.size,
        found.modified,
        found.changed,
    ):
        return None
    is_old = begun - max(found.modified, found.changed) > MOMENT
    modified = found.modified if is_old else 0
    return State(found.size, modified, found.changed, digest, known, articles)


def _sha256(path: Path, most: int) -> str:
    digest = hashlib.sha256()
    with open_file(path, most) as file:
        while data := file.read(CHUNK):
            digest.update(data)
    return digest.hexdigest()
