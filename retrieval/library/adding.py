"""One transaction that puts articles in or takes some out; no id stands for two files unsaid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import closing
from typing import NamedTuple

from sqlalchemy import Connection

from retrieval.errors import InputError, UnknownArticle
from retrieval.library import layouts, provenance, staging
from retrieval.library.change_log import ChangeLog
from retrieval.library.entries import AddReport, Clash, Placed
from retrieval.library.provenance import Provenance
from retrieval.library.rows import ArticleRow, Kind, commit, forget, held, to_row, write
from retrieval.library.soundness import can_store
from retrieval.library.tables import PROVENANCE
from retrieval.models import Article
from retrieval.untrusted.register import Register

BATCH = 64  # articles that are written at a time, or less where they have
MOST_TAKEN = 500  # articles that one statement takes out
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
    adding = Adding(connection, replace=replace)
    adding.put_all(articles)
    commit(connection, adding.log)
    return adding.report()


def take_out(connection: Connection, ids: Sequence[str]) -> None:
    """Take articles out; see `Library.remove`."""
    log = ChangeLog()
    take(connection, ids, log)
    commit(connection, log)


def take(connection: Connection, ids: Sequence[str], log: ChangeLog) -> None:
    """Take articles out, and note it in `log`.

    Raises:
        UnknownArticle: One is not there.
    """
    for first in range(0, len(ids), MOST_TAKEN):
        wanted = ids[first : first + MOST_TAKEN]
        known = held(connection, list(filter(can_store, wanted)))
        for name in wanted:
            if name not in known:
                raise UnknownArticle(name)
        forget(connection, known, log)
        provenance.forget(connection, wanted)


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
    with closing(Register()) as seen:
        for coming in map(_coming, articles):
            name = coming.stored.row["id"]
            if not seen.add(name):
                raise InputError(f"two articles have the id {name!r}; give one another id")
            yield coming


def _coming(one: Article | Placed) -> _Coming:
    if not isinstance(one, Placed):
        return _Coming(to_row(one))
    stored = to_row(one.article, one.original, one.encoding)
    place = Provenance(one.article.id, stored.row["digest"], one.file)
    return _Coming(stored, one.source, place)


class Adding:
    """What was done so far in a transaction.

    Attributes:
        log: What it changes, to be committed.
    """

    def __init__(
        self,
        connection: Connection,
        *,
        replace: bool,
        yields: Container[str] = (),
        dry_run: bool = False,
    ) -> None:
        """Put articles in.

        Args:
            connection: The transaction.
            replace: Whether one may replace another file's.
            yields: Ids of articles that any file's may replace.
            dry_run: Store nothing, and only tell what would become of each.
        """
        self.log = ChangeLog()
        self._connection, self._replace = connection, replace
        self._yields, self._dry_run = yields, dry_run
        self._told: dict[Kind, list[str]] = defaultdict(list)
        self._clashes: dict[Kind, list[Clash]] = defaultdict(list)
        if not dry_run:
            provenance.prepare(connection)
            layouts.forget_lost(connection)
            staging.prepare(connection)

    def put_all(self, articles: Iterable[Article | Placed]) -> None:
        """Store articles, and where they come from, once all have come."""
        for batch in _batches(_each_once(articles)):
            self.put(batch)
        if not self._dry_run:
            staging.move_in(self._connection)

    def put(self, batch: Sequence[_Coming]) -> None:
        """Stage some articles."""
        placed = [(one.place, one.source) for one in batch if one.place]
        known = provenance.known(self._connection, [place.article for place, _ in placed])
        clashes = {
            place.article: Clash(article=place.article, source=source, held=held.file)
            for place, source in placed
            if (held := known.get(place.article))
            and held.file != place.file
            and place.article not in self._yields
        }
        stored = [one.stored for one in batch]
        kept = () if self._replace else clashes
        told = write(self._connection, stored, self.log, kept=kept, dry_run=self._dry_run)
        for kind, name in told:
            self._told[kind].append(name)
            if name in clashes:
                self._clashes[kind].append(clashes[name])
        refused = {name for kind, name in told if kind == "refused"}
        come = [one for one, _ in placed if one.article not in refused]
        if not self._dry_run:
            news = [one._asdict() for one in come if known.get(one.article) != one]
            staging.put(self._connection, PROVENANCE, news)

    def report(self) -> AddReport:
        """What was done."""
        return AddReport(
            added=tuple(self._told["added"]),
            replaced=tuple(self._told["replaced"]),
            unchanged=tuple(self._told["unchanged"]),
            refused=tuple(self._clashes["refused"]),
            displaced=tuple(self._clashes["replaced"]),
        )
