"""Making fewer segments of many, while others go on changing the index and answering from it.

A merge holds the writers' lock only to put its result in place. What went from the merged segments
in the meantime goes from the result too; if the segments themselves are no longer there, the result
is thrown away.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from itertools import chain

from retrieval.search.directory import MERGED, IndexFolder, Opened
from retrieval.search.manifest import Named
from retrieval.search.segment import SegmentReader, write_segment
from retrieval.search.writing.inverted_writer import Advance
from retrieval.search.writing.merging_forward import Taken, join

TIER = 4  # so many segments of about one size become one; each tier is so many times as large
SMALLEST = 1 << 12  # sentences: smaller segments are all of one tier
MOSTLY_GONE = 4  # a segment that has lost every fourth sentence is written again


def merge(folder: IndexFolder, opened: Opened, advance: Advance | None = None) -> Opened:
    """Make fewer segments of many, until no tier has too many.

    Args:
        folder: Where they are; another process that merges there is left to it.
        opened: The index as it was seen last.
        advance: Called with (words, words to merge) as a merge goes on.

    Returns:
        The index as it is now.

    Raises:
        LibraryUnavailable: The folder cannot be written, or the disk is full.
    """
    if not to_merge(opened.of.segments):
        return opened
    with folder.merging() as alone:
        while alone and (together := to_merge(opened.of.segments)):
            _merge(folder, opened, together, advance)
            opened = folder.reopened(opened)
    return opened


def to_merge(segments: Sequence[SegmentReader]) -> list[int]:
    """Which segments are to become one: none, those of a full tier, or one that is mostly gone."""
    tiers: dict[int, list[int]] = {}
    for number, segment in enumerate(segments):
        live = segment.forward.sentences - segment.tombstones.documents[0]
        if segment.tombstones.documents[0] * MOSTLY_GONE > segment.forward.sentences:
            return [number]
        tiers.setdefault(_tier(live), []).append(number)
    full = (numbers for _, numbers in sorted(tiers.items()) if len(numbers) >= TIER)
    return next(full, [])


def _tier(sentences: int) -> int:
    tier, size = 0, SMALLEST
    while sentences > size:
        tier, size = tier + 1, size * TIER
    return tier


def _merge(
    folder: IndexFolder, opened: Opened, together: Sequence[int], advance: Advance | None
) -> None:
    segments = [opened.of.segments[n] for n in together]
    old = [opened.manifest.segments[n] for n in together]
    new = Named(MERGED + secrets.token_hex(8))
    stream = join([Taken(segment.forward, segment.live()) for segment in segments])
    is_empty = not stream.texts["articles"]
    if not is_empty:
        write_segment(stream, folder.path, new.name, advance)
    with folder.writing():
        now = folder.open(opened)
        if now is None or not any(now.segment(one) for one in old):
            return  # the next writer sweeps what was made in vain
        put = [] if is_empty else _deleted(folder, new, _gone(now, old, segments))
        names = {one.name for one in old}
        rest = [one for one in now.manifest.segments if one.name not in names]
        folder.replace(now.manifest._replace(segments=(*rest, *put)))


def _gone(now: Opened, old: Sequence[Named], segments: Sequence[SegmentReader]) -> list[str]:
    """The ids of articles that went from merged segments since, one for each of their sections."""
    gone: list[str] = []
    for named, segment in zip(old, segments, strict=True):
        live, today = segment.live(), now.segment(named)
        if today is not None:  # else all of it went
            live = live[today.tombstones.marks(live)]
        gone += [segment.forward.articles[n] for n in live.tolist()]
    return gone


def _deleted(folder: IndexFolder, named: Named, articles: Sequence[str]) -> list[Named]:
    """A new segment without some articles; nothing where it has no others."""
    if not articles:
        return [named]
    segment = folder.segment(named)
    if len(articles) == len(segment.forward.articles):
        return []
    found = (segment.article_number(name) for name in sorted(set(articles)))
    numbers = (segment.sections_of(number) for number in found if number is not None)
    deleted = segment.deletion(list(chain.from_iterable(numbers)))
    return [folder.write_tombstones(named, deleted)]
