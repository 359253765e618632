"""Zip files, CSV files and stated kinds: files of many articles, and hostile ones."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import stat
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import book, lines, packed, pdf

from retrieval.library import Placed
from retrieval.models import Article
from retrieval.readers import Trouble, read, read_placed, size, tables
from retrieval.untrusted import archives

Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file in the test's folder."""

    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file


def articles(path: Path) -> list[Article]:
    return [item for item in read([path]) if isinstance(item, Article)]


def troubles(path: Path) -> list[str]:
    said = [str(item) for item in read([path]) if isinstance(item, Trouble)]
    assert not any("\n" in one for one in said)
    return [one.removeprefix(str(path)) for one in said]


# Zip files


def test_members_are_read_as_the_files_of_a_folder_are(write: Write, tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {
        "guide/oil.txt": "Oil is kept below.",
        "guide/sources.toml": '[oil]\ntitle = "Of oil"\nkind = "document"\n',
        "guide/lamp.md": "# Lamps\n\nLight them at dusk.",
        "guide/more.jsonl": '{"id": "one", "text": "A wick."}\n{"id": "two"}\n',
        "guide/book.epub": book({"a.xhtml": "<h1>Fog</h1><p>Sound the horn.</p>"}),
        "guide/paper.pdf": pdf([lines("Nothing came up the river.")]),
        "guide/table.csv": "Lamp,Height\nNorth,12\n",
        "guide/page.html": "<main><h1>Wind</h1><p>Close the shutters.</p></main>",
        "wind-speeds.csv": "Wind,Knots\nGale,40\n",
        "guide/.hidden.txt": "Hidden.",
        "__MACOSX/guide/oil.txt": "Hidden.",
        "a.png": b"\x89PNG",
        "b.png": b"\x89PNG",
    }
    path = write("watch.zip", packed(members))
    found = [item for item in read_placed([path]) if isinstance(item, Placed)]
    assert {one.article.id for one in found} == {
        *("watch/guide/oil", "watch/guide/lamp", "watch/guide/paper", "watch/guide/table"),
        *("watch/guide/page", "watch/guide/book/01-a", "one", "watch/wind-speeds"),
    }
    titles = {one.article.id: one.article.title for one in found}
    assert titles["watch/wind-speeds"] == "Wind speeds"  # not the archive's name with it
    oil = next(one for one in found if one.article.id == "watch/guide/oil")
    assert oil.source == f"{path}!guide/oil.txt"
    assert oil.file == f"{tmp_path.resolve()}/watch.zip!guide/oil.txt"
    assert oil.article.title == "Of oil"
    assert oil.article.layout
    assert oil.article.layout.source_sha256 == hashlib.sha256(b"Oil is kept below.").hexdigest()
    assert len(troubles(path)) == 2
    assert troubles(path)[0] == "!guide/more.jsonl, line 2: the key 'text' is missing"
    assert "!a.png: it, watch.zip!b.png are of no kind" in troubles(path)[1]


def test_the_progress_adds_up(write: Write) -> None:
    path = write("a.zip", packed({f"{n}.txt": f"Lamp {n} is lit." for n in range(9)}))
    done: list[int] = []
    list(read_placed([path], advance=done.append))
    assert sum(done) == size([path])


def link(name: str, target: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, target)
        archive.writestr("good.txt", "Oil is kept below.")
    return file.getvalue()


def changed(place: int, value: int = 77) -> bytes:
    """An archive in whose list a byte of what it says of its first member is another one."""
    data = bytearray(packed({"a.txt": "Words.", "good.txt": "Oil is kept below."}))
    data[data.index(b"PK\1\2") + place] = value
    return bytes(data)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (packed({"../a.txt": "a", "good.txt": "Oil."}), "!../a.txt: its name leads out"),
        (packed({"b/../../a.txt": "a", "good.txt": "Oil."}), "its name leads out"),
        (packed({"/etc/a.txt": "a", "good.txt": "Oil."}), "!/etc/a.txt: its name leads out"),
        (packed({"C:\\a.txt": "a", "good.txt": "Oil."}), "its name leads out"),
        (packed({"..\\a.txt": "a", "good.txt": "Oil."}), "its name leads out"),
        (link("a.txt", "/etc/hostname"), "!a.txt: it is a link"),
        (packed({"a.zip": packed({}), "good.txt": "Oil."}), "it is an archive in an archive"),
        (packed({"a.txt": "a" * 9_000_000, "good.txt": "Oil."}), "it unpacks to more than 200"),
        (packed({"a.txt": b"\0", "good.txt": "Oil."}), "!a.txt: it is a binary file"),
        (packed({"a.txt": "", "good.txt": "Oil."}), "!a.txt: it is empty"),
        (changed(8, 1), "!a.txt: it is encrypted"),
        (changed(16), "!a.txt: it is damaged in its archive"),
        (changed(10), "!a.txt: it is packed in a way that is not read"),
        (packed({"a\x07.txt": "Words.", "good.txt": "Oil."}), "cannot be an article's id"),
    ],
)
def test_a_member_that_is_not_read_is_named_and_the_rest_is(
    write: Write, content: bytes, why: str
) -> None:
    path = write("a.zip", content)
    assert [one.id for one in articles(path)] == ["a/good"]
    (said,) = troubles(path)
    assert why in said


def test_members_that_share_their_bytes_are_counted_each(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives.Archive.__init__, "__kwdefaults__", {"most": 5_000})
    content = packed({f"{n}.txt": "Oil is kept below. " * 100 for n in range(4)})
    path = write("a.zip", content)
    assert len(articles(path)) == 2
    assert all("unpacks to more than" in said for said in troubles(path))


def crowded() -> bytes:
    """An archive that lists far more members than it holds."""
    one = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0)
    listed = (one + b"a") * 60_000
    return listed + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 60_000, 60_000, len(listed), 0, 0)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is no ZIP archive"),
        (b"plain words", "it is no ZIP archive"),
        (packed({"a.txt": "Words."})[:-10], "it is no ZIP archive"),
        (packed({"a.txt": "Words."})[40:], "!a.txt: it is damaged in its archive"),
        (crowded(), "it has more than 50,000 members"),
        (packed({"a.txt": "W."})[:-22] + b"PK\6\7" + bytes(16) + packed({})[-22:], "members or 4"),
    ],
    ids=["empty", "text", "cut", "beheaded", "crowded", "larger"],
)
def test_what_is_no_archive_is_said_in_a_line(write: Write, content: bytes, why: str) -> None:
    path = write("a.zip", content)
    assert articles(path) == []
    (said,) = troubles(path)
    assert why in said


@given(st.binary(max_size=200), st.integers(0, 400), st.integers(0, 255))
def test_a_damaged_archive_raises_nothing(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes, place: int, value: int
) -> None:
    content = bytearray(packed({"a.txt": "Oil is kept below.", "b/c.txt": "A wick."}))
    content[place % len(content)] = value
    for data in (bytes(content), junk + content, bytes(content) + junk):
        path = tmp_path_factory.getbasetemp() / "damaged.zip"
        path.write_bytes(data)
        assert all(isinstance(item, (Article, Trouble)) for item in read([path]))


# CSV


def table_of(path: Path) -> list[tuple[str, str]]:
    (article,) = articles(path)
    assert article.layout
    return [(block.kind, article.cut(block.start, block.end)) for block in article.layout.blocks]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", 'Lamp,Height\nNorth,"12 m, with\nits roof"\n,9 m\n'),
        ("a.csv", 'Lamp;Height\r\nNorth;"12 m, with\r\nits roof"\r\n;9 m\r\n'),
        ("a.tsv", 'Lamp\tHeight\nNorth\t"12 m, with\nits roof"\n\n\t9 m\n'),
        ("a.csv", "\ufeff" + 'Lamp|Height\nNorth|"12 m, with\nits roof"\n|9 m'),
    ],
)
def test_a_table_gives_its_rows(write: Write, name: str, content: str) -> None:
    assert table_of(write(name, content)) == [
        ("head", "Lamp  Height"),
        ("row", "North  12 m, with its roof"),
        ("row", "9 m"),
    ]


def test_a_row_alone_names_no_columns(write: Write) -> None:
    assert table_of(write("a.csv", "North,12 m\n")) == [("row", "North  12 m")]


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=6))
def test_no_letter_of_a_table_is_lost(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "table.tsv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t").writerows(rows)
    words = "".join(c for row in rows for cell in row for c in cell if c.isalnum())
    if path.stat().st_size and any(map(str.isalpha, words)) and {"id", "text"}.isdisjoint(rows[0]):
        (article,) = articles(path)
        assert "".join(filter(str.isalnum, article.text)) == words


def test_rows_with_ids_and_texts_are_articles(write: Write) -> None:
    path = write(
        "a.csv",
        "ID,Text,title,published,kind,colour\n"
        'oil,"It is kept\nbelow.",Of oil,2024-05-01,,red\n'
        "wick,Trim it.,,,document,\nfog,,,,,\nhorn,Sound it.,,,poem,\n",
    )
    oil, wick = articles(path)
    assert (oil.id, oil.text, oil.title) == ("oil", "It is kept\nbelow.", "Of oil")
    assert (oil.published, oil.layout) == ("2024-05-01", None)
    assert wick.layout
    assert (wick.layout.genre, wick.layout.reader) == ("document", "csv 1")
    said = troubles(path)
    assert said[0].startswith(", line 1: its column 'colour' is unknown and passed over")
    assert said[1] == ", line 5: the key 'text' is missing"
    assert said[2].startswith(", line 6: the key 'kind'")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is empty"),
        (b"1,2\n3,4\n", "it has no letter"),
        (b"\n\n", "it has no letter"),
        (b"a,b\0\n", "it is a binary file"),
        (b'a,"' + b"b" * 2_000_000, "longer than 1,048,576 characters"),
    ],
    ids=["empty", "numbers", "blank", "binary", "open"],
)
def test_what_is_no_table_is_said_in_a_line(write: Write, content: bytes, why: str) -> None:
    path = write("a.csv", content)
    assert articles(path) == []
    (said,) = troubles(path)
    assert why in said


def test_a_hundred_thousand_rows_are_read_in_a_few_seconds(write: Write) -> None:
    path = write("a.csv", "Lamp,Height\n" + "North,12 m\n" * 100_000)
    began = time.process_time()
    (article,) = articles(path)
    assert article.layout
    assert len(article.layout.blocks) == 100_001
    assert time.process_time() - began < 5


@pytest.mark.parametrize("one", ['"', "'", ",", '",', '"\n', ';"', " ", "a", '""'])
def test_the_separators_of_a_hostile_table_are_soon_told(write: Write, one: str) -> None:
    path = write("a.csv", one * (tables.SAMPLE * 2) + "a")
    began = time.process_time()
    list(read([path]))
    assert time.process_time() - began < 5


# A stated kind


def test_a_line_that_says_that_it_is_a_document_has_a_layout(write: Write) -> None:
    said = [
        {"id": kind or "none", "text": "Oil is kept below.", **({"kind": kind} if kind else {})}
        for kind in ("", "news", "document")
    ]
    path = write("a.jsonl", "".join(f"{json.dumps(one)}\n" for one in said))
    none, news, document = articles(path)
    assert none.layout is None
    assert news.layout is None
    assert document.layout
    assert (document.layout.genre, document.layout.reader) == ("document", "jsonl 1")
    line = f"{json.dumps(said[2])}\n".encode()
    assert document.layout.source_sha256 == hashlib.sha256(line).hexdigest()
    assert {one.text for one in (none, news, document)} == {"Oil is kept below."}


@pytest.mark.parametrize("kind", ["news", "document"])
def test_a_plain_text_that_is_a_document_keeps_its_bytes(write: Write, kind: str) -> None:
    write("sources.toml", f'[a]\nkind = "{kind}"\n')
    (article,) = articles(write("a.txt", "Oil\r\nis kept below."))
    assert article.text == "Oil\r\nis kept below."
    assert (article.layout is not None) == (kind == "document")
    assert article.layout is None or article.layout.reader == "text 1"
