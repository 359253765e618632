"""`python -m bench.identity`: answers with the compiled kernel and without it, byte for byte.

Each set's library and index are made once; two processes answer the same questions from them, one
with the kernel and one with numpy alone, and the bytes of `Answer.as_json()` are compared.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bench.figures import SEED, SETS
from bench.scripted import SCRIPTS
from bench.sets import SHARED, BadSet, read_set
from bot.opening import open_library
from bot.replay import load
from retrieval import Answerer, Article, Library
from retrieval.search.kernel import kernel

TESTS = Path(__file__).parents[1]
SCRIPTED = "scripts"
ENGINES = ("kernel", "numpy")
AROUND = 60  # bytes on either side of where two answers part


class Asked(NamedTuple):
    """What is asked of which articles."""

    name: str
    articles: list[Article]
    questions: list[str]


class Difference(NamedTuple):
    """A question with two answers: what stands around the first byte that differs."""

    question: str
    kernel: str
    numpy: str


class Compared(NamedTuple):
    """What came of it.

    Attributes:
        name: The set's.
        sentences: How many its library has.
        questions: How many were asked.
        answered: How many of the answers are no abstention.
        differing: The questions whose answers differ.
    """

    name: str
    sentences: int
    questions: int
    answered: int
    differing: list[Difference]


def scripted() -> Asked:
    """Every question of the scripts, over the seeds.

    Raises:
        BadSet: A script cannot be read.
    """
    loaded = load([SCRIPTS])
    if loaded.mistakes:
        raise BadSet(str(loaded.mistakes[0]))
    questions = [case.ask for script in loaded.scripts.values() for case in script.cases]
    with open_library(None) as library:
        return Asked(SCRIPTED, list(library), questions)


def sampled(name: str, folder: Path, most: int, seed: int) -> Asked:
    """A set, and as many of its questions as are wanted, drawn alike each time.

    Raises:
        BadSet: There is no such set.
    """
    found = read_set(folder / name)
    questions = [one.question for one in found.questions]
    drawn = random.Random(seed).sample(questions, min(most, len(questions)))  # noqa: S311 - no secret
    return Asked(name, found.articles, drawn)


def compare(asked: Asked) -> Compared:
    """Make the library, answer every question twice and compare."""
    with tempfile.TemporaryDirectory(prefix="pullquote-identity-") as place:
        folder = Path(place) / "library"
        with Library.open(folder, create=True) as library:
            library.add(asked.articles)
            sentences = Answerer.open(library).index.sentences
        one, other = answer(folder, asked.questions)
    trios = list(zip(asked.questions, one, other, strict=True))
    answered = sum(json.loads(said)["status"] == "answered" for said in one)
    differing = [Difference(text, *_parting(a, b)) for text, a, b in trios if a != b]
    return Compared(asked.name, sentences, len(trios), answered, differing)


def answer(folder: Path, questions: Sequence[str]) -> list[list[bytes]]:
    """The answers over the library in `folder` as bytes, from each of `ENGINES` at once."""
    told = "".join(json.dumps(question) + "\n" for question in questions).encode()
    with ThreadPoolExecutor(len(ENGINES)) as pool:
        return list(pool.map(partial(_answer, folder=folder, told=told), ENGINES))


def _answer(engine: str, folder: Path, told: bytes) -> list[bytes]:
    done = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-m", "bench.identity_child", engine, str(folder)],
        cwd=TESTS,
        input=told,
        stdout=subprocess.PIPE,
        check=True,
    )
    served, *answers = done.stdout.splitlines()
    if json.loads(served) != (engine == "kernel"):
        raise RuntimeError(f"the process of {engine} was served by the other one")
    return answers


def _parting(one: bytes, other: bytes) -> tuple[str, str]:
    """Where two answers part, with some of what stands around it."""
    pairs = enumerate(zip_longest(one, other))
    first = next(place for place, (a, b) in pairs if a != b)
    around = slice(max(0, first - AROUND), first + AROUND)
    return one[around].decode(errors="replace"), other[around].decode(errors="replace")


def draw_table(rows: Sequence[Compared]) -> Table:
    """One line a set."""
    table = Table(title="Answers with the compiled kernel and without it")
    table.add_column("set")
    for heading in ("sentences", "questions", "answered", "same bytes", "differing"):
        table.add_column(heading, justify="right")
    for row in rows:
        figures = (row.sentences, row.questions, row.answered)
        differing = len(row.differing)
        cells = (*figures, row.questions - differing, differing)
        table.add_row(row.name, *(f"{cell:,}" for cell in cells))
    return table


def main(
    *,
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", help="A set's name, once for each; all and the scripts if none is."),
    ] = None,
    questions: Annotated[int, typer.Option(min=1, help="How many of a set at most.")] = 300,
    seed: Annotated[int, typer.Option(help="Draws them.")] = SEED,
    folder: Annotated[Path, typer.Option(help="Where the sets are.")] = SHARED,
) -> None:
    """Compare the bytes of answers with the kernel and without it.

    Example: python -m bench.identity --set clapnq --questions 1000
    """
    if not kernel.AVAILABLE:
        sys.exit("the kernel is not compiled here, so there is nothing to compare")
    console = Console(highlight=False)
    rows = []
    try:
        for name in sets or [SCRIPTED, *SETS]:
            asked = scripted() if name == SCRIPTED else sampled(name, folder, questions, seed)
            rows.append(compare(asked))
            for question, one, other in rows[-1].differing:
                said = f"{name}: {question}\n  kernel: …{one}…\n  numpy:  …{other}…"
                console.print(escape(said), soft_wrap=True)
    except BadSet as error:
        sys.exit(str(error))
    console.print(draw_table(rows))
    sys.exit(any(row.differing for row in rows))


if __name__ == "__main__":
    typer.run(main)
