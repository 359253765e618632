"""A folder of articles as nobody should write them, beside good ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from scanning import CLASSES

LETTERS = "It rained on the old mill, and the miller counted {n} sacks of flour.\n"


class Hostile(NamedTuple):
    """One file to write.

    Attributes:
        name: Its name, with the suffix by which it is read.
        content: Its bytes.
        is_bad: Whether it gives no article, and so must be told of in a line.
    """

    name: str
    content: bytes
    is_bad: bool


def _fill(one: str, size: int) -> str:
    return one * max(1, size // len(one.encode()))


def _kinds(one: str, size: int) -> Iterator[Hostile]:
    """A file of each kind, made of one class of characters."""
    row = _fill(one, size)
    text = f"{LETTERS.format(n=7)}\n{row}a"
    yield Hostile("row.txt", text.encode(), "\0" in text)
    yield Hostile("heading.md", f"# {text}".encode(), "\0" in text)
    yield Hostile("front.md", f"---\ntitle: {row}\n---\n{text}".encode(), "\0" in text)
    bombs = "".join(f"k{n + 1}: &k{n + 1} {{<<: [{f'*k{n}, ' * 9}]}}\n" for n in range(1, 40))
    bomb = f"---\nk1: &k1 {{a: 1}}\n{bombs}title: !!bool maybe\n---\n{LETTERS}"
    yield Hostile("bomb.md", (bomb + _fill(LETTERS, min(size, 100_000))).encode(), False)
    yield Hostile("tag.md", f"---\ntitle: !!int ''\n---\n{LETTERS}".encode(), False)
    yield Hostile("page.mdx", f"import A from 'a'\n\n<A b={{{text}\n".encode(), "\0" in text)
    yield Hostile("marks.md", (LETTERS + _fill("*a [_b ![", min(size, 100_000))).encode(), False)
    yield Hostile("items.md", (LETTERS + _fill("- > 1. a\n", min(size, 20_000))).encode(), False)
    page = f"<main><pre>a</pre><p>{row}a<a b='{row}' {row}>"
    yield Hostile("page.html", page.encode(), "\0" in page)
    yield Hostile("story.html", f"<p>{text}".encode(), "\0" in text)
    deep = LETTERS + "<div>" * min(size // 5 + 1, 20_000)
    yield Hostile("deep.html", f"<main><pre>a</pre>{deep}".encode(), False)
    yield Hostile("row.rst", f"{LETTERS}\n{row}a\n{row}b".encode(), "\0" in text)
    yield Hostile("deeper.rst", ("- " * (size // 2) + LETTERS).encode(), False)
    yield Hostile("deep.jsonl", ("[" * size).encode(), True)
    yield Hostile("deeper.jsonl", b'{"id":' * (size // 6 + 1), True)
    yield Hostile("twins.jsonl", b"{%s}" % b",".join([b'"k":1'] * (size // 6 + 1)), True)
    yield Hostile("digits.jsonl", b'{"id": ' + b"9" * size + b"}", True)
    yield Hostile("half.jsonl", b'{"id": "' + row.encode(), True)
    yield Hostile("bytes.txt", bytes(range(256)) * (size // 256 + 1), True)
    yield Hostile("empty.txt", b"", True)
    yield Hostile("signs.txt", _fill("-", size).encode(), True)
    for kind in ("docx", "epub", "pdf", "zip"):
        yield Hostile(f"row.{kind}", row.encode(), True)
        yield Hostile(f"signs.{kind}", b"PK\3\4%PDF-1.7\n" + row.encode() + b"PK\5\6%%EOF", True)
    yield Hostile("row.csv", f'"{row}'.encode(), not any(map(str.isalpha, row)) or "\0" in row)
    yield Hostile("pdf.txt", b"%PDF-1.7\n" + row.encode(), True)
    yield Hostile("picture.md", b"\x89PNG" + row.encode(), True)
    yield Hostile("broken.txt", b"\xff\xfe" + row.encode() + b"\x00\xd8a", True)


def hostile(count: int, sizes: tuple[int, ...]) -> list[Hostile]:
    """So many files: every kind in turn, each with another class of characters and size."""
    found: list[Hostile] = []
    turn = 0
    while len(found) < count:
        one, size = CLASSES[turn * 7 % len(CLASSES)], sizes[turn % len(sizes)]
        for file in _kinds(one, size):
            found.append(file._replace(name=f"bad{len(found):03}-{file.name}"))
        turn += 1
    return found[:count]


def good(count: int) -> list[str]:
    """The texts of so many good articles."""
    return [f"The mill of {n}\n\n{LETTERS.format(n=n)}" for n in range(count)]


def write(folder: Path, files: list[Hostile], articles: list[str]) -> None:
    """Write all of them, and a `sources.toml` that no parser of TOML reads."""
    for file in files:
        (folder / file.name).write_bytes(file.content)
    for number, text in enumerate(articles):
        (folder / f"good{number:03}.txt").write_text(text, encoding="utf-8")
    (folder / "sources.toml").write_text(f"[{'a.' * 5_000}a]\nx = {'9' * 5_000}\n", "utf-8")
