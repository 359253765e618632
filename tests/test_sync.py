"""A library that is kept in step with a folder: what came, what changed, what is gone."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path, PurePosixPath

import pytest
from commands import Told, told
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from libraries import article
from people import nobody

from bot.cli import run
from bot.service import Service
from retrieval import Answerer, Library
from retrieval.errors import InputError
from retrieval.library import NAME, Placed, SyncReport
from retrieval.library.syncing import Item
from retrieval.readers import Trouble, addresses, markdown, read_placed
from retrieval.readers.syncing import Came, Folder, Way

LINE = '{{"id": "{0}", "title": "T", "text": "Words of {0}."}}\n'


Sync = Callable[..., Told]


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return tmp_path / "shelf"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    for name in ("intro.md", "guide/install.md", "guide/use.txt"):
        write(folder / name, f"# About {name}\n\nThese are the words of {name}.\n")
    return folder


@pytest.fixture
def call(shelf: Path, capfd: pytest.CaptureFixture[str]) -> Sync:
    def work(command: str, *arguments: object) -> Told:
        return told(capfd, shelf, command, *arguments)

    return work


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def ids(shelf: Path) -> list[str]:
    with Library.open(shelf) as library:
        return [entry.id for entry in library.entries()]


def age(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that were written just now count as old: a change of them would show."""
    assert any(folder.iterdir())
    monkeypatch.setattr("retrieval.readers.syncing.MOMENT", -1)


def test_what_came_changed_and_went_is_told_and_the_ids_are_those_of_add(
    call: Sync, docs: Path, shelf: Path
) -> None:
    first = call("sync", docs)
    assert (first.code, first.err) == (0, [])
    assert first.out == [
        f"3 added; the library in {shelf} holds 3 articles",
        "added guide/install, guide/use, intro",
    ]
    with Library.of([]) as other:
        other.add(one for one in read_placed([docs]) if not isinstance(one, Trouble))
        assert ids(shelf) == [entry.id for entry in other.entries()]
    write(docs / "new.md", "New words.")
    write(docs / "intro.md", "Other words.")
    (docs / "guide" / "use.txt").unlink()
    assert call("sync", docs).out == [
        f"1 added, 1 changed, 1 removed, 1 as before; the library in {shelf} holds 3 articles",
        "added new",
        "changed intro",
        "removed guide/use",
    ]
    assert call("sync", docs).out == [
        f"nothing changed, 3 as before; the library in {shelf} holds 3 articles"
    ]
    assert call("verify").code == 0


def test_what_came_from_elsewhere_is_kept_and_counted(
    call: Sync, docs: Path, shelf: Path, tmp_path: Path
) -> None:
    call("add", write(tmp_path / "docs2" / "other.txt", "Words of another folder."))
    with Library.open(shelf) as library:
        library.add([article("loose", "Words of no file.")])
    call("sync", docs)
    (docs / "intro.md").unlink()
    told = call("sync", docs)
    assert told.out[1:] == [f"kept 2 articles that did not come from {docs}", "removed intro"]
    assert ids(shelf) == ["guide/install", "guide/use", "loose", "other"]


def test_what_add_read_from_the_folder_is_the_folders_too(
    call: Sync, docs: Path, shelf: Path
) -> None:
    call("add", docs)
    (docs / "intro.md").unlink()
    assert call("sync", docs).out[1:] == ["removed intro"]
    assert ids(shelf) == ["guide/install", "guide/use"]


def test_a_folder_in_a_folder_that_is_synced_on_its_own_keeps_its_articles(
    call: Sync, docs: Path, shelf: Path
) -> None:
    write(docs / "api" / "call.md", "Words of a call.")
    call("sync", docs / "api")
    call("sync", docs, "--exclude", "/api/")
    assert ids(shelf) == ["call", "guide/install", "guide/use", "intro"]
    told = call("sync", docs, "--exclude", "/api/")
    assert told.out[1:] == [f"kept 1 article that did not come from {docs}"]


def test_an_article_of_another_file_is_refused_unless_it_is_to_be_replaced(
    call: Sync, docs: Path, shelf: Path, tmp_path: Path
) -> None:
    call("add", write(tmp_path / "other" / "intro.md", "Another's words."))
    told = call("sync", docs)
    assert told.code == 1
    assert "its id 'intro' is that of" in told.err[0]
    (docs / "intro.md").unlink()
    assert call("sync", docs).code == 0
    assert "intro" in ids(shelf)
    write(docs / "intro.md", "Our words.")
    told = call("sync", docs, "--replace")
    assert told.code == 0
    assert told.out[-1].startswith("replaced intro of ")


def test_a_page_in_another_format_takes_over_the_id_of_the_one_that_is_gone(
    call: Sync, docs: Path
) -> None:
    call("sync", docs)
    (docs / "intro.md").rename(docs / "intro.txt")
    assert call("sync", docs).out[1:] == ["changed intro"]


def test_a_file_that_is_as_it_was_is_not_parsed_again(
    call: Sync, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    age(docs, monkeypatch)
    parsed: list[str] = []
    show = markdown.show

    def watched(source: str, start: int = 0, *, is_mdx: bool = False) -> markdown.Shown:
        parsed.append(source)
        return show(source, start, is_mdx=is_mdx)

    monkeypatch.setattr(markdown, "show", watched)
    for _ in range(2):
        call("sync", docs)
        assert len(parsed) == 2
    os.utime(docs / "intro.md", (1, 1))  # as a fresh copy has other times, but the same bytes
    call("sync", docs)
    call("sync", docs)
    assert len(parsed) == 2
    write(docs / "intro.md", "# Other words\n")
    call("sync", docs)
    assert len(parsed) == 3
    monkeypatch.setattr("retrieval.readers.syncing.known_readers", lambda: "markdown 2")
    call("sync", docs)
    assert len(parsed) == 5
    monkeypatch.setattr("retrieval.readers.syncing.metadata.version", lambda _: "9")
    call("sync", docs)
    assert len(parsed) == 7


def test_a_change_within_the_moment_of_reading_is_seen(call: Sync, docs: Path) -> None:
    write(docs / "intro.md", "Words of one kind.")
    call("sync", docs)
    status = (docs / "intro.md").stat()
    write(docs / "intro.md", "Words of two kind.")  # of the same length
    os.utime(docs / "intro.md", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert call("sync", docs).out[1:] == ["changed intro"]


def test_what_is_known_of_a_file_is_known_anew_when_sources_toml_changes(
    call: Sync, docs: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    age(docs, monkeypatch)
    call("sync", docs)
    write(docs / "sources.toml", '[intro]\ntitle = "Another title"\n')
    assert call("sync", docs).out[1:] == ["changed intro"]
    with Library.open(shelf) as library:
        assert library.get("intro").title == "Another title"


def test_a_sources_toml_names_files_below_it_and_the_nearer_goes_first(
    docs: Path, tmp_path: Path
) -> None:
    write(docs / "guide" / "deep" / "end.md", "Deep words.")
    write(
        docs / "sources.toml",
        """
["guide/install.md"]
title = "By path"
["guide/use"]
title = "By path without its ending"
["*.md"]
title = "Every page"
author = "Every page"
publisher = "Every page"
["guide/deep/*"]
publisher = "The last pattern"
["guide/nothing.md"]
title = "Nobody's"
["*.rst"]
title = "Nobody's"
[intro]
author = "By name"
""",
    )
    write(docs / "guide" / "sources.toml", '[install]\nauthor = "The nearer"\n')
    with zipfile.ZipFile(tmp_path / "docs.zip", "w") as archive:
        for path in sorted(docs.rglob("*.*")):
            archive.write(path, path.relative_to(docs))
    for place, start in ((docs, ""), (tmp_path / "docs.zip", "docs/")):
        found = list(read_placed([place]))
        articles = {one.article.id: one.article for one in found if isinstance(one, Placed)}
        assert {
            name.removeprefix(start): (one.title, one.author, one.publisher)
            for name, one in articles.items()
        } == {
            "intro": ("Every page", "By name", "Every page"),
            "guide/install": ("By path", "The nearer", "Every page"),
            "guide/use": ("By path without its ending", None, None),
            "guide/deep/end": ("Every page", "Every page", "The last pattern"),
        }
        troubles = [one.reason for one in found if isinstance(one, Trouble)]
        assert troubles == [
            "the table 'guide/nothing.md' names no file below it",
            "the table '*.rst' names no file below it",
        ]


@pytest.mark.parametrize("harm", ["remove", "change"])
def test_what_another_changed_in_the_library_is_mended(
    call: Sync, docs: Path, shelf: Path, harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(docs / "list.jsonl", LINE.format("a") + LINE.format("b"))
    call("sync", docs)
    age(docs, monkeypatch)
    call("sync", docs)
    with Library.open(shelf) as library:
        if harm == "remove":
            library.remove("a", "intro")
        else:
            library.add([article("a", "Changed."), article("intro", "Changed.")])
    told = call("sync", docs, "--replace")
    assert told.out[1:] == ["added intro, a" if harm == "remove" else "changed intro, a"]


def test_lines_that_are_gone_from_a_file_are_removed(call: Sync, docs: Path) -> None:
    path = write(docs / "list.jsonl", LINE.format("a") + LINE.format("b"))
    call("sync", docs)
    write(path, LINE.format("b"))
    assert call("sync", docs).out[1:] == ["removed a"]


def unreadable_bytes(path: Path) -> None:
    path.write_bytes(b"\x00\xff" * 50)


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def a_dead_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def a_folder_of_links(path: Path) -> None:
    folder = path.parent
    shutil.rmtree(folder)
    folder.symlink_to("nowhere")


@pytest.mark.parametrize("harm", [unreadable_bytes, a_pipe, a_dead_link, a_folder_of_links])
def test_a_file_that_cannot_be_read_any_more_keeps_its_article_and_is_named(
    call: Sync, docs: Path, shelf: Path, harm: Callable[[Path], None]
) -> None:
    call("sync", docs)
    before = ids(shelf)
    harm(docs / "guide" / "install.md")
    for _ in range(2):
        told = call("sync", docs)
        assert told.code == 1
        (line,) = told.err
        assert line.startswith(f"pullquote: {docs}/guide")
        assert "whose file cannot be read: guide/install" in told.out[1]
        assert ids(shelf) == before


@pytest.mark.parametrize("sealed", ["guide", "guide/install.md"])
def test_what_may_not_be_read_any_more_is_kept(
    shelf: Path, sealed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tempfile.TemporaryDirectory() as room, Library.open(shelf, create=True) as library:
        Path(room).chmod(0o755)  # pytest's own folders are closed to others
        write(Path(room) / "guide" / "install.md", "Words.")
        write(Path(room) / "intro.md", "Words.")
        age(Path(room), monkeypatch)
        keep_in_step(library, Path(room))
        (Path(room) / sealed).chmod(0)
        with nobody():
            found = list(Folder(Path(room), Way()).read({}, unheard))
        told = library.sync(os.path.realpath(room), lambda _: without_troubles(found))
        (Path(room) / sealed).chmod(0o755)
    assert told.removed == ()
    assert told.stayed == ("guide/install",)


def keep_in_step(library: Library, folder: Path) -> SyncReport:
    found = Folder(folder, Way())
    return library.sync(found.root, lambda known: without_troubles(found.read(known, unheard)))


def unheard(_: int) -> None:
    """How far reading has come."""


def without_troubles(found: Iterable[Came]) -> Iterator[Item]:
    return (one for one in found if not isinstance(one, Trouble))


def test_a_dry_run_tells_all_and_writes_nothing(call: Sync, docs: Path, shelf: Path) -> None:
    told = call("sync", docs, "--dry-run")
    assert told.out == [
        "a dry run, nothing is written: 3 added",
        "add guide/install",
        "add guide/use",
        "add intro",
    ]
    assert not shelf.exists()
    call("sync", docs)
    write(docs / "new.md", "New words.")
    write(docs / "intro.md", "Other words.")
    (docs / "guide" / "use.txt").unlink()
    before = (shelf / NAME).read_bytes()
    told = call("sync", docs, "--dry-run")
    assert (told.code, told.out) == (
        0,
        [
            "a dry run, nothing is written: 1 added, 1 changed, 1 removed, 1 as before",
            "add new",
            "change intro",
            "remove guide/use",
        ],
    )
    assert (shelf / NAME).read_bytes() == before


def test_a_dry_run_over_a_library_of_before(call: Sync, docs: Path, shelf: Path) -> None:
    call("add", docs)
    with closing(sqlite3.connect(shelf / NAME)) as connection:
        connection.execute("DROP TABLE provenance")
        connection.commit()
    assert call("sync", docs, "--dry-run").out == [
        "a dry run, nothing is written: nothing changed, 3 as before"
    ]
    assert call("sync", docs).code == 0
    (docs / "intro.md").unlink()
    assert call("sync", docs).out[1:] == ["removed intro"]


def test_a_folder_that_is_missing_or_empty_removes_nothing(
    call: Sync, docs: Path, shelf: Path
) -> None:
    call("sync", docs)
    before = ids(shelf)
    missing = call("sync", docs / "nothing")
    a_file = call("sync", docs / "intro.md")
    shutil.rmtree(docs)
    gone = call("sync", docs)
    docs.mkdir()
    write(docs / "picture.png", "no text")
    empty = call("sync", docs)
    assert [told.code for told in (missing, a_file, gone, empty)] == [2] * 4
    assert ids(shelf) == before
    assert "--allow-empty" in empty.err[-1]
    allowed = call("sync", docs, "--allow-empty")
    assert (allowed.code, ids(shelf)) == (0, [])


def test_patterns_leave_out_what_a_gitignore_would(call: Sync, docs: Path, shelf: Path) -> None:
    for name in ("drafts/a.md", "guide/drafts/b.md", "guide/x.tmp.md", "guide/keep.tmp.md", "c.md"):
        write(docs / name, f"Words of {name}.")
    write(docs / ".pullquoteignore", "# not yet\ndrafts/\n*.tmp.md\n/c.md\n")
    write(docs / "guide" / ".pullquoteignore", "!keep.tmp.md\n")
    call("sync", docs)
    assert ids(shelf) == ["guide/install", "guide/keep.tmp", "guide/use", "intro"]
    told = call("sync", docs, "--exclude", "*.tmp.md", "--exclude", "/guide/u*")
    assert told.out[1:] == ["removed guide/keep.tmp, guide/use"]
    (docs / ".pullquoteignore").write_bytes(b"\xff\xfe\xff")
    told = call("sync", docs)
    assert (told.code, len(told.err)) == (2, 1)
    write(docs / ".pullquoteignore", "good\nbad\\\n")
    assert ".pullquoteignore, line 2: " in call("sync", docs).err[0]
    (docs / ".pullquoteignore").unlink()
    assert "no pattern" in call("sync", docs, "--exclude", "!").err[0]


def test_what_cannot_be_read_of_the_files_that_were_synced_is_told_and_cleared_away(
    call: Sync, docs: Path, shelf: Path
) -> None:
    call("sync", docs)
    with closing(sqlite3.connect(shelf / NAME)) as connection:
        connection.execute("UPDATE synced SET size = 'many' WHERE article = 'intro'")
        connection.commit()
    told = call("verify")
    assert told.code == 1
    assert "its table synced has 1 rows that cannot be read" in told.err[0]
    assert call("sync", docs).out == [
        f"nothing changed, 3 as before; the library in {shelf} holds 3 articles"
    ]
    assert call("verify").code == 0


def test_a_library_within_the_folder_is_no_article_of_it(
    docs: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert run(["library", "sync", str(docs), "--library", str(docs / "shelf")]) == 0
    assert "3 as before" in capfd.readouterr().out


def test_several_articles_are_removed_by_ids_and_patterns(
    call: Sync, docs: Path, shelf: Path
) -> None:
    write(docs / "guide" / "deep" / "end.md", "Deep words.")
    write(docs / "a[1].md", "Words.")
    call("sync", docs)
    told = call("remove", "nothing", "intro", "guide/i*", "x*", "intro")
    assert (told.code, [line.split("; ")[0] for line in told.err]) == (
        1,
        [f"pullquote: the library has no article {name!r}" for name in ("nothing", "x*")],
    )
    assert told.out == [f"removed intro, guide/install; the library in {shelf} holds 3 articles"]
    assert call("remove", "a[1]").code == 0
    assert call("remove", "guide/*").code == 0
    assert ids(shelf) == []
    none = call("remove", "guide/*", "intro")
    assert (none.code, none.out) == (2, [])
    assert "no article 'guide/*' nor 'intro'" in none.err[0]


async def test_a_page_that_is_gone_answers_no_more_at_the_next_question(
    call: Sync, docs: Path, shelf: Path
) -> None:
    write(docs / "quay.md", "# The quay\n\nThe old quay was built in 1932 by Elin Strand.\n")
    call("sync", docs)
    with Library.open(shelf) as library:
        service = Service(Answerer.open(library), 3)
        assert (await service.ask("Who built the old quay?")).quotes
        (docs / "quay.md").unlink()
        call("sync", docs)
        answer = await service.ask("Who built the old quay?")
    assert "quay" not in {quote.article for quote in (*answer.quotes, *answer.nearest)}
    assert not answer.quotes


SITES = {
    "docusaurus": {
        "01-intro.md": "intro",
        "guide/index.md": "guide/",
        "02-guide/03_install.mdx": "guide/install",
        "guide/guide.md": "guide/",
        "README.md": "",
        "2024-05-01-news.md": "2024-05-01-news",
        "a b/c.md": "a%20b/c",
        "img/plan.pdf": "img/plan.pdf",
    },
    "mkdocs": {
        "index.md": "",
        "guide/README.md": "guide/",
        "guide/install.md": "guide/install/",
        "01-intro.md": "01-intro/",
        "old/page.html": "old/page.html",
    },
    "mdbook": {
        "README.md": "",
        "guide/install.md": "guide/install.html",
        "ch01-00.md": "ch01-00.html",
    },
    "vitepress": {
        "index.md": "",
        "guide/index.md": "guide/",
        "guide/README.md": "guide/README.html",
        "guide/install.md": "guide/install.html",
    },
    "sphinx": {
        "index.rst": "",
        "library/os.rst": "library/os.html",
        "library/README.md": "library/README.html",
        "old/index.html": "old/",
    },
}


def test_each_generator_puts_its_pages_where_it_does(tmp_path: Path) -> None:
    for style, pages in SITES.items():
        site = addresses.Site.of("https://example.org/docs", style, tmp_path)
        made = {path: site.address(PurePosixPath(path)) for path in pages}
        assert made == {path: f"https://example.org/docs/{end}" for path, end in pages.items()}


MARKS = {
    "docusaurus": "docusaurus.config.ts",
    "mkdocs": "mkdocs.yml",
    "mdbook": "book.toml",
    "vitepress": "docs/.vitepress/config.ts",
    "sphinx": "docs/conf.py",
}


@pytest.mark.parametrize("style", MARKS)
def test_what_makes_the_pages_is_told_by_its_configuration(
    docs: Path, style: str, tmp_path: Path
) -> None:
    write(tmp_path / MARKS[style], "")
    assert addresses.Site.of("https://example.org/", None, docs).style == style
    write(tmp_path / MARKS["mkdocs"], "")
    write(tmp_path / MARKS["mdbook"], "")
    if style in {"docusaurus", "mkdocs", "mdbook"}:
        with pytest.raises(InputError, match="say --base-url-style"):
            addresses.Site.of("https://example.org/", None, docs)


@pytest.mark.parametrize(
    ("front", "url"),
    [
        ("slug: quick", "https://example.org/d/guide/quick"),
        ("slug: /first/steps", "https://example.org/d/first/steps"),
        ("permalink: /first/steps/", "https://example.org/d/first/steps/"),
        ("url: first", "https://example.org/d/first"),
        ("url: https://elsewhere.org/x", "https://elsewhere.org/x"),
        ("permalink: /:year/:title/", "https://example.org/d/guide/start/"),
        ("slug: ../../../up", "https://example.org/d/up"),
        ("title: Start", "https://example.org/d/guide/start/"),
    ],
)
def test_the_address_that_a_page_states_goes_before_that_of_its_path(
    call: Sync, docs: Path, shelf: Path, front: str, url: str
) -> None:
    write(docs / "guide" / "start.md", f"---\n{front}\n---\n# Start\n\nWords.\n")
    call("sync", docs, "--base-url", "https://example.org/d", "--base-url-style", "mkdocs")
    with Library.open(shelf) as library:
        assert library.get("guide/start").url == url


def test_wrong_addresses_and_styles_are_one_line_each(call: Sync, docs: Path) -> None:
    wrong = [
        ("--base-url", "example.org"),
        ("--base-url", "https://example.org/?a=b", "--base-url-style", "mkdocs"),
        ("--base-url", "https://example.org/"),
        ("--base-url-style", "mkdocs"),
        ("--base-url", "https://example.org/", "--base-url-style", "hugo"),
    ]
    for options in wrong:
        told = call("sync", docs, *options)
        assert (told.code, len(told.err)) == (2, 1), options


PAGES = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["One.", "Two.", "Six."]))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(states=st.lists(PAGES, min_size=1, max_size=4))
def test_after_any_changes_the_library_is_that_of_the_folder_alone(
    states: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("steps")
    with Library.of([article("other", "Words of no file.")]) as library:
        for pages in states:
            shutil.rmtree(place)
            for name, text in pages.items():
                write(place / f"{name}.txt", text)
            place.mkdir(exist_ok=True)
            report = keep_in_step(library, place)
            assert {one.id: one.text for one in library} == pages | {"other": "Words of no file."}
            assert report.others == 1
        with Library.of(library) as anew:
            assert anew.version == library.version
