"""Articles with blocks, for tests: what a reader of documents would give."""

from __future__ import annotations

from retrieval.models import Article
from retrieval.values import Block, BlockKind, Genre, Layout


def page(
    *written: tuple[BlockKind, str] | tuple[BlockKind, str, int],
    name: str = "page",
    title: str = "Page",
    genre: Genre = "document",
    url: str | None = None,
) -> Article:
    """An article of these blocks, each a kind, its text and the level of a heading or an item."""
    text, blocks = "", list[Block]()
    for kind, said, *level in written:
        start = len(text)
        anchor = "-".join(said.lower().split()) if kind == "heading" else ""
        blocks.append(Block(kind, start, start + len(said), level[0] if level else 0, anchor))
        text += said + "\n\n"
    layout = Layout(genre, "test 1", "0" * 64, tuple(blocks))
    return Article(id=name, title=title, text=text, layout=layout, url=url)
