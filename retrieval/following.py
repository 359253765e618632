"""Following a library while it answers: what is added or removed is seen without a new start.

Another process that adds articles brings the index up to date itself; then the next question opens
what is new of it. Where nobody did, that is done here, beside the questions: they go on with the
library as it was until it is done.
"""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from retrieval.errors import LibraryError, PullquoteError
from retrieval.index.apart import bring_up_apart
from retrieval.index.folder import IndexFolder, Opened
from retrieval.index.merging import to_merge
from retrieval.index.opening import Progress, open_index
from retrieval.library import Library
from retrieval.library.checks import check_index
from retrieval.view import View

FEW = 16  # changed articles that are read in this process
PATIENCE = 0.01  # seconds that a question waits for changes to be read

_log = logging.getLogger(__name__)


class Follower:
    """The newest view of a library; safe to share between threads.

    Attributes:
        view: The newest there is, without a look at the library.
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
        self.view = View(library, self._open(progress))

    def look(self) -> tuple[View, bool]:
        """The library as it is now; as it was, where to read the changes takes longer.

        Returns:
            The newest view there is, and whether it is of the library as it is now.
        """
        stamp = self._library.stamp()
        if stamp is not None and stamp == self._stamp:
            return self.view, True
        version = self._library.version
        if version == self.view.state.version:
            self._stamp = stamp
        else:
            self._follow(version)
        view = self.view
        return view, view.state.version == version

    def catch_up(self) -> View:
        """The library as it is now, however long it takes to read the changes.

        Raises:
            LibraryError: They cannot be read.
        """
        return self._catch_up(merging=True)

    def _catch_up(self, *, merging: bool) -> View:
        with self._turn:
            opened = self._open(known=self.view.opened, merging=merging)
            if opened is not self.view.opened:
                self.view = View(self._library, opened, self.view)
        return self.view

    def _open(
        self, progress: Progress | None = None, known: Opened | None = None, *, merging: bool = True
    ) -> Opened:
        try:
            return open_index(self._library, progress, known, merging=merging)
        except PullquoteError:
            raise
        except Exception:
            if not self._discard():
                raise
            return open_index(self._library, progress)

    def mend(self) -> View | None:
        """The library through an index that was made anew; None where the one it has is whole.

        Raises:
            LibraryError: The library cannot be read.
        """
        with self._turn:
            if not self._discard():
                return None
            self.view = View(self._library, open_index(self._library), self.view)
        return self.view

    def _discard(self) -> bool:
        """Throw the index away if it is damaged; whether it was."""
        fault = next(check_index(self._library), None)
        if fault is None or self._library.folder is None:
            return False
        _log.warning("%s", fault)
        IndexFolder(self._library.folder).discard()
        return True

    def _follow(self, version: str) -> None:
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
        opened = IndexFolder(folder).open(self.view.opened)
        if opened is None or opened.manifest.library != version:
            return False
        self.view = View(self._library, opened, self.view)
        return True

    def _read_changes(self) -> None:
        """Read what changed beside the questions: a little here, much in a process of its own."""
        folder = self._library.folder
        try:
            if folder is None or not self._is_much() or not bring_up_apart(folder):
                self._catch_up(merging=False)
                if folder is None or not to_merge(self.view.opened.of.parts):
                    return
                bring_up_apart(folder)
            self._open_again(IndexFolder(folder))
        except LibraryError as error:
            _log.warning("%s; until then the library answers as it was", error)

    def _is_much(self) -> bool:
        changed = self._library.changes_since(self.view.state.version)
        return changed is None or len(changed) > FEW

    def _open_again(self, folder: IndexFolder) -> None:
        with self._turn:
            opened = folder.open(self.view.opened)
            if opened is not None and opened.manifest != self.view.opened.manifest:
                self.view = View(self._library, opened, self.view)
