"""Lays out the card that shows a quote where it stands."""

from __future__ import annotations

from collections.abc import Callable

from bot.cards import markdown, wording
from bot.cards.layout import PLAIN, RESERVE, Layout, card
from bot.cards.limits import CARD_TEXT, measure, shorten_end, shorten_start
from retrieval.models import Context, Excerpt

# Less than this of a quote's neighbourhood says nothing.
LEAST_NEIGHBOUR = 40


def context_card(context: Context) -> Layout:
    """The card that shows a quote in its paragraph, or in its section of a document."""
    quote = context.quote
    source = wording.source(quote)
    if context.before is context.after is None:
        alone = wording.ALL_OF_SECTION if quote.section else wording.ALONE
        source = f"{source}\n{alone}"
    room = CARD_TEXT - RESERVE - measure(source)
    text = markdown.bold(quote.seen) if len(quote.text) <= room else ""
    if not text or measure(markdown.block(text)) > room:
        return card(PLAIN, wording.too_long(quote), source)
    spare = (room - measure(markdown.block(text))) // 2
    before = _neighbour(context.before, spare, shorten_start)
    after = _neighbour(context.after, spare, shorten_end)
    whole = f"{before}{_gap(context.before, quote)}{text}{_gap(quote, context.after)}{after}"
    return card(PLAIN, markdown.block(whole), source)


def _neighbour(excerpt: Excerpt | None, room: int, cut: Callable[[str, int], str]) -> str:
    """What stands beside a quote, escaped, its far end cut off where there is no room."""
    if excerpt is None or room < LEAST_NEIGHBOUR:
        return ""
    most = room
    text = markdown.escape(cut(excerpt.seen, most))
    while measure(markdown.block(text)) > room:
        most = most * 9 // 10
        text = markdown.escape(cut(excerpt.seen, most))
    return text


def _gap(before: Excerpt | None, after: Excerpt | None) -> str:
    """A space where the article has something between two excerpts that is no text."""
    return " " if before and after and before.end < after.start else ""
