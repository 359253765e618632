"""The blocks of a card: quotes with their sources, laid on pages that Discord's limits allow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import discord
from discord import ui

from bot.cards import markdown, wording
from bot.cards.buttons import PROOF, ContextButton, Place
from bot.cards.buttons import key as key_of
from bot.cards.limits import measure
from retrieval.models import Quote

ANSWERED = discord.Colour(0x3E8E7E)
ABSTAINED = DOUBTED = discord.Colour(0xC0943F)
FAILED = discord.Colour(0xB4585A)
PLAIN = discord.Colour(0x6B7A90)

# Kept free on a card for what stands beside its quotes: the number of the page, the heading of the
# nearest sentences.
RESERVE = 120

Layout = ui.LayoutView
Part = str | ui.Item[Any]


class Block(NamedTuple):
    """A quote as it will stand on a card.

    Attributes:
        text: The quote as markdown.
        source: Its source as markdown.
        place: What its Context button stands for.
        cost: How much of a card's text it takes.
    """

    text: str
    source: str
    place: Place
    cost: int


def fit_quote(quote: Quote, room: int, number: int | None = None) -> Block:
    """The fullest form of a quote that an empty page has room for."""
    place = Place(key_of(quote.article), quote.sha256[:PROOF], quote.start, quote.end)
    for text, source in _forms(quote, number) if len(quote.text) <= room else ():
        fits = _measured(text, source, place)
        if fits.cost <= room:
            return fits
    return _measured(wording.too_long(quote), wording.short_source(quote, number), place)


def _measured(text: str, source: str, place: Place) -> Block:
    return Block(text, source, place, measure(text) + measure(source))


def _forms(quote: Quote, number: int | None) -> Iterator[tuple[str, str]]:
    """A quote and its source, the fullest form first."""
    marked = _block(quote, markdown.mark(quote.seen, quote.answer))
    full = wording.source(quote, number)
    if also := wording.also(quote):
        yield marked, f"{full}\n{also}"
    yield marked, full
    short = wording.short_source(quote, number)
    yield marked, short
    yield _block(quote, markdown.escape(quote.seen)), short


def _block(quote: Quote, marked: str) -> str:
    """A quote in markdown, under what leads up to it."""
    return markdown.block("\n".join(filter(None, [wording.lead(quote), marked])))


def paginate(blocks: Iterable[Block], most: int, room: int) -> list[list[Block]]:
    """Blocks in order, on pages of at most `most` that fit into `room`."""
    pages: list[list[Block]] = []
    left = 0
    for block in blocks:
        if not pages or len(pages[-1]) == most or block.cost > left:
            pages.append([])
            left = room
        pages[-1].append(block)
        left -= block.cost
    return pages


def set_quotes(blocks: Sequence[Block]) -> Iterator[Part]:
    """Each quote, and its source with a Context button beside it.

    A gap keeps a source nearer to its own quote than to the next.
    """
    buttons: set[Place] = set()
    for number, block in enumerate(blocks):
        if number:
            yield ui.Separator[Layout](visible=False)
        yield block.text
        source: ui.TextDisplay[Layout] = ui.TextDisplay(block.source)
        if block.place in buttons:
            yield source
            continue
        buttons.add(block.place)
        button: ui.Item[Any] = ContextButton(block.place)
        yield ui.Section(source, accessory=button)


def cost(parts: Iterable[Part]) -> int:
    """How much of a card's text the strings and text displays among `parts` take."""
    texts = (part.content if isinstance(part, ui.TextDisplay) else part for part in _texts(parts))
    return sum(measure(text) for text in texts)


def _texts(parts: Iterable[Part]) -> Iterator[str | ui.TextDisplay[Layout]]:
    for part in parts:
        if isinstance(part, str | ui.TextDisplay):
            yield part
        elif isinstance(part, ui.Section):
            yield from (child for child in part.children if isinstance(child, ui.TextDisplay))


def card(colour: discord.Colour, *parts: Part) -> Layout:
    """A container with `parts`; it hears no press: its buttons are found by their `custom_id`."""
    items = (ui.TextDisplay[Layout](part) if isinstance(part, str) else part for part in parts)
    view = ui.LayoutView(timeout=None).add_item(ui.Container(*items, accent_colour=colour))
    view.stop()
    return view
