"""An article → its sections, and what may be quoted of each: a sentence, or a whole unit.

A section is what stands under one heading; the search reads it as a document of its own, whose
title is the page's with the headings above it. A text without headings is one section.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from retrieval.models import Article
from retrieval.sentences.boilerplate import mark
from retrieval.sentences.splitting import split, split_within
from retrieval.values import Block, Sentence, Span

# Characters up to which a unit is one passage; of a longer one each sentence, or line, is.
WHOLE_ITEM, WHOLE_UNIT, WHOLE_CODE = 400, 700, 600
LABEL = 3  # words of a first sentence that only names what follows: "Note.", "Step 1."
_WHOLE = {
    "item": WHOLE_ITEM,
    "row": WHOLE_UNIT,
    "definition": WHOLE_UNIT,
    "option": WHOLE_UNIT,
    "code": WHOLE_CODE,
}


class Section(NamedTuple):
    """What stands under one heading.

    Attributes:
        title: What each of its passages is read with: the page's title and the headings above them.
        passages: All of it that may be quoted, and what of it is boilerplate.
        heads: By where it begins, the head of the table that a passage is a row of: the row is read
            with it, for it names what stands there.
    """

    title: str
    passages: list[Sentence]
    heads: dict[int, Span]


def read_sections(article: Article) -> list[Section]:
    """The sections of an article in order, at least one; paragraphs are numbered through all."""
    layout = article.layout
    if layout is None or not layout.blocks:
        sentences = split(article.text, article.language)
        passages = sentences if article.is_document else mark(article.text, sentences)
        return [Section(article.title, passages, {})]
    number, found = 0, list[Section]()
    for path, blocks in sections_of(layout.blocks):
        section, head = Section(_title(article, path), [], {}), None
        for block in blocks:
            spans = _cut(article, block)
            section.passages.extend(Sentence(*span, number) for span in spans)
            number += bool(spans)
            head = _head(block, head)
            if head:
                section.heads.update((span.start, head) for span in spans)
        found.append(section)
    return found if article.is_document else _marked(article, found)


def read_passages(article: Article) -> list[Sentence]:
    """All passages of an article, and what of it is boilerplate; headings are neither."""
    return [one for section in read_sections(article) for one in section.passages]


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


def _title(article: Article, path: Sequence[Block]) -> str:
    """The page's title and some headings, nothing twice in a row."""
    parts = [article.title, *(article.cut(block.start, block.end) for block in path)]
    return "\n".join(one for before, one in pairwise(["", *parts]) if not _alike(before, one))


def _alike(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


def _head(block: Block, above: Span | None) -> Span | None:
    """The head of the table that a block is in, where the one `above` was that of the last."""
    if block.kind == "head":
        return Span(block.start, block.end)
    return above if block.kind == "row" else None


def _marked(article: Article, sections: Sequence[Section]) -> list[Section]:
    """The sections of a page that is news; what of them is boilerplate is told by all of it."""
    marked = iter(mark(article.text, [one for section in sections for one in section.passages]))
    return [
        section._replace(passages=list(islice(marked, len(section.passages))))
        for section in sections
    ]


def _cut(article: Article, block: Block) -> list[Span]:
    """The passages of a block: itself, or its sentences or lines where it is too long."""
    if block.kind in {"heading", "head"}:
        return []
    whole = Span(block.start, block.end)
    if block.end - block.start <= _WHOLE.get(block.kind, 0):
        return [whole] if any(map(str.isalnum, article.cut(*whole))) else []
    if block.kind == "code":
        return split_within(article.text, _lines(article.text, whole), article.language)
    spans = split_within(article.text, [whole], article.language)
    return _with_label(article, spans) if article.is_document else spans


def _with_label(article: Article, spans: list[Span]) -> list[Span]:
    """Sentences, of which the first is one with the next where it only names that."""
    if len(spans) < 2 or len(article.cut(*spans[0]).split()) > LABEL:
        return spans
    joined = Span(spans[0].start, spans[1].end)
    return [joined, *spans[2:]] if joined.end - joined.start <= WHOLE_UNIT else spans


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
