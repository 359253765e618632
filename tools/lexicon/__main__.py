"""The command: WordNet's files in, the lists of verbs and of nations out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from retrieval.text import nations, verbs
from tools.derivations.wordnet import INSTALLED, Folder, read_or_exit
from tools.lexicon.nations import find_nations
from tools.lexicon.verbs import find_verbs

_ROOT = Path(__file__).parents[2]


def main(
    wordnet: Folder = INSTALLED,
    out: Annotated[Path, typer.Option(help="Where to write the lists.")] = _ROOT
    / "retrieval"
    / "data",
) -> None:
    """Make the lists from Princeton WordNet 3.0, the Debian package `wordnet-base` 1:3.0-37.

    The same input and the same PyStemmer give the same lists; WordNet's notice stands beside them.
    """
    words = read_or_exit(wordnet)
    out.mkdir(parents=True, exist_ok=True)
    known, countries = find_verbs(words), find_nations(words)
    (out / verbs.NAME).write_text("".join(f"{term}\n" for term in known), encoding="utf-8")
    lines = (f"{nations.BETWEEN.join(names)}\n" for names in countries)
    (out / nations.NAME).write_text("".join(lines), encoding="utf-8")
    typer.echo(f"{len(known)} verbs, {len(countries)} nations")


if __name__ == "__main__":
    typer.run(main)
