"""Discord's limits on a message, and how text is measured and shortened against them."""

from __future__ import annotations

import re

# https://discord.com/developers/docs/components/reference
CARD_TEXT = 4000
CARD_COMPONENTS = 40
CHOICES = 25
# Ours: the card echoes the question whole, because its buttons read it back from there.
QUESTION = 500
# So many quotes with their sources and buttons stay below CARD_COMPONENTS.
MOST_QUOTES = 5

ELLIPSIS = "…"
_BETWEEN_CELLS = re.compile(r" {2,}")


def measure(text: str) -> int:
    """The length of `text` in UTF-16 code units.

    Discord's client counts these and its server counts code points; these are never fewer, so
    what fits by this measure fits by both.
    """
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shorten(text: str, most: int) -> str:
    """`text` on one line, at most `most` units long, with an ellipsis where it was cut."""
    return shorten_end(" ".join(text.split()), most)


def shorten_cells(text: str, most: int) -> str:
    """The same, but blanks that part the cells of a row stay two."""
    cells = (" ".join(cell.split()) for cell in _BETWEEN_CELLS.split(text))
    return shorten_end("  ".join(cells).strip(), most)


def shorten_start(text: str, most: int) -> str:
    """The end of `text`, at most `most` units long, with an ellipsis where it was cut."""
    if len(text) <= most and measure(text) <= most:
        return text
    kept = text[len(text) - max(most - 1, 0) :]
    while kept and measure(kept) > most - 1:
        kept = kept[1:]
    first, space, rest = kept.partition(" ")
    return ELLIPSIS + (rest if space and len(first) < len(kept) // 4 else kept)


def shorten_end(text: str, most: int) -> str:
    """The start of `text`, at most `most` units long, with an ellipsis where it was cut."""
    if len(text) <= most and measure(text) <= most:
        return text
    kept = text[: max(most - 1, 0)]
    while kept and measure(kept) > most - 1:
        kept = kept[:-1]
    return _end_at_a_word(kept) + ELLIPSIS


def _end_at_a_word(text: str) -> str:
    """`text` without a half word at its end, unless that word is most of it."""
    head, space, _ = text.rpartition(" ")
    return head if space and len(head) > len(text) * 3 // 4 else text
