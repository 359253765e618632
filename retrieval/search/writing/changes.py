"""What became of a library since an index was made of it."""

from __future__ import annotations

from typing import NamedTuple

from retrieval.library import Library
from retrieval.search.directory import Opened


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
    segments = opened.of.segments
    here = dict(library.digests())
    gone: list[tuple[int, ...]] = []
    for segment in segments:
        names, digests = list(segment.forward.articles), list(segment.forward.digests)
        lost = list[int]()
        live = segment.live()
        for number in live[segment.forward.is_first[live]].tolist():
            if here.get(names[number]) == digests[number]:
                del here[names[number]]
            else:
                lost += segment.sections_of(number)
        gone.append(tuple(lost))
    return Changes(tuple(gone), tuple(sorted(here)))
