"""Lays answers out as Discord cards, within Discord's limits whatever the answer holds.

A quote is never cut: what does not fit goes to the next page. Titles, names and figures may be
shortened; a question is echoed whole, because the card's buttons read it back from there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from discord import ui

from bot import markdown, wording
from bot.buttons import ANY_ARTICLE, Page, PageButton, SourcesButton
from bot.buttons import key as key_of
from bot.layout import (
    ABSTAINED,
    ANSWERED,
    FAILED,
    PLAIN,
    Layout,
    Part,
    card,
    cost,
    fit_quote,
    paginate,
    set_quotes,
)
from bot.limits import (
    CARD_TEXT,
    MOST_QUOTES,
    QUESTION,
    measure,
    shorten,
    shorten_end,
    shorten_start,
)
from retrieval.library import Entry
from retrieval.models import Answer, Context, Excerpt

# The component that holds the question; Discord numbers the others from 1.
QUESTION_ID = 4096
HEADING = "### "
LONGEST_HEADING = 120
# Kept free for the note of a page, the heading of the nearest sentences and the like.
RESERVE = 120
# Less than this of a quote's neighbourhood says nothing.
LEAST_NEIGHBOUR = 40
ENTRIES = 10
ENTRY = 360


def answer_card(
    answer: Answer, *, page: int = 0, quotes: int = 3, within: Entry | None = None
) -> Layout:
    """The card of an answer.

    Args:
        answer: What the library said; with more quotes than one page shows, it has a next page.
        page: Which page of its quotes, from 0; the last one where there are fewer.
        quotes: How many quotes a page shows at most, from 1 to `MOST_QUOTES`.
        within: The one article that was asked, if it was one.
    """
    head = [*_echo(answer.question), *([wording.within(within.title)] if within else [])]
    if answer.reason == "nothing_asked":
        return card(ABSTAINED, *head, wording.NOTHING_ASKED)
    if answer.reason == "empty_library":
        return card(ABSTAINED, *head, wording.EMPTY_LIBRARY)
    if answer.reason == "not_in_sources":
        return _abstained(answer, head)
    return _answered(answer, head, Page(page, min(quotes, MOST_QUOTES), *_scope(answer, within)))


def context_card(context: Context) -> Layout:
    """The card that shows a quote in its paragraph."""
    quote = context.quote
    source = wording.source(quote)
    if context.before is context.after is None:
        source = f"{source}\n{wording.ALONE}"
    text = markdown.bold(quote.text)
    room = CARD_TEXT - RESERVE - measure(source)
    if measure(markdown.block(text)) > room:
        return card(PLAIN, wording.too_long(quote), source)
    spare = (room - measure(markdown.block(text))) // 2
    before = _neighbour(context.before, spare, shorten_start)
    after = _neighbour(context.after, spare, shorten_end)
    whole = f"{before}{_gap(context.before, quote)}{text}{_gap(quote, context.after)}{after}"
    return card(PLAIN, markdown.block(whole), source)


def sources_card(entries: Sequence[Entry], page: int = 0) -> Layout:
    """The card that lists the articles, ten a page."""
    if not entries:
        return card(ABSTAINED, wording.EMPTY_LIBRARY)
    pages = (len(entries) + ENTRIES - 1) // ENTRIES
    page = min(page, pages - 1)
    first = page * ENTRIES
    lines = [_entry(n, e) for n, e in enumerate(entries[first : first + ENTRIES], first + 1)]
    parts: list[Part] = [f"### Sources\n-# {wording.count(len(entries))}", "\n".join(lines)]
    return card(PLAIN, *parts, *_turns(page, pages, SourcesButton))


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


def _answered(answer: Answer, head: list[Part], page: Page) -> Layout:
    notes = _notes(wording.readings(answer.read), _small(wording.missing(answer.missing)))
    room = CARD_TEXT - RESERVE - cost([*head, *notes])
    blocks = [fit_quote(quote, room, number) for number, quote in enumerate(answer.quotes, 1)]
    pages = paginate(blocks, page.quotes, room)
    number = min(page.number, len(pages) - 1)
    shown = [*head, *notes, *set_quotes(pages[number])]
    if number == 0:
        figures = _figures(answer, len(pages[0]), CARD_TEXT - RESERVE - cost(shown))
        shown += [ui.Separator(), *figures] if figures else []
    if len(answer.question) <= QUESTION:
        shown += _turns(number, len(pages), partial(_turn, page))
    return card(ANSWERED, *shown)


def _abstained(answer: Answer, head: list[Part]) -> Layout:
    parts = [*head, *_notes(wording.readings(answer.read)), wording.abstained(answer)]
    room = CARD_TEXT - RESERVE - cost(parts)
    blocks = [fit_quote(quote, room) for quote in answer.nearest]
    if blocks:
        parts += [ui.Separator(), wording.NEAREST, *set_quotes(paginate(blocks, 3, room)[0])]
    return card(ABSTAINED, *parts)


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
    return key_of(answer.library.version), key_of(within.id) if within else ANY_ARTICLE


def _small(sentence: str) -> str:
    return markdown.small(sentence) if sentence else ""


def _notes(*notes: str) -> list[Part]:
    return [note for note in notes if note]


def _figures(answer: Answer, quotes: int, room: int) -> list[Part]:
    """Figures with at least two values among the first `quotes` quotes, while there is room."""
    shown: list[Part] = []
    for figure in answer.figures:
        values = [(v.value, [q + 1 for q in v.quotes if q < quotes]) for v in figure.values]
        values = [(value, numbers) for value, numbers in values if numbers]
        text = wording.figure(figure, values)
        if len(values) < 2 or measure(text) > room or len(shown) == wording.MOST_FIGURES:
            continue
        shown.append(text)
        room -= measure(text)
    return shown


def _turns(number: int, pages: int, button: Callable[[int, str], ui.Item[Any]]) -> list[Part]:
    """Which of several pages this is, and the buttons to its neighbours."""
    if pages < 2:
        return []
    turns = [button(number - 1, "Back")] if number > 0 else []
    turns += [button(number + 1, "More")] if number + 1 < pages else []
    gap = ui.Separator[Layout](visible=False)
    return [gap, wording.page(number + 1, pages), ui.ActionRow(*turns)]


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


def _neighbour(excerpt: Excerpt | None, room: int, cut: Callable[[str, int], str]) -> str:
    """What stands beside a quote, escaped, its far end cut off where there is no room."""
    if excerpt is None or room < LEAST_NEIGHBOUR:
        return ""
    most = room
    text = markdown.escape(cut(excerpt.text, most))
    while measure(markdown.block(text)) > room:
        most = most * 9 // 10
        text = markdown.escape(cut(excerpt.text, most))
    return text


def _gap(before: Excerpt | None, after: Excerpt | None) -> str:
    """A space where the article has something between two excerpts that is no text."""
    return " " if before and after and before.end < after.start else ""
