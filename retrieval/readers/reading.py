"""The road from the paths that a user names to articles, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

from retrieval.errors import UnreadableSource
from retrieval.models import Article
from retrieval.readers.details import Details
from retrieval.readers.finding import find
from retrieval.readers.formats import Found
from retrieval.readers.sources import NOTHING, Sources, load
from retrieval.readers.trouble import Trouble, name


def read(
    paths: Sequence[Path], *, advance: Callable[[int], None] | None = None
) -> Iterator[Article | Trouble]:
    """Read the articles in `paths`: files of every format in the registry, and folders of them.

    What cannot be read comes as a `Trouble`, and the rest is read all the same. Ids do not
    repeat: a second article of the same id is a trouble. Memory is bounded by the largest
    text, not by the number of articles.

    Args:
        paths: Files and folders.
        advance: Told of every stretch of bytes that is done; together they are `size(paths)`.
    """
    return _Reading(advance or (lambda _: None)).run(paths)


def size(paths: Sequence[Path]) -> int:
    """The bytes of all files that `read(paths)` reads."""
    return sum(_size(found.path) for found in find(paths) if isinstance(found, Found))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # it is gone since it was found, and `read` will say so
        return 0


class _Reading:
    """One run over some paths: what it has seen so far."""

    def __init__(self, advance: Callable[[int], None]) -> None:
        self._advance = advance
        self._taken: dict[str, tuple[str, int | None]] = {}  # id → the place that has it
        self._sources: dict[Path, Sources] = {}

    def run(self, paths: Sequence[Path]) -> Iterator[Article | Trouble]:
        for found in find(paths):
            if isinstance(found, Trouble):
                yield found
                continue
            try:
                yield from self._read_file(found)
            except UnreadableSource as error:
                yield Trouble.of(error)

    def _read_file(self, found: Found) -> Iterator[Article | Trouble]:
        details = yield from self._describe(found)
        left = _size(found.path)
        try:
            for item, line, length in found.format.read(found, details):
                if isinstance(item, Article):
                    yield self._claim(item, name(found.path), line)
                elif item:
                    yield item
                self._advance(length)
                left -= length
        finally:
            self._advance(left)

    def _describe(self, found: Found) -> Generator[Trouble, None, Details]:
        """What the folder's `sources.toml` says of a file, and once what is wrong in that."""
        folder = found.path.parent
        if not found.format.is_described:
            return NOTHING
        if folder not in self._sources:
            self._sources[folder] = load(folder)
            yield from self._sources[folder].troubles
        return self._sources[folder].about(found.path)

    def _claim(self, article: Article, source: str, line: int | None) -> Article | Trouble:
        """`article`, or the trouble that an earlier one has its id."""
        other, number = self._taken.setdefault(article.id, (source, line))
        if (other, number) == (source, line):
            return article
        place = other if number is None else f"{other}, line {number}"
        reason = f"its id {article.id!r} is that of {place}; give it another"
        return Trouble(source=source, line=line, reason=reason)
