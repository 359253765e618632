"""An answer as a person reads it in a terminal: Answer → rich renderables.

Everything that comes from an article or a user goes through `neutral`, and into `Text`, never
into a string of rich's markup: no text can steer the terminal or style itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from retrieval.library import Entry
from retrieval.models import Answer, Figure, Quote

MATCHED = "bold underline"
SOURCE = "dim"
INDENT = 4
NARROWEST = 20  # columns; a terminal that says it has fewer breaks the lines itself
ALSO = 3  # other sources that are named before the rest is counted

# What steers a terminal, or turns the order of what follows; each is shown as one character.
_SPACES = dict.fromkeys(map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"), " ")
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}
_HIDDEN = dict.fromkeys(
    [*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000)],
    "\N{REPLACEMENT CHARACTER}",
)
_NEUTRAL = _PICTURES | _HIDDEN | _SPACES


def console() -> Console:
    """The standard output, set with styles where it is a terminal that takes them."""
    out = Console(highlight=False, markup=False, emoji=False)
    if out.width < NARROWEST:  # noqa: PLR1730 - else it follows the terminal, which may be resized
        out.width = NARROWEST
    return out


def neutral(text: str) -> str:
    """`text` on one line and unable to steer a terminal, one character for one."""
    return text.translate(_NEUTRAL)


def count(number: int, thing: str) -> str:
    """“1 article”, “2,000 articles”."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def card(answer: Answer) -> RenderableType:
    """The whole answer: quotes, or why there are none and what comes nearest."""
    if answer.status == "abstained":
        nearest = [Text("Nearest, not an answer:", style="italic"), *_quotes(answer.nearest)]
        said = Text(abstained(answer), style="bold")
        return Group(*_readings(answer), said, *(nearest if answer.nearest else []))
    unknown = [Text(missing(answer), style="italic")] if answer.missing else []
    figures = map(_figure, answer.figures)
    return Group(*_readings(answer), *unknown, *_quotes(answer.quotes), *figures)


def abstained(answer: Answer) -> str:
    """That the sources do not say, and why."""
    match answer.reason:
        case "nothing_asked":
            return "There is nothing to look up in this; ask with a word that an article may use."
        case "empty_library":
            return "The library has no articles yet; `pullquote library add PATH` adds some."
    why = missing(answer) if answer.missing else "No sentence in them answers this question."
    return f"The sources don’t say. {why}"


def missing(answer: Answer) -> str:
    """Which words of the question no source has."""
    *first, last = [f"*{neutral(word)}*" for word in answer.missing]
    listed = f"{', '.join(first)} or {last}" if first else last
    return f"No source mentions {listed}."


def question(text: str) -> Text:
    """A question above its answer."""
    return Text(f"? {neutral(text)}", style="bold")


def source(quote: Quote | Entry) -> str:
    """Title, publisher, author, date and address, as far as they are known."""
    known = (quote.title, quote.publisher, quote.author, quote.published, quote.url)
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


def _readings(answer: Answer) -> list[RenderableType]:
    return [
        Text(f"Read “{neutral(reading.word)}” as “{neutral(reading.as_)}”.", style="italic")
        for reading in answer.read
    ]


def _quotes(quotes: Iterable[Quote]) -> list[RenderableType]:
    return [part for number, quote in enumerate(quotes, 1) for part in _quote(number, quote)]


def _quote(number: int, quote: Quote) -> list[RenderableType]:
    body = Table.grid(padding=(0, 1))
    body.add_column(width=INDENT - 1, justify="right")
    body.add_column(overflow="fold")
    body.add_row(Text(f"{number}.", style="bold"), _marked(quote))
    below = [f"— {source(quote)} · characters {quote.start}–{quote.end}", *_also(quote)]
    return [
        body,
        *(Padding(Text(line, style=SOURCE), (0, 0, 0, INDENT)) for line in below),
        Text(),
    ]


def _marked(quote: Quote) -> Text:
    text = Text(neutral(quote.text))
    for start, end in quote.matched:
        text.stylize(MATCHED, start, end)
    return text


def _also(quote: Quote) -> list[str]:
    if not quote.also:
        return []
    titles = list(dict.fromkeys(neutral(place.title) for place in quote.also))
    named = "; ".join(titles[:ALSO])
    more = f" and {len(titles) - ALSO} more" if len(titles) > ALSO else ""
    behind = f"{quote.origins} independent sources" if quote.origins > 1 else "all from one source"
    return [f"— also in: {named}{more} · {behind}"]


def _figure(figure: Figure) -> Text:
    values = (
        f"{neutral(value.value)} ({', '.join(str(quote + 1) for quote in value.quotes)})"
        for value in figure.values
    )
    said = f"The sources differ on {neutral(figure.of)}: {' · '.join(values)}"
    note = " (one number could satisfy all of these)" if figure.compatible else ""
    return Text(f"{said}{note}", style="bold")
