"""Markdown: a text as it stands, and the title that it states.

The stored text keeps its markup, so that a quote's place is a place in the file and the
file's SHA-256 is the article's. A card escapes the markup of what it quotes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.readers.formats import Format
from retrieval.readers.front_matter import read_front_matter
from retrieval.readers.texts import read_text
from retrieval.readers.titles import named_after, shorten

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

OPENING = 16_000  # characters in which a heading is looked for: badges may stand before it
# So many marks of emphasis and links; markdown-it takes quadratic time over them.
MARKS = re.compile(r"(?:[^*_\[\]`~!]*+[*_\[\]`~!]){2000}")
# A line that is no text of its own: an include, a template's tag, a table of contents, hashtags.
ASIDE = re.compile(
    r"\{.*\}|\[\[(?:toc|include\b.*)\]\]|\[toc\]|-+8<-+.*|[!@]include\b.*"
    r"|#\w[\w/-]*(?:\s+#\w[\w/-]*)*",
    re.IGNORECASE,
)
SKIPPED = {"inline", "heading_close", "paragraph_close", "html_block", "hr"}
ATTRIBUTES = re.compile(r"(?<!\s)\s*+\{:?\s*[#.][^{}]*\}$")  # "Bees {#bees .wide}"


@cache
def _commonmark() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - a question, which reads none, is not slowed

    return MarkdownIt("commonmark")


def title_of(text: str, path: Path) -> str:
    """What the front matter's `title` says, else a heading that comes first, else the file's name.

    Before the heading may stand what is no text: badges, images, HTML, includes and hashtags.
    """
    front = read_front_matter(text)
    return shorten(front.details.title or _heading(text[front.end :]) or named_after(path))


def _heading(body: str) -> str | None:
    marks = MARKS.match(body, 0, OPENING)
    end = marks.end() if marks else OPENING
    head = body if len(body) <= end else body[:end].rpartition("\n")[0]
    for opening, inside in pairwise(_commonmark().parse(head)):
        if opening.type in {"heading_open", "paragraph_open"} and opening.level == 0:
            plain = _plain(inside.children or ())
            if not all(map(_is_aside, plain.split("\n"))):
                return ATTRIBUTES.sub("", plain) if opening.type == "heading_open" else None
        elif opening.type not in SKIPPED:
            return None
    return None


def _plain(inline: Sequence[Token]) -> str:
    """The words of inline tokens without their marks, images and HTML, a line each line."""
    breaks = {"softbreak", "hardbreak"}
    return "".join("\n" if one.type in breaks else _words(one) for one in inline)


def _words(token: Token) -> str:
    return token.content if token.type in {"text", "code_inline"} else ""


def _is_aside(line: str) -> bool:
    line = line.strip()
    return not any(map(str.isalnum, line)) or ASIDE.fullmatch(line) is not None


FORMAT = Format((".md", ".markdown", "text/markdown"), partial(read_text, title_of=title_of))
