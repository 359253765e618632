"""One transaction that puts articles in, and keeps one id from standing for two files unsaid."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from retrieval.errors import InputError
from retrieval.library import provenance
from retrieval.library.entries import AddReport, Clash, Placed
from retrieval.library.provenance import Provenance
from retrieval.library.rows import ArticleRow, ChangeLog, Kind, commit, to_row, write
from retrieval.models import Article

BATCH = 64  # articles that are written at a time


class _Coming(NamedTuple):
    """An article that is to be put in, and its file where it has one."""

    stored: ArticleRow
    source: str = ""
    place: Provenance | None = None


def put_in(
    connection: Connection, articles: Iterable[Article | Placed], *, replace: bool
) -> AddReport:
    """Add articles; see `Library.add`."""
    adding = _Adding(connection, replace=replace)
    coming = _each_once(articles)
    while batch := list(itertools.islice(coming, BATCH)):
        adding.put(batch)
    return adding.end()


def _each_once(articles: Iterable[Article | Placed]) -> Iterator[_Coming]:
    seen: set[str] = set()
    for one in articles:
        article = one.article if isinstance(one, Placed) else one
        if article.id in seen:
            raise InputError(f"two articles have the id {article.id!r}; give one another id")
        seen.add(article.id)
        stored = to_row(article)
        if isinstance(one, Placed):
            place = Provenance(article.id, stored.row["digest"], one.file)
            yield _Coming(stored, one.source, place)
        else:
            yield _Coming(stored)


class _Adding:
    """What was done so far in a transaction."""

    def __init__(self, connection: Connection, *, replace: bool) -> None:
        self._connection, self._replace = connection, replace
        self._log = ChangeLog.empty()
        self._told: dict[Kind, list[str]] = defaultdict(list)
        self._clashes: dict[Kind, list[Clash]] = defaultdict(list)
        provenance.prepare(connection)

    def put(self, batch: Sequence[_Coming]) -> None:
        """Store some articles, and where they come from."""
        placed = [(one.place, one.source) for one in batch if one.place]
        known = provenance.known(self._connection, [place.article for place, _ in placed])
        clashes = {
            place.article: Clash(article=place.article, source=source, held=held.file)
            for place, source in placed
            if (held := known.get(place.article)) and held.file != place.file
        }
        stored = [one.stored for one in batch]
        told = write(self._connection, stored, self._log, kept=() if self._replace else clashes)
        for kind, name in told:
            self._told[kind].append(name)
            if name in clashes:
                self._clashes[kind].append(clashes[name])
        refused = {name for kind, name in told if kind == "refused"}
        come = [one for one, _ in placed if one.article not in refused]
        provenance.store(self._connection, [one for one in come if known.get(one.article) != one])

    def end(self) -> AddReport:
        """Store the library's new version, and tell what was done."""
        commit(self._connection, self._log)
        return AddReport(
            added=tuple(self._told["added"]),
            replaced=tuple(self._told["replaced"]),
            unchanged=tuple(self._told["unchanged"]),
            refused=tuple(self._clashes["refused"]),
            displaced=tuple(self._clashes["replaced"]),
        )
