"""One transaction after which a library holds what a folder holds, and what is not the folder's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from retrieval.library import provenance, synced
from retrieval.library.adding import Adding, take
from retrieval.library.entries import Clash, Placed
from retrieval.library.rows import commit
from retrieval.library.synced import Held, State
from retrieval.library.tables import ARTICLES
from retrieval.values import Value


class FileDone(NamedTuple):
    """That a file is done with: it is as it was, or all its articles have come.

    Attributes:
        file: Its whole path.
        state: What it was when it was read; None where that cannot be told.
        unchanged: Its articles where it is as it was; none of them comes then.
        is_whole: Whether it was read to its end without trouble; else what it gave before stays.
    """

    file: str
    state: State | None = None
    unchanged: tuple[str, ...] = ()
    is_whole: bool = True


class Unseen(NamedTuple):
    """A file or folder that cannot be looked at: what came from there stays."""

    place: str


Item = Placed | FileDone | Unseen
Read = Callable[[Mapping[str, Held]], Iterable[Item]]


class SyncReport(Value):
    """What syncing did, or would do, as article ids.

    Attributes:
        added: New ones.
        changed: Those that took the place of another text, or of what was known of it.
        removed: Those that the folder gives no more.
        unchanged: How many are as they were.
        stayed: Those whose file cannot be read any more.
        others: How many came from elsewhere, and are kept.
        refused: Those that are another file's, which stays.
        displaced: Those of the changed that were another file's.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    stayed: tuple[str, ...]
    others: int
    refused: tuple[Clash, ...] = ()
    displaced: tuple[Clash, ...] = ()


def sync(
    connection: Connection, root: str, read: Read, *, replace: bool, dry_run: bool
) -> SyncReport:
    """Hold what a folder holds; see `Library.sync`."""
    if not dry_run:
        provenance.prepare(connection)
        synced.prepare(connection)
    before = synced.of_folder(connection, root)
    held = synced.held(connection, root)
    total = connection.execute(select(func.count()).select_from(ARTICLES)).scalar_one()
    adding = Adding(connection, replace=replace, yields=before, dry_run=dry_run)
    folder = _Folder()
    adding.put_all(folder.articles(read(held)))
    report = adding.report()
    gone = sorted(set(before).difference(folder.given))
    stayed = [name for name in gone if folder.leaves(before[name])]
    removed = sorted(set(gone).difference(stayed))
    if not dry_run:
        take(connection, removed, adding.log)
        fresh = {file: one for file, one in folder.files.items() if held.get(file) != one}
        synced.store(connection, root, fresh, [clash.article for clash in report.refused])
        commit(connection, adding.log)
    return SyncReport(
        added=report.added,
        changed=report.replaced,
        removed=tuple(removed),
        unchanged=folder.unchanged + len(report.unchanged),
        stayed=tuple(stayed),
        others=total - len({*before, *report.replaced, *report.unchanged}),
        refused=report.refused,
        displaced=report.displaced,
    )


class _Folder:
    """What was read of a folder so far.

    Attributes:
        given: The ids of all articles that it gives.
        files: By its whole path, what each of its files is now.
    """

    def __init__(self) -> None:
        self.given: set[str] = set()
        self.files: dict[str, Held] = {}
        self.unchanged = 0
        self._left: list[str] = []

    def articles(self, items: Iterable[Item]) -> Iterator[Placed]:
        """The articles among them."""
        come: list[str] = []
        for item in items:
            match item:
                case Placed():
                    come.append(item.article.id)
                    yield item
                case FileDone():
                    self._note(item, come)
                    come = []
                case Unseen():
                    self._left.append(item.place)

    def _note(self, done: FileDone, come: list[str]) -> None:
        names = done.unchanged or tuple(come)
        self.given.update(names)
        self.unchanged += len(done.unchanged)
        if not done.is_whole:
            self._left.append(done.file)
        elif done.state:
            self.files[done.file] = Held(done.state, names)

    def leaves(self, file: str) -> bool:
        """Whether what came from a file stays, because nobody can tell what it holds."""
        inside = tuple(f"{place}{mark}" for place in self._left for mark in ("/", "\\", "!"))
        return file in self._left or file.startswith(inside)
