"""Where in its document a quote stands: its section, its page, and what leads up to it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from retrieval.models import Article
from retrieval.sentences import split_within
from retrieval.values import Block, BlockKind, Span

_STEP = " › "  # from a heading to the one below it
_LINE_END = re.compile(r"[\r\n]")
_LEADS_TO_CODE = ("paragraph", "item", "admonition", "quotation", "definition")

# What holds its own answer beside what it is looked up by: its neighbours are about something else.
_DEFINING: tuple[BlockKind, ...] = ("definition", "option")
_ENTRIES: tuple[BlockKind, ...] = ("row", *_DEFINING)


class Standing(NamedTuple):
    """Where a passage stands.

    Attributes:
        section: The headings above it, the highest first, without the title of the article; None
            where there are none.
        anchor: The fragment of the article's address that leads there, or None.
        page: Its page, from 1, or None.
        lead: The head of its table, or the sentence before code: what it is not understood without.
    """

    section: str | None = None
    anchor: str | None = None
    page: int | None = None
    lead: Span | None = None


NOWHERE = Standing()


def standing(article: Article, start: int) -> Standing:
    """Where the passage that begins at `start` of an article stands."""
    blocks, number = _at(article, start)
    if number < 0:
        return NOWHERE
    path = _path(blocks, number)
    return Standing(
        section=_section(article, path),
        anchor=next((block.anchor for block in reversed(path) if block.anchor), None),
        page=blocks[number].page or None,
        lead=_lead(article, blocks, number),
    )


def _section(article: Article, path: Sequence[Block]) -> str | None:
    """Some headings in a row, without the title of the article; None where none is left."""
    names = [" ".join(article.cut(block.start, block.end).split()) for block in path]
    if names and names[0].casefold() in {article.title.casefold(), _own(article.title).casefold()}:
        names = names[1:]
    return _STEP.join(names) or None


def _section_at(article: Article, start: int) -> str | None:
    """The section of the passage that begins at `start`."""
    return _section(article, _path(*_at(article, start)))


def _at(article: Article, place: int) -> tuple[Sequence[Block], int]:
    """The blocks of an article, and which of them is the last that begins by `place`, or -1."""
    blocks = article.layout.blocks if article.layout else ()
    return blocks, bisect_right(blocks, place, key=lambda block: block.start) - 1


def _own(path: str) -> str:
    """The last name of a path, as of a book's chapter."""
    return path.rpartition(_STEP)[2]


def subject(article: Article, start: int) -> str | None:
    """What the passage that begins at `start` of a document is about: its title and headings.

    None for an article that is no document.
    """
    if not article.is_document:
        return None
    title = " ".join(article.title.split())
    return _STEP.join(filter(None, [title, _section_at(article, start)])).casefold()


def heading(article: Article, start: int) -> str:
    """The heading next above the passage that begins at `start`, or the title."""
    return _own(_section_at(article, start) or article.title)


def soft_breaks(article: Article, start: int, end: int) -> Iterator[int]:
    """The line ends from `start` to `end` that a reader sees as spaces: those within a paragraph.

    Those between blocks, in code, and after what is defined are seen as line ends.
    """
    for found in _LINE_END.finditer(article.text, start, end):
        blocks, number = _at(article, found.start())
        block = blocks[number] if number >= 0 else None
        if block is None or not _breaks(article, block, found.start()):
            yield found.start()


def _breaks(article: Article, block: Block, place: int) -> bool:
    """Whether a line end in a block, or after it, parts what stands on both sides."""
    if place >= block.end or block.kind == "code":
        return True
    above = article.cut(block.start, place)
    # What is defined has a line of its own, or else its meaning begins after some blanks.
    return block.kind in _DEFINING and not _LINE_END.search(above) and "  " not in above.strip()


def kind(article: Article, start: int) -> BlockKind | None:
    """What the block is in which the passage that begins at `start` stands."""
    blocks, number = _at(article, start)
    return blocks[number].kind if number >= 0 else None


def is_entry(article: Article, start: int) -> bool:
    """Whether the passage that begins at `start` is looked up by what it begins with, as a row."""
    return kind(article, start) in _ENTRIES


def _path(blocks: Sequence[Block], number: int) -> list[Block]:
    """The headings above a block, the highest first."""
    path = list[Block]()
    for block in reversed(blocks[: max(number, 0)]):
        if block.kind == "heading" and (not path or block.level < path[-1].level):
            path.append(block)
            if block.level == 1:
                break
    return path[::-1]


def _lead(article: Article, blocks: Sequence[Block], number: int) -> Span | None:
    if blocks[number].kind == "row":
        while number >= 0 and blocks[number].kind == "row":
            number -= 1
        is_head = number >= 0 and blocks[number].kind == "head"
        return Span(blocks[number].start, blocks[number].end) if is_head else None
    before = blocks[number - 1] if number else None
    if blocks[number].kind != "code" or before is None or before.kind not in _LEADS_TO_CODE:
        return None
    said = split_within(article.text, [Span(before.start, before.end)], article.language)
    return said[-1] if said else None
