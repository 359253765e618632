"""What the bot says, as Discord markdown; every text from outside is escaped and bounded here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot import markdown
from bot.limits import QUESTION, shorten
from retrieval.models import Also, Answer, Figure, Quote, Reading

# Bounds in UTF-16 units, before escaping, which at most doubles them.
TITLE = 100
BYLINE = 60
NAMED = 60
WORD = 40
MOST_NAMED = 3
MOST_FIGURES = 3
MOST_VALUES = 5
DOT = " · "
# What a name can do without: control characters, and those that turn the direction of what follows.
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")


def title(text: str, article: str, most: int = TITLE) -> str:
    """A title on one line, or the article's id where nothing of the title is to be seen."""
    names = (_name(text, most), _name(article, most))
    return next((name for name in names if _is_seen(name)), "untitled")


def source(quote: Quote, number: int | None = None) -> str:
    """Where a quote stands, in small print."""
    parts = [
        f"**{number}**" if number is not None else "",
        markdown.link(title(quote.title, quote.article), quote.url),
        *_byline(quote.publisher, quote.author, quote.published),
        f"characters {quote.start:,}–{quote.end:,}",
    ]
    return markdown.small(DOT.join(filter(None, parts)))


def short_source(quote: Quote, number: int | None = None) -> str:
    """Where a quote stands, in as few characters as will do."""
    name = markdown.escape(title(quote.title, quote.article, NAMED))
    mark = f"**{number}**{DOT}" if number is not None else ""
    return markdown.small(f"{mark}{name}{DOT}characters {quote.start:,}–{quote.end:,}")


def also(places: Sequence[Also], origins: int) -> str:
    """Who else says so, and how many of them are independent; in small print."""
    titles = dict.fromkeys(title(place.title, place.article, NAMED) for place in places)
    named = [f"*{markdown.escape(name)}*" for name in list(titles)[:MOST_NAMED]]
    more = len(titles) - len(named)
    listed = _list([*named, *([f"{more:,} more"] if more > 0 else [])], "and")
    behind = f"{origins:,} independent sources" if origins > 1 else "all from one source"
    return markdown.small(f"Also in {listed}{DOT}{behind}")


def too_long(quote: Quote) -> str:
    """In place of a sentence that no card can hold whole."""
    return f"This sentence is too long for a card ({len(quote.text):,} characters)."


def readings(read: Iterable[Reading]) -> str:
    """Which words were read as others, in small print; nothing where none was."""
    pairs = [f"*{_word(one.word)}* as *{_word(one.as_)}*" for one in list(read)[:MOST_NAMED]]
    return markdown.small(f"Read {_list(pairs, 'and')}.") if pairs else ""


def missing(words: Sequence[str]) -> str:
    """“No source mentions *population*.”, or nothing where all words are known."""
    if not words:
        return ""
    named = [f"*{_word(word)}*" for word in words[:MOST_NAMED]]
    more = len(words) - len(named)
    listed = _list([*named, *([f"{more:,} other words"] if more > 0 else [])], "or")
    return f"No source mentions {listed}."


def abstained(answer: Answer) -> str:
    """That the sources do not say, and why."""
    why = missing(answer.missing) or "No sentence in them answers this question."
    return f"**The sources don’t say.** {why}"


def within(name: str) -> str:
    """Which one article was asked, in small print."""
    return markdown.small(f"Only in *{markdown.escape(title(name, '', NAMED))}*")


def figure(figure: Figure, values: Sequence[tuple[str, Sequence[int]]]) -> str:
    """The values on which the sources differ, side by side, each with its quotes' numbers."""
    lines = [
        f"{markdown.escape(shorten(value, NAMED))} ({_list([f'**{n}**' for n in numbers], 'and')})"
        for value, numbers in values[:MOST_VALUES]
    ]
    of = markdown.escape(shorten(figure.of, NAMED))
    note = "\n-# One number could satisfy all of these." if figure.compatible else ""
    return f"The sources differ on *{of}*\n{markdown.block(f'{DOT.join(lines)}')}{note}"


def entry(number: int, name: str, url: str | None, details: Sequence[str | None]) -> str:
    """One article of the list: its title, and what is known of it in small print."""
    known = markdown.small(DOT.join(_byline(*details)))
    return f"**{number:,}**{DOT}{markdown.link(name, url)}\n{known}"


def count(articles: int) -> str:
    """“1 article”, “5 articles”."""
    return f"{articles:,} article" if articles == 1 else f"{articles:,} articles"


def page(number: int, pages: int) -> str:
    """Which page of how many this is, both from 1; in small print."""
    return markdown.small(f"Page {number:,} of {pages:,}")


def slow_down(limit: str, window: float, wait: float) -> str:
    """That somebody is too fast, and when to go on; `limit` is such as “5 questions”."""
    return (
        f"That was more than {limit} in {_seconds(window)}. Please try again in {_seconds(wait)}."
    )


def introduction(articles: int) -> str:
    """What the bot is for and how it is asked."""
    return (
        f"Ask me a question and I answer with the sentences of {count(articles)}, word for word, "
        "or say that they don’t say.\n"
        "Use `/ask`, mention me together with a question, or write to me directly. "
        "`/sources` lists the articles."
    )


ALONE = markdown.small("This sentence is a paragraph of its own.")
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
UNKNOWN_BUTTON = (
    "**I don’t know this button.** Another version of me made this card. Please ask again."
)
QUESTION_LOST = "**I can’t read the question on this card any more.** Please ask again."


def _byline(*known: str | None) -> list[str]:
    names = (_name(part, BYLINE) for part in known if part)
    return [markdown.escape(name) for name in names if _is_seen(name)]


def _name(text: str, most: int) -> str:
    return shorten(_UNSEEN.sub("", text), most)


def _is_seen(text: str) -> bool:
    return any(one.isprintable() and not one.isspace() for one in text)


def _word(word: str) -> str:
    return markdown.escape(shorten(word, WORD))


def _list(parts: Sequence[str], last: str) -> str:
    """“a”, “a and b”, “a, b and c”."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def _seconds(seconds: float) -> str:
    whole = max(1, round(seconds))
    return "1 second" if whole == 1 else f"{whole:,} seconds"
