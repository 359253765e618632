"""Any value may stand in a library's file: what is damaged is named, and the rest goes on."""

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from libraries import HARBOUR, article, laid_out, with_source

from bot.cli import run
from retrieval import Answerer, Article, Library
from retrieval.errors import LibraryError, UnknownArticle
from retrieval.library import NAME, Problem
from retrieval.library.checks import check
from retrieval.library.tables import LAYOUTS, METADATA

BRIDGE = laid_out(
    Article(
        id="bridge",
        title="The bridge",
        text="The bridge was finished in 1950. Traffic doubled within ten years.",
        publisher="The Strait",
        author="Elin Strand",
        published="1950-05-01",
        url="https://example.org/bridge",
    )
)
LIGHT = article("lighthouse", "The lighthouse burned down in 1888.", "The lighthouse")
VALUES = (
    "NULL",
    "''",
    "'text'",
    "x'00ff'",
    "-5",
    "9223372036854775807",
    "9e999",
    "CAST(x'ff' AS TEXT)",
)
TEXTS = frozenset(VALUES) - {"NULL", "x'00ff'", "-5", "9223372036854775807", "9e999"}
# In the log of changes, which is a hint for the index alone.
HARMLESS = frozenset(VALUES) - {"x'00ff'", "9e999"}


TABLES = {table.name: list(table.columns.keys()) for table in (*METADATA.tables.values(), LAYOUTS)}


class Told(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def both(self) -> str:
        return self.out + self.err


Call = Callable[..., Told]


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str]) -> Call:
    def work(*arguments: object) -> Told:
        code = run([str(one) for one in arguments])
        return Told(code, *capfd.readouterr())

    return work


def change(folder: Path, statement: str) -> None:
    connection = sqlite3.connect(folder / NAME)
    try:
        connection.execute(statement)
        connection.commit()
    finally:
        connection.close()


def make(folder: Path, *articles: Article) -> Path:
    """A library with an index, whose tables take values of any kind in any column."""
    with Library.open(folder, create=True) as library:
        library.add(map(with_source, articles))
        Answerer.open(library)
    connection = sqlite3.connect(folder / NAME)
    for table, columns in TABLES.items():
        names = ", ".join(f'"{name}"' for name in columns)
        connection.executescript(
            f"ALTER TABLE {table} RENAME TO old; CREATE TABLE {table} ({names});"
        )
        connection.execute(f"INSERT INTO {table} SELECT * FROM old")  # noqa: S608 - our own names
        connection.execute("DROP TABLE old")
    connection.commit()
    connection.close()
    return folder


class Case(NamedTuple):
    table: str
    column: str
    row: str
    value: str

    @property
    def statement(self) -> str:
        return f"UPDATE {self.table} SET {self.column} = {self.value} WHERE {self.row}"  # noqa: S608 - our own names

    def is_named(self, told: str) -> bool:
        """Whether the user learns where the damage is."""
        if self.table == "changes":  # only what is no text is told
            return "table changes" in told or self.value in HARMLESS
        if self.table == "provenance":
            return "table provenance" in told or self.value in TEXTS
        if self.table == "state":  # a lost sum is made again by the next change
            return "its articles give the version" in told or self.row == "name = 'total'"
        if (self.table, self.column) == ("articles", "id"):
            return "of its table articles" in told or "article 'text'" in told
        return "article 'bridge'" in told

    @property
    def stands_beside(self) -> bool:
        """Whether no reading of articles meets the value."""
        return self.table in {"state", "changes", "provenance"} or self.column in SOURCE


@contextlib.contextmanager
def damaged(folder: Path, case: Case) -> Iterator[None]:
    """A library with one wrong value, for as long as the context lasts."""
    with (
        contextlib.closing(sqlite3.connect(folder / NAME, isolation_level=None)) as connection,
        contextlib.closing(sqlite3.connect(":memory:")) as before,
    ):
        connection.execute("PRAGMA synchronous = OFF")
        connection.backup(before)
        connection.execute(case.statement)
        yield
        before.backup(connection)


def told(read: Callable[[], list[Article]]) -> list[Article] | str:
    """What is read, or what the user is told instead."""
    try:
        return read()
    except LibraryError as error:
        return str(error)


def cases() -> list[Case]:
    """Every value in every column of every table."""
    rows = {
        "articles": ("id = 'bridge'",),
        "texts": ("article = 'bridge'",),
        "state": ("name = 'version'", "name = 'total'"),
        "changes": ("number = 1",),
        "provenance": ("article = 'bridge'",),
        "layouts": ("article = 'bridge'",),
    }
    return [
        Case(table, column, row, value)
        for table, columns in TABLES.items()
        for column in columns
        for row in rows[table]
        for value in VALUES
    ]


CASES = cases()
SOURCE = frozenset({"encoding", "runs", "original"})
STEP = 5  # no divisor of the number of values, nor of that of the commands
BRIDGE_ASKED, HARBOUR_ASKED = "When was the bridge finished?", "When did the new harbour open?"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("whole") / "shelf", HARBOUR, BRIDGE, LIGHT)


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "shelf"))


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("news") / "ferry.txt"
    path.write_text("The ferry sails at noon.", encoding="utf-8")
    return path


def test_every_value_in_every_column_is_named_and_the_rest_is_checked(folder: Path) -> None:
    change(folder, "UPDATE texts SET text = 'Another.' WHERE article = 'lighthouse'")
    with Library.open(folder) as library:
        for case in CASES:
            with damaged(folder, case):
                told = "\n".join(map(str, check(library)))
                listed = {one.id for one in library.listed() if not isinstance(one, Problem)}
            assert case.is_named(told), (case, told)
            assert "article 'lighthouse': its text is not the one" in told, (case, told)
            assert {"harbour", "lighthouse"} <= listed, case


def test_what_is_read_is_what_was_stored_or_an_error_that_names_it(folder: Path) -> None:
    with Library.open(folder) as library:
        for case in CASES:
            with damaged(folder, case):
                got = [told(lambda: library.get_all(["bridge"])), told(lambda: list(library))]
                assert library.get_all(["harbour"]) == [HARBOUR]
            for found in got:
                if isinstance(found, list):
                    assert set(found) <= {HARBOUR, BRIDGE, LIGHT}, case
                    assert not case.stands_beside or BRIDGE in found, case
                else:
                    assert case.is_named(found), (case, found)


def test_any_change_of_a_damaged_library_leaves_a_true_version(folder: Path) -> None:
    ferry = article("ferry", "The ferry sails at noon.")
    with Library.open(folder) as library:
        for case in CASES[::STEP]:
            with damaged(folder, case):
                with contextlib.suppress(UnknownArticle):  # its id is the damage
                    library.remove("bridge")
                library.add([ferry, BRIDGE])
                faults = list(library.verify())
                assert library.get("bridge") == BRIDGE, case
                assert not faults or (case.table, case.column) == ("articles", "id"), (case, faults)


def test_no_command_ends_in_a_bug(whole: Path, news: Path, tmp_path: Path, call: Call) -> None:
    commands: list[tuple[object, ...]] = [
        ("library", "verify"),
        ("doctor",),
        ("library", "list"),
        ("library", "list", "--json"),
        ("ask", BRIDGE_ASKED),
        ("ask", HARBOUR_ASKED),
        ("library", "add", news),
        ("library", "remove", "lighthouse"),
        ("library", "remove", "bridge"),
    ]
    # All commands over all cases take a minute; here each command meets each kind of value.
    for number, case in enumerate(CASES[::STEP]):
        folder = Path(shutil.copytree(whole, tmp_path / str(number)))
        change(folder, case.statement)
        done = call(*commands[number % len(commands)], "--library", folder)
        assert done.code in {0, 1, 2}, (case, done)
        assert "Traceback" not in done.err, (case, done)
        shutil.rmtree(folder)
