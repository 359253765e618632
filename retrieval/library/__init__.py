"""The articles that are kept, in one SQLite file: added, read, removed and proven."""

from retrieval.library.entries import AddReport, Clash, Entry, Placed, Problem, Source
from retrieval.library.library import Library
from retrieval.library.place import NAME
from retrieval.library.synced import Held, State
from retrieval.library.syncing import FileDone, SyncReport, Unseen

__all__ = [
    "NAME",
    "AddReport",
    "Clash",
    "Entry",
    "FileDone",
    "Held",
    "Library",
    "Placed",
    "Problem",
    "Source",
    "State",
    "SyncReport",
    "Unseen",
]
