"""Files of every format, put together of constructs: which words a reader sees, and which not."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Sequence
from typing import NamedTuple

Construct = Callable[[str, str], str]


class Made(NamedTuple):
    """A file, and what should come of it.

    Attributes:
        name: Its name.
        data: Its bytes.
        seen: Words that must come out, in order.
        unseen: Words that must not.
    """

    name: str
    data: bytes
    seen: tuple[str, ...]
    unseen: tuple[str, ...]


_MARKDOWN: tuple[Construct, ...] = (
    lambda a, b: f"# {a} {{#{b}}}",
    lambda a, b: f"The **{a}** stands here.<!-- {b} -->",
    lambda a, b: f'A [{a}](https://example.org/{b} "{b}") leads on.',
    lambda a, b: f"![{b}](picture.png) *{a}*",
    lambda a, b: f"- one {a}\n- [x] two\n\n[ref]: https://example.org/{b}",
    lambda a, b: f'| head | {a} |\n|---|:--:|\n| cell | `row` |\n\n<a id="{b}"></a>',
    lambda a, b: f"```{b}\nmake {a}\n```",
    lambda a, b: f"> [!NOTE]\n> Mind the {a}.\n\n<!--\n{b}\n-->",
    lambda a, b: f'~~old~~ and {a}\\* <span class="{b}">more</span>',
    lambda a, b: f"1. first\n   {a}\n2. second\n\n{{{{< {b} >}}}}",
    lambda a, b: f"Setext {a}\n=====\n\n[toc]: #{b}",
    lambda a, b: f'<details><summary>{a}</summary>\n\ninside\n\n</details>\n\n<img alt="{b}">',
)
_MDX: tuple[Construct, ...] = (
    *_MARKDOWN[:9],
    lambda a, b: f"import {b} from './{b}'\n\n<Card id=\"{b}\">\n\n{a} in a card.\n\n</Card>",
    lambda a, b: f":::note[Mind]\nthe {a}\n:::\n\n{{/* {b} */}}",
    lambda a, b: f"export const {b} = 1\n\n<Steps>\n1. go to {a}\n</Steps>",
)
_RST: tuple[Construct, ...] = (
    lambda a, b: f".. _{b}:\n\n{a} title\n{'=' * (len(a) + 6)}",
    lambda a, b: f"The **{a}** is ``here``.\n\n.. {b} is a comment",
    lambda a, b: f"See `{a} <https://example.org/{b}>`_ now.",
    lambda a, b: f".. note:: Mind the {a}.\n\n.. image:: {b}.png",
    lambda a, b: f".. code-block:: {b}\n\n   make {a}",
    lambda a, b: f"- one {a}\n- two\n\n.. include:: {b}.txt",
    lambda a, b: f"term\n   means {a}\n\n.. toctree::\n\n   {b}",
    lambda a, b: f"-f, --file  takes {a}\n\n.. |{b}| image:: x.png",
    lambda a, b: (
        f"===== =====\nleft  {a[:5]}\n===== =====\none   two\n===== =====\n\n{a}\n\n..\n   {b}"
    ),
    lambda a, b: f"Run it::\n\n   make {a}\n\n.. contents:: {b}\n   :depth: 2",
)
_HTML: tuple[Construct, ...] = (
    lambda a, b: f"<h2 id='{b}'>{a}</h2>",
    lambda a, b: f"<p>The <b>{a}</b> &amp; more<!-- {b} --></p>",
    lambda a, b: f"<script>{b}</script><p><a href='/{b}'>{a}</a></p>",
    lambda a, b: f"<ul><li>one {a}</li><li>two</li></ul><style>.{b}{{}}</style>",
    lambda a, b: (
        f"<table><tr><th>head</th><th>{a}</th></tr><tr><td>x</td><td>1</td></tr></table>"
        f"<template>{b}</template>"
    ),
    lambda a, b: f"<pre><code class='{b}'>make {a}</code></pre>",
    lambda a, b: f"<nav><a href='#'>{b}</a></nav><blockquote>{a}</blockquote>",
    lambda a, b: f"<dl><dt>term</dt><dd>{a}</dd></dl><p hidden>{b}</p>",
    lambda a, b: f"<aside class='admonition'>Mind {a}</aside><button>{b}</button>",
)


def _page(body: str, unseen: str) -> str:
    return (
        f"<!doctype html><html lang=en><head><title>Page</title><meta name=generator content="
        f"mkdocs></head><body><header><a href=/>{unseen}</a></header><main><h1>Page</h1>"
        f"<pre>code</pre>{body}</main><footer>{unseen}</footer></body></html>"
    )


def _epub(chapters: Sequence[str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="a.opf"/></rootfiles></container>',
        )
        kind = 'media-type="application/xhtml+xml"'
        items = "".join(f'<item id="c{n}" href="c{n}.xhtml" {kind}/>' for n in range(len(chapters)))
        spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
        book.writestr(
            "a.opf",
            '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc='
            '"http://purl.org/dc/elements/1.1/"><dc:title>Book</dc:title></metadata>'
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
        )
        for number, body in enumerate(chapters):
            page = f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'
            book.writestr(f"c{number}.xhtml", page)
    return out.getvalue()


def _docx(words: Sequence[str], unseen: str) -> bytes:
    from docx import Document  # noqa: PLC0415 - most tests need none of it

    document = Document()
    document.core_properties.comments = unseen
    document.sections[0].header.paragraphs[0].text = unseen
    for number, word in enumerate(words):
        match number % 4:
            case 0:
                document.add_heading(f"Part {word}", 2)
            case 1:
                document.add_paragraph(f"The {word} stands here.")
            case 2:
                document.add_paragraph(f"one {word}", style="List Bullet")
            case _:
                table = document.add_table(2, 2)
                for cell, said in zip(
                    (c for r in table.rows for c in r.cells),
                    ("left", "right", word, "2"),
                    strict=True,
                ):
                    cell.text = said
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _csv(words: Sequence[str], unseen: str) -> bytes:
    rows = "".join(f'"{word}, once",{n}\n' for n, word in enumerate(words))
    return f"\ufeffname,number\n{rows}".encode() if unseen else b""


def make(count: int, seed: int) -> list[Made]:
    """So many files, of all formats in turn."""
    chance = random.Random(seed)  # noqa: S311 - which constructs come is no secret
    return [_one(number, chance) for number in range(count)]


def _one(number: int, chance: random.Random) -> Made:
    formats = ("md", "mdx", "rst", "html", "epub", "docx", "csv", "zip")
    suffix = formats[number % len(formats)]
    seen = [f"seen{number}x{place}" for place in range(chance.randint(3, 9))]
    unseen = [f"hidden{number}x{place}" for place in range(len(seen))]
    pairs = list(zip(seen, unseen, strict=True))

    def compose(constructs: Sequence[Construct], between: str) -> str:
        return between.join(chance.choice(constructs)(*pair) for pair in pairs)

    name = f"file{number}.{suffix}"
    match suffix:
        case "md":
            front = f"---\ntitle: File {number}\ndescription: {unseen[0]}\n---\n\n"
            data = (front + compose(_MARKDOWN, "\n\n")).encode()
        case "mdx":
            data = compose(_MDX, "\n\n").encode()
        case "rst":
            data = compose(_RST, "\n\n").encode()
        case "html":
            data = _page(compose(_HTML, "\n"), unseen[0]).encode()
        case "epub":
            data = _epub([compose(_HTML[:1] + _HTML[3:4], "")])
        case "docx":
            data = _docx(seen, unseen[0])
        case "csv":
            data = _csv(seen, unseen[0])
        case _:
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w") as archive:
                archive.writestr("inside.md", compose(_MARKDOWN, "\n\n"))
                archive.writestr(".hidden.md", unseen[0])
            data = out.getvalue()
    return Made(name, data, tuple(seen), tuple(unseen))
