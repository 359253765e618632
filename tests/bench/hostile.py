"""`python -m bench.hostile`: indexes that are whole by their checksums and wrong inside.

A file of a small index is rewritten at random, and the library is asked. Whatever the file says,
no error may be a foreign one (exit code 70), nothing may hang, every quote must be its article's
text at its place, and after the first error the answers must be those of an index made anew. What
stays unnoticed by who asks, `library verify` should find.
"""

from __future__ import annotations

import faulthandler
import logging
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import connections
import index_fuzz
import typer
from forging import forge
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.figures import SEED
from retrieval import Answer, Answerer, Library
from retrieval.errors import PullquoteError
from retrieval.search.checks import check_index
from retrieval.search.directory import IndexFolder

PATIENCE = 60  # seconds that an index may take before it counts as hanging
QUOTES = 15
QUESTIONS = [
    *((question, None) for question in index_fuzz.QUESTIONS),
    ("What did mole 3 cost?", None),
    ("Who cut the ribbon of the harbour?", "harbour"),
    ("zeppelins over the habrour in winter", None),
]

Outcome = Literal["made again", "refused", "answers as before", "other answers"]
OUTCOMES: tuple[Outcome, ...] = ("made again", "refused", "answers as before", "other answers")


class Attack(NamedTuple):
    """One index that was rewritten.

    Attributes:
        way: What was rewritten, and how.
        verified: Whether `library verify` found it.
        outcome: What came of it; None where it failed.
        failure: What must not be, or None.
    """

    way: str
    verified: bool
    outcome: Outcome | None
    failure: str | None


class Failure(Exception):
    """What must not be; its text says what."""


def attacks(place: Path, seed: int) -> Iterator[Attack]:
    """Rewrite for ever, each time one file of an index that is whole; `place` is for copies."""
    rng = random.Random(seed)  # noqa: S311 - drawn alike each time
    index_fuzz.make(place / "whole", 1)
    with Library.open(place / "whole") as library:
        answerer = Answerer.open(library)
        whole = [_said(answerer, library, *asked) for asked in QUESTIONS]
    while True:
        folder = place / "wrong"
        shutil.copytree(place / "whole", folder)
        faulthandler.dump_traceback_later(PATIENCE, exit=True)
        yield _attack(folder, whole, rng)
        faulthandler.cancel_dump_traceback_later()
        shutil.rmtree(folder)


def _attack(folder: Path, whole: list[str], rng: random.Random) -> Attack:
    files = index_fuzz.files(folder)
    files.sort(key=lambda path: (path.suffix, path.stat().st_size))  # their names are drawn
    way = forge(rng.choice(files), rng)
    verified = False
    try:
        verified = _verified(folder)
        return Attack(way, verified, _outcome(folder, whole), None)
    except Exception as error:  # noqa: BLE001 - each is told
        what = str(error) if isinstance(error, Failure) else repr(error)
        return Attack(way, verified, None, what)


def _verified(folder: Path) -> bool:
    with Library.open(folder) as library:
        return any(check_index(library))


def _outcome(folder: Path, whole: list[str]) -> Outcome:
    """What asking comes to; what is asked after the first error must be answered as of old.

    Raises:
        Failure: It is not, or a quote is false.
    """
    before = _parts(folder)
    try:
        with Library.open(folder) as library:
            found = _asked(library, whole)
    except PullquoteError as error:
        if "\n" in str(error):
            raise Failure("an error of more than one line") from error
        return "refused"
    if not before & _parts(folder):
        with Library.open(folder) as library:
            if _asked(library, whole) != whole:
                raise Failure("what was made again answers otherwise")
        return "made again"
    return "answers as before" if found == whole else "other answers"


def _asked(library: Library, whole: list[str]) -> list[str]:
    answerer, before = Answerer.open(library), _parts_of(library)
    said = []
    for asked, expected in zip(QUESTIONS, whole, strict=True):
        said.append(_said(answerer, library, *asked))
        if not before & _parts_of(library) and said[-1] != expected:
            raise Failure("after an error it answers otherwise than an index made anew")
    return said


def _parts_of(library: Library) -> set[str]:
    return _parts(library.folder) if library.folder else set()


def _parts(folder: Path) -> set[str]:
    """The names of the parts of an index; none where its manifest cannot be read."""
    manifest = IndexFolder(folder).manifest()
    return {part.name for part in manifest.segments} if manifest else set()


def _said(answerer: Answerer, library: Library, question: str, article: str | None) -> str:
    answer = answerer.ask(question, quotes=QUOTES, article=article)
    _prove(answer, library)
    return answer.as_json()


def _prove(answer: Answer, library: Library) -> None:
    for quote in (*answer.quotes, *answer.nearest):
        for place in (quote, *quote.also):
            text = library.get(place.article).text
            if not place.text or text[place.start : place.end] != place.text:
                raise Failure("a quote is not its article's text at its place")


def draw_table(found: list[Attack]) -> Table:
    """One line an outcome: how many, and how many of them `verify` found."""
    table = Table(title="Indexes that were rewritten, with right checksums")
    for heading in ("outcome", "indexes", "found by verify"):
        table.add_column(heading, justify="left" if heading == "outcome" else "right")
    counts = Counter(attack.outcome for attack in found)
    verified = Counter(attack.outcome for attack in found if attack.verified)
    for outcome in (*OUTCOMES, None):
        table.add_row(outcome or "failures", str(counts[outcome]), str(verified[outcome]))
    table.add_row("all", str(len(found)), str(sum(verified.values())))
    return table


def main(
    *,
    times: Annotated[int, typer.Option(min=1, help="How many indexes.")] = 300,
    seed: Annotated[int, typer.Option(min=0, help="Draws what is rewritten.")] = SEED,
) -> None:
    """Rewrite indexes at random and look at what their libraries answer.

    Example: python -m bench.hostile --times 1000 --seed 1
    """
    connections.share_statements()
    logging.disable(logging.WARNING)  # each is told of when it is made again
    with tempfile.TemporaryDirectory(prefix="pullquote-hostile-") as name:
        endless = attacks(Path(name), seed)
        told = Console(stderr=True)
        found = list(track(islice(endless, times), "attacking", times, console=told))
    Console().print(draw_table(found))
    for attack in found:
        if attack.failure:
            sys.stdout.write(f"{attack.way}: {attack.failure}\n")
        elif attack.outcome == "other answers" and not attack.verified:
            sys.stdout.write(f"{attack.way}: unnoticed\n")
    sys.exit(any(attack.failure for attack in found))


if __name__ == "__main__":
    typer.run(main)
