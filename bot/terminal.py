"""An answer as a person reads it in a terminal: Answer → rich renderables.

Everything that comes from an article or a user goes through `neutral`, and into `Text`, never
into a string of rich's markup: no text can steer the terminal or style itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot import phrases
from bot.cards.limits import shorten, shorten_cells
from bot.characters import neutral
from bot.reasons import add_up, explain, show
from retrieval.library import Entry
from retrieval.models import Also, Answer, Excerpt, Figure, Quote

ANSWER = "bold"
MATCHED = "underline"
SOURCE = "dim"
INDENT = 4
NARROWEST = 20  # columns; a terminal that says it has fewer breaks the lines itself
ALSO = 3  # other places that are shown before the rest is counted
NAME = 60  # characters of whom an article credits
LEAD = 300  # of what leads up to a quote
STEP = " › "  # from an article to a section of it
WORD = 40  # and of a word that no source has


def console() -> Console:
    """The standard output, set with styles where it is a terminal that takes them."""
    out = Console(highlight=False, markup=False, emoji=False)
    if out.width < NARROWEST:  # noqa: PLR1730 - else it follows the terminal, which may be resized
        out.width = NARROWEST
    return out


def card(answer: Answer, *, why: bool = False) -> RenderableType:
    """The whole answer: quotes, or why there are none and what comes nearest.

    Args:
        answer: What the library said.
        why: Show the score of each quote as the sum of its parts, too.
    """
    numbered = enumerate(answer.quotes or answer.nearest, 1)
    quotes = [part for number, one in numbered for part in _quote(number, one, why=why)]
    meanings = [*_meanings(answer), Text()] if why and quotes else []
    figures = map(_figure, answer.figures)
    if answer.status == "abstained":
        nearest = [Text("Nearest, not an answer:", style="italic")] if quotes else []
        said = Text(abstained(answer), style="bold")
        return Group(*_readings(answer), said, *nearest, *quotes, *meanings, *figures)
    absent = phrases.absent(answer, _set_word)
    lines = [*_doubts(answer), *([Text(absent, style="italic")] if absent else [])]
    return Group(*_readings(answer), *lines, *quotes, *meanings, *figures)


def explained(answer: Answer) -> RenderableType:
    """Why the quotes of an answer stand there: each one's score, and what its parts mean."""
    numbered = enumerate(answer.quotes or answer.nearest, 1)
    scores = [part for n, quote in numbered for part in _score(quote, f"{n}. {_named(quote)}")]
    return Group(*scores, *_meanings(answer))


def abstained(answer: Answer) -> str:
    """That the sources do not say, and why; or an answer to what is no question to them."""
    if answer.talk:
        return " ".join(phrases.talk(answer.talk, answer.library.articles))
    match answer.reason:
        case "nothing_asked":
            return "There is nothing to look up in this; ask with a word that an article may use."
        case "empty_library":
            return "The library has no articles yet; `pullquote library add PATH` adds some."
    return f"The sources don’t say. {phrases.unanswered(answer, _set_word)}"


def question(text: str) -> Text:
    """A question above its answer."""
    return Text(f"? {neutral(text)}", style="bold")


def source(quote: Quote | Entry) -> str:
    """Title, publisher, author, date and address, as far as they are known."""
    if isinstance(quote, Entry):
        name, url = phrases.title(quote.title, quote.id), quote.url
    else:
        title = phrases.title(quote.title, quote.article)
        name = STEP.join(filter(None, [title, phrases.section(quote)]))
        url = phrases.address(quote)
    known = (name, quote.publisher, quote.author, quote.published, url)
    return " · ".join(neutral(part) for part in known if part)


def listing(entries: Iterable[Entry]) -> Table:
    """The articles of a library."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("id", overflow="fold")
    table.add_column("article", overflow="fold")
    table.add_column("characters", justify="right")
    for entry in entries:
        table.add_row(Text(neutral(entry.id)), Text(source(entry)), f"{entry.characters:,}")
    return table


def _doubts(answer: Answer) -> list[RenderableType]:
    said = phrases.doubted(answer, _set_word)
    return [Text(" ".join(filter(None, said)), style="bold")] if said else []


def _readings(answer: Answer) -> list[RenderableType]:
    return [
        Text(f"Read “{neutral(reading.word)}” as “{neutral(reading.as_)}”.", style="italic")
        for reading in answer.read
    ]


def _quote(number: int, quote: Quote, *, why: bool) -> list[RenderableType]:
    body = Table.grid(padding=(0, 1))
    body.add_column(width=INDENT - 1, justify="right")
    body.add_column(overflow="fold")
    if quote.lead:
        body.add_row("", Text(neutral(shorten_cells(quote.lead.text, LEAD)), style=SOURCE))
    body.add_row(Text(f"{number}.", style="bold"), _marked(quote))
    known = (source(quote), _credited(quote), phrases.page(quote), _place(quote))
    below = [f"— {' · '.join(filter(None, known))}", *_also(quote)]
    return [
        body,
        *(Padding(Text(line, style=SOURCE), (0, 0, 0, INDENT)) for line in below),
        *(_score(quote, "score", indent=INDENT) if why else ()),
        Text(),
    ]


def _score(quote: Quote, name: str, *, indent: int = 0) -> list[RenderableType]:
    """A quote's score, and under it the parts that add up to it."""
    total, parts = add_up(quote)
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(show(total), Text(name, style="bold"))
    for part in parts:
        table.add_row(f"{part.hundredths / 100:+.2f}", part.name)
    return [Padding(table, (0, 0, 0, indent))]


def _meanings(answer: Answer) -> list[RenderableType]:
    """The confidence, and what the parts of the scores mean."""
    said = explain(map(add_up, answer.quotes or answer.nearest))
    lines = [Text(f"{one.name}: {one.sentence}", style=SOURCE) for one in said]
    return [Text(phrases.confidence(answer), style="italic"), *lines]


def _marked(quote: Quote) -> Text:
    """The quote: what it shares with the question, and what answers, each in its style."""
    styles = ((ANSWER, quote.answer), (MATCHED, quote.matched))
    edges = {0, len(quote.text), *(edge for _, spans in styles for span in spans for edge in span)}
    text = Text()
    for start, end in pairwise(sorted(edges)):
        on = [style for style, spans in styles if any(a <= start < b for a, b in spans)]
        lines = "\n".join(map(neutral, quote.seen[start:end].split("\n")))
        text.append(lines, " ".join(on))
    return text


def _also(quote: Quote) -> list[str]:
    """Who else says so, and the words of those who say it in others."""
    titles = list(dict.fromkeys(_other(place, quote) for place in quote.also))
    more = f" and {len(titles) - ALSO} more" if len(titles) > ALSO else ""
    where = [f"also in: {'; '.join(titles[:ALSO])}{more}"] if titles else []
    said = " · ".join(filter(None, [*where, phrases.sources(quote)]))
    others = [place for place in quote.also if place.text != quote.text]
    words = (f"  “{neutral(one.text)}” ({_named(one)})" for one in others[:ALSO])
    return [f"— {said}", *words] if said else []


def _other(place: Also, quote: Quote) -> str:
    if place.article == quote.article:
        return "the same article"
    return neutral(phrases.title(place.title, place.article))


def _credited(quote: Quote) -> str:
    """Whom the article credits with a quote, where it says so."""
    if quote.speaker is None:
        return ""
    inner = quote.speaker.quoting
    quoting = _bounded(inner.text, NAME) if inner else None
    return phrases.credited(_bounded(quote.speaker.text, NAME), quoting)


def _named(excerpt: Excerpt) -> str:
    name = phrases.title(excerpt.title, excerpt.article)
    return f"{neutral(name)}, {_place(excerpt)}"


def _place(excerpt: Excerpt) -> str:
    return f"characters {excerpt.start}–{excerpt.end}"


def _set_word(word: str) -> str:
    return f"*{_bounded(word, WORD)}*"


def _bounded(text: str, most: int) -> str:
    return neutral(shorten(text, most))


def _figure(figure: Figure) -> Text:
    values = (
        f"{neutral(value.value)} ({phrases.given(value, [str(n + 1) for n in value.quotes])})"
        for value in figure.values
    )
    said = phrases.differ(neutral(figure.of), compatible=figure.compatible)
    return Text(f"{said}: {' · '.join(values)}", style="bold")
