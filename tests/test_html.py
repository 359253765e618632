"""Holds the reader of HTML to what a reader of the page sees."""

from __future__ import annotations

import logging
import re
import socket
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layouts import check_blocks

from retrieval import readers
from retrieval.models import Article
from retrieval.readers import Trouble
from retrieval.readers.hypertext import news, walk


def blocks(html: str) -> list[tuple[str, str]]:
    """The blocks of a page: each one's kind and text."""
    walked = walk(html)
    return [(block.kind, walked.text[block.start : block.end]) for block in walked.blocks]


CASES = {
    "a heading and a paragraph": (
        "<h2 id=a>The mill</h2><p>It  turns\n<b>slow</b>ly &amp; well.</p>",
        [("heading", "The mill"), ("paragraph", "It turns slowly & well.")],
    ),
    "a list in a list": (
        "<ul><li>One<ul><li><p>Two</p><p>More.</p></li></ul>Three</li><li>Four</ul>",
        [
            *(("item", "One"), ("item", "Two"), ("paragraph", "More.")),
            *(("paragraph", "Three"), ("item", "Four")),
        ],
    ),
    "terms and what they mean": (
        "<dl><dt>Sack<dt>Bag<dd><p>Holds flour.</p><p>Or grain.</p><dt>Mill<dd>Grinds.</dl>",
        [
            ("definition", "Sack\nBag\nHolds flour."),
            ("paragraph", "Or grain."),
            ("definition", "Mill\nGrinds."),
        ],
    ),
    "a table": (
        (
            "<table><thead><tr><th>Flag<th>Meaning</thead><tr><td>-v</td><td><p>Talk</p><p>more</p>"
            "<tr><th>Last<td>one</table>"
        ),
        [("head", "Flag  Meaning"), ("row", "-v  Talk more"), ("row", "Last  one")],
    ),
    "a table without a head": (
        "<table><tr><td>a<td>b<tr><td><td>c</table>",
        [("row", "a  b"), ("row", "c")],
    ),
    "a table that lays a page out": (
        "<table><tr><td>Intro<h2>Mills</h2>They turn.<td><p>Sacks.</table><p>End",
        [
            *(("paragraph", "Intro"), ("heading", "Mills"), ("paragraph", "They turn.")),
            *(("paragraph", "Sacks."), ("paragraph", "End")),
        ],
    ),
    "code": (
        "<p>Run:<pre><code>  mill <b>--fast</b>\n    grain &gt; sack\n</code></pre>Then wait.",
        [
            ("paragraph", "Run:"),
            ("code", "mill --fast\n    grain > sack"),
            ("paragraph", "Then wait."),
        ],
    ),
    "code with a line an element": (
        "<pre><div class=line>one</div><div class=line>two</div>three<br>four</pre>",
        [("code", "one\ntwo\nthree\nfour")],
    ),
    "code with numbered lines": (
        (
            '<table class="highlighttable"><tr><td class="linenos"><pre>1\n2</pre></td>'
            '<td class="code"><pre>grind()\nsift()</pre></td></table>'
        ),
        [("code", "grind()\nsift()")],
    ),
    "a quotation": (
        "<blockquote><p>So he said.</p></blockquote><p>He did.",
        [("quotation", "So he said."), ("paragraph", "He did.")],
    ),
    "a note with its title": (
        (
            '<div class="admonition note"><p class="admonition-title">Note</p><p>Keep dry.</p>'
            "<p>Always.</p><ul><li>Sacks</ul></div><p>Else"
        ),
        [
            *(("admonition", "Note\nKeep dry."), ("admonition", "Always.")),
            *(("item", "Sacks"), ("paragraph", "Else")),
        ],
    ),
    "an aside": (
        (
            '<aside class="starlight-aside"><p class="starlight-aside__title">Tip</p><section>'
            "<p>Go.</p></section></aside>"
        ),
        [("admonition", "Tip\nGo.")],
    ),
    "lines broken by hand": ("<p>One<br>two<br/>three", [("paragraph", "One\ntwo\nthree")]),
    "words beside images": ("<p>One<img alt=no src=x>two", [("paragraph", "One two")]),
    "what is hidden": (
        (
            "<p>In<p hidden>out<div aria-hidden=true>out</div><span class=sr-only>out</span>"
            "<div style='display: none'>out</div><template><p>out</template>"
            "<div role=tabpanel hidden>Also in</div>"
        ),
        [("paragraph", "In"), ("paragraph", "Also in")],
    ),
    "what is no text": (
        (
            "<script>if (a<b) out()</script><style>p{}</style><p>In<button>out</button>"
            "<svg><title>out</title><text>out</text></svg><select><option>out</select><!-- out -->"
            "<?out?><!out>"
        ),
        [("paragraph", "In")],
    ),
    "menus and controls": (
        (
            "<main><nav>out</nav><div class=breadcrumbs>out</div><div class='toc'><p>out</div>"
            "<div class=tableOfContents_bqdL>out</div><p>In</p>"
            "<a class=theme-edit-this-page>out</a>"
            "<p><a href=x>Edit this page</a></p><footer>out</footer></main><footer>out</footer>"
        ),
        [("paragraph", "In")],
    ),
    "links to the place itself": (
        (
            "<h2 id=a>One<a class=headerlink href=#a>¶</a></h2><h2 id=b>Two <a href=#b>#</a></h2>"
            "<h2 id=c><a class=header-anchor href=#c><span>Three</span></a></h2>"
        ),
        [("heading", "One"), ("heading", "Two"), ("heading", "Three")],
    ),
    "a footnote's mark": (
        "<p>True<sup><a href=#n1 class=footnote-ref>[1]</a></sup>. 10<sup>2</sup>",
        [("paragraph", "True. 102")],
    ),
    "tags that nobody closed": (
        "<div><p>One<div>two</b></p></div></section><p>three<em>four<p>five",
        [
            *(("paragraph", "One"), ("paragraph", "two")),
            *(("paragraph", "threefour"), ("paragraph", "five")),
        ],
    ),
    "a head that nobody closed": ("<head><title>t</title><p>In", [("paragraph", "In")]),
    "XML's lone elements": (
        (
            '<?xml version="1.0"?><html><script src="a"/><p>One <a id="x"/>two</p><div/><p>'
            "<![CDATA[a < b]]></p></html>"
        ),
        [("paragraph", "One two"), ("paragraph", "a < b")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_page_is_read_in_blocks(case: str) -> None:
    html, expected = CASES[case]
    assert blocks(html) == expected


@pytest.mark.parametrize(
    ("html", "anchor"),
    [
        ("<h2 id=own>A</h2>", "own"),
        ("<h2><a id=inside></a>A</h2>", "inside"),
        ("<h2>A<a class=headerlink href=#by%20link>¶</a></h2>", "by link"),
        ("<section id=around><h2>A</h2></section>", "around"),
        ("<a name=before></a><h2>A</h2>", "before"),
        ("<div id=far><p>Words.</p><h2>A</h2></div>", ""),
        ("<h2>A</h2>", ""),
    ],
)
def test_a_heading_has_the_fragment_that_leads_to_it(html: str, anchor: str) -> None:
    headings = [block for block in walk(html).blocks if block.kind == "heading"]
    assert [(block.level, block.anchor) for block in headings] == [(2, anchor)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>out<main><p>in</main><p>out", ["in"]),
        ("<p>out<div role=main><p>in</div><p>out", ["in"]),
        ("<p>out<article>in</article>out<article>in</article>", ["in", "in"]),
        ("<main>out<article><h1>in</h1>in</article>out</main>", ["in", "in"]),
        ("<main><h1>in</h1><article>in</article></main>", ["in", "in"]),
        ("<header>in</header><p>in", ["in", "in"]),
    ],
)
def test_what_a_page_is_there_for_is_read(html: str, expected: list[str]) -> None:
    assert [text for _, text in blocks(html)] == expected


def test_lists_know_their_depth() -> None:
    walked = walk("<ul><li>a<ol><li>b<li>c</ol><li>d</ul><p>e<ul><li>f</ul>")
    levels = [block.level for block in walked.blocks]
    assert levels == [1, 2, 2, 1, 0, 1]


@pytest.mark.parametrize(
    ("head", "headline", "title"),
    [
        ("<title>Sacks | Mill</title>", "Sacks", "Sacks"),
        ("<title>Sacks &#8212; Mill 2.1 documentation</title>", "Sacks", "Sacks"),
        ("<title>Mill: Sacks</title>", "Bags", "Mill: Sacks"),
        ("<title>Sacks - Mill</title><meta property=og:site_name content=Mill>", "", "Sacks"),
        ("<title>Sacks - Mill</title><meta property=og:title content=Sacks>", "Bags", "Sacks"),
        ("<title>Mill</title><meta property=og:site_name content=Mill>", "Sacks", "Sacks"),
        ("<meta property=og:title content=Sacks>", "", "Sacks"),
        ("<svg><title>out</title></svg>", "Sacks", "Sacks"),
        ("", "", None),
    ],
)
def test_the_title_is_the_page_s_own(head: str, headline: str, title: str | None) -> None:
    body = f"<h1>{headline}</h1><p>Words." if headline else "<p>Words."
    assert walk(f"{head}<body>{body}").title == title


PIECES = st.sampled_from(
    [
        *(
            f"<{close}{name}>"
            for close in ("", "/")
            for name in ("p", "li", "ul", "dl", "dt", "dd")
        ),
        *(f"<{close}{name}>" for close in ("", "/") for name in ("table", "tr", "td", "th", "pre")),
        *(f"<{close}{name}>" for close in ("", "/") for name in ("div", "h1", "h3", "main", "b")),
        *("<br>", "<nav>", "</nav>", "<aside>", "</aside>", "<p class=admonition-title>", "<!--"),
        *("a", " b ", "\n", "—", "\u00a0", "&amp;", "&#x200b;", "<", "-->", "<a href=#x>", "</a>"),
    ]
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=25).map("".join))
def test_every_letter_lies_in_one_block(html: str) -> None:
    walked = walk(html)
    check_blocks(walked.text, walked.blocks)


def read_file(folder: Path, content: str | bytes, name: str = "a.html") -> Article | Trouble:
    """What the file gives."""
    data = content if isinstance(content, bytes) else content.encode()
    (folder / name).write_bytes(data)
    (found,) = readers.read([folder / name])
    return found


def article(folder: Path, content: str | bytes, name: str = "a.html") -> Article:
    found = read_file(folder, content, name)
    assert isinstance(found, Article), found
    assert found.layout is not None
    check_blocks(found.text, found.layout.blocks)
    return found


PAGES = Path(__file__).parent / "data" / "html"
GRINDING = [
    ("heading", "Grinding"),
    ("paragraph", "The mill grinds two sacks an hour & more."),
    ("heading", "Before you start"),
    *(("item", "Open the sluice."), ("item", "Slowly."), ("item", "Feed the hopper.")),
    ("code", "mill start --stones 2\nmill status"),
    ("admonition", "Never touch the stones."),
    *(("head", "Stone  Hours"), ("row", "Upper  40")),
    ("definition", "Hopper\nHolds the grain."),
]


def shown(found: Article) -> list[tuple[str, str]]:
    assert found.layout is not None
    return [(block.kind, found.cut(block.start, block.end)) for block in found.layout.blocks]


@pytest.mark.parametrize("page", ["sphinx", "mkdocs", "docusaurus", "vitepress", "mdbook"])
def test_a_generator_s_page_is_read_as_its_author_wrote_it(page: str, tmp_path: Path) -> None:
    found = article(tmp_path, (PAGES / f"{page}.html").read_bytes())
    title = re.compile("(?:Warning|WARNING)\n")  # the generator's own word
    assert [(kind, title.sub("", text)) for kind, text in shown(found)] == GRINDING
    assert found.layout is not None
    assert (found.layout.genre, found.layout.reader) == ("document", "html 1")
    anchors = [block.anchor for block in found.layout.blocks if block.kind == "heading"]
    assert anchors == ["grinding", "before-you-start"]
    assert (found.title, found.language) == ("Grinding", "en")
    assert found.url is not None
    assert found.url.startswith("https://mill.example.org/grinding")


def test_of_a_news_page_the_article_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    with caplog.at_level(logging.DEBUG):
        found = article(tmp_path, (PAGES / "news.html").read_bytes())
    assert "Elsewhere" not in found.text
    assert [kind for kind, _ in shown(found)] == [
        *("heading", "paragraph", "heading", "paragraph", "paragraph"),
    ]
    assert found.layout is not None
    assert found.layout.genre == "news"
    assert (found.title, found.author, found.published, found.language) == (
        *("Flood closes the old mill", "Ann Miller"),
        *("2024-03-05", "en-GB"),
    )
    assert not [record for record in caplog.records if "flood" in record.getMessage().lower()]


def test_what_sources_toml_says_goes_before_what_the_page_says(tmp_path: Path) -> None:
    stated = '[news]\nkind = "document"\ntitle = "Flood"\n[sphinx]\nkind = "news"\n'
    (tmp_path / "sphinx.html").touch()
    (tmp_path / "news.html").touch()
    (tmp_path / "sources.toml").write_text(stated, "utf-8")
    flood = article(tmp_path, (PAGES / "news.html").read_bytes(), "news.html")
    mill = article(tmp_path, (PAGES / "sphinx.html").read_bytes(), "sphinx.html")
    assert flood.layout is not None
    assert mill.layout is not None
    assert (flood.title, flood.layout.genre, mill.layout.genre) == ("Flood", "document", "news")
    assert (flood.author, mill.title) == ("Ann Miller", "Grinding")


@pytest.mark.parametrize(
    ("html", "genre"),
    [
        ("<main><p>Words.</main>", "news"),
        ("<main><p>Words.<pre>code</pre></main>", "document"),
        ("<aside class=sidebar>out</aside><main><p>Words.</main>", "document"),
        ("<article><h2>A <a class=header-anchor href=#a>#</a></h2>Words</article>", "document"),
        ("<p>Words.<pre>code</pre>", "news"),
        ("<meta name=generator content='pandoc 3'><p>Words.", "document"),
        ("<meta name=generator content='WordPress 6'><p>Words.", "news"),
        (
            "<meta property=article:published_time content=2024><main>Words<pre>a</pre></main>",
            "news",
        ),
        (
            (
                '<script type="application/ld+json">{"@type": "NewsArticle"}</script>'
                "<main>Words<pre>a</pre></main>"
            ),
            "news",
        ),
    ],
)
def test_documentation_is_told_from_news(html: str, genre: str, tmp_path: Path) -> None:
    found = article(tmp_path, html)
    assert found.layout is not None
    assert found.layout.genre == genre


@pytest.mark.parametrize(
    "content",
    [
        "<p>Grüße</p>".encode(),
        b"\xef\xbb\xbf" + "<p>Grüße</p>".encode(),
        b"\xff\xfe" + "<p>Grüße</p>".encode("utf-16-le"),
        '<meta charset="iso-8859-1"><p>Grüße</p>'.encode("cp1252"),
        '<meta charset="iso-8859-1"><p>Grüße</p>'.encode(),
        '<?xml version="1.0" encoding="ISO-8859-2"?><p>Grüße</p>'.encode("iso8859_2"),
        '<meta http-equiv=Content-Type content="text/html; charset=windows-1250">'
        "<p>Grüße</p>".encode("cp1250"),
        b"<p>Gr&uuml;&#xdf;e</p>",
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_states(content: bytes, tmp_path: Path) -> None:
    assert article(tmp_path, content).text == "Grüße"


def test_a_page_in_an_encoding_of_ascii_is_read(tmp_path: Path) -> None:
    page = '<meta charset="iso-2022-jp"><p>水車</p>'.encode("iso2022_jp")
    assert article(tmp_path, page).text == "水車"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<html><body><script>app()</script></body></html>", "it has no letter to read"),
        ("<meta http-equiv=refresh content='0; url=a.html'><p>Go on.", "it only sends its reader"),
        (b"%PDF-1.7", "it is a PDF document"),
        ("", "it is empty"),
    ],
)
def test_a_page_without_words_is_one_line(
    content: str | bytes, reason: str, tmp_path: Path
) -> None:
    found = read_file(tmp_path, content)
    assert isinstance(found, Trouble)
    assert found.reason.startswith(reason)


def test_whatever_the_finder_of_articles_raises_is_one_line_about_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RecursionError("of the library's own")

    monkeypatch.setattr(news, "_library", lambda: fail)
    found = read_file(tmp_path, "<p>Words.")
    assert isinstance(found, Trouble)
    assert found.reason.startswith("no article can be found in it (RecursionError); kind = ")


def test_a_page_of_nothing_that_is_found_is_read_whole(tmp_path: Path) -> None:
    found = article(tmp_path, "<main></main><p>Words.<pre>code</pre>")
    assert found.text == "Words.\n\ncode"


def test_a_page_of_an_odd_title_takes_another(tmp_path: Path) -> None:
    assert article(tmp_path, "<title> </title><p>Words come first. Then more.").title == (
        "Words come first."
    )


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "deep",
        "<ul><li>" * 5_000 + "deep",
        "<table><tr><td>" * 2_000 + "deep",
        "<p><b>" * 5_000 + "</i>" * 5_000 + "deep",
        "<a " + "b=c " * 50_000 + ">deep",
        "<a " + " ".join(f"a{number}=b" for number in range(20_000)) + ">deep",
        "deep" + "<!--" * 300_000,
        "deep" + "<a <" * 30_000,
        "deep" + "&#" + "9" * 1_000_000,
        "deep" + "<![CDATA[" * 100_000,
        "deep<title>" * 100_000,
        "deep" + "- : ` " * 300_000,
    ],
    ids=lambda html: html[:12],
)
def test_a_page_that_means_ill_is_read_in_time_near_to_its_length(html: str) -> None:
    began = process_time()
    walked = walk(html)
    assert "deep" in walked.text
    assert process_time() - began < 5
    check_blocks(walked.text, walked.blocks)
