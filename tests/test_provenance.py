"""One id never stands for two files without a word, in libraries of today and of before."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from commands import Told, told
from libraries import article

from bot.cli import run
from retrieval import Library
from retrieval.library import NAME, Placed

Add = Callable[..., Told]


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return tmp_path / "shelf"


@pytest.fixture
def add(shelf: Path, capfd: pytest.CaptureFixture[str]) -> Add:
    def work(*arguments: object) -> Told:
        return told(capfd, shelf, "add", *arguments)

    return work


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def text_of(shelf: Path, name: str) -> str:
    with Library.open(shelf) as library:
        return library.get(name).text


def query(shelf: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(shelf / NAME)) as connection:
        found = connection.execute(statement).fetchall()
        connection.commit()
    return found


def test_a_file_of_the_same_id_from_another_folder_is_refused_by_name(
    add: Add, shelf: Path, tmp_path: Path
) -> None:
    first, second = (write(tmp_path / one / "README.md", f"Words of {one}.") for one in "ab")
    assert add(first.parent).code == 0
    told = add(second.parent)
    assert told.code == 1
    assert told.out == [f"nothing changed: 1 refused; the library in {shelf} holds 1 article"]
    (line,) = told.err
    assert line == (
        f"pullquote: {second}: its id 'README' is that of {first}, which stays; "
        "give it another name, add a folder above both, or say --replace"
    )
    assert text_of(shelf, "README") == "Words of a."


def test_what_is_replaced_is_named(add: Add, shelf: Path, tmp_path: Path) -> None:
    first, second = (write(tmp_path / one / "README.md", f"Words of {one}.") for one in "ab")
    add(first.parent)
    told = add(second.parent, "--replace")
    assert told.code == 0
    assert told.out == [
        f"1 replaced; the library in {shelf} holds 1 article",
        f"replaced README of {first} by that of {second}",
    ]
    assert text_of(shelf, "README") == "Words of b."
    write(second, "Other words of b.")
    assert add(second.parent).out[1:] == ["replaced README"]  # now it is the second's
    assert add(first.parent).code == 1


def test_many_that_are_replaced_are_named_as_far_as_one_line_reads(
    add: Add, tmp_path: Path
) -> None:
    for words in ("Words", "Others"):
        for number in range(30):
            write(tmp_path / "a" / f"{number:02}.txt", f"{words} of {number}.")
        told = add(tmp_path / "a")
    assert told.out[1].startswith("replaced 00, 01, ")
    assert told.out[1].endswith(", 19 and 10 more")


def test_the_same_file_is_the_same_by_whatever_path_it_is_named(
    add: Add, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a" / "one.txt", "Words.")
    (tmp_path / "link").symlink_to("a")
    monkeypatch.chdir(tmp_path)
    ways = [path, "a", Path("a") / "one.txt", Path("a") / ".." / "a", "link", tmp_path / "a"]
    for number, way in enumerate(ways):
        write(path, f"Words, {number} of them.")
        assert add(way).code == 0, way


def test_the_same_text_from_another_place_is_the_same_article_and_moves_there(
    add: Add, tmp_path: Path
) -> None:
    write(tmp_path / "old" / "a.txt", "Words.")
    add(tmp_path / "old")
    (tmp_path / "old").rename(tmp_path / "new")
    assert add(tmp_path / "new").code == 0
    write(tmp_path / "new" / "a.txt", "Other words.")
    assert add(tmp_path / "new").out[1:] == ["replaced a"]


def test_lines_of_another_file_are_refused_and_those_of_the_same_replace(
    add: Add, shelf: Path, tmp_path: Path
) -> None:
    line = '{{"id": "{}", "title": "T", "text": "{} words."}}\n'
    add(write(tmp_path / "may.jsonl", line.format("a", "Some") + line.format("b", "Some")))
    told = add(write(tmp_path / "june.jsonl", line.format("b", "June") + line.format("c", "June")))
    assert (told.code, len(told.err)) == (1, 1)
    assert text_of(shelf, "b") == "Some words."
    assert text_of(shelf, "c") == "June words."
    assert add(write(tmp_path / "may.jsonl", line.format("b", "More"))).code == 0
    assert text_of(shelf, "b") == "More words."


def before(shelf: Path, *statements: str) -> None:
    """A library as the version before this one made it: it knows of no provenance."""
    query(shelf, "DROP TABLE provenance")
    for statement in statements:
        query(shelf, statement)


def test_a_library_of_before_opens_and_the_same_folder_again_doubles_nothing(
    add: Add, shelf: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "articles"
    for name in ("a.txt", "sub/b.md", "c.v2.txt"):
        write(folder / name, f"Words of {name}.")
    add(folder)
    before(shelf)
    (shelf / NAME).chmod(0o444)
    assert run(["library", "verify", "--library", str(shelf)]) == 0
    assert run(["ask", "Which words?", "--library", str(shelf)]) == 0
    (shelf / NAME).chmod(0o644)
    capfd.readouterr()
    write(folder / "a.txt", "Other words.")
    assert add(folder).out == [
        f"1 replaced, 2 there already; the library in {shelf} holds 3 articles",
        "replaced a",
    ]
    other = write(tmp_path / "other" / "sub" / "b.md", "Words of another.")
    assert add(tmp_path / "other").err[0].startswith(f"pullquote: {other}: its id 'sub/b' is that")


def test_what_an_older_pullquote_replaced_is_of_no_known_file(
    add: Add, shelf: Path, tmp_path: Path
) -> None:
    add(write(tmp_path / "a" / "one.txt", "Words."))
    with Library.open(shelf) as library:
        library.add([article("one", "Words of an older Pullquote.")])
    assert add(write(tmp_path / "b" / "one.txt", "New words.")).code == 0


def test_what_was_taken_out_leaves_no_trace_of_its_file(
    add: Add, shelf: Path, tmp_path: Path
) -> None:
    add(write(tmp_path / "a" / "one.txt", "Words."))
    with Library.open(shelf) as library:
        library.remove("one")
    assert query(shelf, "SELECT * FROM provenance") == []
    assert add(write(tmp_path / "b" / "one.txt", "New words.")).code == 0


def test_a_file_of_origin_that_cannot_be_read_is_told_and_cleared_away(
    add: Add, shelf: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "a" / "one.txt", "Words.")
    add(path)
    query(shelf, "UPDATE provenance SET file = x'ff'")
    assert run(["library", "verify", "--library", str(shelf)]) == 1
    assert "its table provenance has 1 rows that cannot be read" in capfd.readouterr().err
    add(path)
    assert run(["library", "verify", "--library", str(shelf)]) == 0
    query(shelf, "UPDATE provenance SET file = CAST(x'ff' AS TEXT)")
    assert add(write(tmp_path / "b" / "one.txt", "New words.")).code == 0


def test_articles_without_a_file_replace_as_ever_and_are_of_no_file(shelf: Path) -> None:
    one, other = article("a", "Words."), article("a", "Other words.")
    with Library.open(shelf, create=True) as library:
        library.add([one])
        assert library.add([other], replace=False).replaced == ("a",)
        assert library.add([Placed(one, "/x/a.txt", "a.txt")], replace=False).replaced == ("a",)
        report = library.add([Placed(other, "/y/a.txt", "y/a.txt")], replace=False)
        assert [clash.held for clash in report.refused] == ["/x/a.txt"]
        assert library.get("a") == one
