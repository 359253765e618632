"""Making fewer parts of many, while others go on changing the index and answering from it.

A merge holds the writers' lock only to put its result in place. What went from the merged parts in
the meantime goes from the result too; where the parts themselves are no longer there, the result
is thrown away.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from retrieval.search.directory import MERGED, IndexFolder, Opened
from retrieval.search.manifest import Named
from retrieval.search.reader import Part, write_part
from retrieval.search.writing.merging_forward import Taken, join
from retrieval.search.writing.segment_writer import Advance

TIER = 4  # so many parts of about one size become one; each tier is so many times as large
SMALLEST = 1 << 12  # sentences: smaller parts are all of one tier
MOSTLY_GONE = 4  # a part that has lost every fourth sentence is written again


def merge(folder: IndexFolder, opened: Opened, advance: Advance | None = None) -> Opened:
    """Make fewer parts of many, until no tier has too many.

    Args:
        folder: Where they are; another process that merges there is left to it.
        opened: The index as it was seen last.
        advance: Called with (words, words to merge) as a merge goes on.

    Returns:
        The index as it is now.

    Raises:
        LibraryUnavailable: The folder cannot be written, or the disk is full.
    """
    if not to_merge(opened.of.parts):
        return opened
    with folder.merging() as alone:
        while alone and (together := to_merge(opened.of.parts)):
            _merge(folder, opened, together, advance)
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


def _merge(
    folder: IndexFolder, opened: Opened, together: Sequence[int], advance: Advance | None
) -> None:
    parts = [opened.of.parts[n] for n in together]
    old = [opened.manifest.parts[n] for n in together]
    new = Named(MERGED + secrets.token_hex(8))
    stream = join([Taken(part.corpus, part.live()) for part in parts])
    if stream.texts["articles"]:
        write_part(stream, folder.path, new.name, advance)
    with folder.writing():
        now = folder.open(opened)
        if now is None or not any(now.part(one) for one in old):
            return  # the next writer sweeps what was made in vain
        put = [] if not stream.texts["articles"] else _deleted(folder, new, _gone(now, old, parts))
        names = {one.name for one in old}
        rest = [one for one in now.manifest.parts if one.name not in names]
        folder.replace(now.manifest._replace(parts=(*rest, *put)))


def _gone(now: Opened, old: Sequence[Named], parts: Sequence[Part]) -> list[str]:
    """The ids of articles that went from merged parts since they were looked at."""
    gone: list[str] = []
    for named, part in zip(old, parts, strict=True):
        live, today = part.live(), now.part(named)
        if today is not None:  # else all of it went
            live = live[today.gone.marks(live)]
        gone += [part.corpus.articles[n] for n in live.tolist()]
    return gone


def _deleted(folder: IndexFolder, named: Named, articles: Sequence[str]) -> list[Named]:
    """A new part without some articles; nothing where it has no others."""
    if not articles:
        return [named]
    part = folder.part(named)
    if len(articles) == len(part.corpus.articles):
        return []
    numbers = [part.article_number(name) for name in articles]
    deleted = part.deletion([number for number in numbers if number is not None])
    return [folder.write_tombstones(named, deleted)]
