"""The command: WordNet's files in, the table and WordNet's licence notice out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from retrieval.text import nations, verbs
from retrieval.text.derivations import NAME
from tools.derivations.families import find_families
from tools.derivations.inflections import find_inflections
from tools.derivations.synonyms import find_synonyms
from tools.derivations.table import encode
from tools.derivations.usage import Usage
from tools.derivations.vowels import find_vowel_changes
from tools.derivations.wordnet import INSTALLED, Folder, read_or_exit

NOTICE = "WORDNET-LICENSE.txt"
_ABOUT = f"""\
{NAME}, {verbs.NAME} and {nations.NAME} in this folder are derived from Princeton WordNet 3.0:
pairs of its words, reduced to stems, that are forms, derivations or synonyms of each other; its
verbs, reduced to stems; and its countries with their capitals and people. WordNet's notice:

"""
_ROOT = Path(__file__).parents[2]


def main(
    wordnet: Folder = INSTALLED,
    out: Annotated[Path, typer.Option(help="Where to write the table and the notice.")] = _ROOT
    / "retrieval"
    / "data",
) -> None:
    """Make the table of derivations from Princeton WordNet 3.0.

    Its input is the Debian package `wordnet-base`, version 1:3.0-37 (`apt-get install
    wordnet-base`, or `apt-get download` and `dpkg -x` to leave the system alone). The same input
    and the same PyStemmer give the same table.
    """
    words = read_or_exit(wordnet)
    usage = Usage(words)
    inflections = find_inflections(words, usage)
    families = (find_families(words, usage) | find_vowel_changes()) - inflections
    synonyms = find_synonyms(words, usage) - inflections - families
    table = encode([inflections, families, synonyms])
    out.mkdir(parents=True, exist_ok=True)
    (out / NAME).write_bytes(table)
    (out / NOTICE).write_text(_ABOUT + words.notice, encoding="utf-8")
    typer.echo(
        f"{len(inflections)} pairs of inflections, {len(families)} of derivations, "
        f"{len(synonyms)} of synonyms; {len(table)} bytes"
    )


if __name__ == "__main__":
    typer.run(main)
