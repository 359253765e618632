"""An article → its sections, and what may be quoted of each: a sentence, or a whole unit.

A section is what stands under one heading; the search reads it as a document of its own, whose
title is the page's with the headings above it. A text without headings is one section.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from retrieval.models import Article
from retrieval.sentences.boilerplate import mark
from retrieval.sentences.splitting import split, split_within
from retrieval.values import Block, Layout, Sentence, Span

# Characters up to which a unit is one passage; of a longer one each sentence, or line, is.
WHOLE_ITEM, WHOLE_UNIT, WHOLE_CODE = 400, 700, 600
_WHOLE = {
    "item": WHOLE_ITEM,
    "row": WHOLE_UNIT,
    "definition": WHOLE_UNIT,
    "option": WHOLE_UNIT,
    "code": WHOLE_CODE,
}
# Blocks that stand in a row with others of their kind: a list, a table.
_RUNS = {kind: kind for kind in ("item", "row", "definition", "option")} | {"head": "row"}


class Section(NamedTuple):
    """What stands under one heading.

    Attributes:
        title: What each of its passages is read with: the page's title, the headings above them,
            and the first rows of its tables, which name what stands in the others.
        passages: All of it that may be quoted, and what of it is boilerplate.
    """

    title: str
    passages: list[Sentence]


def read_sections(article: Article) -> list[Section]:
    """The sections of an article in order, at least one; paragraphs are numbered through all."""
    layout = article.layout
    if layout is None or not layout.blocks:
        sentences = split(article.text, article.language)
        furnished = layout is None or layout.genre == "news"
        return [Section(article.title, mark(article.text, sentences) if furnished else sentences)]
    marks = _boilerplate(article, layout) if layout.genre == "news" else {}
    number, found = 0, list[Section]()
    for path, blocks in sections_of(layout.blocks):
        passages = list[Sentence]()
        for paragraph in _paragraphs(article.text, blocks):
            spans = [one for block in paragraph for one in _cut(article, block)]
            passages += [Sentence(*span, number, marks.get(span)) for span in spans]
            number += bool(spans)
        heads = [block for block in blocks if block.kind == "head"]
        found.append(Section(_title(article, [*path, *heads]), passages))
    return found


def read_passages(article: Article) -> list[Sentence]:
    """All passages of an article, and what of it is boilerplate; headings are neither."""
    return [one for section in read_sections(article) for one in section.passages]


def read_quotable(article: Article) -> list[Sentence]:
    """The passages of an article that may be quoted: boilerplate is left out."""
    return [one for one in read_passages(article) if one.boilerplate is None]


def sections_of(blocks: Iterable[Block]) -> Iterator[tuple[list[Block], list[Block]]]:
    """The blocks of each section, and the headings above them, the highest first.

    A heading above which nothing stands but the next, deeper one makes no section of its own.
    """
    path, held = list[Block](), list[Block]()
    for block in blocks:
        if block.kind != "heading":
            held.append(block)
            continue
        if held or (path and block.level <= path[-1].level):
            yield list(path), held
        held = []
        while path and path[-1].level >= block.level:
            path.pop()
        path.append(block)
    if held or path:
        yield path, held


def _title(article: Article, blocks: Sequence[Block]) -> str:
    """The page's title and what stands in some blocks, nothing twice in a row."""
    parts = [article.title, *(article.cut(block.start, block.end) for block in blocks)]
    kept = [one for before, one in pairwise(["", *parts]) if not _alike(before, one)]
    return "\n".join(kept)


def _alike(one: str, other: str) -> bool:
    return one.split() == other.split() or one.casefold().split() == other.casefold().split()


def _boilerplate(article: Article, layout: Layout) -> dict[Span, str]:
    """Why passages of a page that is news are boilerplate, as far as they are."""
    blocks = layout.blocks
    spans = [(number, span) for number, block in enumerate(blocks) for span in _cut(article, block)]
    sentences = [Sentence(*span, number) for number, span in spans]
    marked = mark(article.text, sentences)
    return {Span(one.start, one.end): one.boilerplate for one in marked if one.boilerplate}


def _paragraphs(text: str, blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The blocks that are read together: a list, a table, with the line that leads up to it."""
    lead = list[Block]()
    for kind, run in groupby(blocks, lambda block: _RUNS.get(block.kind, "")):
        together = [block for block in run if block.kind != "heading"]
        if kind:
            yield [*lead, *together]
            lead = []
            continue
        for block in together:
            if block.kind == "code":
                lead = [*lead, block]
                continue
            if lead:
                yield lead
            lead = [block]
        if lead and not text[lead[-1].start : lead[-1].end].endswith(":"):
            yield lead
            lead = []
    if lead:
        yield lead


def _cut(article: Article, block: Block) -> list[Span]:
    """The passages of a block: itself, or its sentences or lines where it is too long."""
    if block.kind in {"heading", "head"}:
        return []
    whole = Span(block.start, block.end)
    if block.end - block.start <= _WHOLE.get(block.kind, 0):
        return [whole] if any(map(str.isalnum, article.cut(*whole))) else []
    spans = [whole] if block.kind != "code" else _lines(article.text, whole)
    return split_within(article.text, spans, article.language)


def _lines(text: str, code: Span) -> list[Span]:
    """Code in stretches of whole lines, none longer than a passage where no line is."""
    start, stretches = code.start, list[Span]()
    place = start
    for line in text[code.start : code.end].splitlines(keepends=True):
        if place > start and place + len(line) - start > WHOLE_CODE:
            stretches.append(Span(start, place))
            start = place
        place += len(line)
    return [*stretches, Span(start, code.end)]
