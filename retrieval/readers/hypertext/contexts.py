"""What an element makes of the text inside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from retrieval.readers.hypertext.tokens import Tag
from retrieval.values import BlockKind

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav "
    "ol p pre search section summary table tbody td tfoot th thead tr ul".split()
)
"""Elements before and after which a block ends."""
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ADMONITION = re.compile(
    r"(?:theme-|bd-|starlight-|vp-|markdown-|nextra-|docs-)?"
    r"(?:admonition|admonitionblock|alert|aside|attention|callout|caution|custom-block|danger|hint|"
    r"important|note|notice|seealso|tip|warning)(?:[-_]\w+)*"
)
_ADMONISHING = frozenset({"aside", "blockquote", "details", "div", "p", "section"})
_ADMONITION_TITLE = re.compile(
    r"admonition-?title|admonition-?heading(?:_\w+)?|custom-block-title|markdown-alert-title|"
    r"starlight-aside__title|callout-?title|alert-(?:heading|title)",
    re.IGNORECASE,
)
_CODE_TABLE = re.compile(r"(?:highlight|rouge-|code|hljs-ln|lntable).*", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class Part:
    """A stretch of a block: a cell, a term, a title."""

    leads: bool = False  # what follows it belongs to it, as a meaning to its term


@dataclass(slots=True, eq=False)
class Owner:
    """What a block is made of: an item, a row, a heading.

    Attributes:
        kind: Of its block.
        level: Of a heading or an item.
        anchor: Of a heading.
        is_spent: Whether its block is over; what still comes are paragraphs.
        has_data: Whether a row has a cell that heads nothing.
        heads: Whether a row stands in a table's head, or first in its table.
        is_closing: Whether a definition has its meaning, so that a next term begins another.
    """

    kind: BlockKind
    level: int = 0
    anchor: str = ""
    is_spent: bool = False
    has_data: bool = False
    heads: bool = False
    is_closing: bool = False


@dataclass(slots=True, eq=False)
class Table:
    """A table whose rows are read; one that only lays a page out has none."""

    is_layout: bool = False
    rows: int = 0


@dataclass(slots=True, eq=False)
class Terms:
    """A list of definitions: the one that is open."""

    definition: Owner | None = None


class Context(NamedTuple):
    """How text is read inside an element; inherited by the elements in it.

    Attributes:
        is_read: Whether it is read at all.
        is_outside: Whether it lies outside of what is read of the page.
        kind: Of blocks that have no owner.
        owner: What its block is made of.
        part: The part of its block.
        is_code: Whether blanks and line ends count.
        depth: How many lists it lies in.
        table: The table it lies in.
        in_head: Whether it lies in that table's head.
        terms: The list of definitions it lies in.
        points_here: Whether it is in a link to a place of the same page.
    """

    is_read: bool = True
    is_outside: bool = False
    kind: BlockKind = "paragraph"
    owner: Owner | None = None
    part: Part | None = None
    is_code: bool = False
    depth: int = 0
    table: Table | None = None
    in_head: bool = False
    terms: Terms | None = None
    points_here: bool = False


def context_in(tag: Tag, outer: Context) -> Context:
    """The context inside an element that opens in another context, and is read."""
    enter = _ENTER.get(tag.name)
    if enter is not None:
        return enter(tag, outer)
    if tag.name in _ADMONISHING:
        return _in_division(tag, outer)
    return outer


def _in_division(tag: Tag, outer: Context) -> Context:
    marks = tag.attributes.get("class", "").split()
    if outer.kind == "admonition" and any(map(_ADMONITION_TITLE.fullmatch, marks)):
        return outer._replace(owner=Owner("admonition"), part=Part(leads=True))
    if any(map(_ADMONITION.fullmatch, marks)) or tag.name == "aside":
        return outer._replace(kind="admonition", owner=None, part=None)
    if tag.attributes.get("role") == "note":
        return outer._replace(kind="admonition", owner=None, part=None)
    if tag.name == "blockquote":
        kind: BlockKind = "admonition" if outer.kind == "admonition" else "quotation"
        return outer._replace(kind=kind, owner=None, part=None)
    return outer


def _in_heading(tag: Tag, outer: Context) -> Context:
    if outer.owner is not None and outer.owner.kind in {"row", "definition"}:
        return outer
    if outer.kind == "admonition":
        return outer._replace(owner=Owner("admonition"), part=Part(leads=True))
    anchor = tag.attributes.get("id", "")
    return outer._replace(owner=Owner("heading", HEADINGS[tag.name], anchor), part=None)


def _in_summary(_: Tag, outer: Context) -> Context:
    if outer.kind != "admonition":
        return outer
    return outer._replace(owner=Owner("admonition"), part=Part(leads=True))


def _in_list(_: Tag, outer: Context) -> Context:
    return outer._replace(depth=outer.depth + 1)


def _in_item(_: Tag, outer: Context) -> Context:
    if outer.owner is not None and outer.owner.kind == "row":
        return outer
    return outer._replace(owner=Owner("item", max(1, outer.depth)), part=None)


def _in_terms(_: Tag, outer: Context) -> Context:
    return outer._replace(terms=Terms())


def _in_term(_: Tag, outer: Context) -> Context:
    if outer.owner is not None and outer.owner.kind == "row":
        return outer
    terms = outer.terms or Terms()
    if terms.definition is None or terms.definition.is_closing:
        terms.definition = Owner("definition")
    return outer._replace(owner=terms.definition, part=Part(leads=True), terms=terms)


def _in_meaning(_: Tag, outer: Context) -> Context:
    if outer.owner is not None and outer.owner.kind == "row":
        return outer
    terms = outer.terms or Terms()
    terms.definition = terms.definition or Owner("definition")
    terms.definition.is_closing = True
    return outer._replace(owner=terms.definition, part=Part(), terms=terms)


def _in_code(_: Tag, outer: Context) -> Context:
    if outer.owner is not None and outer.owner.kind == "row":
        return outer
    return outer._replace(owner=Owner("code"), part=None, is_code=True)


def _in_table(tag: Tag, outer: Context) -> Context:
    lays_out = any(map(_CODE_TABLE.fullmatch, tag.attributes.get("class", "").split()))
    lays_out = lays_out or tag.attributes.get("role") in {"presentation", "none"}
    return outer._replace(table=Table(is_layout=lays_out), in_head=False)


def _in_table_head(_: Tag, outer: Context) -> Context:
    return outer._replace(in_head=True)


def _in_row(_: Tag, outer: Context) -> Context:
    table = outer.table
    if table is None or table.is_layout:
        return outer
    table.rows += 1
    return outer._replace(owner=Owner("row", heads=table.rows == 1), part=None)


def _in_cell(tag: Tag, outer: Context) -> Context:
    row = outer.owner
    if row is None or row.kind != "row":
        return outer
    row.has_data = row.has_data or (tag.name == "td" and not outer.in_head)
    return outer._replace(part=Part())


_ENTER = {
    **dict.fromkeys(HEADINGS, _in_heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), _in_list),
    "li": _in_item,
    "dl": _in_terms,
    "dt": _in_term,
    "dd": _in_meaning,
    "pre": _in_code,
    "table": _in_table,
    "thead": _in_table_head,
    "tr": _in_row,
    "td": _in_cell,
    "th": _in_cell,
    "summary": _in_summary,
}
