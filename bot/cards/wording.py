"""What the bot says, as Discord markdown; every text from outside is escaped and bounded here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot import phrases
from bot.cards import markdown
from bot.cards.limits import CARD_TEXT, QUESTION, shorten, shorten_cells
from bot.characters import is_seen, without_controls
from bot.phrases import MOST_NAMED, listed
from retrieval.models import Also, Answer, Excerpt, Figure, Quote, Talk
from retrieval.values import Reading

# Bounds in UTF-16 units, before escaping, which at most doubles them.
TITLE = 100
BYLINE = 60
NAMED = 60
LEAD = 300
WORD = 40
MOST_FIGURES = 3
MOST_VALUES = 5
DOT = " · "
STEP = " › "  # from an article to a section of it


def title(text: str, article: str, most: int = TITLE) -> str:
    """A title on one line, or the article's id where nothing of the title is to be seen."""
    names = (_name(one, most) for one in (text, article))
    return next(filter(is_seen, names), "untitled")


def source(quote: Quote, number: int | None = None) -> str:
    """Where a quote stands, in small print."""
    parts = [
        f"**{number}**" if number is not None else "",
        markdown.link(_headed(quote), phrases.address(quote)),
        *_byline(quote.publisher, quote.author, quote.published),
        *credited(quote),
        phrases.page(quote),
        _place(quote),
    ]
    return markdown.small(DOT.join(filter(None, parts)))


def _headed(quote: Quote) -> str:
    """An article's title, and the heading under which a quote stands."""
    section = _name(phrases.section(quote), TITLE)
    return STEP.join(filter(None, [title(quote.title, quote.article), section]))


def lead(quote: Quote) -> str:
    """What leads up to a quote, on a line, or nothing."""
    if quote.lead is None:
        return ""
    return markdown.escape(shorten_cells(without_controls(_bounded(quote.lead.text, LEAD)), LEAD))


def short_source(quote: Quote, number: int | None = None) -> str:
    """Where a quote stands, in as few characters as will do."""
    name = markdown.escape(title(quote.title, quote.article, NAMED))
    mark = f"**{number}**{DOT}" if number is not None else ""
    return markdown.small(f"{mark}{name}{DOT}{_place(quote)}")


def scored(quote: Quote, number: int | None, score: str) -> str:
    """Which quote this is, and its score."""
    name = markdown.escape(title(quote.title, quote.article, NAMED))
    mark = f"**{number}**{DOT}" if number is not None else ""
    return f"{mark}*{name}*{DOT}{_place(quote)}{DOT}score **{score}**"


def credited(quote: Quote) -> list[str]:
    """“credited to *KCNA*”: whom the article credits with a quote, where it says so."""
    if quote.speaker is None:
        return []
    inner = _byline(quote.speaker.quoting.text) if quote.speaker.quoting else []
    quoting = f"*{inner[0]}*" if inner else None
    return [phrases.credited(f"*{name}*", quoting) for name in _byline(quote.speaker.text)]


def also(quote: Quote) -> str:
    """Who else says so, and how many sources these are; in small print, or nothing if nobody."""
    names = list(dict.fromkeys(_other(place, quote) for place in quote.also))
    more = len(names) - MOST_NAMED
    rest = [f"{more:,} more"] if more > 0 else []
    where = [f"Also in {listed([*names[:MOST_NAMED], *rest], 'and')}"] if names else []
    said = DOT.join(filter(None, [*where, phrases.sources(quote)]))
    return markdown.small(f"{said[0].upper()}{said[1:]}") if said else ""


def also_said(place: Also, quote: Quote) -> str:
    """The words in which another place says so, whole, under its source in small print."""
    head = markdown.small(f"Also in {_other(place, quote)}{DOT}{_place(place)}")
    if place.text == quote.text:
        return f"{head}{DOT}in the same words"
    # What is longer than any card is never shown, and need not be escaped to its end.
    return f"{head}\n{markdown.block(markdown.escape(place.text[: CARD_TEXT + 1]))}"


def _other(place: Also, quote: Quote) -> str:
    if place.article == quote.article:
        return "the same article"
    return f"*{markdown.escape(title(place.title, place.article, NAMED))}*"


def _place(excerpt: Excerpt) -> str:
    return f"characters {excerpt.start:,}–{excerpt.end:,}"


def too_long(quote: Quote) -> str:
    """In place of a sentence that no card can hold whole."""
    return f"This sentence is too long for a card ({len(quote.text):,} characters)."


def readings(read: Iterable[Reading]) -> str:
    """Which words were read as others, in small print; nothing where none was."""
    pairs = [f"{set_word(one.word)} as {set_word(one.as_)}" for one in list(read)[:MOST_NAMED]]
    return markdown.small(f"Read {listed(pairs, 'and')}.") if pairs else ""


def absent(answer: Answer) -> str:
    """Which words of the question are nowhere or nowhere together, in small print, or nothing."""
    said = phrases.absent(answer, set_word)
    return markdown.small(said) if said else ""


def doubted(answer: Answer) -> str:
    """What speaks against the first quote, under a heading, or nothing."""
    said = phrases.doubted(answer, set_word)
    return f"**{said.first}** {said.rest}".strip() if said else ""


def abstained(answer: Answer) -> str:
    """That the sources do not say, and why."""
    return f"**The sources don’t say.** {phrases.unanswered(answer, set_word)}"


def talk(kind: Talk, articles: int) -> str:
    """What is said to who asks the articles nothing, and how they are asked."""
    first, rest = phrases.talk(kind, articles)
    return f"**{first}** {rest}\n{HOW_TO_ASK}"


def within(name: str, article: str) -> str:
    """Which one article was asked, in small print."""
    return markdown.small(f"Only in *{markdown.escape(title(name, article, NAMED))}*")


def figure(figure: Figure, shown: int) -> str:
    """The values of one thing side by side, each with its quotes' numbers or how many give it.

    Args:
        figure: The values.
        shown: How many quotes stand above.
    """
    values = (
        (value, [f"**{n + 1}**" for n in value.quotes if n < shown])
        for value in figure.values[:MOST_VALUES]
    )
    lines = [
        f"{markdown.escape(_name(value.value, NAMED))} ({phrases.given(value, numbers)})"
        for value, numbers in values
    ]
    of = f"*{markdown.escape(_name(figure.of, NAMED))}*"
    said = phrases.differ(of, compatible=figure.compatible)
    return f"{said}\n{markdown.block(f'{DOT.join(lines)}')}"


def entry(number: int, name: str, url: str | None, details: Sequence[str | None]) -> str:
    """One article of the list: its title, and what is known of it in small print."""
    known = markdown.small(DOT.join(_byline(*details)))
    return f"**{number:,}**{DOT}{markdown.link(name, url)}\n{known}"


def count(articles: int) -> str:
    """“1 article”, “5 articles”."""
    return phrases.count(articles, "article")


def page(number: int, pages: int) -> str:
    """Which page of how many this is, both from 1; in small print."""
    return markdown.small(f"Page {number:,} of {pages:,}")


def shown(first: int, last: int, available: int) -> str:
    """Which quotes of how many these are, from 1; in small print."""
    which = f"Quotes {first:,}–{last:,}" if first < last else f"Quote {first:,}"
    return markdown.small(f"{which} of {available:,}")


def slow_down(limit: str, window: float, wait: float) -> str:
    """That somebody is too fast, and when to go on; `limit` is such as “5 questions”."""
    return (
        f"That was more than {limit} in {_seconds(window)}. Please try again in {_seconds(wait)}."
    )


def introduction(articles: int) -> str:
    """What the bot is for and how it is asked."""
    return (
        f"Ask me a question and I answer with the sentences of {count(articles)}, word for word, "
        f"or say that they don’t say.\n{HOW_TO_ASK}"
    )


HOW_TO_ASK = (
    "Use `/ask`, mention me together with a question, or write to me directly. "
    "`/sources` lists the articles."
)
ALONE = markdown.small("This sentence is a paragraph of its own.")
ALL_OF_SECTION = markdown.small("This is all that stands under its heading.")
NEAREST = markdown.small("The nearest sentences, *not an answer*:")
NOTHING_ASKED = (
    "**There is nothing to look up in this.** Ask with at least one word that the articles "
    "might use."
)
EMPTY_LIBRARY = (
    "**My library is empty.** Whoever runs me can add articles with `pullquote library add`."
)
QUESTION_TOO_LONG = (
    f"**That question is too long.** I read up to {QUESTION} characters; please ask in fewer words."
)
NO_SUCH_ARTICLE = (
    "**I don’t know that article.** Pick one from the list that `/ask` offers while you type, or "
    "see `/sources`."
)
ARTICLE_GONE = "**That article is no longer in my library**, so I can’t show its text."
ARTICLE_CHANGED = (
    "**That article has changed** since this card was made, so I can’t show this quote in it. "
    "Please ask again."
)
LIBRARY_CHANGED = (
    "**My library has changed** since this card was made, so its next page would not continue it. "
    "Please ask again."
)
REASONS_CHANGED = (
    "**My library has changed, or I have,** since this card was made, so I can’t tell any more why "
    "it looks as it does. Please ask again."
)
UNKNOWN_BUTTON = (
    "**I don’t know this button.** Another version of me made this card. Please ask again."
)
QUESTION_LOST = "**I can’t read the question on this card any more.** Please ask again."


def _byline(*known: str | None) -> list[str]:
    names = (_name(part, BYLINE) for part in known if part)
    return [markdown.escape(name) for name in names if is_seen(name)]


def _name(text: str, most: int) -> str:
    return shorten(without_controls(_bounded(text, most)), most)


def _bounded(text: str, most: int) -> str:
    # A title may be as long as an article; nothing is to be seen that begins so late.
    return text[: most * 16]


def set_word(word: str) -> str:
    """A word from outside, bounded, escaped and in italics."""
    return f"*{markdown.escape(_name(word, WORD))}*"


def _seconds(seconds: float) -> str:
    whole = max(1, round(seconds))
    return "1 second" if whole == 1 else f"{whole:,} seconds"
