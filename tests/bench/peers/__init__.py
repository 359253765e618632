"""The doorway to the engines that `make bench` compares: their names, and which are installed.

Every engine gets the same lines of terms and the same queries. No module of an engine is imported
before it is wanted, so that a child process pays for its own engine only.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

from bench.peers.face import Engine, Hits, Query

__all__ = ["ENGINES", "Engine", "Entry", "Hits", "Query", "find", "missing", "named"]


class Entry(NamedTuple):
    """An engine by name.

    Attributes:
        name: What the tables call it.
        module: Its module in this package.
        maker: Its class there.
        needs: Modules that must be installed for it.
        folder: The folder of its index; two engines with the same one share it.
        stores: Whether it has a file; one without is built whenever it is opened.
        most: The most sentences that it is asked to index, or None.
    """

    name: str
    module: str
    maker: str
    needs: tuple[str, ...] = ()
    folder: str = ""
    stores: bool = True
    most: int | None = None


ENGINES = (
    Entry("pullquote", "product", "Search", ("retrieval",), "pullquote"),
    Entry("pullquote, numpy", "product", "NumpySearch", ("retrieval",), "pullquote"),
    Entry("Answerer.ask", "product", "Ask", ("retrieval",), "pullquote"),
    Entry("tantivy", "tantivy", "Direct", ("tantivy",), "tantivy"),
    Entry("tantivy, README", "tantivy", "Readme", ("tantivy",), "tantivy"),
    Entry("bm25s, numba", "bm25s", "Numba", ("bm25s", "numba"), "bm25s"),
    Entry("SQLite FTS5", "fts5", "Fts5", ("sqlite3",), "fts5"),
    Entry("rank-bm25", "okapi", "Okapi", ("rank_bm25",), "okapi", stores=False, most=100_000),
)


def named(name: str) -> Entry:
    """The entry of that name."""
    return next(entry for entry in ENGINES if entry.name == name)


def missing(entry: Entry) -> list[str]:
    """The modules that the engine needs and that are not installed."""
    return [module for module in entry.needs if not _is_there(module)]


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # of a package that is not there either
        return False


def find(entry: Entry) -> type[Engine[Any]]:
    """Import the engine's class."""
    maker: type[Engine[Any]] = getattr(import_module(f"bench.peers.{entry.module}"), entry.maker)
    return maker
