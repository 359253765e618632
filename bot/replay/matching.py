"""Whether a quote is the passage that a case expects, and where that passage went if not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from bot.replay.script import Articles, Passage
from retrieval.models import Answer, Article, Excerpt, Quote

_FORM = "quotation marks, dashes, spaces or letter case"
_FORMS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´‹›", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "\N{SOFT HYPHEN}": None,
    }
)


def find_rank(passage: Passage, quotes: Iterable[Quote]) -> int | None:
    """The place, from 1, of the first quote that is the passage.

    A quote stands for the places that it lists as saying the same, too.
    """
    for rank, quote in enumerate(quotes, start=1):
        if any(meets(passage, place) for place in (quote, *quote.also)):
            return rank
    return None


def meets(passage: Passage, place: Excerpt) -> bool:
    """Whether a place is what the passage asks for, character by character."""
    return (
        passage.article in (None, place.article)
        and passage.equals in (None, place.text)
        and (passage.contains is None or passage.contains in place.text)
    )


def describe(passage: Passage) -> str:
    """The passage for a reader, in the words of the script."""
    parts = [f'{key} "{text}"' for key, text in _texts(passage)]
    if passage.article:
        parts.append(f"article {passage.article}")
    return ", ".join([*parts, f"rank_max {passage.rank_max}"])


def trace(passages: Sequence[Passage], answer: Answer, library: Articles) -> str:
    """Where passages went that no quote of the answer is, for a reader."""
    where = f"not quoted among {len(answer.quotes)}" if answer.quotes else "no quote at all"
    hints = (hint for passage in passages for hint in _hints(passage, answer, library))
    return "; ".join([where, *dict.fromkeys(hints)])


def _hints(passage: Passage, answer: Answer, library: Articles) -> Iterator[str]:
    nearest = find_rank(passage, answer.nearest)
    if nearest:
        yield f"nearest sentence {nearest} has it"
        return
    loose = passage.model_copy(update={key: fold(text) for key, text in _texts(passage)})
    for rank, quote in enumerate(answer.quotes, start=1):
        if meets(loose, quote.model_copy(update={"text": fold(quote.text)})):
            yield f"quote {rank} has it with other {_FORM}"
    if passage.article:
        yield from _slips(passage, library.get(passage.article))


def _slips(passage: Passage, article: Article) -> Iterator[str]:
    """Words that the article does not hold, so that no answer could."""
    for _, words in _texts(passage):
        if words in article.text:
            continue
        if fold(words) in fold(article.text):
            yield f"{article.id} has it with other {_FORM}"
        else:
            yield f"{article.id} does not hold it"


def _texts(passage: Passage) -> list[tuple[str, str]]:
    texts = (("contains", passage.contains), ("equals", passage.equals))
    return [(key, text) for key, text in texts if text is not None]


def fold(text: str) -> str:
    """The text without what typography may change: quotation marks, dashes, spaces, letter case."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).translate(_FORMS)).casefold()
