"""An article keeps its layout and its source: real SQLite files, of today and of before."""

import contextlib
import hashlib
import json
import sqlite3
import tracemalloc
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from libraries import article

from retrieval import Answerer, Article, Library
from retrieval.errors import InputError, LibraryDamaged, UnknownArticle
from retrieval.library import NAME, Placed, Source, adding
from retrieval.library.layouts import Laid
from retrieval.library.packing import ERRORS, MOST_ORIGINAL, Stored, unpack_blocks, unpack_runs
from retrieval.readers.reading import encoding_of
from retrieval.search.forward import digest
from retrieval.values import Block, BlockKind, Genre, Layout, Run

MISSING = "what is known of it is not what was stored, or its layout is missing"
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


def run_sql(folder: Path, statement: str, *values: object) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(folder / NAME)) as connection:
        found = connection.execute(statement, values).fetchall()
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
@given(st.lists(pages(), unique_by=lambda one: one.article.id, max_size=3))
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
def test_the_same_text_with_another_layout_is_a_replacement(change: dict[str, Any]) -> None:
    other = replace(layout_of(FERRIES.article), **change)
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


# What does not fit, and what is not as it was stored


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"blocks": (Block("paragraph", 0, 7), Block("code", 6, 9))}, "its blocks overlap"),
        ({"blocks": (Block("code", 6, 9), Block("paragraph", 0, 6))}, "its blocks overlap"),
        ({"blocks": (Block("paragraph", 0, 9999),)}, "its blocks overlap, or do not lie within"),
        ({"blocks": (Block("paragraph", 3, 3),)}, "its blocks overlap"),
        ({"runs": (Run(0, 5, 3), Run(3, 2, 3))}, "its runs overlap"),
        ({"runs": (Run(-1, 0, 3),)}, "its runs overlap"),
        ({"genre": "poem"}, "its genre is none"),
        ({"source_sha256": "0" * 64}, "its source is another one"),
        ({"reader": "\ud800"}, "half of a surrogate pair"),
    ],
)
def test_a_layout_that_does_not_fit_its_article_is_refused(
    change: dict[str, Any], what: str
) -> None:
    layout = replace(layout_of(FERRIES.article), **change)
    wrong = FERRIES.article.model_copy(update={"layout": layout})
    with Library.of([PLAIN]) as library:
        with pytest.raises(InputError, match=f"article 'ferries' cannot be stored: .*{what}"):
            library.add([FERRIES._replace(article=wrong)])
        assert list(library) == [PLAIN]


@pytest.fixture
def shelf(folder: Path) -> Path:
    """A library with two pages that have layouts, and a text that has none."""
    with Library.open(folder) as library:
        library.add([FERRIES, ferries("other")])
    return folder


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("DELETE FROM layouts WHERE article = 'ferries'", MISSING),
        ("UPDATE layouts SET blocks = '[[],[],[],[],[]]'", "its layout is not the one"),
        ("UPDATE layouts SET genre = 'news'", "its layout is not the one"),
        ("UPDATE layouts SET original = x'789c030000000001'", "its source is not the one"),
        ("UPDATE layouts SET runs = '[[0],[0],[3]]'", "its source is not the one"),
        ("UPDATE layouts SET encoding = 'utf-16'", "its source does not give its text"),
        ("UPDATE layouts SET encoding = 'hex'", "its source does not give its text"),
        ("UPDATE layouts SET encoding = NULL", "its source is not the one"),
    ],
)
def test_verify_names_the_article_whose_layout_or_source_was_changed(
    shelf: Path, statement: str, what: str
) -> None:
    where = "" if "WHERE" in statement else " WHERE article = 'ferries'"
    run_sql(shelf, statement + where)
    with Library.open(shelf) as library:
        (problem,) = library.verify()
        assert (problem.article, problem.what.startswith(what)) == ("ferries", True), problem
        assert "\n" not in str(problem)
        assert library.get("other") == ferries("other").article
        if what.startswith("its source is"):
            with pytest.raises(LibraryDamaged, match="'ferries': its source"):
                library.source("ferries")
        library.remove("ferries")
        library.add([FERRIES])
        assert list(library.verify()) == []


def test_a_source_that_unpacks_without_end_is_named_and_takes_no_memory(shelf: Path) -> None:
    bomb = zlib.compress(bytes(4 * MOST_ORIGINAL))
    run_sql(shelf, "UPDATE layouts SET original = ? WHERE article = 'ferries'", bomb)
    tracemalloc.start()
    try:
        with Library.open(shelf) as library:
            (problem,) = library.verify()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert str(problem).startswith("article 'ferries': its source is not the one that was stored;")
    assert peak < 3 * MOST_ORIGINAL


def test_a_source_that_could_not_be_unpacked_again_is_not_stored() -> None:
    original = bytes(MOST_ORIGINAL + 1)
    layout = Layout("document", "text 1", hashlib.sha256(original).hexdigest())
    made = Article(id="a", title="a", text="Words.", layout=layout)
    with (
        Library.of([]) as library,
        pytest.raises(InputError, match="its source is larger than 64 MiB"),
    ):
        library.add([Placed(made, "/a.txt", "a.txt", original)])


def test_layouts_of_no_article_are_counted_and_cleared_away(shelf: Path) -> None:
    run_sql(shelf, "UPDATE layouts SET article = 'ghost' WHERE article = 'ferries'")
    with Library.open(shelf) as library:
        assert [str(one).partition(";")[0] for one in library.verify()] == [
            "the library: its table layouts has rows of no article (1)",
            f"article 'ferries': {MISSING}",
        ]
        library.add([FERRIES, article("ghost", "A text without a layout.")])
        assert list(library.verify()) == []
        assert library.get("ghost").layout is None


def test_a_layout_that_was_never_right_is_named_however_it_came_in(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beyond = replace(layout_of(FERRIES.article), blocks=(Block("paragraph", 3, 9999),))
    off = replace(layout_of(FERRIES.article), runs=(Run(0, 1, 4),))
    with Library.open(shelf) as library, monkeypatch.context() as patch:
        patch.setattr(Layout, "fault", lambda *_: None)
        for name, layout in (("ferries", beyond), ("other", off)):
            made = ferries(name)
            made = made._replace(article=made.article.model_copy(update={"layout": layout}))
            library.add([made])
    with Library.open(shelf) as library:
        assert [(one.article, one.what.partition(";")[0]) for one in library.verify()] == [
            ("ferries", "its layout is not the one that was stored"),
            ("other", "its source does not give its text"),
        ]


def test_blocks_that_were_forged_with_their_digests_are_named(shelf: Path) -> None:
    forged = Stored.of("document", "markdown 1", "0" * 64, "0" * 64, "[1, 2]")
    with Library.open(shelf) as library, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Laid, "fault", lambda *_: None)
        library.add([FERRIES.article.model_copy(update={"layout": forged})])
    with Library.open(shelf) as library:
        (problem,) = library.verify()
        assert problem.article == "ferries"
        with pytest.raises(LibraryDamaged, match="verify the library"):
            _ = layout_of(library.get("ferries")).blocks


@settings(max_examples=40)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-3, 20) | st.floats() | st.text(max_size=2),
        lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=1), inner),
    )
)
def test_whatever_is_stored_as_blocks_or_runs_is_unpacked_or_refused(stored: object) -> None:
    for packed in (json.dumps(stored), json.dumps([stored] * 5), json.dumps([stored] * 3)):
        for unpack, kind in ((unpack_blocks, Block), (unpack_runs, Run)):
            with contextlib.suppress(*ERRORS):
                found: Sequence[object] = unpack(packed)
                assert {type(one) for one in found} <= {kind}


@pytest.mark.parametrize("packed", ["", "{", "[" * 99_999, "[1]", "9" * 9999, "NaN", "\udcff"])
def test_what_is_no_json_is_refused(packed: str) -> None:
    for unpack in (unpack_blocks, unpack_runs):
        with pytest.raises(ERRORS):
            unpack(packed)


# From files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_source_of_a_file_is_kept_in_whatever_encoding(encoding: str) -> None:
    text = "Über die Fähre heißt es: „Sie fährt um zwölf.“ Öfter sah man sie früher."
    original = text.encode(encoding)
    layout = Layout(
        "document",
        "text 1",
        hashlib.sha256(original).hexdigest(),
        runs=(Run(0, 5, len(text) - 5),),
    )
    made = Article(id="a", title="a", text=text[5:], layout=layout)
    with Library.of([]) as library:
        library.add([Placed(made, "/a.txt", "a.txt", original, encoding_of(made, original))])
        assert list(library.verify()) == []
        kept = library.source("a")
        assert kept is not None
        assert kept.gives(text[5:])
        assert (kept.original, kept.runs) == (original, layout.runs)


def test_big_sources_are_written_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[int] = []

    class Told(adding.Adding):
        def put(self, batch: Sequence[Any]) -> None:
            written.append(len(batch))
            super().put(batch)

    monkeypatch.setattr(adding, "Adding", Told)
    monkeypatch.setattr(adding, "ROOM", 3 * len(SOURCE))
    with Library.of([]) as library:
        written.clear()
        library.add(ferries(f"n{number}") for number in range(10))
        assert sum(written) == 10
        assert max(written) <= 3
