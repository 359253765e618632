"""`python -m bench.figures`: pairs of differing figures over whole libraries, to judge by hand.

People's questions seldom meet two articles that give the same thing otherwise. So each sentence
with a quantity is made a question of its own content words, and what its answer reports as
differing is collected, each pair of places once.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from libraries import quotable_passages
from rich.console import Console
from rich.markup import escape
from rich.progress import track

from bench.sets import SHARED, BadSet, read_articles
from retrieval import Answer, Answerer, Article, Library
from retrieval.evidence.figures.mentions import find_figures
from retrieval.quantities.reading import read_quantities
from retrieval.question import read_question

SETS = ("squad2", "selqa", "scifact", "clapnq", "train/qed", "train/selqat", "train/covidqa")
SEED = 20261122


_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")


class Given(NamedTuple):
    """A value where it stands.

    Attributes:
        value: In the source's words.
        article: Its article, with the set before it: `squad2/Norway`.
        start: First character of the sentence.
        end: One past the last.
        text: The sentence.
    """

    value: str
    article: str
    start: int
    end: int
    text: str


class Pair(NamedTuple):
    """Two values of one thing, as an answer reports them.

    Attributes:
        of: What is counted or measured.
        compatible: Whether one true number is said to satisfy both.
        one: The value that stands first, by article and place.
        other: The other one.
    """

    of: str
    compatible: bool
    one: Given
    other: Given


def read_library(names: Iterable[str], folder: Path = SHARED) -> list[Article]:
    """The articles of several sets as one library; each id opens with its set's name.

    Raises:
        BadSet: A set that cannot be read.
    """
    return [
        article.model_copy(update={"id": f"{name}/{article.id}"})
        for name in names
        for article in read_articles(folder / name / "articles.jsonl")
    ]


class Draw(NamedTuple):
    """How pairs are looked for.

    Attributes:
        sentences: How many of a library are asked at most.
        quotes: How many an answer has.
        seed: Which sentences those are.
    """

    sentences: int
    quotes: int
    seed: int


def by_paragraph(articles: Iterable[Article]) -> Iterator[Article]:
    """Each paragraph as an article of its own, its offset behind the id: `squad2/Norway@120`.

    An article gives the same thing twice more often than two articles do, and speaks of many that
    are nearly the same.
    """
    for article in articles:
        for found in _PARAGRAPH.finditer(article.text):
            update = {"id": f"{article.id}@{found.start()}", "text": found.group()}
            yield article.model_copy(update=update)


def ask_itself(answerer: Answerer, draw: Draw, label: str) -> Iterator[Answer]:
    """What a library answers to its own sentences with a quantity, however weak the last quote."""
    answerer.ends = 0.0
    sentences = [text for text in _sentences(answerer) if find_any(text)]
    random.Random(draw.seed).shuffle(sentences)  # noqa: S311 - no secret
    console = Console(stderr=True)
    for text in track(
        sentences[: draw.sentences], description=label, console=console, transient=True
    ):
        question = read_question(text)
        asked = " ".join(question.written(word) for word in question.words)
        yield answerer.ask(asked, quotes=draw.quotes)


def _sentences(answerer: Answerer) -> Iterator[str]:
    for article in answerer.library:
        for sentence in quotable_passages(article):
            yield article.cut(sentence.start, sentence.end)


def find_any(text: str) -> bool:
    """Whether a sentence holds a quantity that can be compared."""
    return any(find_figures(0, text, read_quantities(text)))


def read_pairs(answer: Answer) -> Iterator[Pair]:
    """Every two quotes of different articles that an answer lists under different values."""
    for figure in answer.figures:
        for one, other in combinations(figure.values, 2):
            for a in one.quotes:
                for b in other.quotes:
                    first, second = sorted(
                        (_given(answer, one.value, a), _given(answer, other.value, b)),
                        key=lambda given: (given.article, given.start, given.value),
                    )
                    if first.article != second.article:
                        yield Pair(figure.of, figure.compatible, first, second)


def _given(answer: Answer, value: str, number: int) -> Given:
    quote = answer.quotes[number]
    return Given(value, quote.article, quote.start, quote.end, quote.text)


def unique(pairs: Iterable[Pair]) -> list[Pair]:
    """Each thing of two sentences once; texts that stand in several articles count once."""
    seen = {(p.of, frozenset({p.one.text, p.other.text})): p for p in pairs}
    return sorted(seen.values(), key=lambda p: (p.one[1:3], p.other[1:3], p.one.value))


def collect(libraries: dict[str, list[Article]], draw: Draw) -> list[Pair]:
    """The pairs that the libraries report about themselves."""
    pairs: list[Pair] = []
    for name, articles in libraries.items():
        with Library.of(articles) as library:
            answers = ask_itself(Answerer.open(library, threshold=0.0), draw, name)
            found = unique(pair for answer in answers for pair in read_pairs(answer))
        Console(stderr=True).print(f"{name}: {len(found)} pairs")
        pairs += found
    return unique(pairs)


def show(number: int, pair: Pair) -> str:
    """A pair as it is judged: what it is said to be of, and both sentences."""
    kind = "compatible" if pair.compatible else "differ"
    lines = [f"{number}. [bold]{escape(pair.of)}[/] ({kind})"]
    lines += [
        f"   {escape(repr(g.value))}  {escape(g.article)} {g.start}–{g.end}\n   {escape(g.text)}"
        for g in (pair.one, pair.other)
    ]
    return "\n".join(lines)


def main(
    *,
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", help="A set's name, once for each; all of them if none is named."),
    ] = None,
    pairs: Annotated[int, typer.Option(min=1, help="How many pairs are drawn.")] = 50,
    seed: Annotated[int, typer.Option(help="Draws the questions and the pairs.")] = SEED,
    sentences: Annotated[
        int, typer.Option(min=1, help="How many sentences of a library are asked at most.")
    ] = 5000,
    quotes: Annotated[int, typer.Option(min=2, help="How many quotes an answer has.")] = 10,
    together: Annotated[
        bool, typer.Option(help="Make all sets one library, so that they meet each other.")
    ] = False,
    paragraphs: Annotated[
        bool, typer.Option(help="Make each paragraph an article, which may differ with the next.")
    ] = False,
    folder: Annotated[Path, typer.Option(help="Where the sets are.")] = SHARED,
    json_to: Annotated[Path | None, typer.Option(help="Write the drawn pairs here too.")] = None,
) -> None:
    """Draw pairs of differing figures that whole libraries report, and print them to be judged.

    Example: python -m bench.figures --set squad2 --pairs 50
    """
    names = sets or list(SETS)
    try:
        if together:
            libraries = {" + ".join(names): read_library(names, folder)}
        else:
            libraries = {name: read_library([name], folder) for name in names}
    except BadSet as error:
        sys.exit(str(error))
    if paragraphs:
        libraries = {name: list(by_paragraph(articles)) for name, articles in libraries.items()}
    found = collect(libraries, Draw(sentences, quotes, seed))
    drawn = random.Random(seed).sample(found, min(pairs, len(found)))  # noqa: S311 - no secret
    console = Console(highlight=False)
    for number, pair in enumerate(drawn, 1):
        console.print(show(number, pair), soft_wrap=True)
    console.print(f"{len(drawn)} drawn of {len(found)} pairs")
    if json_to:
        rows = [{**p._asdict(), "one": p.one._asdict(), "other": p.other._asdict()} for p in drawn]
        json_to.write_text(json.dumps(rows, indent=1, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
