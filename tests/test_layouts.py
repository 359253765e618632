"""An article keeps its layout and its source: real SQLite files, of today and of before."""

import contextlib
import hashlib
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from libraries import article

from retrieval import Answerer, Article, Library
from retrieval.errors import UnknownArticle
from retrieval.library import NAME, Placed, Source
from retrieval.search.forward import digest
from retrieval.values import Block, BlockKind, Genre, Layout, Run

SOURCE = "# Ferries\r\n\r\nThe **old** ferry sails at [noon](https://example.org/é).\r\n"
PLAIN = article("plain", "The plain text has no layout.")


def laid(name: str, source: str, *kept: tuple[int, int], encoding: str = "utf-8") -> Placed:
    """An article whose text is what is kept of its source, in one block a stretch."""
    text, runs, blocks = "", [], []
    for start, end in kept:
        runs.append(Run(len(text), start, end - start))
        blocks.append(Block("paragraph", len(text), len(text) + end - start))
        text += source[start:end]
    original = source.encode(encoding)
    layout = Layout(
        genre="document",
        reader="markdown 1",
        source_sha256=hashlib.sha256(original).hexdigest(),
        blocks=tuple(blocks),
        runs=tuple(runs),
    )
    made = Article(id=name, title=name, text=text, layout=layout)
    return Placed(made, f"/articles/{name}.md", f"{name}.md", original, encoding)


def ferries(name: str = "ferries") -> Placed:
    """A page with a heading and a sentence."""
    spans = [(2, 13), (13, 17), (19, 22), (24, 40), (41, 45), (68, 71)]
    placed = laid(name, SOURCE, *spans)
    blocks = (Block("heading", 0, 7, 1, "ferries"), Block("paragraph", 11, 40, page=3))
    known = placed.article.layout
    assert known
    layout = replace(known, blocks=blocks)
    return placed._replace(article=placed.article.model_copy(update={"layout": layout}))


FERRIES = ferries()


def layout_of(one: Article) -> Layout:
    assert one.layout
    return one.layout


def run_sql(folder: Path, statement: str) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(folder / NAME)) as connection:
        found = connection.execute(statement).fetchall()
        connection.commit()
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of before: without a table of layouts."""
    with Library.open(tmp_path / "shelf", create=True) as library:
        library.add([PLAIN])
    return tmp_path / "shelf"


@st.composite
def pages(draw: st.DrawFn) -> Placed:
    """A page out of any source, any stretches of which are kept, in blocks of any kind."""
    source = draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
    edges = sorted(draw(st.sets(st.integers(0, len(source)), max_size=12)))
    name = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=3))
    placed = laid(name, source, *zip(edges[::2], edges[1::2], strict=False))
    layout = layout_of(placed.article)
    blocks = [
        Block(
            draw(st.sampled_from(get_args(BlockKind))),
            block.start,
            block.end,
            draw(st.integers(0, 6)),
            draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=5)),
            draw(st.integers(0, 1000)),
        )
        for block in layout.blocks
    ]
    genre = draw(st.sampled_from(get_args(Genre)))
    changed = replace(layout, genre=genre, blocks=tuple(blocks))
    return placed._replace(article=placed.article.model_copy(update={"layout": changed}))


@settings(max_examples=25)
@given(st.lists(pages(), unique_by=lambda one: one.article.id, max_size=5))
def test_any_layout_comes_back_as_it_was_with_its_source(some: list[Placed]) -> None:
    with Library.of([]) as library:
        library.add(some)
        for placed in some:
            here = layout_of(placed.article)
            for got in (library.get(placed.article.id), *library.get_all([placed.article.id])):
                assert got == placed.article
                layout = layout_of(got)
                assert (layout.genre, layout.blocks) == (here.genre, here.blocks)
                assert (layout.reader, layout.source_sha256) == (here.reader, here.source_sha256)
                assert layout.runs == ()
                assert layout.digest == here.digest == replace(layout).digest
            source = library.source(placed.article.id)
            assert source == Source(placed.original or b"", placed.encoding, here.runs)
        assert list(library) == sorted((one.article for one in some), key=lambda one: one.id)
        assert dict(library.digests()) == {one.article.id: digest(one.article) for one in some}
        assert list(library.verify()) == []
        assert library.add(some).unchanged == tuple(one.article.id for one in some)


def test_a_text_without_a_layout_keeps_the_digests_that_it_had(folder: Path) -> None:
    with Library.open(folder) as library:
        assert library.version == "7d3c6a6c9bb81bb2"
        assert dict(library.digests()) == {"plain": "9c3c15aa937780828e42e5f4252ef483"}
        assert library.source("plain") is None


@pytest.mark.parametrize(
    "change",
    [
        {"genre": "news"},
        {"reader": "markdown 2"},
        {"blocks": (Block("quotation", 0, 7),)},
        {"runs": ()},
        {"blocks": (Block("heading", 0, 7, 1, "other"), Block("paragraph", 11, 40, page=3))},
    ],
)
def test_the_same_text_with_another_layout_is_a_replacement(change: dict[str, object]) -> None:
    other = replace(layout_of(FERRIES.article), **change)  # type: ignore[arg-type]  # of any field
    changed = FERRIES.article.model_copy(update={"layout": other})
    assert changed != FERRIES.article
    with Library.of([]) as library:
        library.add([FERRIES])
        before, digests = library.version, dict(library.digests())
        assert library.add([FERRIES._replace(article=changed)]).replaced == ("ferries",)
        assert library.version != before
        assert dict(library.digests()) != digests
        assert library.get("ferries") == changed
        assert list(library.verify()) == []
        assert library.add([FERRIES]).replaced == ("ferries",)
        assert library.version == before


def test_a_layout_comes_and_goes_with_its_article(folder: Path) -> None:
    text = FERRIES.article.text
    with Library.open(folder) as library:
        library.add([FERRIES, ferries("other")])
        assert library.add([article("ferries", text)]).replaced == ("ferries",)
        assert library.get("ferries").layout is None
        assert library.source("ferries") is None
        library.remove("other")
        with pytest.raises(UnknownArticle):
            library.source("other")
        assert run_sql(folder, "SELECT count(*) FROM layouts") == [(0,)]
        assert list(library.verify()) == []


def test_a_library_of_before_answers_as_it_is_and_takes_layouts(folder: Path) -> None:
    before = (folder / NAME).read_bytes()
    with Library.open(folder) as library:
        assert library.get("plain") == PLAIN
        assert list(library) == [PLAIN]
        assert list(library.verify()) == []
        assert Answerer.open(library).ask("What has no layout?").quotes
        assert (folder / NAME).read_bytes() == before
        library.add([article("more", "More plain text.")])
        assert run_sql(folder, "PRAGMA user_version") == [(1,)]
        library.add([FERRIES])
        assert run_sql(folder, "PRAGMA user_version") == [(2,)]
        assert library.get("ferries") == FERRIES.article
        assert library.get("plain") == PLAIN
        assert Answerer.open(library).ask("When does the old ferry sail?").quotes
        assert list(library.verify()) == []


def test_what_is_read_from_one_library_can_be_put_in_another() -> None:
    with Library.of([]) as library:
        library.add([FERRIES])
        got = library.get("ferries")
    with Library.of([got]) as other:
        assert other.get("ferries") == FERRIES.article
        assert other.source("ferries") is None
        assert other.add([got]).unchanged == ("ferries",)
        assert list(other.verify()) == []


def test_an_article_with_a_layout_goes_through_json() -> None:
    again = Article.model_validate_json(FERRIES.article.model_dump_json())
    assert again == FERRIES.article
    assert again.layout is not None
    assert again.layout.blocks == layout_of(FERRIES.article).blocks
