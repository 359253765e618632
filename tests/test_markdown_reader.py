"""Markdown and MDX: what a reader of the page sees comes out, block by block, and nothing else."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.models import Article
from retrieval.readers import Trouble, read
from retrieval.readers.front_matter import read_front_matter
from retrieval.readers.markdown import Shown, show

SHARED = Path(__file__).parents[1].parent / "shared" / "docs"
MARKUP = re.compile(
    r"\*\*|\]\(|^:::|^import .* from '|\{/\*|<!--|<(?:div|span|p|a|br|Tabs?|TabItem)[ >]",
    re.MULTILINE,
)

CASES: dict[str, tuple[str, list[str]]] = {  # Markdown → its blocks, as "kind: text"
    "emphasis": ("*a* **b** _c_ __d__ ***e*** f*g*h ~~i~~", ["paragraph: a b c d e fgh i"]),
    "marks that are none": (
        "2 * 3 * 4, snake_case, a~b",
        ["paragraph: 2 * 3 * 4, snake_case, a~b"],
    ),
    "links": (
        "[a *b*](http://x.y/(z) 'title') [c][1] [1] [d](<e f>)\n\n[1]: http://g.h 'i'",
        ["paragraph: a b c 1 d"],
    ),
    "brackets that are no link": ("[a] b [c][d]", ["paragraph: [a] b [c][d]"]),
    "pictures": ("a ![alt](b.png) c[![d](e)](f) g![h](i)j", ["paragraph: a  c g j"]),
    "addresses": (
        "<https://a.b/c> <d@e.f> https://g.h",
        ["paragraph: https://a.b/c d@e.f https://g.h"],
    ),
    "code in a line": ("`a *b*` `` c`d `` `<e>` `f", ["paragraph: a *b* c`d <e> `f"]),
    "escapes": (r"\*a\* \_b\_ \[c\] \d 1\. \\", [r"paragraph: *a* _b_ [c] \d 1. \\"[:-1]]),
    "entities": ("a &amp; b &#8212; c &nosuch; d", ["paragraph: a & b — c &nosuch; d"]),
    "breaks": ("a  \nb\\\nc\nd<br>e", ["paragraph: a\nb\nc\nd\ne"]),
    "headings": (
        "# a #\n\n## *b* {#own .x}\n\nc\n---\n\n#### d ####\n\n## b\n\n#none",
        ["heading: a", "heading: b", "heading: c", "heading: d", "heading: b", "paragraph: #none"],
    ),
    "items": (
        "- a\n  b\n- [ ] c\n- [x] d\n  1. e\n\n     f\n  2. g\n\n* h",
        ["item: a\nb", "item: c", "item: d", "item: e", "paragraph: f", "item: g", "item: h"],
    ),
    "quotation": ("> a\nb\n>\n> - c\n> > d", ["quotation: a\nb", "item: c", "quotation: d"]),
    "fences": (
        "```js {1} title='x'\na **b**\n\n  c\n```\n~~~\n```\n~~~\n- d\n  ```\n  e\n    f\n  ```",
        ["code: a **b**\n\n  c", "code: ```", "item: d", "code: e\n  f"],
    ),
    "indented code": (
        "a\n\n    b <c>\n     d\n\ne",
        ["paragraph: a", "code: b <c>\n d", "paragraph: e"],
    ),
    "a table": (
        "| a | *b* |\n|:--|--:|\n| c \\| `d` |e|\n|f|g|\n| | h<br>i |\nj | k",
        ["head: a  b", "row: c | d |e", "row: f|g", "row: h i", "row: j  k"],
    ),
    "a rule": ("a\n\n***\n\n- - -\n\nb", ["paragraph: a", "paragraph: b"]),
    "footnotes": (
        "a[^1] b[^note].\n\n[^1]: c\n[^note]: d\n\n    e",
        ["paragraph: a b.", "paragraph: c", "paragraph: d", "paragraph: e"],
    ),
    "definitions": (
        "a\n: b **c**\n\nd\n\n:   e\n    f\n: g",
        ["definition: a\nb c", "definition: d\n\ne\nf\ng"],
    ),
    "notes by colons": (
        (
            ":::note[a *b*]\n\nc\n\n- d\n\n:::\n\ne\n\n"
            "::: details f {open}\ng\n:::\n::: warning\nh\n:::"
        ),
        [
            *("admonition: a b", "admonition: c", "item: d", "paragraph: e", "paragraph: f"),
            *("paragraph: g", "admonition: h"),
        ],
    ),
    "notes by indentation": (
        '!!! note "a"\n\n    b\n\n        c\n\n??? tip\n    d\n\n=== "e"\n\n    f\n\ng',
        [
            *("admonition: a", "admonition: b", "code: c", "admonition: d", "paragraph: e"),
            *("paragraph: f", "paragraph: g"),
        ],
    ),
    "notes in quotations": (
        "> [!NOTE]\n> a\n\n> [!tip]- b\n> c\n\n> [d] e",
        ["admonition: a", "admonition: b\nc", "quotation: [d] e"],
    ),
    "notes by tags": (
        (
            '{% hint style="info" %}\na\n{% endhint %}\n\n{{< note >}}b{{< /note >}}\n\n'
            "<Aside>\nc\n</Aside>\n\n!> d"
        ),
        ["admonition: a", "admonition: b", "admonition: c", "admonition: d"],
    ),
    "shortcodes": (
        "{{< a >}} b {{% c %}} {{#include d}} {% e %}\n\n{{f}}\n\n[toc]\n\n--8<-- 'g'\n\nh{:i}",
        ["paragraph: b", "paragraph: h"],
    ),
    "comments": (
        "a <!-- b\n\nc --> d\n\n<!-- e -->\n\nf<!-- g -->h",
        ["paragraph: a", "paragraph: d", "paragraph: fh"],
    ),
    "HTML": (
        (
            "<details><summary>a</summary>\n\n*b*\n\n</details>\n<h2 id='x'>c</h2>\n<ul><li>d</li>"
            "<li>e <b>f</b>g</li></ul>\n<p align='x'>h<br>i</p>\nPress <kbd>j</kbd>+<kbd>k</kbd>"
        ),
        [
            *("paragraph: a", "paragraph: b", "heading: c", "item: d", "item: e fg"),
            *("paragraph: h\ni", "paragraph: Press j+k"),
        ],
    ),
    "a table of HTML": (
        "<table>\n<tr><th>a</th><th>b</th></tr>\n<tr><td>c</td>\n<td>d</td></tr></table>",
        ["head: a  b", "row: c\n  d"],
    ),
    "scripts": ("<script>\nlet a;\n\nlet b\n</script>\n<style>c</style>\n\nd", ["paragraph: d"]),
    "components": (
        (
            "<Tabs items={['a', 'b']}>\n  <Tab title='c'>\n    d <Icon name='e' /> f\n  </Tab>\n"
            "</Tabs>\n\ng<Icon/>h"
        ),
        ["paragraph: d  f", "paragraph: g h"],
    ),
    "tags in code": (
        "`<Tabs>` and `{{ a }}`\n\n```\n<Tab>\n{{ b }}\n```",
        ["paragraph: <Tabs> and {{ a }}", "code: <Tab>\n{{ b }}"],
    ),
    "a link of a wiki": ("[[a]] and [[b|c]] ![[d.png]]", ["paragraph: a and c"]),
    "line ends": (
        "# a\r\n\r\nb\r\n*c*\r\n\r\n```\r\nd\r\ne\r\n```\r\n",
        ["heading: a", "paragraph: b\r\nc", "code: d\r\ne"],
    ),
}
MDX: dict[str, tuple[str, list[str]]] = {
    "imports": (
        "import A from './a'\nimport {\n  B,\n} from 'b'\n\nexport const c = {\n  d: 1,\n}\n\n# e",
        ["heading: e"],
    ),
    "expressions": (
        "{/* a\n\nb */}\n\nc {d} {'e'} {f.map((g) => <H>{g}</H>)} i",
        ["paragraph: c {d} e  i"],
    ),
    "no indented code": ("<A>\n\n    a\n\n    - b\n\n</A>", ["paragraph: a", "item: b"]),
    "Markdown in elements": (
        "<div>\n- a\n- *b*\n</div>\n<td style={{c: 1}}>d</td>",
        ["item: a", "item: b", "row: d"],
    ),
}


def blocks(shown: Shown) -> list[str]:
    return [f"{one.kind}: {shown.text[one.start : one.end]}" for one in shown.blocks]


@pytest.mark.parametrize("case", CASES)
def test_markdown_is_read_as_its_reader_sees_it(case: str) -> None:
    text, expected = CASES[case]
    assert blocks(show(text)) == expected


@pytest.mark.parametrize("case", MDX)
def test_mdx_is_read_as_its_reader_sees_it(case: str) -> None:
    text, expected = MDX[case]
    assert blocks(show(text, is_mdx=True)) == expected


def test_headings_and_items_have_levels_and_headings_anchors() -> None:
    text = (
        "# A b\n\nC d\n---\n\n### A b {#own}\n\n<a id='old'></a>\n## A b\n\n## A b\n\n- e\n  - f\n"
    )
    found = [(one.level, one.anchor) for one in show(text).blocks]
    anchors = [(1, "a-b"), (2, "c-d"), (3, "own"), (2, "old"), (2, "a-b-1")]
    assert found == [*anchors, (1, ""), (2, "")]


def test_a_link_is_known_wherever_it_is_defined() -> None:
    text = "[a][far]\n\n" + "b\n\n" * 3_000 + "[far]: https://example.org\n"
    assert blocks(show(text))[:2] == ["paragraph: a", "paragraph: b"]


def test_a_page_is_an_article_with_its_layout_and_its_bytes(tmp_path: Path) -> None:
    data = b"---\ntitle: T\nauthor: A\nkind: news\n---\n# H\n\nSome *words*.\n"
    (tmp_path / "a.mdx").write_bytes(data)
    (article,) = read([tmp_path])
    assert isinstance(article, Article)
    assert (article.text, article.title, article.author) == ("H\n\nSome words.", "T", "A")
    layout = article.layout
    assert layout is not None
    assert (layout.genre, layout.reader) == ("news", "markdown 1")
    assert layout.source_sha256 == hashlib.sha256(data).hexdigest()


def test_what_sources_say_goes_before_front_matter_and_a_bad_kind_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: T\nauthor: A\nkind: guide\n---\nWords.")
    (tmp_path / "sources.toml").write_text("[a]\ntitle = 'Ours'\n")
    trouble, article = read([tmp_path])
    assert isinstance(trouble, Trouble)
    assert "the key 'kind' is 'guide'" in trouble.reason
    assert isinstance(article, Article)
    assert (article.title, article.author) == ("Ours", "A")
    assert article.layout is not None
    assert article.layout.genre == "document"


def check(source: str, start: int, shown: Shown) -> None:
    """The runs rebuild the text, in order, and blocks hold every letter, trimmed and in order."""
    text, stored, read_to = shown.text, 0, start
    between: list[str] = []
    for run in shown.runs:
        assert run.start >= stored
        assert run.source >= read_to
        assert run.length > 0
        assert text[run.start :][: run.length] == source[run.source :][: run.length]
        between.append(text[stored : run.start])
        stored, read_to = run.start + run.length, run.source + run.length
    between.append(text[stored:])
    if not re.search(r"&|<", source):  # nothing stands for anything else
        assert not "".join(between).strip()
    place = 0
    for block in shown.blocks:
        words = text[block.start : block.end]
        assert place <= block.start < block.end
        assert words == words.strip()
        assert not any(map(str.isalnum, text[place : block.start]))
        assert not place or text[place : block.start].strip() == ""
        assert not place or "\n" in text[place : block.start] or "\r" in text[place : block.start]
        place = block.end
    assert place == len(text)


PARTS = st.sampled_from(
    [
        *"*_`~[]()<>!#|&\\:{}-+=.\n\r\t \"'/^$a1",
        *(
            "\r\n",
            "\n\n",
            "    ",
            "- ",
            "1. ",
            "> ",
            "```\n",
            "~~~\n",
            "| a | b |\n|-|-|\n",
            "&amp;",
        ),
        *("<b>", "</b>", "<td>", "<li>", "</li>", "<br>", "<h1>", "<pre>", "<Tab a={b}>", "</Tab>"),
        *("<!--", "-->", "{/*", "*/}", "{{ ", " }}", "{% ", " %}", "[^1]", "[^1]: ", "[a]: b\n"),
        *(":::note\n", ":::\n", "!!! tip\n", "> [!NOTE]\n", ": ", "[[a|b]]", "![a](b)", "[a](b)"),
        *(
            "import A from 'b'\n",
            "export const a = {\n",
            "---\n",
            "===\n",
            "{#a}",
            "[x] ",
            "w ",
            "ö",
        ),
    ]
)
SOURCES = st.lists(PARTS, max_size=40).map("".join)


@settings(max_examples=150, deadline=None)
@given(SOURCES, st.booleans())
def test_runs_rebuild_the_text_and_blocks_hold_all_of_it(source: str, is_mdx: bool) -> None:
    check(source, 0, show(source, is_mdx=is_mdx))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["word", "*word*", "**word**", "[word](x)", "`word`"]), min_size=1))
def test_words_come_out_as_they_went_in(words: list[str]) -> None:
    assert show(" ".join(words)).text.split() == ["word"] * len(words)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the documentations are not here")
@pytest.mark.parametrize("name", ["paper", "dnd", "gesetze", "vueja"])
def test_real_documentation_is_read_without_its_marks(name: str) -> None:
    paths = sorted(SHARED.glob(f"{name}/files/**/*.md*"), key=lambda path: path.stat().st_size)
    for path in paths[len(paths) // 3 :: 8 if len(paths) > 100 else 4][:25]:
        source = path.read_text("utf-8")
        start = read_front_matter(source).end
        shown = show(source, start, is_mdx=path.suffix == ".mdx")
        check(source, start, shown)
        for block in shown.blocks:
            words = shown.text[block.start : block.end]
            found = None if block.kind == "code" else MARKUP.search(words)
            assert found is None or f"`{found[0][0]}" in source or "`" in source, (path, words)


def test_lists_are_read_however_deep_or_refused_by_name(tmp_path: Path) -> None:
    deep = tmp_path / "deep.md"
    deep.write_text("\n".join(f"{'  ' * n}- Step {n}." for n in range(45)))
    (article,) = read([deep])
    assert isinstance(article, Article)
    assert [line for line in article.text.split("\n") if line] == [f"Step {n}." for n in range(45)]
    for nested in (f"{'> ' * 200}Lost.", f"{'- ' * 200}Lost.", f"{'> - ' * 50}Lost."):
        deep.write_text(f"Kept.\n\n{nested}")
        (trouble,) = read([deep])
        assert isinstance(trouble, Trouble)
        assert "it breaks the parser of Markdown" in str(trouble)
