"""The title that a Markdown text states; the text itself is kept as its file has it.

The stored text keeps its markup, so that a quote's place is a place in the file and the
file's SHA-256 is the article's. A card escapes the markup of what it quotes.
"""

from __future__ import annotations

import re

import yaml

from retrieval.sentences.boilerplate import split_front_matter

# PyYAML raises Python's own errors too, where a value does not fit its tag: `!!bool word`.
ERRORS = (yaml.YAMLError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
FENCE = re.compile(r" {0,3}(```|~~~)")
HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
EMPHASIS = re.compile(r"[*`]+|(?<!\w)_+|_+(?!\w)")


def title_of(text: str) -> str | None:
    """What the front matter's `title` says, else the first heading, else None."""
    front, body = split_front_matter(text)
    return _stated(front) or _heading(body)


def _stated(front: str) -> str | None:
    """Front matter belongs to other programs: where it is no YAML mapping, it states nothing."""
    try:
        fields = yaml.safe_load(front)
    except (*ERRORS, RecursionError):
        return None
    title = fields.get("title") if isinstance(fields, dict) else None
    return " ".join(title.split()) if isinstance(title, str) else None


def _heading(body: str) -> str | None:
    before = ""
    fenced = False
    for line in body.splitlines():
        fenced ^= bool(FENCE.match(line))
        atx = HEADING.fullmatch(line)
        if not fenced and atx and (title := _plain(atx[1])):
            return title
        if not fenced and UNDERLINE.fullmatch(line) and (title := _plain(before)):
            return title
        before = line
    return None


def _plain(inline: str) -> str:
    return " ".join(EMPHASIS.sub("", LINK.sub(r"\1", inline)).split())
