"""Holds the walk over HTML to what a reader of the page sees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.readers.hypertext import walk
from retrieval.values import Block


def blocks(html: str) -> list[tuple[str, str]]:
    """The blocks of a page: each one's kind and text."""
    walked = walk(html)
    return [(block.kind, walked.text[block.start : block.end]) for block in walked.blocks]


def check(text: str, found: tuple[Block, ...]) -> None:
    """Blocks are in order and trimmed, and hold every letter and digit."""
    after = 0
    for block in found:
        assert after <= block.start < block.end <= len(text)
        assert not any(map(str.isalnum, text[after : block.start]))
        shown = text[block.start : block.end]
        assert shown == shown.strip()
        after = block.end
    assert not any(map(str.isalnum, text[after:]))


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
    check(walked.text, walked.blocks)
