"""The articles that are kept: added, removed, listed and checked, in one SQLite file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Self

from sqlalchemy import func, select

from retrieval.errors import LibraryDamaged, UnknownArticle
from retrieval.library import changes, entries, faults, layouts, rows, soundness, tracing
from retrieval.library.adding import put_in, take_out
from retrieval.library.beginning import begun
from retrieval.library.database import Database, stamp_of
from retrieval.library.entries import AddReport, Entry, Placed, Problem, Source
from retrieval.library.paging import MANY, pages
from retrieval.library.place import NAME, file_in
from retrieval.library.recent import Recent
from retrieval.library.soundness import Row
from retrieval.library.syncing import Read, SyncReport, sync
from retrieval.library.tables import ARTICLES
from retrieval.models import Article
from retrieval.values import reading_digest


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
        self._recent = Recent()

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
        path = file_in(folder, create=create)
        return cls(begun(Database.at(path, create=create), create=create), folder)

    @classmethod
    def of(cls, articles: Iterable[Article]) -> Self:
        """A library in memory that holds `articles`."""
        library = cls(begun(Database.in_memory(), create=True), None)
        library.add(articles)
        return library

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
            stored = rows.stored_version(connection)
        if not soundness.is_version(stored):
            what = "missing" if stored is None else "none"
            place = self._database.place
            raise LibraryDamaged(f"{place}: its version is {what}; run `pullquote library verify`")
        return stored

    def stamp(self) -> object:
        """What differs whenever the library was written; None where that cannot be told.

        It costs no look into the file. A file that was written this very moment has none, because
        another write in the same moment would leave it as it is.
        """
        return stamp_of(self.folder / NAME) if self.folder else self._changes

    def __len__(self) -> int:
        with self._database.reading() as connection:
            return connection.execute(select(func.count()).select_from(ARTICLES)).scalar_one()

    def add(self, articles: Iterable[Article | Placed], *, replace: bool = True) -> AddReport:
        """Add articles; one whose id is there already replaces that one.

        They are written as they come, in one transaction: whatever is raised, here or by
        `articles`, leaves the library as it was.

        Args:
            articles: What to add. Where an article comes with its file, that is kept.
            replace: Whether an article may replace one that is known to be from another file; else
                the report says that it was refused.

        Raises:
            InputError: Two have the same id, or a text cannot be stored as UTF-8.
            LibraryUnavailable: The disk is full or cannot be written, or another writes.
        """
        with self._database.writing() as connection:
            report = put_in(connection, articles, replace=replace)
        self._changes += 1
        return report

    def sync(
        self, root: str, read: Read, *, replace: bool = False, dry_run: bool = False
    ) -> SyncReport:
        """Hold what a folder holds, and what did not come from it; errors are those of `add`.

        Args:
            root: The folder's whole path, by which what came from it is known.
            read: Its files that need not be read where they are as they were → what it holds.
            replace: Whether an article may replace one that is known to be from elsewhere.
            dry_run: Write nothing, and only tell what would be done.
        """
        opened = self._database.reading() if dry_run else self._database.writing()
        with opened as connection:
            report = sync(connection, root, read, replace=replace, dry_run=dry_run)
        self._changes += 1
        return report

    def remove(self, *article_ids: str) -> None:
        """Take articles out, all of them or none.

        Raises:
            UnknownArticle: One is not there.
            LibraryUnavailable: The library cannot be written.
        """
        with self._database.writing() as connection:
            take_out(connection, article_ids)
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
        stamp = self.stamp()  # before anything is read: a change meanwhile is seen the next time
        kept = self._recent.since(stamp)
        known = list(filter(None, map(kept.get, wanted)))
        read = self._look_up(set(wanted).difference(article.id for article in known))
        for article in read:
            kept.keep(article.id, article)
        if known and read and self.stamp() != stamp:  # what was kept may be of another moment
            return self.get_all(wanted)
        return sorted([*known, *read], key=lambda article: article.id)

    def source(self, article_id: str) -> Source | None:
        """What an article was read from; None where that is not kept.

        Raises:
            UnknownArticle: It is not there.
            LibraryDamaged: It is not as it was stored.
        """
        found = tracing.source_of(self._database, self.get(article_id))
        if isinstance(found, str):
            raise self._not_whole(Problem(article=article_id, what=f"{found}; {soundness.AGAIN}"))
        return found

    def _look_up(self, names: Collection[str]) -> list[Article]:
        if not names:
            return []
        with self._database.looking_up() as cursor:
            return list(map(self._article, rows.find(cursor, sorted(names))))

    def __iter__(self) -> Iterator[Article]:
        """Every article, in order of id, read a few at a time.

        Raises:
            LibraryDamaged: One is not as it was stored.
        """
        return map(self._article, self._whole())

    def examine(self) -> Iterator[Article | Problem]:
        """Every article, in order of id, or what of it is not as it was stored."""
        for row in self._whole():
            found = entries.examined(row)
            yield found if isinstance(found, Problem) else tracing.traced(self._database, found)

    def _whole(self) -> Iterator[Row]:
        return pages(self._database, rows.WHOLE, layouts.READ)

    def changes_since(self, version: str) -> list[str] | None:
        """The ids of articles that changed since `version`; None where that is not known."""
        with self._database.reading() as connection:
            return changes.since(connection, version, rows.stored_version(connection))

    def digests(self, names: Sequence[str] | None = None) -> Iterator[tuple[str, str]]:
        """Articles' ids, each with the digest that reading it depends on; see `reading_digest`.

        Args:
            names: Those that are wanted, where they are there; None for all, in order of id.

        Raises:
            LibraryDamaged: One of these values is none that was stored.
        """
        if names is None:
            return map(self._digest, pages(self._database, rows.READ, layouts.DIGEST, MANY))
        with self._database.reading() as connection:
            return map(self._digest, rows.digests(connection, names))

    def _digest(self, row: Row) -> tuple[str, str]:
        if problem := entries.problem_of(row, soundness.misfit(row, rows.DIGESTED)):
            raise self._not_whole(problem)
        known = row["sha256"], row["language"], row["title"], soundness.layout_digest(row)
        return row["id"], reading_digest(*known)

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
        return map(entries.listed, pages(self._database, rows.BARE))

    def is_listed_soundly(self) -> bool:
        """Whether its list of articles, apart from their texts, is the one that was stored."""
        with self._database.reading() as connection:
            is_theirs = faults.has_its_version(connection)
        bare = pages(self._database, rows.BARE, layouts.DIGEST)
        return is_theirs and all(map(soundness.is_sound, bare))

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
            found = list(faults.find(connection))
        return (Problem(article=None, what=what) for what in found)

    def _article(self, row: Row) -> Article:
        found = entries.examined(row)
        if isinstance(found, Problem):
            raise self._not_whole(found)
        return found

    def _not_whole(self, problem: Problem) -> LibraryDamaged:
        return LibraryDamaged(f"{self._database.place}: {problem}")
