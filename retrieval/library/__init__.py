"""The articles that are kept, in one SQLite file: added, read, removed and proven."""

from retrieval.library.entries import AddReport, Clash, Entry, Placed, Problem, Source
from retrieval.library.library import Library
from retrieval.library.place import NAME

__all__ = ["NAME", "AddReport", "Clash", "Entry", "Library", "Placed", "Problem", "Source"]
