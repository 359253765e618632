"""The library keeps articles: real SQLite files, real disks, real processes."""

import contextlib
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import connections
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import InputError, LibraryDamaged, LibraryUnavailable, UnknownArticle
from retrieval.library import NAME, Library
from retrieval.library.checks import check
from retrieval.library.database import Database
from retrieval.models import Article


def article(name: str, text: str = "A fact stands here.", **known: str) -> Article:
    return Article.model_validate({"id": name, "title": f"On {name}", "text": text} | known)


ABC = [article("a"), article("b", "Bees fly.\r\nFar."), article("c", publisher="The Sea")]
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
articles = st.builds(
    Article,
    id=texts,
    title=texts,
    text=st.text(st.characters(exclude_categories=["Cs"])),
    publisher=st.none() | texts,
    url=st.none() | texts,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Library.open(tmp_path / "shelf", create=True) as library:
        library.add(ABC)
    return tmp_path / "shelf"


def damage(folder: Path, statement: str) -> None:
    with contextlib.closing(sqlite3.connect(folder / NAME)) as connection:
        connection.execute(statement)
        connection.commit()


def test_what_goes_in_comes_out(folder: Path) -> None:
    with Library.open(folder) as library:
        assert list(library) == ABC
        assert library.get("b") == ABC[1]
        assert len(library) == 3


def test_a_library_in_memory_has_no_folder_and_the_same_articles() -> None:
    with Library.of(ABC) as library:
        assert library.folder is None
        assert list(library) == ABC


@given(st.lists(articles, unique_by=lambda one: one.id))
def test_any_articles_come_back_as_they_were_in_order_of_id(some: list[Article]) -> None:
    with Library.of(some) as library:
        assert list(library) == sorted(some, key=lambda one: one.id)
        assert [entry.sha256 for entry in library.entries()] == [one.sha256 for one in library]
        assert list(library.verify()) == []


@given(
    st.lists(articles, unique_by=lambda one: one.id, max_size=6), st.randoms(use_true_random=False)
)
def test_the_version_does_not_depend_on_the_order_of_adding(
    some: list[Article], random: Random
) -> None:
    shuffled = random.sample(some, len(some))
    with Library.of(some) as one, Library.of([]) as other:
        for item in shuffled:
            other.add([item])
        assert one.version == other.version


def test_the_version_has_16_hex_digits_and_changes_with_each_article() -> None:
    seen = set()
    with Library.of([]) as library:
        for number in range(5):
            seen.add(library.version)
            library.add([article(str(number))])
        assert len(seen) == 5
        assert all(len(version) == 16 and int(version, 16) >= 0 for version in seen)


def test_taking_out_what_went_in_gives_the_version_before(folder: Path) -> None:
    with Library.open(folder) as library:
        before = library.version
        library.add([article("d")])
        library.remove("d")
        assert library.version == before


def test_adding_says_what_became_of_each() -> None:
    with Library.of(ABC) as library:
        report = library.add([article("d"), article("a"), article("b", "Bees swim."), article("e")])
        assert report.added == ("d", "e")
        assert report.replaced == ("b",)
        assert report.unchanged == ("a",)
        assert library.get("b").text == "Bees swim."


def test_another_title_or_publisher_is_a_replacement() -> None:
    with Library.of(ABC) as library:
        before = library.version
        renamed = Article(id="a", title="Another", text=ABC[0].text)
        assert library.add([renamed, article("b", ABC[1].text, publisher="P")]).replaced == (
            "a",
            "b",
        )
        assert library.version != before


def test_adding_the_same_again_leaves_the_file_as_it_was(folder: Path) -> None:
    before = (folder / NAME).read_bytes()
    with Library.open(folder) as library:
        assert library.add(ABC).unchanged == ("a", "b", "c")
    assert (folder / NAME).read_bytes() == before


def test_two_articles_of_one_id_are_refused_and_nothing_goes_in() -> None:
    with Library.of(ABC) as library:
        with pytest.raises(InputError, match="'d'"):
            library.add([article("d"), article("e"), article("d", "Other.")])
        assert list(library) == ABC


def test_what_the_source_of_the_articles_raises_leaves_the_library_as_it_was(folder: Path) -> None:
    def broken() -> Iterator[Article]:
        yield from (article(f"n{number}") for number in range(200))
        raise InputError("the source broke off")

    with Library.open(folder) as library:
        version = library.version
        with pytest.raises(InputError, match="broke off"):
            library.add(broken())
        assert (list(library), library.version) == (ABC, version)


def test_half_of_a_surrogate_pair_is_refused_by_the_articles_name() -> None:
    with Library.of([]) as library, pytest.raises(InputError, match="'x'"):
        library.add([article("x", "Broken \ud83d text.")])


@pytest.mark.parametrize("name", ["nope", "", "\ud800", "a'; DROP TABLE articles; --", "a\0"])
def test_an_unknown_id_is_named(name: str) -> None:
    with Library.of(ABC) as library:
        for act in (library.get, library.remove):
            with pytest.raises(UnknownArticle) as caught:
                act(name)
            assert caught.value.article == name
        assert len(library) == 3


def test_an_article_that_is_removed_is_gone(folder: Path) -> None:
    with Library.open(folder) as library:
        library.remove("b")
        assert [entry.id for entry in library.entries()] == ["a", "c"]
        assert list(library.verify()) == []


def test_many_articles_stream_through_in_pages(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True) as library:
        library.add(article(f"{number:05}") for number in range(1000))
        names = [one.id for one in library]
        assert names == [entry.id for entry in library.entries()]
        assert names == sorted(names)
        assert len(names) == 1000


def test_articles_can_be_added_while_others_are_read(folder: Path) -> None:
    with Library.open(folder) as library:
        for one in library:
            library.add([article(f"copy of {one.id}", one.text)])
            if len(library) > 5:
                break
        assert len(library) == 6


@pytest.mark.parametrize("in_memory", [True, False])
def test_threads_read_at_once(folder: Path, in_memory: bool) -> None:
    with Library.of(ABC) if in_memory else Library.open(folder) as library:
        together = threading.Barrier(4)

        def read() -> bool:
            together.wait()
            return all(list(library) == ABC and library.get("a") == ABC[0] for _ in range(20))

        with ThreadPoolExecutor(4) as pool:
            assert all(future.result() for future in [pool.submit(read) for _ in range(4)])


# What cannot be opened


def test_others_read_while_more_comes_than_memory_is_given(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.library.database.SPILL", 10)

    def coming() -> Iterator[Article]:
        for number in range(100):
            yield article(f"n{number:03}", f"{number} " * 10_000)
        with Library.open(folder) as other:
            assert [one.id for one in other] == ["a", "b", "c"]

    with Library.open(folder) as library:
        library.add(coming())
        assert len(library) == 103


ADDING = """
import resource, sys
from pathlib import Path
from random import Random
from retrieval import Article, Library
random = Random(5)
def coming():
    for number in range(int(sys.argv[2])):
        yield Article(id=f"n{number:06}", title="T", text=random.randbytes(32_000).hex())
with Library.open(Path(sys.argv[1]), create=True) as library:
    library.add(coming())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count in other units")
def test_what_is_added_takes_no_more_memory_however_much_it_is(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        """In megabytes."""
        command = [sys.executable, "-c", ADDING, str(tmp_path / f"{count}"), str(count)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 - our own program
        return int(done.stdout) // 1024

    assert peak(2000) < peak(500) + 15  # 128 MB of text, and 32


def test_a_missing_folder_holds_no_library(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no library"):
        Library.open(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_an_empty_folder_holds_no_library_and_stays_empty(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="library add"):
        Library.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_made_where_asked(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a" / "b ?#%20é", create=True) as library:
        assert len(library) == 0
    assert (tmp_path / "a" / "b ?#%20é" / NAME).is_file()


def test_a_folder_whose_name_is_no_utf8_works(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    with Library.open(folder, create=True) as library:
        library.add(ABC)
    with Library.open(folder) as library:
        assert len(library) == 3


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_file_in_the_folders_place_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(InputError, match="is no folder"):
        Library.open(tmp_path / place, create=True)


@pytest.mark.parametrize(
    "content", [b"plain text, not a database" * 99, b"SQLite format 3\0" + b"x" * 5000]
)
def test_a_file_that_is_no_database_is_called_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(LibraryDamaged, match=NAME):
        Library.open(tmp_path)


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    damage(tmp_path, "CREATE TABLE bookmarks (url TEXT)")
    before = (tmp_path / NAME).read_bytes()
    for create in (True, False):
        with pytest.raises(LibraryDamaged, match="no Pullquote library"):
            Library.open(tmp_path, create=create)
    assert (tmp_path / NAME).read_bytes() == before


def test_an_empty_file_is_no_library_until_it_is_made_one(tmp_path: Path) -> None:
    (tmp_path / NAME).touch()
    with pytest.raises(InputError, match="no library yet"):
        Library.open(tmp_path)
    Library.open(tmp_path, create=True).close()
    Library.open(tmp_path).close()


def test_a_newer_pullquotes_library_is_not_touched(folder: Path) -> None:
    damage(folder, "PRAGMA user_version = 3")
    with pytest.raises(LibraryUnavailable, match="newer Pullquote"):
        Library.open(folder)


@pytest.mark.parametrize("in_memory", [True, False])
def test_what_is_closed_while_it_is_read_lets_go_when_that_is_done(
    folder: Path, in_memory: bool
) -> None:
    before = connections.opened()
    path = folder / NAME
    database = Database.in_memory() if in_memory else Database.at(path, create=False)
    with database.reading() as connection:
        database.close()
        assert connection.exec_driver_sql("SELECT 1").scalar_one() == 1
        assert connections.opened() > before
    assert connections.opened() == before
    with database.reading():
        assert connections.opened() > before
    assert connections.opened() == before


# What cannot be written


def test_a_library_that_another_process_writes_is_busy(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.library.database.PATIENCE", 0.01)
    writing = contextlib.closing(sqlite3.connect(folder / NAME, isolation_level=None))
    with writing as other, Library.open(folder) as library:
        other.execute("BEGIN IMMEDIATE")
        assert list(library) == ABC
        with pytest.raises(LibraryUnavailable, match="another process"):
            library.add([article("d")])


FILL = textwrap.dedent("""
    import sys
    from pathlib import Path
    from retrieval.errors import LibraryUnavailable
    from retrieval.library import Library
    from retrieval.models import Article

    with Library.open(Path(sys.argv[1])) as library:
        try:
            library.add(Article(id=f"n{n}", title="T", text="word " * 9999) for n in range(100))
        except LibraryUnavailable as error:
            print(error)
""")


def fill(folder: Path, limit: int) -> str:
    """Add far more than `limit` bytes to the library in a process that may not write so much."""

    def restrict() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = [sys.executable, "-c", FILL, str(folder)]
    done = subprocess.run(  # noqa: S603 - our own program
        command,
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=restrict,
    )
    return done.stdout


def test_a_disk_that_takes_no_more_leaves_the_library_as_it_was(folder: Path) -> None:
    with Library.open(folder) as library:
        before = library.version
    message = fill(folder, limit=1_000_000)
    assert message.count("\n") == 1
    assert "nothing was changed" in message
    with Library.open(folder) as library:
        assert library.version == before
        assert list(library) == ABC
        assert list(library.verify()) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    mount = tmp_path / "disk"
    mount.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(mount)]
    if os.geteuid() or subprocess.run(command, capture_output=True, check=False).returncode:  # noqa: S603 - fixed words
        pytest.skip("this machine does not let the test mount a small disk")
    yield mount
    subprocess.run(["umount", str(mount)], check=True)  # noqa: S603, S607 - same


def test_a_full_disk_is_called_full_and_leaves_the_library_as_it_was(small_disk: Path) -> None:
    with Library.open(small_disk, create=True) as library:
        library.add(ABC)
        before = library.version
        with pytest.raises(LibraryUnavailable, match="disk is full, and nothing was changed"):
            library.add(article(f"n{n}", "word " * 9999) for n in range(100))
        assert library.version == before
        assert list(library) == ABC
    with Library.open(small_disk) as library:
        assert list(library.verify()) == []


AS_NOBODY = textwrap.dedent("""
    import os, sys
    from pathlib import Path
    from retrieval.errors import PullquoteError
    from retrieval.library import Library
    from retrieval.models import Article

    if os.geteuid() == 0:
        os.setuid(65534)
    folder, act = Path(sys.argv[1]), sys.argv[2]
    try:
        with Library.open(folder, create=act == "make") as library:
            print(len(library), flush=True)
            library.add([Article(id="d", title="T", text="Text.")])
    except PullquoteError as error:
        print(type(error).__name__, error)
""")


def run_as_nobody(folder: Path, act: str) -> list[str]:
    command = [sys.executable, "-c", AS_NOBODY, str(folder), act]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()  # noqa: S603 - our own program


@pytest.fixture
def open_path() -> Iterator[Path]:
    """A folder that everybody can reach; the one that pytest gives is closed to others."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_a_library_that_may_only_be_read_answers_and_refuses_to_change(open_path: Path) -> None:
    with Library.open(open_path, create=True) as library:
        library.add(ABC)
    (open_path / NAME).chmod(0o444)
    open_path.chmod(0o555)
    count, refusal = run_as_nobody(open_path, "add")
    assert count == "3"
    assert refusal.startswith("LibraryUnavailable")
    assert "write permission" in refusal


def test_a_library_that_may_not_be_read_is_named(open_path: Path) -> None:
    Library.open(open_path, create=True).close()
    (open_path / NAME).chmod(0o000)
    (refusal,) = run_as_nobody(open_path, "add")
    assert refusal.startswith(f"LibraryUnavailable {open_path / NAME}: it cannot be opened")


def test_a_folder_in_which_nothing_may_be_made_is_named(open_path: Path) -> None:
    open_path.chmod(0o555)
    (refusal,) = run_as_nobody(open_path / "shelf", "make")
    assert refusal.startswith(f"LibraryUnavailable {open_path / 'shelf'}: Permission denied")


# What is not as it was stored


@pytest.mark.parametrize(
    ("statement", "article_id", "what"),
    [
        ("UPDATE texts SET text = 'Forged.' WHERE article = 'a'", "a", "its text is not the one"),
        ("UPDATE articles SET title = 'Forged' WHERE id = 'b'", "b", "what is known of it"),
        ("UPDATE articles SET characters = 1 WHERE id = 'b'", "b", "what is known of it"),
        ("DELETE FROM texts WHERE article = 'c'", "c", "its text is missing"),
        ("DELETE FROM articles WHERE id = 'c'", None, "its articles give the version"),
        ("DELETE FROM state", None, "its articles give the version"),
    ],
)
def test_verify_finds_what_was_changed_behind_its_back(
    folder: Path, statement: str, article_id: str | None, what: str
) -> None:
    damage(folder, statement)
    with Library.open(folder) as library:
        (problem,) = library.verify()
        assert problem.article == article_id
        assert problem.what.startswith(what)


def test_a_page_that_is_overwritten_is_damage_not_a_crash(folder: Path) -> None:
    with Library.open(folder) as library:
        library.add(article(f"n{n}", "word " * 999) for n in range(50))
    path = folder / NAME
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xff" * len(data[8192:])
    path.write_bytes(data)
    with Library.open(folder) as library:
        for look in (library.verify, library.__iter__):
            with pytest.raises(LibraryDamaged, match="restore a copy"):
                list(look())


def test_a_missing_version_is_damage(folder: Path) -> None:
    damage(folder, "DELETE FROM state")
    with Library.open(folder) as library, pytest.raises(LibraryDamaged, match="verify"):
        _ = library.version


def test_no_text_of_an_article_gets_into_an_error(folder: Path) -> None:
    damage(folder, "DROP TABLE texts")
    with Library.open(folder) as library, pytest.raises(LibraryUnavailable) as caught:
        library.add([article("secret", "A secret stands here.")])
    assert "secret" not in f"{caught.value} {caught.value.__cause__}"


def test_every_sentence_of_a_sound_library_is_cut_exactly() -> None:
    seen: list[tuple[int, int]] = []
    with Library.of(ABC) as library:
        assert list(check(library, progress=lambda done, total: seen.append((done, total)))) == []
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_library_that_was_being_made_when_it_stopped_is_made_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("retrieval.library.rows.commit", stop)
        with pytest.raises(KeyboardInterrupt):
            Library.open(tmp_path, create=True)
    with pytest.raises(InputError, match="holds no library yet"):
        Library.open(tmp_path)
    with Library.open(tmp_path, create=True) as library:
        assert len(library.version) == 16
