"""A text → a title for display: its headline, or its opening sentence shortened."""

from __future__ import annotations

import re

from retrieval import sentences
from retrieval.readers.details import has_letters
from retrieval.sentences import boilerplate

LONGEST = 90  # characters of a title that is made here
OPENING = 4000  # characters of a text in which its opening is looked for
ELLIPSIS = "…"
BETWEEN_WORDS = re.compile(r"(?<!\d)[-_\s]+|[-_\s]+(?!\d)")  # "2024-05-01" stays


def title_of(text: str) -> str:
    """The first sentence of `text` that is no boilerplate, shortened for display.

    A headline is a line, and a line that ends without a full stop is a sentence, so where
    the text has a headline, that is its title.

    Args:
        text: It has a letter.
    """
    _, body = boilerplate.split_front_matter(text)
    text = body if has_letters(body) else text
    start = next(place for place, character in enumerate(text) if character.isalnum())
    head = text[max(0, start - 1) :][:OPENING]  # with the quotation mark that may stand before it
    spans = boilerplate.mark(head, sentences.split(head))
    prose = [span for span in spans if span.boilerplate is None] or spans
    return shorten(head[prose[0].start : prose[0].end])


def shorten(text: str, longest: int = LONGEST) -> str:
    """`text` on one line, cut between words with an ellipsis where it is too long."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    head = line[: longest - 1]
    words = head if line[longest - 1] == " " else head.rpartition(" ")[0] or head
    return words.rstrip(" ,;:–—-") + ELLIPSIS


def named_after(article: str) -> str:
    """The last part of an id, a file's name without its ending, as words.

    "2025/bees-return_home" gives "Bees return home".
    """
    stem = article.rpartition("/")[2]
    words = BETWEEN_WORDS.sub(" ", stem).strip() or stem
    return words[0].upper() + words[1:]
