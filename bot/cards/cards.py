"""Lays answers out as Discord cards, within Discord's limits whatever the answer holds.

A quote is never cut: what does not fit goes to the next page. Titles, names and figures may be
shortened; a question is echoed whole, because the card's buttons read it back from there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from discord import ui

from bot.cards import markdown, wording
from bot.cards.buttons import ANY_ARTICLE, Page, PageButton, SourcesButton, WhyButton, library_key
from bot.cards.buttons import key as key_of
from bot.cards.layout import (
    ABSTAINED,
    ANSWERED,
    DOUBTED,
    FAILED,
    PLAIN,
    RESERVE,
    Block,
    Layout,
    Part,
    card,
    cost,
    fit_quote,
    paginate,
    set_quotes,
)
from bot.cards.limits import CARD_TEXT, MOST_QUOTES, QUESTION, measure, shorten
from retrieval.library import Entry
from retrieval.models import Answer

# The component that holds the question; Discord numbers the others from 1.
QUESTION_ID = 4096
HEADING = "### "
LONGEST_HEADING = 120
MOST_NEAREST = 3
ENTRIES = 10
ENTRY = 360


def answer_card(
    answer: Answer, *, page: int = 0, quotes: int = 3, within: Entry | None = None
) -> Layout:
    """The card of an answer.

    Args:
        answer: What the library said, with the quotes of the pages up to this one at least; where
            more are available, the card has a next page.
        page: Which page of its quotes, from 0; the last one where there are fewer.
        quotes: How many quotes a page shows at most, from 1 to `MOST_QUOTES`.
        within: The one article that was asked, if it was one.
    """
    head = _head(answer, within)
    if answer.talk:
        return card(PLAIN, *head, wording.talk(answer.talk, answer.library.articles))
    if answer.reason == "nothing_asked":
        return card(ABSTAINED, *head, wording.NOTHING_ASKED)
    if answer.reason == "empty_library":
        return card(ABSTAINED, *head, wording.EMPTY_LIBRARY)
    wanted = Page(page, min(quotes, MOST_QUOTES), *_scope(answer, within))
    if answer.reason == "not_in_sources":
        return _abstained(answer, _lay_nearest(answer, head), wanted)
    return _answered(answer, _lay_quotes(answer, head, wanted.quotes), wanted)


def quotes_on(answer: Answer, *, page: int, quotes: int, within: Entry | None = None) -> range:
    """Which of the answer's quotes (or nearest sentences) `answer_card` shows on that page."""
    head = _head(answer, within)
    if answer.reason is not None:
        return range(sum(map(len, _lay_nearest(answer, head).pages[:1])))
    pages = _lay_quotes(answer, head, min(quotes, MOST_QUOTES)).pages
    page = min(page, len(pages) - 1)
    first = sum(map(len, pages[:page]))
    return range(first, first + len(pages[page]))


def sources_card(entries: Sequence[Entry], page: int = 0) -> Layout:
    """The card that lists the articles, ten a page."""
    if not entries:
        return card(ABSTAINED, wording.EMPTY_LIBRARY)
    pages = (len(entries) + ENTRIES - 1) // ENTRIES
    page = min(page, pages - 1)
    first = page * ENTRIES
    lines = [_entry(n, e) for n, e in enumerate(entries[first : first + ENTRIES], first + 1)]
    parts: list[Part] = [f"### Sources\n-# {wording.count(len(entries))}", "\n".join(lines)]
    if pages < 2:
        return card(PLAIN, *parts)
    turns = _beside(page, SourcesButton, more=page + 1 < pages)
    return card(PLAIN, *parts, *_turns(wording.page(page + 1, pages), turns))


def too_long_card(question: str) -> Layout:
    """The card for a question longer than a card can echo."""
    return card(ABSTAINED, *_echo(shorten(question, LONGEST_HEADING)), wording.QUESTION_TOO_LONG)


def help_card(articles: int) -> Layout:
    """The card for somebody who asked nothing yet."""
    return card(PLAIN, wording.introduction(articles) if articles else wording.EMPTY_LIBRARY)


def note_card(sentence: str) -> Layout:
    """A card with a sentence of ours, for what cannot be done and is nobody's fault."""
    return card(ABSTAINED, sentence)


def failure_card(sentence: str) -> Layout:
    """A card with a sentence of ours, for what went wrong."""
    return card(FAILED, sentence)


def read_question(view: ui.View | Layout) -> str | None:
    """The question that a card echoes, or None where the card echoes none whole."""
    found = view.find_item(QUESTION_ID)
    if not isinstance(found, ui.TextDisplay):
        return None
    return markdown.unescape(found.content.removeprefix(HEADING))


class _Sheet(NamedTuple):
    """What an answer's card has to show.

    Attributes:
        head: What stands above the quotes.
        notes: What is to be said of the question's words, a line each.
        pages: The quotes, page by page.
    """

    head: list[Part]
    notes: tuple[str, ...]
    pages: list[list[Block]]


def _lay_quotes(answer: Answer, head: list[Part], most: int) -> _Sheet:
    notes = (wording.readings(answer.read), wording.absent(answer))
    room = CARD_TEXT - RESERVE - cost([*head, *_lines(*notes, wording.doubted(answer))])
    blocks = [fit_quote(quote, room, number) for number, quote in enumerate(answer.quotes, 1)]
    return _Sheet(head, notes, paginate(blocks, most, room))


def _lay_nearest(answer: Answer, head: list[Part]) -> _Sheet:
    notes = (wording.readings(answer.read), wording.abstained(answer))
    room = CARD_TEXT - RESERVE - cost([*head, *_lines(*notes)])
    blocks = [fit_quote(quote, room) for quote in answer.nearest]
    return _Sheet(head, notes, paginate(blocks, MOST_NEAREST, room))


def _answered(answer: Answer, sheet: _Sheet, page: Page) -> Layout:
    number = min(page.number, len(sheet.pages) - 1)
    doubt = wording.doubted(answer) if number == 0 else ""
    shown = [*sheet.head, *_lines(doubt, *sheet.notes), *set_quotes(sheet.pages[number])]
    if number == 0:
        shown += _figures(answer, len(sheet.pages[0]), shown)
    if len(answer.question) <= QUESTION:
        first = sum(map(len, sheet.pages[:number]))
        last, available = first + len(sheet.pages[number]), _available(answer)
        which = wording.shown(first + 1, last, available) if number or last < available else ""
        why = WhyButton(page._replace(number=number), "Why")
        turns = _beside(number, partial(_turn, page), more=last < available)
        shown += _turns(which, turns, why)
    return card(DOUBTED if answer.doubts else ANSWERED, *shown)


def _available(answer: Answer) -> int:
    return max(answer.available, len(answer.quotes))


def _abstained(answer: Answer, sheet: _Sheet, page: Page) -> Layout:
    shown = [*sheet.head, *_lines(*sheet.notes)]
    if sheet.pages:
        shown += [ui.Separator(), wording.NEAREST, *set_quotes(sheet.pages[0])]
        shown += _figures(answer, 0, shown)
    if sheet.pages and len(answer.question) <= QUESTION:
        shown += _turns("", [], WhyButton(page._replace(number=0), "Why"))
    return card(ABSTAINED, *shown)


def _head(answer: Answer, within: Entry | None) -> list[Part]:
    return [*_echo(answer.question), *([wording.within(within.title, within.id)] if within else [])]


def _echo(question: str) -> list[Part]:
    """The question, as a heading where it is short; it can be read back where it is whole.

    Discord takes number signs at the end of a heading for a part of its mark.
    """
    line = " ".join(question.split())
    if not line:
        return []
    if len(line) > QUESTION:
        return [markdown.escape(shorten(line, QUESTION))]
    heading = "" if len(line) > LONGEST_HEADING or line.endswith("#") else HEADING
    return [ui.TextDisplay(f"{heading}{markdown.escape(line)}", id=QUESTION_ID)]


def _scope(answer: Answer, within: Entry | None) -> tuple[str, str]:
    return library_key(answer.library), key_of(within.id) if within else ANY_ARTICLE


def _lines(*lines: str) -> list[Part]:
    """One text of the lines that say something."""
    text = "\n".join(filter(None, lines))
    return [text] if text else []


def _figures(answer: Answer, quotes: int, above: Sequence[Part]) -> list[Part]:
    """A line, and figures of which the first `quotes` quotes give a value, while there is room.

    Nearest sentences have no numbers: their figures are told with how many articles give them.
    """
    if not answer.figures:
        return []
    room = CARD_TEXT - RESERVE - cost(above)
    shown: list[Part] = []
    for figure in answer.figures:
        text = wording.figure(figure, quotes)
        given = not answer.quotes or any(
            n < quotes for value in figure.values for n in value.quotes
        )
        if not given or measure(text) > room or len(shown) == wording.MOST_FIGURES:
            continue
        shown.append(text)
        room -= measure(text)
    return [ui.Separator(), *shown] if shown else []


def _turns(which: str, turns: Sequence[ui.Item[Any]], *others: ui.Item[Any]) -> list[Part]:
    """Which of several pages this is, the buttons to its neighbours, and other buttons."""
    gap = ui.Separator[Layout](visible=False)
    return [gap, *_lines(which), ui.ActionRow(*turns, *others)]


def _beside(
    number: int, button: Callable[[int, str], ui.Item[Any]], *, more: bool
) -> list[ui.Item[Any]]:
    """The buttons to the pages beside one, of which the next is there if there is `more`."""
    back = [button(number - 1, "Back")] if number else []
    return [*back, *([button(number + 1, "More")] if more else [])]


def _turn(page: Page, number: int, label: str) -> PageButton:
    return PageButton(page._replace(number=number), label)


def _entry(number: int, entry: Entry) -> str:
    """One article of the list, in the fullest form that a tenth of a card has room for."""
    details = (entry.publisher, entry.author, entry.published)
    size = f"{entry.characters:,} characters"
    name, short = (wording.title(entry.title, entry.id, n) for n in (wording.TITLE, wording.NAMED))
    forms = ((name, entry.url, (*details, size)), (name, None, (*details, size)))
    for form in forms:
        text = wording.entry(number, *form)
        if measure(text) <= ENTRY:
            return text
    return wording.entry(number, short, None, (size,))
