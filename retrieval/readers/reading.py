"""The road from the paths that a user names to articles, one at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from pathlib import Path, PurePath, PurePosixPath
from typing import Self

from retrieval.errors import UnreadableSource
from retrieval.library import Placed, Source
from retrieval.models import Article
from retrieval.readers import zips
from retrieval.readers.addresses import Site
from retrieval.readers.decoding import ENCODINGS
from retrieval.readers.details import Described
from retrieval.readers.documents import weighed
from retrieval.readers.finding import find
from retrieval.readers.formats import Found, Piece
from retrieval.readers.languages import spoken
from retrieval.readers.registry import format_of_file, register
from retrieval.readers.sources import NOTHING, Sources, load, merged
from retrieval.readers.trouble import Trouble, name
from retrieval.untrusted.files import timed
from retrieval.untrusted.register import Register

register(zips.FORMAT)  # not in the registry, which it asks for the formats of its members

# With or without a byte order mark; by the others a text was detected.
BY_MARK = ("utf-8-sig", "utf-32", "utf-16")


def read(paths: Sequence[Path]) -> Iterator[Article | Trouble]:
    """Read the articles in `paths`, without where each comes from; see `read_placed`."""
    for found in read_placed(paths):
        yield found.article if isinstance(found, Placed) else found


def read_placed(
    paths: Sequence[Path],
    *,
    advance: Callable[[int], None] | None = None,
    follow_links: bool = False,
) -> Iterator[Placed | Trouble]:
    """Read the articles in `paths`: files of every format in the registry, and folders of them.

    What cannot be read comes as a `Trouble`, and the rest is read all the same. Ids do not
    repeat: a second article of the same id is a trouble. Memory is bounded by the largest
    text, not by the number of articles.

    Args:
        paths: Files and folders.
        advance: Told of every stretch of bytes that is done; together they are `size(paths)`.
        follow_links: Whether links are followed that lead out of the folder that was named.
    """
    with Reading(advance or (lambda _: None)) as reading:
        yield from reading.run(find(paths, follow_links=follow_links))
        yield from reading.end()


def size(paths: Sequence[Path], *, follow_links: bool = False) -> int:
    """The bytes of all files that `read_placed` reads."""
    found = find(paths, follow_links=follow_links)
    return sum(one.size for one in found if isinstance(one, Found))


class Reading:
    """One run over some paths: what it has seen so far; use it in a `with` statement."""

    def __init__(self, advance: Callable[[int], None], site: Site | None = None) -> None:
        """Read files.

        Args:
            advance: Told of every stretch of bytes that is done.
            site: What gives an address to each file that is a page and states none.
        """
        self._advance, self._site = advance, site
        self._taken = Register()  # ids, each with the place that has it
        self._sources: dict[Path, Sources] = {}  # those that say anything
        self._silent: set[Path] = set()  # folders on the way to the last file that say nothing
        self._folder = (Path(), Path())  # the last, as it was named, and whole

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._taken.close()

    def run(self, files: Iterable[Found | Trouble]) -> Iterator[Placed | Trouble]:
        """The articles of files, and what is wrong with them."""
        for found in files:
            if isinstance(found, Trouble):
                yield found
                continue
            try:
                yield from self._read_file(found)
            except UnreadableSource as error:
                yield Trouble.of(error)

    def _read_file(self, found: Found) -> Iterator[Placed | Trouble]:
        details = yield from self.describe(found)
        left = found.size
        try:
            for one in () if details.exclude else found.format.read(found, details):
                piece = weighed(one, details, found.format.reader)
                if isinstance(piece.item, Article):
                    article = self._addressed(spoken(piece.item), found, piece.address)
                    yield self._claim(article, piece.path or found.path, piece)
                elif piece.item:
                    yield piece.item
                self._advance(piece.size)
                left -= piece.size
        finally:
            self._advance(left)

    def _addressed(self, article: Article, found: Found, stated: str) -> Article:
        """`article` with the address of its page, where it has none."""
        if self._site is None or article.url or not found.format.is_described:
            return article
        path = PurePosixPath(found.id + found.path.suffix)
        return article.model_copy(update={"url": self._site.address(path, stated)})

    def describe(self, found: Found) -> Generator[Trouble, None, Described]:
        """What the `sources.toml` of a file's folder and of those above it say of the file.

        What is wrong in one is told once.
        """
        if not found.format.is_described:
            return NOTHING
        depth = len(PurePosixPath(found.id).parts)
        folders = list(found.path.parents)[:depth]
        self._silent.intersection_update(folders)
        for folder in reversed(folders):
            if folder not in self._sources and folder not in self._silent:
                sources = load(folder, found.within)
                if sources.says_nothing:
                    self._silent.add(folder)
                else:
                    self._sources[folder] = sources
                yield from sources.troubles
        return merged(
            self._sources[one].about(found.path.relative_to(one))
            for one in folders
            if one in self._sources
        )

    def end(self) -> Iterator[Trouble]:
        """A trouble for each name in a `sources.toml` that no file below it has."""
        for folder, sources in self._sources.items():
            if sources.below:
                yield from sources.unmatched(_files_below(folder))

    def _claim(self, article: Article, path: Path, piece: Piece) -> Placed | Trouble:
        """`article` and its place, or the trouble that an earlier one has its id."""
        source, line = name(path), piece.line
        if article.layout and (fault := article.layout.fault(len(article.text))):
            reason = f"{fault}: a mistake of Pullquote’s reader; please report it with the file"
            return Trouble(source=source, line=line, reason=reason)
        place = source if line is None else f"{source}, line {line}"
        other = None if self._taken.add(article.id, place) else self._taken.note(article.id)
        if other is None or other == place:
            encoding = encoding_of(article, piece.original)
            return Placed(article, self.whole(path), source, piece.original, encoding)
        reason = f"its id {article.id!r} is that of {other}; give it another"
        return Trouble(source=source, line=line, reason=reason)

    def keep(self, ids: Sequence[str], path: Path) -> bool:
        """Let a file that is not read again keep its articles, unless another has an id of them."""
        if any(one in self._taken for one in ids):
            return False
        for one in ids:
            self._taken.add(one, name(path))
        return True

    def whole(self, path: Path) -> str:
        """The path of a file, by whatever path it was named."""
        if path.parent != self._folder[0]:
            self._folder = path.parent, Path(os.path.realpath(path.parent))
        return name(self._folder[1] / path.name)


def _files_below(folder: Path) -> list[PurePath]:
    """The files that can be read below a folder, left out or not."""
    walked = timed(folder, lambda: list(os.walk(folder)))
    paths = (Path(place, one).relative_to(folder) for place, _, names in walked for one in names)
    return list(filter(format_of_file, paths))


def encoding_of(article: Article, original: bytes | None) -> str:
    """The encoding by which an article's runs lead back to its source; empty where none does."""
    if original is None or article.layout is None or not article.layout.runs:
        return ""
    ways = (Source(original, one, article.layout.runs) for one in (*BY_MARK, *ENCODINGS))
    return next((way.encoding for way in ways if way.gives(article.text)), "")
