"""The articles that are kept: added, removed, listed and checked, in one SQLite file."""

from __future__ import annotations

import itertools
import shlex
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from pydantic import ValidationError
from sqlalchemy import RowMapping, Select, func, select

from retrieval.errors import InputError, LibraryDamaged, LibraryUnavailable, UnknownArticle
from retrieval.library import shelves
from retrieval.library.database import Database, stamp_of
from retrieval.library.tables import ARTICLES, STATE, TEXTS
from retrieval.memo import Memo
from retrieval.models import Article
from retrieval.values import Value, reading_digest

NAME = "library.db"
_KEPT = 1 << 22  # characters of articles that are kept in memory once they were read
BATCH = 64  # articles that are written, or read, at a time
ENTRY = [ARTICLES.c[name] for name in (*shelves.FIELDS, "sha256", "characters")]


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
    """Something that is not as it was stored.

    Attributes:
        article: Its id, or None where the library itself is meant.
        what: One line.
    """

    article: str | None
    what: str


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
            raise LibraryUnavailable(f"{folder}: {error.strerror}; name another folder") from error
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
        """16 hex digits over every article; the same articles have the same version."""
        with self._database.reading() as connection:
            stored = connection.scalar(select(STATE.c.value).where(STATE.c.name == shelves.VERSION))
        if stored is None:
            raise self._damaged("its version is missing")
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
            wanted = [article_id] if shelves.can_store(article_id) else []
            known, ledger = shelves.digests(connection, wanted), shelves.Ledger.empty()
            if not known:
                raise UnknownArticle(article_id)
            shelves.forget(connection, known, ledger)
            shelves.seal(connection, ledger)
        self._changes += 1

    def get(self, article_id: str) -> Article:
        """The article of that id.

        Raises:
            UnknownArticle: It is not there.
        """
        found = self.get_all([article_id])
        if not found:
            raise UnknownArticle(article_id)
        return found[0]

    def get_all(self, article_ids: Iterable[str]) -> list[Article]:
        """The articles of these ids, in order of id, as they are at one moment.

        An id that is not there is passed over. What was read is kept, and given again as long as
        nobody has written the library since.
        """
        wanted = [name for name in article_ids if shelves.can_store(name)]
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
        """Every article, in order of id, read a few at a time."""
        for row in self._pages(shelves.WHOLE):
            yield self._article(row)

    def changes_since(self, version: str) -> list[str] | None:
        """The ids of articles that changed since `version`; None where that is not known."""
        with self._database.reading() as connection:
            return shelves.changes_since(connection, version)

    def digests(self, names: Sequence[str] | None = None) -> Iterator[tuple[str, str]]:
        """Articles' ids, each with the digest that reading it depends on; see `reading_digest`.

        Args:
            names: Those that are wanted, where they are there; None for all.
        """
        found = select(ARTICLES.c.id, ARTICLES.c.sha256, ARTICLES.c.language, ARTICLES.c.title)
        if names is not None:
            found = found.where(ARTICLES.c.id.in_(names))
        with self._database.reading() as connection:
            rows = connection.execute(found).all()
        return ((name, reading_digest(*known)) for name, *known in rows)

    def entries(self) -> Iterator[Entry]:
        """Every article without its text, in order of id."""
        for row in self._pages(select(*ENTRY).order_by(ARTICLES.c.id)):
            yield Entry(**row)

    def verify(self) -> Iterator[Problem]:
        """What is not as it was stored: texts against their SHA-256, the list against its version.

        Raises:
            LibraryDamaged: The file is too damaged to be read on.
        """
        yield from (Problem(article=None, what=what) for what in self._faults())
        stored = select(ARTICLES, TEXTS.c.text).outerjoin_from(ARTICLES, TEXTS)
        for row in self._pages(stored.order_by(ARTICLES.c.id)):
            if what := shelves.fault(row):
                yield Problem(article=row["id"], what=what)

    def _faults(self) -> list[str]:
        with self._database.reading() as connection:
            checks = connection.exec_driver_sql("PRAGMA integrity_check(10)").scalars().all()
            stored = connection.scalar(select(STATE.c.value).where(STATE.c.name == shelves.VERSION))
            version, older = shelves.version(connection), shelves.older_version(connection)
        faults = [f"the file is damaged: {check}" for check in checks if check != "ok"]
        if stored not in {version, older}:
            faults.append(f"its articles give the version {version}, not {stored}")
        return faults

    def _pages(self, query: Select[Any]) -> Iterator[RowMapping]:
        """The rows of `query`, which is in order of id; between pages nothing is held open."""
        page = query.limit(BATCH)
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(page).mappings().all()
            yield from rows
            if len(rows) < BATCH:
                return
            page = query.where(ARTICLES.c.id > rows[-1]["id"]).limit(BATCH)

    def _article(self, row: Mapping[str, Any] | RowMapping) -> Article:
        try:
            return Article(**row)
        except ValidationError as error:
            raise self._damaged(f"article {row['id']!r} is not whole") from error

    def _damaged(self, what: str) -> LibraryDamaged:
        return LibraryDamaged(f"{self._database.place}: {what}; run `pullquote library verify`")
