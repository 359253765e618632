"""Whether a quote is the passage that a case expects, and where that passage went if not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from bot.replay.script import Articles, Passage, Place, Wording
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
        found = any(meets(passage, place) for place in (quote, *quote.also))
        if found and not list(_lacks(passage, quote)):
            return rank
    return None


def meets(passage: Place, place: Excerpt) -> bool:
    """Whether a place is what the passage asks for, character by character."""
    return passage.article in (None, place.article) and _reads(passage, place.text)


def _reads(wording: Wording, text: str) -> bool:
    return wording.equals in (None, text) and (wording.contains or "") in text


def _lacks(passage: Passage, quote: Quote) -> Iterator[str]:
    """What a quote is beyond its words and place, where that is not what the passage asks for."""
    if passage.speaker and not (quote.speaker and _reads(passage.speaker, quote.speaker.text)):
        yield f'credited to "{quote.speaker.text}"' if quote.speaker else "credited to nobody"
    if passage.origins not in (None, quote.origins):
        yield f"origins {quote.origins}"
    for wanted in passage.also:
        if not any(meets(wanted, place) for place in quote.also):
            yield f"not also {_describe(wanted)}"


def describe(passage: Passage) -> str:
    """The passage for a reader, in the words of the script."""
    parts = [_describe(passage)] if _describe(passage) else []
    if passage.speaker:
        parts.append(f"speaker {_describe(passage.speaker)}")
    parts += [f"also {_describe(place)}" for place in passage.also]
    if passage.origins is not None:
        parts.append(f"origins {passage.origins}")
    return ", ".join([*parts, f"rank_max {passage.rank_max}"])


def _describe(wording: Wording) -> str:
    parts = [f'{key} "{text}"' for key, text in _texts(wording)]
    if isinstance(wording, Place) and wording.article:
        parts.append(f"article {wording.article}")
    return ", ".join(parts)


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
    for rank, quote in enumerate(answer.quotes, start=1):
        if any(meets(passage, place) for place in (quote, *quote.also)):
            yield f"quote {rank} has it, but {', '.join(_lacks(passage, quote))}"
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


def _texts(passage: Wording) -> list[tuple[str, str]]:
    texts = (("contains", passage.contains), ("equals", passage.equals))
    return [(key, text) for key, text in texts if text is not None]


def fold(text: str) -> str:
    """The text without what typography may change: quotation marks, dashes, spaces, letter case."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).translate(_FORMS)).casefold()
