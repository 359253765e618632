"""Whether a library still is what it was, and its sentences are cut exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from retrieval.library.entries import Problem
from retrieval.library.library import Library
from retrieval.models import Article
from retrieval.sentences import split
from retrieval.sentences.boilerplate import mark
from retrieval.values import Sentence, in_order


def check(
    library: Library, *, progress: Callable[[int, int], None] | None = None
) -> Iterator[Problem]:
    """Everything that is wrong with `library`: what is stored, and how its sentences are cut.

    Args:
        library: The articles.
        progress: Called with (articles cut, articles in all).

    Raises:
        LibraryDamaged: It is too damaged to be read on.
    """
    yield from library.faults()
    total = len(library)
    for done, found in enumerate(library.examine(), 1):
        if isinstance(found, Problem):
            yield found
        elif fault := _fault(found):
            yield Problem(article=found.id, what=fault)
        if progress:
            progress(done, total)


def _fault(article: Article) -> str | None:
    """What is wrong with how `article` is cut: a bug, wherever it shows."""
    spans = split(article.text, article.language)
    marked = mark(article.text, spans)
    if [span[:2] for span in spans] != [span[:2] for span in marked]:
        return "boilerplate moves its sentences"
    if not in_order([(span.start, span.end) for span in spans], len(article.text)):
        return "its sentences overlap, or do not lie within the text"
    if _loses_letters(article.text, spans):
        return "its sentences leave out some of its letters"
    return None


def _loses_letters(text: str, spans: list[Sentence]) -> bool:
    starts = [0, *(span.end for span in spans)]
    ends = [*(span.start for span in spans), len(text)]
    between = (text[start:end] for start, end in zip(starts, ends, strict=True))
    return any(character.isalnum() for gap in between for character in gap)
