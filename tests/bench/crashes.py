"""`python -m bench.crashes`: kill -9 at random moments, and what is found when it is opened again.

A process changes a library and its index and is killed at a moment drawn from as long as the change
takes. Whatever it had done, the library must then be the one before the change or the one after it,
and so must the index on disk; `doctor` and `library verify` must find both whole; the answers must
be those of an index that was made anew of the same articles; the next add must be answered from and
leave no stray file. The next change then begins where this one was killed.

A kill that comes when the change is already done is not counted, and another moment is drawn.
"""

from __future__ import annotations

import contextlib
import io
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import typer
from crashing import Change
from libraries import laid_out
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.corpora import Corpus, draw_queries, make_corpus
from bench.figures import SEED
from bench.peers.product import as_articles
from bot.cli import run
from retrieval import Answerer, Article, Library
from retrieval.errors import PullquoteError
from retrieval.search.directory import IndexFolder
from retrieval.search.forward import digest
from retrieval.search.manifest import NAME as MANIFEST
from retrieval.search.manifest import Manifest

TESTS = Path(__file__).parents[1]
LATEST = 1.05  # of the time that a change takes: the last moment at which it is killed
LIVES = 2  # changes that are killed in one library, one after the other
QUESTIONS = 6
QUOTES = 15  # as many as Discord asks for: what stands far down is looked at, too
SPARE = 40  # articles that are kept for the changes
WORN = 4  # once more than every fourth sentence is gone, a part is written again
MANY = 25  # articles that are added at once

Side = Literal["before", "after"]
Articles = Mapping[str, Article]


class Failure(Exception):
    """What was found is neither the state before nor the one after; its text says what is."""


class Scene(NamedTuple):
    """A library to begin with, and what may be done to it.

    Attributes:
        folder: It is copied, never changed.
        articles: What it holds, by id.
        changes: By the kind of work.
    """

    folder: Path
    articles: Articles
    changes: Mapping[str, Sequence[Change]]


class Found(NamedTuple):
    """What was there after a kill."""

    library: Side
    indexed: Side


STATES = (Found("before", "before"), Found("after", "before"), Found("after", "after"))


class Moment(NamedTuple):
    """One kill.

    Attributes:
        kind: The kind of work that was killed.
        found: What was there; None where it was neither before nor after.
        failure: What was wrong, or None.
    """

    kind: str
    found: Found | None
    failure: str | None


def make_scenes(articles: Sequence[Article], place: Path) -> list[Scene]:
    """The libraries to begin with."""
    # Every second one has a layout, so that each kind of change meets both.
    mixed = [laid_out(one) if n % 2 else one for n, one in enumerate(articles)]
    held, spare = mixed[:-SPARE], mixed[-SPARE:]
    third = len(held) // 3
    parts = [held[:third], held[third : 2 * third], held[2 * third :]]
    adds = [Change(add=[one]) for one in spare[:LIVES]]
    many = [Change(add=spare[n : n + MANY]) for n in range(LIVES)]
    again = zip(held, spare, strict=False)
    texts = [one.model_copy(update={"text": new.text}) for one, new in again]
    others = [Change(add=[laid_out(one)]) for one in texts]
    folder = [one for one in held if one.layout]
    fewer = [*folder[len(folder) // 3 :], *(laid_out(one) for one in spare[:MANY])]
    kinds = {
        "add an article": adds,
        f"add {MANY} articles": many,
        "replace an article": others[:LIVES],
        "remove an article": [Change(remove=one.id) for one in held[-LIVES:]],
        "keep in step with a folder": [Change(sync=fewer), Change(sync=folder)],
    }
    whole = _scene(place / "whole", [Change(add=held)], kinds)
    some = _fewest_that_wear(whole)
    return [
        _scene(place / "none", [], {"start a library": [Change(add=held[:MANY])]}),
        whole,
        _scene(place / "tier", [Change(add=part) for part in parts], {"add, and merge": adds}),
        _scene(
            place / "worn",
            [Change(add=held), *(Change(remove=one.id) for one in held[:some])],
            {"remove, and rewrite": [Change(remove=one.id) for one in held[some:][:LIVES]]},
        ),
    ]


def _scene(folder: Path, steps: Sequence[Change], changes: Mapping[str, Sequence[Change]]) -> Scene:
    folder.mkdir()
    articles: Articles = {}
    for step in steps:
        articles = changed(articles, step)
        with Library.open(folder, create=True) as library:
            step.make(library)
    return Scene(folder, articles, changes)


def _fewest_that_wear(scene: Scene) -> int:
    """How many of the first articles may go before their part is written again."""
    opened = IndexFolder(scene.folder).open()
    if opened is None:
        raise RuntimeError("the index could not be made")
    (part,) = opened.of.segments
    gone = part.forward.section_sentences[1:].astype(int)
    return int((gone * WORN <= part.forward.sentences).sum())


def changed(articles: Articles, change: Change) -> Articles:
    """What a library holds after a change."""
    gone = {change.remove}
    if change.sync is not None:
        gone.update(name for name, one in articles.items() if one.layout)
    kept = {name: one for name, one in articles.items() if name not in gone}
    return kept | {one.id: one for one in (*change.add, *(change.sync or ()))}


class References:
    """What an index made anew answers, for each set of articles that comes up."""

    def __init__(self, questions: Sequence[str]) -> None:
        """Ask `questions`."""
        self.questions = questions
        self._known: dict[str, list[str]] = {}

    def answers(self, articles: Articles) -> list[str]:
        """The answers of a library that holds just these articles."""
        with Library.of(articles.values()) as library:
            version = library.version
            if version not in self._known:
                self._known[version] = self.asked(library)
        return self._known[version]

    def asked(self, library: Library) -> list[str]:
        """The answers of a library as it is."""
        answerer, before = Answerer.open(library), _manifest(library)
        said = [answerer.ask(question, quotes=QUOTES).as_json() for question in self.questions]
        if _manifest(library) != before:
            raise Failure("an answer has the index made again")
        return said


def _manifest(library: Library) -> Manifest | None:
    return IndexFolder(library.folder).manifest() if library.folder else None


def kill(folder: Path, change: Change, after: float) -> bool:
    """Let a process make a change, and kill it so many seconds after it began.

    Returns:
        Whether it had not ended by then.
    """
    with _changing(folder, change) as writer:
        time.sleep(after)
        writer.kill()
        return writer.stdout is not None and b"done" not in writer.stdout.read()


def duration(scene: Scene, change: Change, place: Path) -> float:
    """How many seconds a change takes."""
    with _copied(scene.folder, place) as folder, _changing(folder, change) as writer:
        began = time.perf_counter()
        if writer.stdout is None or writer.stdout.readline() != b"done\n":
            raise RuntimeError("the change could not be made")
        took = time.perf_counter() - began
        writer.kill()
    return took


@contextlib.contextmanager
def _changing(folder: Path, change: Change) -> Iterator[subprocess.Popen[bytes]]:
    """A process that has begun to change the library in `folder`."""
    told = folder.with_name(f"{folder.name}.json")
    told.write_text(change.model_dump_json(), encoding="utf-8")
    command = [sys.executable, str(TESTS / "crashing.py"), str(folder), str(told)]
    with subprocess.Popen(  # noqa: S603 - this very Python
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        if writer.stdout is None or writer.stdout.readline() != b"begun\n":
            raise RuntimeError("the change could not begin")
        yield writer


@contextlib.contextmanager
def _copied(folder: Path, place: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=place) as room:
        copy = Path(room) / "library"
        shutil.copytree(folder, copy)
        yield copy


class Inspector:
    """Looks at what a kill left.

    Attributes:
        references: What should be answered.
        extra: What is added next.
    """

    def __init__(self, references: References, extra: Article) -> None:
        """Compare with `references`."""
        self.references, self.extra = references, extra

    def look(self, folder: Path, before: Articles, after: Articles) -> Found:
        """What is found in `folder`.

        Raises:
            Failure: It is neither `before` nor `after`, or not whole, or cannot be gone on with.
        """
        index = _index(folder, before, after)
        with _copied(folder, folder.parent) as copy:
            side = self._library(folder, before, after)
            if (index, side) == ("after", "before"):
                raise Failure("the index is ahead of its library")
            self._go_on(copy, before if side == "before" else after)
        return Found(side, index)

    def _library(self, folder: Path, before: Articles, after: Articles) -> Side:
        with Library.open(folder, create=True) as library:
            side = _side(dict(library.digests()), before, after)
        for command in ("doctor", "library verify"):
            _must_be_well(command, folder)
        with Library.open(folder) as library:
            found = self.references.asked(library)
        if found != self.references.answers(before if side == "before" else after):
            raise Failure(f"the answers are not those of the library {side} the change")
        return side

    def _go_on(self, folder: Path, articles: Articles) -> None:
        change, kept = Change(add=[self.extra]), IndexFolder(folder)
        with Library.open(folder, create=True) as library:
            change.make(library)
            found = self.references.asked(library)
            faults = [*(problem.what for problem in library.verify()), *kept.verify()]
        if found != self.references.answers(changed(articles, change)):
            raise Failure("what is added next is not answered from")
        if faults:
            raise Failure(f"after the next add: {faults[0]}")
        if stray := sorted(_stray(kept)):
            raise Failure(f"the next add leaves {stray[0]}")


def _index(folder: Path, before: Articles, after: Articles) -> Side:
    """Of which state the index on disk is, before anybody mends it."""
    kept = IndexFolder(folder)
    if not before and not (kept.path / MANIFEST).exists():
        return "before"
    if faults := list(kept.verify()):
        raise Failure(faults[0])
    opened = kept.open()
    if opened is None:
        raise Failure("the index cannot be opened")
    live = [
        (part.forward.articles[number], part.forward.digests[number])
        for part in opened.of.segments
        for number in part.live().tolist()
    ]
    if len(dict(live)) < len(live):
        raise Failure("an article stands in the index twice")
    side = _side(dict(live), before, after)
    if opened.manifest.library != _version(before if side == "before" else after):
        raise Failure("the index is not of the version that it says")
    return side


def _side(digests: dict[str, str], before: Articles, after: Articles) -> Side:
    if digests == _digests(after):
        return "after"
    if digests == _digests(before):
        return "before"
    raise Failure(f"{len(digests)} articles, neither as before nor as after the change")


def _digests(articles: Articles) -> dict[str, str]:
    return {name: digest(one) for name, one in articles.items()}


def _version(articles: Articles) -> str:
    with Library.of(articles.values()) as library:
        return library.version


def _must_be_well(command: str, folder: Path) -> None:
    told, complaint = io.TextIOWrapper(io.BytesIO(), write_through=True), io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(complaint):
        code = run([*command.split(), "--library", str(folder)])
    if code:
        told.seek(0)
        bad = [line for line in told if line.startswith("!")]
        raise Failure(f"{command}: {(complaint.getvalue() or ''.join(bad)).strip()}")


def _stray(folder: IndexFolder) -> set[str]:
    """Files of the index that nothing names."""
    manifest = folder.manifest()
    parts = manifest.segments if manifest else ()
    names = {part.name for part in parts}
    gone = {part.tombstones for part in parts}
    found = {path.name for path in folder.path.glob("*.*")} - gone  # a lock has no ending
    return {name for name in found if name.partition(".")[0] not in names}


class Campaign:
    """Kills, one after the other, in copies of the libraries to begin with.

    Attributes:
        scenes: Those libraries.
        inspector: Who looks at what is left.
    """

    def __init__(self, scenes: Sequence[Scene], inspector: Inspector, seed: int) -> None:
        """Draw moments by `seed`."""
        self.scenes, self.inspector = scenes, inspector
        self._rng = random.Random(seed)  # noqa: S311 - nothing is kept secret with it
        self._killed = Counter({kind: 0 for scene in scenes for kind in scene.changes})
        self._durations: dict[str, float] = {}

    def moments(self, place: Path) -> Iterator[Moment]:
        """Kill for ever, the kinds of work in turn; `place` is for copies."""
        while True:
            kind = min(self._killed, key=lambda kind: (self._killed[kind], self._rng.random()))
            scene = next(scene for scene in self.scenes if kind in scene.changes)
            with _copied(scene.folder, place) as folder:
                yield from self._lives(scene, kind, folder)

    def _lives(self, scene: Scene, kind: str, folder: Path) -> Iterator[Moment]:
        """Changes of one library that are killed, until one is done before it could be."""
        held = scene.articles
        for life in range(min(LIVES, *map(len, scene.changes.values()))):
            change = scene.changes[kind][life]
            goal = changed(held, change)
            if not kill(folder, change, self._rng.uniform(0, LATEST) * self._taken(scene, kind)):
                return
            self._killed[kind] += 1
            try:
                found = self.inspector.look(folder, held, goal)
            except (Failure, PullquoteError) as failure:
                yield Moment(kind, None, str(failure))
                return
            yield Moment(kind, found, None)
            held = goal if found.library == "after" else held
            kind = self._rng.choice(sorted(scene.changes))

    def _taken(self, scene: Scene, kind: str) -> float:
        if kind not in self._durations:
            self._durations[kind] = duration(scene, scene.changes[kind][0], scene.folder.parent)
        return self._durations[kind]


def campaign(corpus: Corpus, place: Path, seed: int) -> Campaign:
    """What is to be killed, over so many made sentences."""
    with corpus.path.open(encoding="ascii") as lines:
        *articles, extra = as_articles(lines)
    scenes = make_scenes(articles, place)
    asked = [f"What {' '.join(terms)}?" for terms in draw_queries(corpus, QUESTIONS, seed=seed)]
    asked += [f"What is {one.title}?" for one in (*articles[-SPARE:][:LIVES], extra)]
    return Campaign(scenes, Inspector(References(asked), extra), seed)


def draw_table(moments: Sequence[Moment]) -> Table:
    """One line a kind of work, and one for all."""
    table = Table(title="Killed at random moments, and what was found")
    table.add_column("kind of work")
    columns = ("moments", "before", "library after, index before", "after", "failures")
    for heading in columns:
        table.add_column(heading, justify="right")
    kinds = sorted({moment.kind for moment in moments})
    for kind in (*kinds, "all"):
        of = [moment for moment in moments if kind in (moment.kind, "all")]
        states = Counter(moment.found for moment in of)
        cells = [len(of), *(states[found] for found in STATES), states[None]]
        table.add_row(kind, *map(str, cells))
    return table


def main(
    *,
    times: Annotated[int, typer.Option(min=1, help="How many moments.")] = 200,
    sentences: Annotated[int, typer.Option(min=2000, help="Of a library to begin with.")] = 8_000,
    seed: Annotated[int, typer.Option(min=0, help="Draws the articles and the moments.")] = SEED,
) -> None:
    """Kill writers of a library at random moments and look at what they leave.

    Example: python -m bench.crashes --times 200 --seed 1
    """
    moments = []
    with tempfile.TemporaryDirectory(prefix="pullquote-crashes-") as name:
        place = Path(name)
        corpus = make_corpus(place / "sentences.txt", sentences, seed=seed, advance=lambda _: None)
        endless = campaign(corpus, place, seed).moments(place)
        told = Console(stderr=True)
        counted = track(
            islice(endless, times), "killing", total=times, console=told, transient=True
        )
        with contextlib.suppress(KeyboardInterrupt):  # what was found by then is told
            for moment in counted:
                moments.append(moment)
                if moment.failure:
                    told.print(f"{moment.kind}: {moment.failure}", markup=False, soft_wrap=True)
    Console(highlight=False).print(draw_table(moments))
    sys.exit(any(moment.failure for moment in moments))


if __name__ == "__main__":
    typer.run(main)
