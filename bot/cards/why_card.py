"""Lays out the card that says why the quotes of another card stand there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from discord import ui

from bot import phrases, reasons
from bot.cards import markdown, wording
from bot.cards.layout import PLAIN, RESERVE, Layout, Part, card, cost
from bot.cards.limits import CARD_TEXT, measure
from bot.reasons import Meaning, Sum
from retrieval.models import Answer, Quote

# Parts of a sum that are shown one by one where a card has little room.
FEWEST = 4
MOST_WORDS = 8
MOST_ALSO = 3


def why_card(answer: Answer, shown: Sequence[int]) -> Layout:
    """The card that explains an answer.

    Args:
        answer: What the library said.
        shown: Which of its quotes, or of the nearest sentences where it abstained.
    """
    parts: list[Part] = [_head(answer)]
    room = CARD_TEXT - RESERVE - cost(parts)
    quotes = [(answer.quotes or answer.nearest)[number] for number in shown]
    numbers = [number + 1 if answer.quotes else None for number in shown]
    sums = [reasons.add_up(quote) for quote in quotes]
    for place, one in enumerate(zip(quotes, sums, numbers, strict=True)):
        text = _fit(*one, room // (len(quotes) - place))
        room -= measure(text)
        parts += [ui.Separator[Layout](visible=False), text]
    legend = _legend(reasons.explain(sums), room)
    parts += [ui.Separator(), legend] if legend else []
    return card(PLAIN, *parts)


def _head(answer: Answer) -> str:
    """The heading, the confidence, and what became of the question's words."""
    heading = "### Why these quotes" if answer.quotes else "### Why no quote is an answer"
    sure = markdown.small(phrases.confidence(answer))
    notes = (wording.readings(answer.read), wording.absent(answer), wording.doubted(answer))
    return "\n".join(filter(None, (heading, sure, *notes)))


def _fit(quote: Quote, score: Sum, number: int | None, room: int) -> str:
    """The fullest explanation of a quote that there is room for."""
    forms = list(_forms(quote, score, number))
    return next((form for form in forms if measure(form) <= room), forms[-1])


def _forms(quote: Quote, score: Sum, number: int | None) -> Iterator[str]:
    name = wording.scored(quote, number, reasons.show(score.total))
    head = [name, markdown.small(_shared(quote))]
    for parts in (len(score.parts), FEWEST):
        lines = [*head, *_addends(score, parts)]
        for places in range(min(len(quote.also), MOST_ALSO), -1, -1):
            yield "\n".join([*lines, *_also(quote, places)])
    yield name


def _shared(quote: Quote) -> str:
    """Which words of the question stand in the quote."""
    words = {quote.text[a:b].casefold(): quote.text[a:b] for a, b in reversed(quote.matched)}
    named = [wording.set_word(word) for word in reversed(words.values()) if word.strip()]
    more = len(named) - MOST_WORDS
    rest = [f"{more:,} more"] if more > 0 else []
    if not named:
        return "It has no word of the question itself."
    return f"It has {phrases.listed([*named[:MOST_WORDS], *rest], 'and')}."


def _addends(score: Sum, most: int) -> list[str]:
    """The parts of a score, a line each in small print, the smaller ones in one."""
    shown = score.parts if len(score.parts) <= most else score.parts[: most - 1]
    lines = [_addend(part.hundredths, part.name) for part in shown]
    rest = score.parts[len(shown) :]
    if rest:
        lines.append(_addend(sum(part.hundredths for part in rest), f"{len(rest)} smaller ones"))
    return lines


def _addend(hundredths: int, name: str) -> str:
    sign = "+" if hundredths >= 0 else "−"
    return markdown.small(f"`{sign}{reasons.show(abs(hundredths))}` {name}")


def _also(quote: Quote, most: int) -> list[str]:
    """The words of the other places, and how many more there are."""
    more = len(quote.also) - most
    rest = [markdown.small(f"Also in {more:,} more {_places(more)}")] if more else []
    return [*(wording.also_said(place, quote) for place in quote.also[:most]), *rest]


def _places(number: int) -> str:
    return "place" if number == 1 else "places"


def _legend(meanings: Sequence[Meaning], room: int) -> str:
    """What the parts mean, in small print, as many as there is room for."""
    text = ""
    for meaning in meanings:
        longer = f"{text}\n" if text else ""
        longer += markdown.small(f"**{meaning.name}**: {meaning.sentence}")
        if measure(longer) > room:
            break
        text = longer
    return text
