"""A page of HTML → its text in blocks, without its menus and controls.

What is read: everything inside `<main>` (or `role=main`), else inside `<article>`, else inside the
body. Of a `<main>` with one `<article>` that holds the headline, the article is read.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import unquote

from retrieval.readers.hypertext.contexts import (
    BLOCKS,
    HEADINGS,
    Context,
    Table,
    context_in,
)
from retrieval.readers.hypertext.elements import VOID, Elements
from retrieval.readers.hypertext.furniture import is_furniture
from retrieval.readers.hypertext.surveying import Survey, is_main, survey
from retrieval.readers.hypertext.tokens import Tag, tokens
from retrieval.readers.hypertext.writing import Writing
from retrieval.values import Block

_PLACES = frozenset({"a", "div", "section", "span"})  # whose id may lead to the heading after it


class Walked(NamedTuple):
    """A page as its reader sees it.

    Attributes:
        text: Its text.
        blocks: The blocks of that; together they hold every letter and digit of it.
        headline: Its first heading of level 1, else the first one; empty where it has none.
        stated: What else the page says of itself.
    """

    text: str
    blocks: tuple[Block, ...]
    headline: str
    stated: Survey

    @property
    def title(self) -> str | None:
        """The page's own title, without its site's name; None where it states none."""
        return self.stated.title_beside(self.headline)

    @property
    def language(self) -> str | None:
        """The BCP 47 language that the page states."""
        return self.stated.language


def walk(html: str, *, whole: bool = False) -> Walked:
    """The text of a page and its blocks; time and memory grow with its length.

    Args:
        html: HTML or XHTML, whole or in part, well-formed or not.
        whole: Whether the whole body is read, whatever it has in `<main>` or `<article>`.
    """
    source = html.replace("\r\n", "\n").replace("\r", "\n")
    stated = survey(source)
    walk = _Walk("body" if whole else stated.root)
    for token in tokens(source):
        if isinstance(token, str):
            walk.read(token)
        elif token.closes:
            walk.close(token.name)
        else:
            walk.open(token)
    text, blocks = walk.writing.finish(), walk.writing.blocks
    headings = [block for block in blocks if block.kind == "heading"]
    first = min(headings, key=lambda block: block.level > 1, default=None)
    headline = text[first.start : first.end] if first else ""
    return Walked(text, tuple(blocks), headline, stated)


class _Walk:
    """One walk over the tokens of a page."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._elements = Elements(Context(is_read=root == "body", is_outside=root != "body"))
        self.writing = Writing()

    def read(self, text: str) -> None:
        context = self._elements.context
        if context.is_read:
            self.writing.add(text, _freed(context))

    def open(self, tag: Tag) -> None:
        name = tag.name
        if not self._elements.make_room(name):
            return
        if name in {"td", "th"} and not self._elements.has_row():
            self.open(Tag("tr", {}))
        if name in BLOCKS:
            self.writing.end_block()
        if name == "br":
            self.writing.end_line()
        elif name == "img":
            self.read(" ")
        if name in VOID:
            return
        self._elements.push(name, self._enter(tag, _freed(self._elements.context)))
        if tag.is_lone:
            self.close(name)

    def close(self, name: str) -> None:
        if name == "br":  # as browsers have it
            self.writing.end_line()
        elif self._elements.close(name) and name in BLOCKS:
            self.writing.end_block()

    def _enter(self, tag: Tag, outer: Context) -> Context:
        """The context inside an element that opens."""
        if outer.is_outside and self._is_root(tag):
            return outer._replace(is_read=True, is_outside=False)
        if not outer.is_read:
            return outer
        self._note_place(tag, outer)
        if tag.name not in {"html", "body"} and is_furniture(tag):
            return outer._replace(is_read=False)
        if tag.name == "a" and tag.attributes.get("href", "").startswith("#"):
            return outer._replace(points_here=True)
        is_row = outer.owner is not None and outer.owner.kind == "row"
        if is_row and (tag.name == "table" or tag.name in HEADINGS):
            outer = self._lay_out(outer)
        return context_in(tag, outer)

    def _is_root(self, tag: Tag) -> bool:
        if self._root == "main":
            return is_main(tag)
        return self._root == "article" and tag.name == "article"

    def _note_place(self, tag: Tag, outer: Context) -> None:
        """Keep the fragment that leads to the heading that the tag stands in, or before."""
        attributes = tag.attributes
        if tag.name not in _PLACES:
            return
        fragment = attributes.get("id") or (attributes.get("name", "") if tag.name == "a" else "")
        owner = outer.owner
        if owner is None or owner.kind != "heading":
            if fragment:
                self.writing.near = fragment
            return
        href = attributes.get("href", "")
        if (
            not fragment
            and href.startswith("#")
            and "toc-backref" not in attributes.get("class", "")
        ):
            fragment = unquote(href[1:])
        owner.anchor = owner.anchor or fragment

    def _lay_out(self, context: Context) -> Context:
        """A table that holds headings or tables is no table of data."""
        table = context.table or Table()
        table.is_layout = True
        self.writing.no_row()
        return _freed(context)


def _freed(context: Context) -> Context:
    """The context, without the row of a table that turned out to hold no data."""
    if context.table is None or not context.table.is_layout or context.owner is None:
        return context
    return context._replace(owner=None, part=None) if context.owner.kind == "row" else context
