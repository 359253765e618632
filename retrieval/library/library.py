"""The articles that are kept: added, removed, listed and checked, in one SQLite file."""

from __future__ import annotations

import itertools
import shlex
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from sqlalchemy import (
    ColumnElement,
    LargeBinary,
    RowMapping,
    Select,
    Text,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
)

from retrieval.errors import (
    InputError,
    LibraryDamaged,
    LibraryUnavailable,
    UnknownArticle,
    reason_of,
)
from retrieval.library import shelves, soundness
from retrieval.library.database import Database, stamp_of
from retrieval.library.shelves import ROW
from retrieval.library.soundness import ANEW, FIELDS, Row
from retrieval.library.tables import ARTICLES
from retrieval.memo import Memo
from retrieval.models import Article
from retrieval.values import Value, reading_digest

NAME = "library.db"
_KEPT = 1 << 22  # characters of articles that are kept in memory once they were read
BATCH = 64  # articles that are written, or read, at a time
ENTRY = (*FIELDS, "sha256", "characters")
DIGESTED = ("id", "language", "title")


class Entry(Value):
    """An article without its text; `characters` is how long that is."""

    id: str
    title: str
    publisher: str | None
    author: str | None
    published: str | None
    url: str | None
    language: str
    sha256: str
    characters: int


class AddReport(Value):
    """What adding did, as article ids in the order in which they came."""

    added: tuple[str, ...]
    replaced: tuple[str, ...]
    unchanged: tuple[str, ...]


class Problem(Value):
    """Something that is not as it was stored. `str()` of it is one line.

    Attributes:
        article: Its id, or None where the library itself is meant, or a row without an id.
        what: What is wrong, and what to do.
    """

    article: str | None
    what: str

    def __str__(self) -> str:
        """Name the article, then what is wrong."""
        return f"{self.where}: {self.what}"

    @property
    def where(self) -> str:
        """The article, or the library."""
        return "the library" if self.article is None else f"article {self.article!r}"


class Library:
    """A set of articles; use it in a `with` statement, or `close` it.

    Reading from several threads is safe. Each read is short and sees what is stored at that
    moment, so a long iteration while another process writes may see some of both; where
    that matters, compare `version` before and after.

    Attributes:
        folder: Where it is kept; None in memory.
    """

    def __init__(self, database: Database, folder: Path | None) -> None:
        """Use `Library.open` or `Library.of`."""
        self.folder = folder
        self._database = database
        self._changes = 0  # that were made through this object: all there are, in memory
        self._read: tuple[object, Memo[str, Article]] = (None, Memo(0))

    @classmethod
    def open(cls, folder: Path, *, create: bool = False) -> Self:
        """Open the library in `folder`.

        Args:
            folder: The folder that holds `library.db`.
            create: Make the folder and an empty library where there is none.

        Raises:
            InputError: `folder` is none, or holds no library and `create` is not said.
            LibraryUnavailable: Permission, a full disk, a lock, or a newer Pullquote's file.
            LibraryDamaged: The file is no library.
        """
        path = folder / NAME
        try:
            if create:
                folder.mkdir(parents=True, exist_ok=True)
            found = stat.S_ISREG(path.stat().st_mode)
        except FileNotFoundError:
            found = False
        except (FileExistsError, NotADirectoryError) as error:
            raise InputError(f"{folder} is no folder; name another") from error
        except OSError as error:
            raise LibraryUnavailable(
                f"{folder}: {reason_of(error)}; name another folder"
            ) from error
        if not found and not create:
            raise InputError(
                f"{folder} holds no library; "
                f"`pullquote library add PATH --library {shlex.quote(str(folder))}` starts one"
            )
        library = cls(Database.at(path, create=create), folder)
        library._prepare(create=create)
        return library

    @classmethod
    def of(cls, articles: Iterable[Article]) -> Self:
        """A library in memory that holds `articles`."""
        library = cls(Database.in_memory(), None)
        library._prepare(create=True)
        library.add(articles)
        return library

    def _prepare(self, *, create: bool) -> None:
        try:
            if not self._database.is_prepared():
                self._start(create=create)
        except BaseException:
            self.close()
            raise

    def _start(self, *, create: bool) -> None:
        if not create:
            raise InputError(f"{self._database.place} holds no library yet; add articles to it")
        with self._database.preparing() as connection:  # at once: a library has a version
            shelves.seal(connection, shelves.Ledger.empty())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; safe to call twice."""
        self._database.close()

    @property
    def version(self) -> str:
        """16 hex digits over every article; the same articles have the same version.

        Raises:
            LibraryDamaged: It is not there, or is none.
        """
        with self._database.reading() as connection:
            stored = shelves.stored_version(connection)
        if stored is None:
            raise self._damaged("its version is missing")
        if not soundness.is_version(stored):
            raise self._damaged("its version is none")
        return str(stored)

    def stamp(self) -> object:
        """What differs whenever the library was written; None where that cannot be told.

        It costs no look into the file. A file that was written this very moment has none, because
        another write in the same moment would leave it as it is.
        """
        return stamp_of(self.folder / NAME) if self.folder else self._changes

    def __len__(self) -> int:
        with self._database.reading() as connection:
            return connection.execute(select(func.count()).select_from(ARTICLES)).scalar_one()

    def add(self, articles: Iterable[Article]) -> AddReport:
        """Add articles; one whose id is there already replaces that one.

        They are written as they come, in one transaction: whatever is raised, here or by
        `articles`, leaves the library as it was.

        Raises:
            InputError: Two have the same id, or a text cannot be stored as UTF-8.
            LibraryUnavailable: The disk is full or cannot be written, or another writes.
        """
        kinds: dict[shelves.Kind, list[str]] = {"added": [], "replaced": [], "unchanged": []}
        shelved = map(shelves.shelve, shelves.each_once(articles))
        ledger = shelves.Ledger.empty()
        with self._database.writing() as connection:
            while batch := list(itertools.islice(shelved, BATCH)):
                for kind, one in shelves.write(connection, batch, ledger):
                    kinds[kind].append(one.row["id"])
            shelves.seal(connection, ledger)
        self._changes += 1
        return AddReport(**{kind: tuple(ids) for kind, ids in kinds.items()})

    def remove(self, article_id: str) -> None:
        """Take an article out.

        Raises:
            UnknownArticle: It is not there.
            LibraryUnavailable: The library cannot be written.
        """
        with self._database.writing() as connection:
            wanted = [article_id] if soundness.can_store(article_id) else []
            known, ledger = shelves.held(connection, wanted), shelves.Ledger.empty()
            if not known:
                raise UnknownArticle(article_id)
            shelves.forget(connection, known, ledger)
            shelves.seal(connection, ledger)
        self._changes += 1

    def get(self, article_id: str) -> Article:
        """The article of that id.

        Raises:
            UnknownArticle: It is not there.
            LibraryDamaged: It is not as it was stored.
        """
        found = self.get_all([article_id])
        if not found:
            raise UnknownArticle(article_id)
        return found[0]

    def get_all(self, article_ids: Iterable[str]) -> list[Article]:
        """The articles of these ids, in order of id, as they are at one moment.

        An id that is not there is passed over. What was read is kept, and given again as long as
        nobody has written the library since.

        Raises:
            LibraryDamaged: One is not as it was stored.
        """
        wanted = [name for name in article_ids if soundness.can_store(name)]
        stamp, kept = self._kept()
        known = list(filter(None, map(kept.get, wanted)))
        missing = set(wanted).difference(article.id for article in known)
        if not missing:
            return sorted(known, key=lambda article: article.id)
        with self._database.looking_up() as cursor:
            rows = shelves.find(cursor, sorted(missing))
        read = list(map(self._article, rows))
        for article in read:
            kept.keep(article.id, article)
        if known and self.stamp() != stamp:  # what was kept may be of another moment
            return self.get_all(wanted)
        return sorted([*known, *read], key=lambda article: article.id)

    def _kept(self) -> tuple[object, Memo[str, Article]]:
        """When the library was last written, and what was read since; nothing if that is unknown.

        The first is taken before anything is read: a change meanwhile is seen the next time.
        """
        stamp = self.stamp()
        known, kept = self._read
        if stamp is None or stamp != known:
            kept = Memo(_KEPT, lambda article: len(article.text))
            self._read = stamp, kept
        return stamp, kept

    def __iter__(self) -> Iterator[Article]:
        """Every article, in order of id, read a few at a time.

        Raises:
            LibraryDamaged: One is not as it was stored.
        """
        return map(self._article, self._pages(shelves.WHOLE))

    def examine(self) -> Iterator[Article | Problem]:
        """Every article, in order of id, or what of it is not as it was stored."""
        return map(_examined, self._pages(shelves.WHOLE))

    def changes_since(self, version: str) -> list[str] | None:
        """The ids of articles that changed since `version`; None where that is not known."""
        with self._database.reading() as connection:
            return shelves.changes_since(connection, version)

    def digests(self, names: Sequence[str] | None = None) -> Iterator[tuple[str, str]]:
        """Articles' ids, each with the digest that reading it depends on; see `reading_digest`.

        Args:
            names: Those that are wanted, where they are there; None for all.

        Raises:
            LibraryDamaged: One of these values is none that was stored.
        """
        columns = [ARTICLES.c[name] for name in (*DIGESTED, "sha256")]
        found = select(ROW, *columns)
        if names is not None:
            found = found.where(ARTICLES.c.id.in_(names))
        with self._database.reading() as connection:
            rows = connection.execute(found).mappings().all()
        return map(self._digest, rows)

    def _digest(self, row: Row) -> tuple[str, str]:
        if problem := _problem(row, soundness.misfit(row, DIGESTED)):
            raise self._not_whole(problem)
        return row["id"], reading_digest(row["sha256"], row["language"], row["title"])

    def entries(self) -> Iterator[Entry]:
        """Every article without its text, in order of id.

        Raises:
            LibraryDamaged: What is known of one is none that was stored.
        """
        for found in self.listed():
            if isinstance(found, Problem):
                raise self._not_whole(found)
            yield found

    def listed(self) -> Iterator[Entry | Problem]:
        """Every article without its text, in order of id, or why it cannot be listed."""
        return map(_entry, self._pages(select(ROW, *(ARTICLES.c[name] for name in ENTRY))))

    def is_listed_soundly(self) -> bool:
        """Whether its list of articles, apart from their texts, is the one that was stored."""
        with self._database.reading() as connection:
            stored = shelves.stored_version(connection)
            given = {shelves.version(connection), shelves.older_version(connection)} - {None}
        return stored in given and all(map(soundness.is_sound, self._pages(select(ROW, ARTICLES))))

    def verify(self) -> Iterator[Problem]:
        """What is not as it was stored: texts against their SHA-256, the list against its version.

        Raises:
            LibraryDamaged: The file is too damaged to be read on.
        """
        yield from self.faults()
        yield from (found for found in self.examine() if isinstance(found, Problem))

    def faults(self) -> Iterator[Problem]:
        """What of the library itself, its file and its tables, is not as it was stored.

        Raises:
            LibraryDamaged: The file is too damaged to be read on.
        """
        with self._database.reading() as connection:
            # SQLite's own words: they name pages, rows, tables and columns, and no value.
            checks = connection.exec_driver_sql("PRAGMA integrity_check(10)").scalars().all()
            stored = shelves.stored_version(connection)
            version, older = shelves.version(connection), shelves.older_version(connection)
            unread = shelves.unreadable_changes(connection)
        faults = [f"the file is damaged: {check}" for check in checks if check != "ok"]
        if stored is None or stored not in {version, older}:
            faults.append(_misfit(version, stored))
        if unread:
            faults.append(
                f"its table changes has {unread:,} rows that cannot be read; "
                "the next change of the library clears them away"
            )
        return (Problem(article=None, what=what) for what in faults)

    def _pages(self, query: Select[Any]) -> Iterator[RowMapping]:
        """The rows of `query` in order of id; between pages nothing is held open.

        Rows whose id is no text come first: they have no place in that order.
        """
        is_named = func.typeof(ARTICLES.c.id) == "text"
        nameless = query.where(func.not_(is_named)).order_by(ROW)
        yield from self._paged(nameless, lambda row: row["row"] < ROW)
        yield from self._paged(query.where(is_named).order_by(ARTICLES.c.id, ROW), _after)

    def _paged(
        self, query: Select[Any], after: Callable[[RowMapping], ColumnElement[bool]]
    ) -> Iterator[RowMapping]:
        page = query.limit(BATCH)
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(page).mappings().all()
            yield from rows
            if len(rows) < BATCH:
                return
            page = query.where(after(rows[-1])).limit(BATCH)

    def _article(self, row: Row) -> Article:
        found = _examined(row)
        if isinstance(found, Problem):
            raise self._not_whole(found)
        return found

    def _not_whole(self, problem: Problem) -> LibraryDamaged:
        return LibraryDamaged(f"{self._database.place}: {problem}")

    def _damaged(self, what: str) -> LibraryDamaged:
        return LibraryDamaged(f"{self._database.place}: {what}; run `pullquote library verify`")


def _misfit(version: str, stored: object) -> str:
    if soundness.is_version(stored):
        return f"its articles give the version {version}, not {stored}; {ANEW}"
    return (
        f"its articles give the version {version}, which is not stored; "
        "the next change of the library stores it"
    )


def _after(row: RowMapping) -> ColumnElement[bool]:
    """The articles that come after that of `row`; another program may give several one id."""
    name, here = row["id"], ARTICLES.c.id
    if not soundness.can_store(name):
        name = cast(literal(name.encode(errors="surrogateescape"), LargeBinary), Text)
    return and_(here >= name, or_(here > name, row["row"] < ROW))


def _examined(row: Row) -> Article | Problem:
    problem = _problem(row, None)
    if problem:
        return problem
    found = soundness.judge(row)
    return found if isinstance(found, Article) else Problem(article=row["id"], what=found)


def _entry(row: Row) -> Entry | Problem:
    problem = _problem(row, soundness.misfit(row) or soundness.miscounted(row))
    return problem or Entry(**{name: row[name] for name in ENTRY})


def _problem(row: Row, fault: str | None) -> Problem | None:
    """What is wrong with a row, under the article's id where it has one."""
    if nameless := soundness.nameless(row):
        return Problem(article=None, what=nameless)
    return Problem(article=row["id"], what=fault) if fault else None
