"""What became of a library since an index was made of it."""

from __future__ import annotations

from typing import NamedTuple

from retrieval.library import Library
from retrieval.search.directory import Opened
from retrieval.search.segment import SegmentReader


class Changes(NamedTuple):
    """What became of a library since an index was made of it.

    Attributes:
        gone: For each segment, the sections of its articles that are no longer as they were.
        come: The ids of the articles that no segment holds as they are, ascending.
    """

    gone: tuple[tuple[int, ...], ...]
    come: tuple[str, ...]


def changes_of(library: Library, opened: Opened) -> Changes:
    """What became of a library since an index was made of it."""
    touched = library.changes_since(opened.manifest.library)
    if touched is None:
        return find_changes(library, opened)
    here = dict(library.digests(touched))
    gone: list[tuple[int, ...]] = []
    for segment in opened.of.segments:
        numbers = {segment.article_number(name): name for name in sorted(set(touched))}
        lost = list[int]()
        for number, name in numbers.items():
            if number is not None and here.get(name) == segment.forward.digests[number]:
                del here[name]
            elif number is not None:
                lost += segment.sections_of(number)
        gone.append(tuple(sorted(lost)))
    return Changes(tuple(gone), tuple(sorted(here)))


def find_changes(library: Library, opened: Opened) -> Changes:
    """What became of a library since an index was made of it, going by its list of digests."""
    standing = [_Standing(segment) for segment in opened.of.segments]
    come: list[str] = []
    for name, digest in library.digests():
        kept = False
        for one in standing:
            kept = one.reach(name, None if kept else digest) or kept
        if not kept:
            come.append(name)
    return Changes(tuple(tuple(one.rest()) for one in standing), tuple(come))


class _Standing:
    """The articles of a segment, gone through beside those of the library, both in order of id."""

    def __init__(self, segment: SegmentReader) -> None:
        live = segment.live()
        self._segment, self._gone = segment, list[int]()
        self._coming = iter(live[segment.forward.is_first[live]].tolist())
        self._step()

    def reach(self, name: str, digest: str | None) -> bool:
        """Whether an article of the library stands here, as it is.

        Args:
            name: Its id.
            digest: Its own; None where it is not to be found here.
        """
        while self._name is not None and self._name < name:
            self._lose()
        if self._name != name:
            return False
        if self._segment.forward.digests[self._number] != digest:
            self._lose()
            return False
        self._step()
        return True

    def rest(self) -> list[int]:
        """The sections of all articles that are no longer as they were, once all were reached."""
        while self._name is not None:
            self._lose()
        return self._gone

    def _lose(self) -> None:
        self._gone += self._segment.sections_of(self._number)
        self._step()

    def _step(self) -> None:
        self._number = next(self._coming, -1)
        articles = self._segment.forward.articles
        self._name = articles[self._number] if self._number >= 0 else None
