"""Why a quote stands where it does: its score as a sum of named parts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from retrieval.models import Quote


class Meaning(NamedTuple):
    """What a feature of the ranking is to a reader.

    Attributes:
        name: A few words.
        sentence: What it looks at.
    """

    name: str
    sentence: str


class Part(NamedTuple):
    """What one feature adds to a score.

    Attributes:
        name: The feature, for a reader.
        hundredths: How much it adds.
    """

    name: str
    hundredths: int


class Sum(NamedTuple):
    """A score and its parts, largest first; the parts add up to it, to the last digit shown."""

    total: int
    parts: tuple[Part, ...]


MEANINGS: Mapping[str, Meaning] = {
    "soft_coverage": Meaning(
        "words of the question",
        "How much of the question the sentence has; what only stands around it counts less.",
    ),
    "context_coverage": Meaning(
        "words in and around it",
        "How much of the question stands in the sentence, the ones beside it and the title.",
    ),
    "title_only": Meaning(
        "words that the title adds",
        "How much of the question stands in the title and not in the sentence.",
    ),
    "title_in_question": Meaning(
        "the title is asked about", "How much of the article’s title the question names."
    ),
    "article_bm25": Meaning(
        "the whole article", "How well the whole article fits the question’s words (BM25)."
    ),
    "paragraph_bm25": Meaning(
        "the paragraph", "How well the paragraph fits the question’s words (BM25)."
    ),
    "answer_shape": Meaning(
        "has what is asked for",
        "It has what such a question asks for: a name, a date, a number, a place, a reason.",
    ),
    "new_date": Meaning("has a date", "It gives a date to a question that asks when."),
    "new_number": Meaning("has a number", "It gives a number to a question that asks how many."),
    "new_name": Meaning("has a name", "It gives a name to a question that asks who."),
    "new_place": Meaning("has a place", "It gives a place to a question that asks where."),
    "leaning_pronoun": Meaning(
        "goes on with a pronoun",
        "It opens with a word such as “he”, and the sentence before has words of the question.",
    ),
    "leaning_article": Meaning(
        "goes on with “the” or “a”",
        "It opens so, and the sentence before has words of the question.",
    ),
    "article_for_title": Meaning(
        "speaks of the title’s subject",
        "It opens with “the” or “a”, and the title has words of the question.",
    ),
    "derivations": Meaning(
        "words of the same family",
        "It has a relative of a word of the question, such as “ratified” for “ratification”.",
    ),
    "opening": Meaning("near the beginning", "It stands near the beginning of its article."),
    "close_pairs": Meaning(
        "words in the same order",
        "Neighbouring words of the question stand close together there, in the same order.",
    ),
    "early_matches": Meaning(
        "early in the sentence", "Words of the question stand in its first third."
    ),
    "unstemmed_coverage": Meaning(
        "words in the very same form", "How much of the question stands there letter for letter."
    ),
    "kind_of_source": Meaning(
        "kind of source",
        "A change log, a licence or a list of people counts less unless it is asked for, and a "
        "file as much as sources.toml says.",
    ),
}


def add_up(quote: Quote) -> Sum:
    """The quote's score as the sum of what each feature adds."""
    amounts = in_hundredths(list(quote.why.values()))
    parts = [
        Part(_name(feature), amount)
        for feature, amount in zip(quote.why, amounts, strict=True)
        if amount
    ]
    parts.sort(key=lambda part: -part.hundredths)
    return Sum(sum(amounts) if amounts else round(100 * quote.score), tuple(parts))


def in_hundredths(amounts: Sequence[float]) -> list[int]:
    """Amounts in hundredths, so rounded that they add up to their sum rounded.

    Each is rounded down, and those with the largest remainders up again (Hamilton's method).
    """
    exact = [100 * amount for amount in amounts]
    rounded = [math.floor(one) for one in exact]
    short = round(math.fsum(exact)) - sum(rounded)
    by_remainder = sorted(range(len(exact)), key=lambda n: rounded[n] - exact[n])
    for number in by_remainder[:short]:
        rounded[number] += 1
    return rounded


def show(hundredths: int) -> str:
    """“14.20”."""
    return f"{hundredths / 100:.2f}"


def explain(sums: Iterable[Sum]) -> list[Meaning]:
    """What the parts of these sums mean, each once, those that add most first."""
    weight: dict[str, int] = {}
    for part in (part for one in sums for part in one.parts):
        weight[part.name] = weight.get(part.name, 0) + abs(part.hundredths)
    known = {meaning.name: meaning for meaning in MEANINGS.values()}
    names = sorted(weight, key=lambda name: -weight[name])
    return [known[name] for name in names if name in known]


def _name(feature: str) -> str:
    meaning = MEANINGS.get(feature)
    return meaning.name if meaning else feature.replace("_", " ")
