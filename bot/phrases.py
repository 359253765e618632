"""The sentences that cards and the terminal share; each sets words from outside in its own way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from bot.characters import is_seen
from retrieval.models import UNKNOWN_PUBLISHER, Answer, FigureValue, Quote, Talk
from retrieval.values import Doubt

MOST_NAMED = 3

# How a word from outside is bounded, made harmless and set apart.
Set = Callable[[str], str]


NEAREST = "The nearest I have."
TURNED = "The articles say it the other way round."


class Said(NamedTuple):
    """What is said in two parts, the first of which stands out.

    Attributes:
        first: What matters, in a sentence.
        rest: What is to be said of it, or nothing.
    """

    first: str
    rest: str


def title(text: str, article: str) -> str:
    """A title, or the article's id if nothing of the title is to be seen."""
    return text if is_seen(text) else article


def section(quote: Quote) -> str:
    """The heading under which a quote stands, and those above it; nothing where it has none."""
    return quote.section if quote.section and is_seen(quote.section) else ""


def address(quote: Quote) -> str | None:
    """Where a quote's section stands, as far as that is known."""
    if quote.url and quote.anchor and "#" not in quote.url:
        return f"{quote.url}#{quote.anchor}"
    return quote.url


def page(quote: Quote) -> str:
    """On which page a quote stands, where its article has pages."""
    return f"page {quote.page:,}" if quote.page else ""


def listed(parts: Sequence[str], last: str) -> str:
    """“a”, “a and b”, “a, b and c”."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def count(number: int, thing: str) -> str:
    """“1 article”, “2,000 articles”."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def missing(words: Sequence[str], set_word: Set) -> str:
    """“No source mentions *population*.”, or nothing where all words are known."""
    return f"No source mentions {_named(words, set_word, 'or')}." if words else ""


def apart(words: Sequence[str], set_word: Set) -> str:
    """Which words no paragraph has together, or nothing where that can be said of none."""
    if len(words) < 2:
        return ""
    return f"No paragraph of the sources has {_named(words, set_word, 'and')} together."


def unanswered(answer: Answer, set_word: Set) -> str:
    """Why the sources do not say: words that are nowhere, then words that are nowhere together."""
    found = absent(answer, set_word)
    return found or "I found no sentence in them that answers this question."


def absent(answer: Answer, set_word: Set) -> str:
    """Which words of the question are nowhere, and which nowhere together; nothing if none are."""
    sentences = (missing(answer.missing, set_word), apart(answer.apart, set_word))
    return " ".join(filter(None, sentences))


def doubted(answer: Answer, set_word: Set) -> Said | None:
    """What is said over an answer of which something speaks against the first quote.

    The words are those of the first doubt alone: one is enough to look twice.
    """
    if not answer.doubts:
        return None
    doubt = answer.doubts[0]
    if doubt.everywhere:
        return Said(TURNED, "")
    return Said(NEAREST, _doubt(doubt, set_word))


def credited(speaker: str, quoting: str | None = None) -> str:
    """“credited to KCNA”, or “credited to Kim, as KCNA reports”; the names are set already."""
    return f"credited to {quoting}, as {speaker} reports" if quoting else f"credited to {speaker}"


def differ(of: str, *, compatible: bool) -> str:
    """What is said over the values of a thing: that the sources differ, or need not."""
    if compatible:
        return f"On {of}, one number could satisfy all of these"
    return f"The sources differ on {of}"


def given(value: FigureValue, numbers: Sequence[str]) -> str:
    """Who gives a value: “1 and 3”, “2, in 3 articles”, “in 1 article”.

    Args:
        value: The value.
        numbers: The numbers, as they are set, of those of its quotes that are shown.
    """
    where = f"in {count(value.articles, 'article')}"
    named = [listed(numbers, "and")] if numbers else []
    return ", ".join(named if value.articles <= len(numbers) else [*named, where])


def sources(quote: Quote) -> str:
    """In how many articles a statement is, and how many independent sources these are known to be.

    “2 independent sources”, “in 4 articles, one source: the same text”, “in 3 articles”; nothing of
    a statement in one article.
    """
    if quote.articles == 1:
        return ""
    if not quote.origins_because:
        return f"{quote.origins:,} independent sources"
    common = [reason for reason in quote.origins_because if reason != UNKNOWN_PUBLISHER]
    unknown = len(common) < len(quote.origins_because)
    told = [f"in {quote.articles:,} articles"]
    if quote.origins > 1:
        told.append(f"{'at least ' if unknown else ''}{quote.origins:,} independent sources")
    if common:
        all_one = quote.origins == 1 and not unknown
        told.append(f"{'one source:' if all_one else 'some with'} {listed(common, 'and')}")
    return ", ".join(told)


def confidence(answer: Answer) -> str:
    """The confidence, and that it is no probability."""
    low = "" if answer.quotes else ", too low for an answer"
    return f"Confidence {answer.confidence:.2f}{low}: a score from 0 to 1, not a probability."


def talk(kind: Talk, articles: int) -> Said:
    """An honest answer to what is no question to the articles."""
    return _TALK[kind](count(articles, "article"))


_ASK = (
    "Ask me a question, and I answer with sentences of {}, word for word, or say that they don’t "
    "say. The names and words that an article would use work best."
)
# The first words suit all that is taken for such talk: a greeting may be a good-bye, thanks “ok”.
_TALK: dict[Talk, Callable[[str], Said]] = {
    "greeting": lambda articles: Said("Good to hear from you.", _ASK.format(articles)),
    "thanks": lambda articles: Said(
        "Any time.", f"If there is more to look up in {articles}, just ask."
    ),
    "command": lambda articles: Said(
        "I only quote: I can’t write, draw or do things.", _ASK.format(articles)
    ),
    "bot": lambda articles: Said(
        f"I am a bot that quotes {articles}, word for word.",
        "No model writes a word: every quote is compared with the stored text before anyone sees "
        "it, and it names its source. Where the sources don’t say, I say so. "
        "The names and words that an article would use work best in a question.",
    ),
}


def _doubt(doubt: Doubt, set_word: Set) -> str:
    """What a doubt says of the first quote; `docs/words.md` has how each of them is checked."""
    words = _named(doubt.words, set_word, "or")
    one, *other = map(set_word, doubt.words)
    match doubt.kind:
        case "roles":
            return f"In the first quote, {one} seems to have another part in {other[0]}."
        case "name":
            return f"Neither the first quote nor what stands around it mentions {words}."
        case "time":
            return f"You ask about {one}; the first quote speaks of {other[0]}."
        case "negation":
            return f"Of your question and the first quote, only one has {one} with {other[0]}."
        case "value":
            if other:
                return f"The first quote has no number near {other[0]}."
            return f"The first quote has no number and no time, which {one} asks for."


def _named(words: Iterable[str], set_word: Set, last: str) -> str:
    words = list(words)
    named = [set_word(word) for word in words[:MOST_NAMED]]
    more = len(words) - len(named)
    rest = [f"{more:,} other words" if more > 1 else "1 other word"] if more else []
    return listed([*named, *rest], last)
