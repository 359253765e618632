"""Damages the files of an index at random and asks: each is mended, refused in a line, or answers.

Run as a process of its own, so that a crash is seen: `index_fuzz.py kernel|numpy FOLDER ROUNDS`.
"""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

if __name__ == "__main__" and sys.argv[1] == "numpy":
    # So Python refuses to import it.
    sys.modules["retrieval.search.kernel._kernel"] = None  # type: ignore[assignment] # on purpose

import connections
from engine_fuzz import cut, flip, forge_directory, poke, signed
from libraries import BRIDGE, HARBOUR, article

from retrieval import Answerer, Library
from retrieval.errors import PullquoteError
from retrieval.search.directory import IndexFolder
from retrieval.search.manifest import NAME as MANIFEST
from retrieval.search.writing.updating import open_index

QUESTIONS = [
    "When did the harbour open?",
    '"in winter"',
    "ships",
    "Which mayor sailed to the harbuor?",
]
WAYS = {"flip": flip, "poke": poke, "cut": cut, "forge": forge_directory}


def make(folder: Path, number: int) -> None:
    """A library whose index has two parts, one of which lost an article."""
    with Library.open(folder, create=True) as library:
        library.add(
            [HARBOUR, BRIDGE, *(article(f"old{n}", f"Mole {n} cost 30.") for n in range(9))]
        )
        open_index(library)
        library.add([article(f"new{number}", f"Boat {number} came. Ships sail in winter.")])
        open_index(library)
        library.remove("bridge")
        open_index(library)


def files(folder: Path) -> list[Path]:
    """All that an index consists of."""
    kept = IndexFolder(folder).path
    return [kept / MANIFEST, *sorted(kept.glob("*.*"))]


def damage(path: Path, others: Sequence[Path], rng: random.Random) -> str:
    """Damage one file; in which way."""
    way = rng.choice(["swap", "empty", *WAYS])
    data = bytearray(path.read_bytes())
    if way == "swap":
        data = bytearray(rng.choice([o for o in others if o.suffix == path.suffix]).read_bytes())
    elif way == "empty":
        data.clear()
    else:
        data = WAYS[way](data, rng)
        data = bytearray(signed(data)) if rng.random() < 0.7 else data
    path.unlink()  # what is mapped must not change under the map
    path.write_bytes(data)
    return way


def ask(folder: Path) -> list[str]:
    """What a library answers; an error of ours in its place, which must be one line."""
    said = []
    try:
        with Library.open(folder) as library:
            answerer = Answerer.open(library)
            said = [answerer.ask(question, quotes=9).as_json() for question in QUESTIONS]
    except PullquoteError as error:
        said = [str(error)]
    if any("\n" in one for one in said):
        raise SystemExit("an error of more than one line")
    return said


def main(engine: str, place: Path, rounds: int, seed: int = 1) -> None:
    connections.share_statements()
    rng = random.Random(f"{engine} {seed}")  # noqa: S311 - drawn alike each time
    for number, name in enumerate(("one", "other")):
        make(place / name, number)
    whole = ask(place / "one")
    as_before = 0
    for number in range(rounds):
        folder = place / f"{number}"
        shutil.copytree(place / "one", folder)
        path = rng.choice(files(folder))
        way = damage(path, [*files(folder), *files(place / "other")], rng)
        try:
            as_before += ask(folder) == whole
        except Exception as error:
            raise SystemExit(f"{way} of {path.suffix or path.name}: {error!r}") from error
        shutil.rmtree(folder)
    sys.stdout.write(f"{as_before} of {rounds} damaged indexes answered as before\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *map(int, sys.argv[3:]))
