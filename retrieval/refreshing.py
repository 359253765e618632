"""Refreshing a library while it answers: changes are seen without a new start.

Another process that adds articles brings the index up to date itself; then the next question opens
what is new of it. Where nobody did, that is done here, beside the questions: they go on with the
library as it was until it is done.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from retrieval.errors import (
    IndexDamaged,
    InputError,
    LibraryChanged,
    LibraryDamaged,
    LibraryError,
    LibraryUnavailable,
    UnknownArticle,
)
from retrieval.library import Library
from retrieval.question.synonym_file import SynonymFile
from retrieval.search.directory import IndexFolder, Opened
from retrieval.search.forward import digest
from retrieval.search.writing.merging import to_merge
from retrieval.search.writing.updating import (
    Progress,
    open_index,
    rebuild_index,
    update_in_background,
)
from retrieval.snapshot import Snapshot

FEW = 16  # changed articles that are read in this process
PATIENCE = 0.01  # seconds that a question waits for changes to be read

Result = TypeVar("Result")

_log = logging.getLogger(__name__)


def is_of_index(error: Exception, library: Library) -> bool:
    """Whether a wrong index can have led to an error: what a user gave, or the system, did not."""
    match error:
        case UnknownArticle():
            return bool(library.get_all([error.article]))
        case LibraryChanged():
            return _is_as_stored(library, error.article)
        case InputError() | LibraryUnavailable() | MemoryError():
            return False
        case LibraryDamaged():
            return isinstance(error, IndexDamaged)
    return True


def _is_as_stored(library: Library, article: str) -> bool:
    """Whether an article is the one that the library says it has; else the library is damaged."""
    found = library.get_all([article])
    return not found or [(article, digest(found[0]))] == list(library.digests([article]))


class Refresher:
    """Keeps the newest snapshot of a library; safe to share between threads.

    Attributes:
        snapshot: The newest there is, without a look at the library.
        rebuilds: How often the index was made anew because it was wrong.
    """

    def __init__(self, library: Library, progress: Progress | None = None) -> None:
        """See a library as it is now.

        Args:
            library: The articles.
            progress: Called with (articles read, articles to read).

        Raises:
            BadSynonyms: The file of synonyms beside the library cannot be read, or a line of it.
        """
        self._library = library
        self._turn = threading.Lock()
        self._work: threading.Thread | None = None
        self._stamp: object = None
        self._synonyms = SynonymFile(library.folder)
        self._in_vain: str | None = None  # the version for which a new index did not help
        self.rebuilds = 0
        self.snapshot = self._see(progress)

    def look(self) -> tuple[Snapshot, bool]:
        """The library as it is now; as it was, where to read the changes takes longer.

        Returns:
            The newest snapshot there is, and whether it is of the library as it is now.
        """
        if self._synonyms.has_changed():
            self._renew_synonyms()
        stamp = self._library.stamp()
        if stamp is not None and stamp == self._stamp:
            return self.snapshot, True
        version = self._library.version
        if version == self.snapshot.state.version:
            self._stamp = stamp
        else:
            self._refresh(version)
        snapshot = self.snapshot
        return snapshot, snapshot.state.version == version

    def _renew_synonyms(self) -> None:
        """See other synonyms; while changes are read, the next question does."""
        if not self._turn.acquire(blocking=False):
            return
        try:
            now = self.snapshot
            if self._synonyms.read(now.language) is not now.synonyms:
                self.snapshot = Snapshot(now.opened, self._synonyms, now)
        finally:
            self._turn.release()

    def catch_up(self) -> Snapshot:
        """The library as it is now, however long it takes to read the changes.

        Raises:
            LibraryError: They cannot be read.
        """
        return self._catch_up(merging=True)

    def _catch_up(self, *, merging: bool) -> Snapshot:
        with self._turn:
            self.snapshot = self._see(before=self.snapshot, merging=merging)
        return self.snapshot

    def _see(
        self,
        progress: Progress | None = None,
        before: Snapshot | None = None,
        *,
        merging: bool = True,
    ) -> Snapshot:
        """The library as it is now, through an index that is made anew where it is wrong."""
        version, known = self._library.version, before.opened if before else None
        try:
            opened = open_index(self._library, progress, known, merging=merging)
            if before and opened is known:
                return before
            return Snapshot(opened, self._synonyms, before)
        except Exception as error:
            if not is_of_index(error, self._library) or version == self._in_vain:
                raise
            opened = self._rebuilt(error, version, known, progress)
            return Snapshot(opened, self._synonyms, before)

    def retry(self, error: Exception, rebuilds: int, act: Callable[[Snapshot], Result]) -> Result:
        """Do once more what an error ended, through an index that was made anew.

        Args:
            error: What ended it; see `is_of_index`.
            rebuilds: What `rebuilds` was before it began.
            act: Does it.

        Raises:
            Exception: `error`, where for this version of the library it was tried before in vain;
                else what ends `act` again, or keeps the articles from being read.
        """
        version = self._library.version
        if (
            isinstance(error, LibraryChanged | UnknownArticle)
            and version != self.snapshot.state.version
        ):
            return act(self.catch_up())
        with self._turn:
            if rebuilds == self.rebuilds:  # else another question has met it, and had it rebuilt
                if version == self._in_vain:
                    raise error
                opened = self._rebuilt(error, version, self.snapshot.opened)
                self.snapshot = Snapshot(opened, self._synonyms, self.snapshot)
                self.rebuilds += 1
        try:
            return act(self.snapshot)
        except Exception as again:
            if is_of_index(again, self._library):
                self._in_vain = version
            raise

    def _rebuilt(
        self,
        error: Exception,
        version: str,
        wrong: Opened | None,
        progress: Progress | None = None,
    ) -> Opened:
        _log.warning("the index is wrong (%s), and is made again", _kind(error))
        try:
            return rebuild_index(self._library, wrong, progress)
        except Exception:
            self._in_vain = version
            raise

    def _refresh(self, version: str) -> None:
        folder = self._library.folder
        if folder is None:  # small, and nobody else has it
            self.catch_up()
            return
        if self._opened_anew(folder, version):
            return
        work = self._work
        if work is None or not work.is_alive():
            work = self._work = threading.Thread(target=self._read_changes, daemon=True)
            work.start()
        work.join(PATIENCE)

    def _opened_anew(self, folder: Path, version: str) -> bool:
        """Whether somebody has brought the index up to date, which is then seen."""
        opened = IndexFolder(folder).open(self.snapshot.opened)
        if opened is None or opened.manifest.library != version:
            return False
        self.snapshot = Snapshot(opened, self._synonyms, self.snapshot)
        return True

    def _read_changes(self) -> None:
        """Read what changed beside the questions: a little here, much in a process of its own."""
        folder = self._library.folder
        try:
            if folder is None or not self._is_much() or not update_in_background(folder):
                self._catch_up(merging=False)
                if folder is None or not to_merge(self.snapshot.opened.of.segments):
                    return
                update_in_background(folder)
            self._open_again(IndexFolder(folder))
        except LibraryError as error:
            _log.warning("%s; until then the library answers as it was", error)

    def _is_much(self) -> bool:
        changed = self._library.changes_since(self.snapshot.state.version)
        return changed is None or len(changed) > FEW

    def _open_again(self, folder: IndexFolder) -> None:
        with self._turn:
            opened = folder.open(self.snapshot.opened)
            if opened is not None and opened.manifest != self.snapshot.opened.manifest:
                self.snapshot = Snapshot(opened, self._synonyms, self.snapshot)


def _kind(error: Exception) -> str:
    """What may be told of an error: a foreign one's text can be that of an article."""
    return str(error) if isinstance(error, LibraryDamaged) else type(error).__name__
