"""`pullquote library sync`: a library is brought in step with a folder, or it is said how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from bot.characters import neutral
from bot.commands.library import named, names_of, refresh, refusal, replaced
from bot.commands.output import write_line
from bot.commands.progress import Bar
from bot.exits import DONE, NO, say
from bot.phrases import count
from retrieval import Library
from retrieval.errors import InputError
from retrieval.library import NAME, Held, SyncReport
from retrieval.library.syncing import Item
from retrieval.readers import Trouble
from retrieval.readers.addresses import Site
from retrieval.readers.syncing import Folder, Way
from retrieval.readers.trouble import PassedOver


class Wish(NamedTuple):
    """How a folder is synced.

    Attributes:
        exclude: Patterns of what is left out.
        base_url: The address that the pages of the folder lie below.
        style: What makes these pages, where that is named.
        dry_run: Write nothing.
        allow_empty: Sync a folder that holds nothing that is read.
        follow_links: Follow links that lead out of the folder.
        replace: Let an article replace one of the same id from elsewhere.
    """

    exclude: tuple[str, ...] = ()
    base_url: str | None = None
    style: str | None = None
    dry_run: bool = False
    allow_empty: bool = False
    follow_links: bool = False
    replace: bool = False


def sync_folder(path: Path, option: Path | None, wish: Wish) -> int:
    """Bring a library in step with a folder, and refresh the index.

    Returns:
        0, or 1 where something could not be read, or was refused.

    Raises:
        InputError: No library or folder is named, or it is empty and may not be.
    """
    if wish.style and not wish.base_url:
        raise InputError("--base-url-style says how --base-url is used; name that, too")
    place = named(option)
    site = Site.of(wish.base_url, wish.style, path) if wish.base_url else None
    folder = Folder(path, Way(wish.exclude, wish.follow_links, site))
    if folder.is_empty and not wish.allow_empty:
        raise InputError(
            f"{path} holds nothing that is read, so nothing was changed; "
            "if all that came from it is to go, say --allow-empty"
        )
    with (
        _opened(place, dry_run=wish.dry_run) as library,
        Bar("reading", "bytes", folder.size) as bar,
    ):
        reading = _Reading(folder, bar)
        report = library.sync(folder.root, reading.read, replace=wish.replace, dry_run=wish.dry_run)
        bar.clear()
        for clash in report.refused:
            say(refusal(clash))
        for line in _told(report, library, place, path, dry_run=wish.dry_run):
            write_line(neutral(line))
        if not wish.dry_run:
            refresh(library)
    return NO if reading.troubles or report.refused else DONE


def _opened(place: Path, *, dry_run: bool) -> Library:
    """The library; a dry run makes none where there is none."""
    if dry_run and not (place / NAME).exists():
        return Library.of(())
    return Library.open(place, create=not dry_run)


class _Reading:
    """A folder as it is read, what is wrong told on the way.

    Attributes:
        troubles: How many files or folders could not be read.
    """

    def __init__(self, folder: Folder, bar: Bar) -> None:
        self.troubles = 0
        self._folder, self._bar = folder, bar

    def read(self, known: Mapping[str, Held]) -> Iterator[Item]:
        for item in self._folder.read(known, self._bar.advance):
            if not isinstance(item, Trouble):
                yield item
                continue
            self._bar.clear()
            say(str(item))
            self.troubles += not isinstance(item, PassedOver)


def _told(
    report: SyncReport, library: Library, place: Path, path: Path, *, dry_run: bool
) -> Iterator[str]:
    """What was done, or would be, by numbers and then by name."""
    kinds = (("added", report.added), ("changed", report.changed), ("removed", report.removed))
    done = ", ".join(f"{len(ids):,} {kind}" for kind, ids in kinds if ids)
    rest = [f"{report.unchanged:,} as before"] if report.unchanged else []
    rest += [f"{len(report.refused):,} refused"] if report.refused else []
    said = ", ".join(filter(None, [done or "nothing changed", *rest]))
    if dry_run:
        yield f"a dry run, nothing is written: {said}"
    else:
        held = count(len(library), "article")
        yield f"{said}; the library in {place} holds {held}"
    yield from _kept(report, path)
    yield from _by_line(report) if dry_run else _by_name(report)


def _kept(report: SyncReport, path: Path) -> Iterator[str]:
    if report.stayed:
        stayed = count(len(report.stayed), "article")
        yield f"kept {stayed} whose file cannot be read: {names_of(report.stayed)}"
    if report.others:
        yield f"kept {count(report.others, 'article')} that did not come from {path}"


def _by_line(report: SyncReport) -> Iterator[str]:
    """A line for each article."""
    kinds = (("add", report.added), ("change", report.changed), ("remove", report.removed))
    yield from (f"{kind} {name}" for kind, ids in kinds for name in ids)


def _by_name(report: SyncReport) -> Iterator[str]:
    """A line for each kind of change."""
    if report.added:
        yield f"added {names_of(report.added)}"
    yield from replaced(report.changed, report.displaced, "changed")
    if report.removed:
        yield f"removed {names_of(report.removed)}"
