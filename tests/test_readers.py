"""Files and folders become articles, byte for byte, or troubles that name the place."""

import codecs
import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import nobody, shut_folder

from bot.cli import run
from retrieval import Library
from retrieval.library import Placed
from retrieval.models import Article
from retrieval.readers import Trouble, examples, read, read_placed, registry, size
from retrieval.readers.details import Details, Record
from retrieval.readers.finding import find
from retrieval.readers.formats import Format, Found, Piece
from retrieval.readers.titles import shorten

ENGLISH = (
    "“The café is open,” the mayor said on Friday — it cost £10 million. The council described the "
    "recent changes as “timely and effective measures” that the people of Zürich wanted.\n"
)
FRENCH = (
    "Le président français a déclaré hier à l’Élysée que la situation était très préoccupante. "
    "Les élèves de l’école ont été reçus par le maire. Ça suffit, a-t-il ajouté après le dîner.\n"
)
RUSSIAN = (
    "Министр обороны прибыл в столицу в пятницу для переговоров с руководством страны. "
    "По данным разведки, войска уже находятся на фронте.\n"
)
POLISH = (
    "Prezydent powiedział, że żołnierze przybyli w piątek do stolicy. Źródła twierdzą, iż rząd nie "
    "potwierdził tych doniesień, a opozycja żąda wyjaśnień.\n"
)
CHINESE = "总统周五在首都会见了外交部长,双方同意加强经济合作。国家媒体周六报道了这一消息。\n"

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file below the test's folder, and make the folders on its way."""

    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file


def read_one(path: Path) -> Article:
    (item,) = read([path])
    assert isinstance(item, Article), item
    return item


def refuse_one(path: Path) -> Trouble:
    (item,) = read([path])
    assert isinstance(item, Trouble), item
    return item


def ids(*paths: Path) -> list[str]:
    return [item.id for item in read(paths) if isinstance(item, Article)]


def troubles(*paths: Path) -> list[str]:
    return [str(item) for item in read(paths) if isinstance(item, Trouble)]


# Plain text


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_a_utf8_file_is_stored_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("texts") / "one.txt"
    data = f"A{text}".encode()
    path.write_bytes(data)
    assert read_one(path).sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\u2028"])
def test_line_ends_stay_as_they_are(write: Write, end: str) -> None:
    text = f"One line.{end}Another.{end}"
    assert read_one(write("a.txt", text)).text == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_tells_the_encoding_and_is_dropped(
    write: Write, mark: bytes, encoding: str
) -> None:
    assert read_one(write("a.txt", mark + CHINESE.encode(encoding))).text == CHINESE


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "cp1252"),
        (FRENCH, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (POLISH, "cp1250"),
        (CHINESE, "gb18030"),
    ],
)
def test_another_encoding_is_read_as_what_it_is(write: Write, text: str, encoding: str) -> None:
    assert read_one(write("a.txt", text.encode(encoding))).text == text


@pytest.mark.parametrize(
    "data",
    [
        "Ein Café.".encode("cp1252"),
        ENGLISH.encode("mac_roman"),
        "İstanbul'da yapılan görüşme öğleden sonra başladı.".encode("cp1254"),
        b"A text \xff\xfe\x81\x8d\x8f\x90 with no encoding at all",
        codecs.BOM_UTF16_LE + b"a\0b",
    ],
)
def test_an_encoding_that_is_not_certain_is_refused_rather_than_guessed(
    write: Write, data: bytes
) -> None:
    trouble = refuse_one(write("a.txt", data))
    assert trouble.source.endswith("a.txt")
    assert "UTF-8" in trouble.reason or "UTF-16" in trouble.reason


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (b"Some words\0and more", "a binary file"),
        ("UTF-16 without its mark".encode("utf-16-le"), "a binary file"),
        (codecs.BOM_UTF16_LE + b"a\0\0\0", "a binary file"),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md", ".jsonl"])
def test_a_binary_file_is_refused_as_what_it_is(
    write: Write, head: bytes, kind: str, suffix: str
) -> None:
    trouble = refuse_one(write(f"report{suffix}", head + b"\n" * 50))
    assert trouble.source.endswith(f"report{suffix}")
    assert trouble.line is None
    assert f"it is {kind}, not text" in trouble.reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [("", "it is empty"), (" \r\n\t", "it has no letter"), ("123 — 456!\n", "it has no letter")],
)
def test_a_file_with_nothing_to_read_is_refused(write: Write, content: str, reason: str) -> None:
    assert reason in refuse_one(write("a.txt", content)).reason


def test_a_text_that_is_too_large_for_an_article_is_refused_unread(write: Write) -> None:
    path = write("a.txt", "A")
    with path.open("r+b") as file:
        file.truncate(33 * 2**20)
    assert "larger than 32 MiB" in refuse_one(path).reason


# Titles


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Bees Return to the City\n\nThey came back in May. All did.", "Bees Return to the City"),
        ("Bees came back in May. All were glad.", "Bees came back in May."),
        ("\n\n  “Bees came back,” she said. All.", "“Bees came back,” she said."),
        ("2024 was the year of the bee. Yes.", "2024 was the year of the bee."),
        ("Share this article\nBees came back in May. So they did.", "Bees came back in May."),
        ("word " * 50, "word " * 17 + "word…"),
        ("x" * 200, "x" * 89 + "…"),
    ],
)
def test_a_title_is_the_headline_or_the_opening_sentence(
    write: Write, text: str, title: str
) -> None:
    assert read_one(write("a.txt", text)).title == title


@given(st.text(min_size=1))
def test_a_title_is_one_line_of_bounded_length(text: str) -> None:
    title = shorten(text)
    assert len(title) <= 90
    assert "\n" not in title
    assert " ".join(text.split()).startswith(title.removesuffix("…").rstrip())


# Markdown

TITLES = {  # by what the case is about: a file `bees-return.md`, and its title
    "a heading with emphasis": (
        "# Bees *return* to **the** _city_\n\nThey came.",
        "Bees return to the city",
    ),
    "closing number signs": ("## Bees return ##   \n\nThey came.", "Bees return"),
    "a number sign at the end of a word": ("# Learn C#\n", "Learn C#"),
    "setext": ("Bees return\n===========\n\nThey came.", "Bees return"),
    "setext over two lines": ("Bees\nreturn\n---\n\nThey came.", "Bees return"),
    "code": ("# What `bees_return()` does\n", "What bees_return() does"),
    "a link": ("# [Bees](https://example.org/a_(b)) return\n", "Bees return"),
    "a link that is defined below": (
        "# [Bees][1] return\n\n[1]: https://example.org\n",
        "Bees return",
    ),
    "a link of a wiki": ("# [[Bees]] and [[wasp|wasps]]\n", "Bees and wasps"),
    "an underscore within a word": ("# The bees_return flag\n", "The bees_return flag"),
    "escaped characters": ("# 5 \\* 3 is \\#15\n", "5 * 3 is #15"),
    "character references": ("# Bees &amp; wasps &#8212; again\n", "Bees & wasps — again"),
    "an image in a heading": ("# ![logo](a.png) Bees <br> return\n", "Bees return"),
    "attributes": ("# Bees return {#bees .wide}\n", "Bees return"),
    "badges first": ("[![build](a.svg)](b) ![c](d)\n[![e](f)](g)\n\n# Bees\n", "Bees"),
    "only a badge in the first heading": ("# [![build](a.svg)](b)\n\n# Bees\n", "Bees"),
    "an HTML comment first": ("<!-- lint: off\n# no heading\n-->\n\n# Bees\n", "Bees"),
    "a tag first": ('<p align="center"><img src="a.png"></p>\n\n# Bees\n', "Bees"),
    "includes first": ('{% include "head.html" %}\n\n--8<-- "a.md"\n\n[[_TOC_]]\n# Bees\n', "Bees"),
    "hashtags first": ("#city #bees/wild\n\n# Bees\n", "Bees"),
    "an empty heading": ("#\n\n## \n\n# Bees\n", "Bees"),
    "a rule first": ("***\n\n# Bees\n", "Bees"),
    "a heading inside a code fence": ("```\n# no heading\n```\nWords.\n", "Bees return"),
    "a heading inside indented code": ("    # no heading\n\nWords.\n", "Bees return"),
    "a heading inside a quote": ("> # No title\n\nWords.\n", "Bees return"),
    "a heading after a paragraph": ("Some words.\n\n# Sources\n", "Bees return"),
    "a heading after a list": ("- a\n- b\n\n# Sources\n", "Bees return"),
    "no heading": ("Bees came back. All did.", "Bees return"),
    "no blank after the number sign": ("#Bees came back. All did.", "Bees return"),
    "front matter": (
        "---\ntitle: 'Bees: a return'\ndate: 2024-99-99x\n---\n# No\n",
        "Bees: a return",
    ),
    "front matter over two lines": ("---\ntitle: >\n  Bees\n  again\n---\n# No\n", "Bees again"),
    "front matter behind a BOM": ("\ufeff---\r\ntitle: Bees\r\n---\r\nThey came.\r\n", "Bees"),
    "front matter without a title": ("---\ndate: 2024-13-45\n---\n# Bees\n", "Bees"),
    "a title that is no text": ("---\ntitle: [a, b]\n---\n# Bees\n", "Bees"),
    "a title that is empty": ("---\ntitle: ' '\n---\n# Bees\n", "Bees"),
    "front matter that is no YAML": ("---\ntags: {{ no yaml\n---\n# Bees\n", "Bees"),
    "a long heading": ("# " + "word " * 50, "word " * 17 + "word…"),
}


def test_markdown_states_its_title(write: Write) -> None:
    read_as = {}
    for case, (text, _) in TITLES.items():
        read_as[case] = read_one(write("bees-return.md", text)).title
    assert read_as == {case: title for case, (_, title) in TITLES.items()}


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("bees_return--home.md", "Bees return home"),
        ("2024-05-01-bees.markdown", "2024-05-01 bees"),
        ("README.md", "README"),
        ("_.md", "_"),
        ("v1.2 notes.md", "V1.2 notes"),
    ],
)
def test_a_file_without_a_heading_is_called_by_its_name(
    write: Write, name: str, title: str
) -> None:
    assert read_one(write(name, "Words.")).title == title


@pytest.mark.parametrize("hostile", ["[", "![[", "***a", "> ", "&", "*a _", "<a "])
def test_a_title_is_found_in_a_moment_whatever_stands_there(write: Write, hostile: str) -> None:
    text = "Word " + hostile * (2**17 // len(hostile))
    started = time.perf_counter()
    assert read_one(write("a.md", text)).title == "A"
    assert time.perf_counter() - started < 10


# Formats


def shouted(found: Found, details: Details) -> Iterator[Piece]:
    for number, words in enumerate(found.path.read_text().splitlines(), 1):
        title = details.title or "Shouted"
        yield Piece(Article(id=f"{found.id}{number}", title=title, text=words.upper()), number)


@pytest.fixture
def shouting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "BY_KEY", dict(registry.BY_KEY))
    registry.register(Format((".shout", "text/x-shout", "shout:"), shouted))


@pytest.mark.usefixtures("shouting")
def test_a_format_is_one_reader_and_one_line_in_the_registry(write: Write, tmp_path: Path) -> None:
    write("a.shout", "one\ntwo")
    write("sources.toml", '["a.shout"]\ntitle = "Heard"')
    library = tmp_path / "library"
    assert run(["library", "add", str(tmp_path), "--library", str(library)]) == 0
    with Library.open(library) as stored:
        assert [(one.id, one.title, one.text) for one in stored] == [
            ("a1", "Heard", "ONE"),
            ("a2", "Heard", "TWO"),
        ]
    assert ".shout" in refuse_one(write("b.page", "Words.")).reason


@pytest.mark.usefixtures("shouting")
def test_a_format_is_known_by_suffix_media_type_and_scheme() -> None:
    keys = [".SHOUT", "Text/X-Shout; charset=utf-8", "shout:"]
    assert [registry.format_of(key) for key in keys] == [registry.BY_KEY[".shout"]] * 3
    assert registry.format_of("text/markdown") is registry.format_of(".md")
    assert registry.format_of("image/png") is registry.format_of_file(Path("shout")) is None


@pytest.mark.parametrize("key", [".txt", "txt", ".TXT"])
def test_a_key_is_one_formats_and_written_in_one_form(key: str) -> None:
    with pytest.raises(ValueError, match=r"(?i)txt"):
        registry.register(Format((key,), shouted))


# JSONL


def line(**fields: object) -> str:
    return json.dumps({"id": "a", "title": "T", "text": "Some text."} | fields) + "\n"


def test_every_line_is_an_article_with_what_is_known_of_it(write: Write) -> None:
    known = {
        "publisher": "The Sea",
        "author": "A. Fish",
        "published": "1 May 2024",
        "url": "https://example.org/a?b=c#d",
        "language": "pt-BR",
    }
    path = write("a.jsonl", line(**known) + "\n" + line(id="b", author=None, publisher=" "))
    first, second = read([path])
    assert first == Article.model_validate({"id": "a", "title": "T", "text": "Some text."} | known)
    assert second == Article(id="b", title="T", text="Some text.", language="und")


@pytest.mark.parametrize("unknown", [None, "", "  ", "missing"])
def test_every_optional_key_may_be_empty_which_is_unknown(write: Write, unknown: object) -> None:
    optional = set(Record.model_fields) - {"id", "text"}
    for key in optional:
        fields = json.loads(line(publisher="P", url="https://example.org", language="de"))
        fields[key] = unknown
        if unknown == "missing":
            del fields[key]
        found = read_one(write("a.jsonl", json.dumps(fields)))
        expected = {"title": "Some text.", "language": "und"}.get(key)
        assert dict(found).get(key) == expected, key  # an article has no kind


def test_the_text_of_a_line_is_kept_to_the_character(write: Write) -> None:
    text = " \r\nA\u2028B\u0085 \u00a0🐝\t"
    assert read_one(write("a.jsonl", line(text=text))).text == text


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{", "it is no JSON: "),
        ("5", "it is no JSON object"),
        ("[" * 100_000, "it is nested too deep"),
        (line(id="#").replace('"#"', "9" * 5000), "the key 'id' is no text"),
        (line(extra=1), "the key 'extra' is unknown; known are title, publisher"),
        ('{"id": "a", "title": "T"}', "the key 'text' is missing"),
        ('{"id": "a", "id": "b", "title": "T", "text": "x"}', "the key 'id' is there twice"),
        (line(id=5), "the key 'id' is no text"),
        (line(id=" a"), "the key 'id' holds"),
        (line(id="a\nb"), "the key 'id' holds"),
        (line(id=""), "the key 'id' is empty"),
        (line(text=None), "the key 'text' is no text"),
        (line(text="123"), "the key 'text' has no letter"),
        (line(text="half \ud83d of a pair"), "the key 'text' holds a character"),
        (line(text="a\0b"), "the key 'text' holds a character"),
        (line(author="\udc00"), "the key 'author' holds a character"),
        (line(url="javascript:alert(1)"), "the key 'url' is no address"),
        (line(url="https://a b"), "the key 'url' is no address"),
        (line(language="English!"), "the key 'language' is no language tag"),
        (line(published=2024), "the key 'published' is no text"),
    ],
)
def test_a_bad_line_is_named_with_its_key_and_the_rest_goes_in(
    write: Write, bad: str, reason: str
) -> None:
    path = write("a.jsonl", line(id="before") + bad.strip("\n") + "\n" + line(id="after"))
    before, trouble, after = read([path])
    assert isinstance(trouble, Trouble)
    assert (trouble.source, trouble.line) == (str(path), 2)
    assert reason in trouble.reason
    assert "\n" not in str(trouble)
    assert [getattr(item, "id", None) for item in (before, after)] == ["before", "after"]


def test_a_line_that_is_not_utf8_is_named(write: Write) -> None:
    path = write("a.jsonl", line().encode() + b'{"id": "caf\xe9"}\n')
    assert troubles(path) == [f"{path}, line 2: it is not UTF-8"]


def test_a_line_without_end_is_passed_over_without_being_held(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.readers.jsonl.LONGEST", 100)
    path = write("a.jsonl", line(id="a") + line(id="b", text="x" * 1000) + line(id="c"))
    assert ids(path) == ["a", "c"]
    assert troubles(path) == [f"{path}, line 2: it is longer than 32 MiB; split it"]


def test_a_json_array_is_refused_once(write: Write) -> None:
    path = write("a.jsonl", json.dumps([{"id": str(n)} for n in range(99)], indent=1))
    assert troubles(path) == [f"{path}: it is one JSON array; write one object a line"]


def test_a_byte_order_mark_before_the_first_line_is_dropped(write: Write) -> None:
    assert ids(write("a.jsonl", codecs.BOM_UTF8 + line().encode())) == ["a"]


# Folders


def test_a_folder_is_read_in_order_with_ids_below_it(write: Write, tmp_path: Path) -> None:
    for name in ("b.txt", "a.b.MD", "sub/c.text", "sub/deep/d.markdown"):
        write(name, f"Words of {name}.")
    assert ids(tmp_path) == ["a.b", "b", "sub/c", "sub/deep/d"]


def test_nothing_is_kept_of_a_file_that_was_found(tmp_path: Path) -> None:
    for number in range(4000):
        path = tmp_path / f"{number // 200:03}" / f"article-{number}.txt"
        path.parent.mkdir(exist_ok=True)
        path.touch()
    blocks: dict[int, int] = {}
    for number, one in enumerate(find([tmp_path])):
        assert isinstance(one, Found)
        if number in {1000, 3800}:  # the first of a folder
            blocks[number] = sys.getallocatedblocks()
    assert blocks[3800] - blocks[1000] < 2800 / 2


def test_hidden_files_and_folders_are_passed_over(write: Write, tmp_path: Path) -> None:
    for name in (".hidden.txt", ".git/a.txt", "a.txt"):
        write(name, "Words.")
    assert ids(tmp_path) == ["a"]
    assert troubles(tmp_path) == []


def test_a_file_that_is_named_twice_is_read_once(write: Write, tmp_path: Path) -> None:
    path = write("a.txt", "Words.")
    (tmp_path / "link.txt").symlink_to(path)
    assert ids(path, tmp_path, tmp_path / "." / "a.txt") == ["a"]


def test_links_are_followed_and_a_loop_of_them_ends(write: Write, tmp_path: Path) -> None:
    write("in/sub/a.txt", "Words.")
    write("out/b.txt", "Other words.")
    (tmp_path / "in" / "sub" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "out").symlink_to(tmp_path / "out")
    (tmp_path / "in" / "self.txt").symlink_to(tmp_path / "in" / "self.txt")
    (tmp_path / "in" / "broken.txt").symlink_to(tmp_path / "nowhere")
    assert ids(tmp_path / "in") == ["sub/a"]
    out = f"it is a link that leads out of {tmp_path}/in; --follow-links follows it"
    assert troubles(tmp_path / "in") == [
        f"{tmp_path}/in/broken.txt: {out}",
        f"{tmp_path}/in/out: {out}",
        f"{tmp_path}/in/self.txt: it cannot be read: Too many levels of symbolic links",
    ]
    followed = list(read_placed([tmp_path / "in"], follow_links=True))
    assert [one.article.id for one in followed if isinstance(one, Placed)] == ["out/b", "sub/a"]
    assert len(followed) == 4


def test_very_deep_folders_are_read(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(1200):
        deep /= "d"
        deep.mkdir()
    (deep / "a.txt").write_text("Words.")
    assert len(ids(tmp_path)) == 1
    (deep / "a.txt").unlink()
    while deep != tmp_path:  # pytest would take them away by recursion
        deep.rmdir()
        deep = deep.parent


def test_files_of_another_kind_are_named_once_a_kind(write: Write, tmp_path: Path) -> None:
    for number in range(5):
        write(f"{number}.png", b"\x89PNG")
    write("report.ods", b"PK")
    write("a.txt", "Words.")
    kinds = registry.known_suffixes()
    assert kinds.startswith(".txt, .text, ")
    assert ids(tmp_path) == ["a"]
    assert troubles(tmp_path) == [
        f"{tmp_path}/report.ods: it is of no kind that is read: {kinds}",
        f"{tmp_path}/0.png: it, 1.png, 2.png and 2 more are of no kind that is read: {kinds}",
    ]


def test_a_path_that_is_not_there_or_of_another_kind_is_named(write: Write, tmp_path: Path) -> None:
    page = write("page.odt", "<p>Words.")
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    said = troubles(tmp_path / "nope.txt", page, pipe, tmp_path / "page.odt" / "below")
    assert [one.split(": ")[1][:18] for one in said] == [
        "there is no such f",
        "it is of no kind t",
        "it is a named pipe",
        "it cannot be read",
    ]


def test_names_that_cannot_be_ids_are_refused(write: Write, tmp_path: Path) -> None:
    write(os.fsdecode(b"caf\xe9.txt"), "Words.")
    write("line\nend.txt", "Words.")
    said = troubles(tmp_path)
    assert len(said) == 2
    assert all("rename it" in one for one in said)
    assert str(said).encode()


def test_one_id_in_two_places_is_named_with_both(write: Write, tmp_path: Path) -> None:
    write("a.md", "Words.")
    write("a.txt", "Other words.")
    lines = write("b.jsonl", line(id="a") + line(id="b") + line(id="b"))
    said = troubles(tmp_path)
    assert ids(tmp_path) == ["a", "b"]
    assert said == [
        f"{tmp_path}/a.txt: its id 'a' is that of {tmp_path}/a.md; give it another",
        f"{tmp_path}/b.jsonl, line 1: its id 'a' is that of {tmp_path}/a.md; give it another",
        f"{tmp_path}/b.jsonl, line 3: its id 'b' is that of {lines}, line 2; give it another",
    ]


def test_progress_adds_up_to_the_size_whatever_is_read(write: Write, tmp_path: Path) -> None:
    write("a.txt", "Words.")
    write("bad.txt", b"%PDF")
    write("empty.md", "")
    write("lines.jsonl", line() + "{}\n" + "\n" + line(id="z").strip())
    write("binary.jsonl", b"\0" * 99)
    steps: list[int] = []
    assert list(read_placed([tmp_path], advance=steps.append))
    assert sum(steps) == size([tmp_path]) > 0


# sources.toml


def test_sources_say_what_is_known_by_file_name_or_id(write: Write, tmp_path: Path) -> None:
    for name in ("one.txt", "two.md", "three.txt"):
        write(name, "# Own words.")
    write(
        "sources.toml",
        """
        [one]
        title = "First"
        published = 2024-11-30
        ["two.md"]
        author = "A. Fish"
        url = "https://example.org"
        """,
    )
    one, three, two = (item for item in read([tmp_path]) if isinstance(item, Article))
    assert (one.title, one.published) == ("First", "2024-11-30")
    assert (two.title, two.author, two.url) == ("Own words.", "A. Fish", "https://example.org")
    assert (three.author, three.published) == (None, None)
    assert read_one(tmp_path / "one.txt").title == "First"


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        ("[a]\nwriter = 'X'", "in the table 'a', the key 'writer' is unknown; known are title"),
        ("[a]\ntitle = 5", "in the table 'a', the key 'title' is no text"),
        ("[a]\nurl = 'ftp://x'", "in the table 'a', the key 'url' is no address"),
        ("[b]\ntitle = 'X'", "the table 'b' names no file beside it"),
        ("['../a']\ntitle = 'X'", "the table '../a' names no file beside it"),
        ("[a]\n['a.txt']", "the table 'a' is there twice, by file and by id"),
        ("title = 'X'", "the key 'title' is unknown"),
        ("examples = 'Who?'", "the key 'examples' is no list of questions"),
        ("[a", "it is no TOML: "),
        (b"[a]\ntitle = '\xe9'", "it is not UTF-8"),
    ],
)
def test_wrong_sources_are_named_with_their_key_and_the_texts_go_in(
    write: Write, tmp_path: Path, toml: str | bytes, reason: str
) -> None:
    write("a.txt", "Words.")
    path = write("sources.toml", toml)
    (said,) = troubles(tmp_path)
    assert said.startswith(f"{path}: {reason}")
    assert "\n" not in said
    assert ids(tmp_path) == ["a"]


def test_examples_are_read_where_there_are_any(write: Write, tmp_path: Path) -> None:
    assert examples(tmp_path) == ()
    write("sources.toml", "examples = ['Who?', 'When?']")
    assert examples(tmp_path) == ("Who?", "When?")


def test_a_folder_that_cannot_be_listed_is_named_and_its_texts_are_read() -> None:
    with shut_folder() as folder:
        (folder / "bees.txt").write_text("Bees returned to Berlin.")
        (folder / "sources.toml").write_text('[bees]\ntitle = "On bees"\n')
        list(read([folder / "bees.txt"]))  # so that all that reading needs is loaded
        with nobody():
            items = list(read([folder, folder / "bees.txt"]))
        told = f"{folder}: there is no permission to read it"
        # First as a folder, then for what its sources.toml speaks of.
        assert [str(one) for one in items if isinstance(one, Trouble)] == [told, told]
        assert [one.id for one in items if isinstance(one, Article)] == ["bees"]
