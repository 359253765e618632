"""One transaction that puts articles in or takes one out; no id stands for two files unsaid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from retrieval.errors import InputError, UnknownArticle
from retrieval.library import layouts, provenance
from retrieval.library.entries import AddReport, Clash, Placed
from retrieval.library.provenance import Provenance
from retrieval.library.rows import ArticleRow, ChangeLog, Kind, commit, forget, held, to_row, write
from retrieval.library.soundness import can_store
from retrieval.models import Article

BATCH = 64  # articles that are written at a time, or less where they have
ROOM = 1 << 24  # bytes and characters of sources and texts


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
    for batch in _batches(_each_once(articles)):
        adding.put(batch)
    return adding.end()


def take_out(connection: Connection, article_id: str) -> None:
    """Take an article out; see `Library.remove`."""
    wanted = [article_id] if can_store(article_id) else []
    known, log = held(connection, wanted), ChangeLog.empty()
    if not known:
        raise UnknownArticle(article_id)
    forget(connection, known, log)
    provenance.forget(connection, wanted)
    commit(connection, log)


def _batches(coming: Iterable[_Coming]) -> Iterator[list[_Coming]]:
    batch: list[_Coming] = []
    taken = 0
    for one in coming:
        batch.append(one)
        taken += one.stored.size
        if len(batch) == BATCH or taken > ROOM:
            yield batch
            batch, taken = [], 0
    if batch:
        yield batch


def _each_once(articles: Iterable[Article | Placed]) -> Iterator[_Coming]:
    seen: set[str] = set()
    for one in articles:
        article = one.article if isinstance(one, Placed) else one
        if article.id in seen:
            raise InputError(f"two articles have the id {article.id!r}; give one another id")
        seen.add(article.id)
        if isinstance(one, Placed):
            stored = to_row(article, one.original, one.encoding)
            place = Provenance(article.id, stored.row["digest"], one.file)
            yield _Coming(stored, one.source, place)
        else:
            yield _Coming(to_row(article))


class _Adding:
    """What was done so far in a transaction."""

    def __init__(self, connection: Connection, *, replace: bool) -> None:
        self._connection, self._replace = connection, replace
        self._log = ChangeLog.empty()
        self._told: dict[Kind, list[str]] = defaultdict(list)
        self._clashes: dict[Kind, list[Clash]] = defaultdict(list)
        provenance.prepare(connection)
        layouts.forget_lost(connection)

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
