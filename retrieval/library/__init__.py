"""The articles that are kept, in one SQLite file: added, read, removed and proven."""

from retrieval.library.library import NAME, AddReport, Entry, Library, Problem

__all__ = ["NAME", "AddReport", "Entry", "Library", "Problem"]
