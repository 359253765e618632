"""The table of forms and spellings that neither the stems nor the table of derivations join.

They only tell that a word is not missing where such a form of it stands, so none is left out for
being seldom: "dice" may be of "die", "numbest" of "numb".
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import files, metadata
from importlib.resources import files as resources
from itertools import combinations
from pathlib import Path
from typing import Annotated

import typer
from breame.spelling import AMERICAN_ENGLISH_SPELLINGS

from retrieval.text import derivations
from retrieval.text.terms import read_terms
from tools.derivations.pairs import Pair
from tools.derivations.table import encode

NOTICE = "RARE-FORMS-LICENSES.txt"
_ABOUT = f"""\
{derivations.RARE_NAME} in this folder is made of the tables of two packages: inflections from
lemminflect, whose data come from the SPECIALIST Lexicon of the U.S. National Library of Medicine,
and British and American spellings from breame. Their licences:
"""
_SOURCES = ("lemminflect", "breame")
_FOLDER = Path(__file__).parents[1] / "retrieval" / "data"


def main(
    out: Annotated[Path, typer.Option(help="Where to write the table and the notice.")] = _FOLDER,
) -> None:
    """Make the table from the packages lemminflect and breame, which `make test` installs."""
    related = derivations.load()
    pairs = {pair for words in _groups() for pair in _pairs(words)}
    kept = {(one, other) for one, other in pairs if other not in related.of(one)}
    (out / derivations.RARE_NAME).write_bytes(encode([kept]))
    (out / NOTICE).write_text("\n".join([_ABOUT, *map(_license, _SOURCES)]), encoding="utf-8")
    typer.echo(f"{len(kept)} pairs")


def _groups() -> Iterator[set[str]]:
    """Words that are forms or spellings of one another."""
    forms: dict[str, set[str]] = defaultdict(set)
    for word, _, others in _rows("infl_lu.csv.gz"):
        forms[word.lower()].update(_listed(others))
    for form, _, words in _rows("lemma_lu.csv.gz"):
        for word in _listed(words):
            forms[word].add(form.lower())
    yield from ({word, *others} for word, others in forms.items())
    yield from ({british, american} for british, american in AMERICAN_ENGLISH_SPELLINGS.items())


def _rows(name: str) -> list[list[str]]:
    packed = (resources("lemminflect") / "resources" / name).read_bytes()
    rows = csv.reader(gzip.decompress(packed).decode("utf-8").splitlines())
    return [[word, kind, "/".join(rest)] for word, kind, *rest in rows]


def _listed(words: str) -> Iterable[str]:
    return (word.strip().lower() for word in words.split("/"))


def _pairs(words: set[str]) -> Iterator[Pair]:
    terms = {term for word in words if word.isascii() and word.isalpha() for term in _terms(word)}
    yield from combinations(sorted(terms), 2)


def _terms(word: str) -> set[str]:
    return {term.term for term in read_terms(word)}


def _license(package: str) -> str:
    """A package, the licence that it names, and its licence file if it has one."""
    about, within = metadata(package), files(package) or []
    texts = [one.read_text() for one in within if one.name.startswith("LICENSE")]
    named = about["License"].removeprefix("UNKNOWN")
    return "\n\n".join([f"{package} {about['Version']}, {about['Home-page']} {named}", *texts])


if __name__ == "__main__":
    typer.run(main)
