"""The operator's file of synonyms, followed while the library answers.

A file that goes bad takes nothing away: the last good one goes on counting, and the log says once
what is wrong.
"""

from __future__ import annotations

import logging
import os
import stat
import threading
from pathlib import Path

from retrieval.errors import BadSynonyms
from retrieval.library.database import stamp_of
from retrieval.question.synonyms import NAME, Synonyms, load_synonyms

_log = logging.getLogger(__name__)
_ABSENT = "absent"


class SynonymFile:
    """`synonyms.txt` in a library's folder; safe to share between threads."""

    def __init__(self, folder: Path | None) -> None:
        """Follow the file in `folder`, which need not be there; None for a library in memory."""
        self._folder = folder
        self._turn = threading.Lock()
        self._stamp: object = None
        self._good: tuple[str, Synonyms] | None = None  # the language, and what was read in it
        self._fault: str | None = None

    def has_changed(self) -> bool:
        """Whether it may be another one than was last read; that costs a look at its times."""
        stamp = self._stamp_now()
        return stamp is None or stamp != self._stamp

    def read(self, language: str) -> Synonyms:
        """What it says now, or said when it was last good.

        Args:
            language: The language in which questions are read.

        Raises:
            BadSynonyms: It was never good, and is not.
        """
        with self._turn:
            if self._good and self._good[0] == language and not self.has_changed():
                return self._good[1]
            stamp = self._stamp_now()  # before it is read: a change meanwhile is seen the next time
            try:
                good = self._take(language, load_synonyms(self._folder, language))
            except BadSynonyms as error:
                if self._good is None:
                    raise
                self._tell(str(error))
                good = self._good[1]
            self._stamp = stamp
            return good

    def _take(self, language: str, found: Synonyms) -> Synonyms:
        if self._fault:
            _log.info("%s is good again, and counts", NAME)
        self._fault = None
        if self._good and self._good[0] == language and self._good[1].digest == found.digest:
            return self._good[1]
        self._good = language, found
        return found

    def _tell(self, fault: str) -> None:
        if fault != self._fault:
            _log.warning("%s; until then the last good one counts", fault)
        self._fault = fault

    def _stamp_now(self) -> object:
        """What differs when it has changed; None where that cannot be told yet."""
        if self._folder is None:
            return _ABSENT
        path = self._folder / NAME
        try:
            itself = os.lstat(path)
        except OSError:
            return _ABSENT
        if stat.S_ISLNK(itself.st_mode) and self._fault:  # it may lead to where nothing answers
            return itself.st_ino, itself.st_mtime_ns
        return stamp_of(path)
