"""WordNet's files as single words, their senses, and the pointers between senses.

The files' format is in WordNet's own manual, wndb(5WN) and senseidx(5WN).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

FILES = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}  # a file's name, and its part of speech
_TYPES = dict(zip("12345", "nvara", strict=True))  # cntlist writes parts of speech as numbers
_MARKER = re.compile(r"\(\w+\)$")  # an adjective's place, as in "galore(ip)"


class Sense(NamedTuple):
    """One meaning of a word.

    Attributes:
        word: As WordNet writes it, capitals kept.
        pos: n, v, a or r (adverb).
        number: From 1, the most frequent first.
        tagged: How often WordNet's own tagged texts have it.
    """

    word: str
    pos: str
    number: int
    tagged: int


class Synset(NamedTuple):
    """Senses that mean the same; `topic` is the number of WordNet's lexicographer file."""

    senses: tuple[Sense, ...]
    topic: int


class Pointer(NamedTuple):
    """From senses to senses: a pair of words, or two whole synsets."""

    kind: str
    source: tuple[Sense, ...]
    target: tuple[Sense, ...]
    topics: tuple[int, int]


class Form(NamedTuple):
    """An irregular inflection of `base`."""

    word: str
    base: str
    pos: str


class WordNet(NamedTuple):
    """What the files say; `notice` is their licence."""

    synsets: tuple[Synset, ...]
    pointers: tuple[Pointer, ...]
    forms: tuple[Form, ...]
    notice: str


class _Row(NamedTuple):
    synset: Synset
    pointers: tuple[tuple[str, str, str, str], ...]  # symbol, offset, part of speech, the two words


def read_wordnet(folder: Path) -> WordNet:
    """Read WordNet's files: `data.*`, `index.*`, `*.exc` and `cntlist.rev`.

    Raises:
        OSError: One of them is missing.
    """
    numbers, counts = _read_numbers(folder), _read_counts(folder)
    rows = {
        (pos, offset): row
        for name, pos in FILES.items()
        for offset, row in _read_rows(folder / f"data.{name}", pos, numbers, counts)
    }
    return WordNet(
        tuple(row.synset for row in rows.values()),
        tuple(pointer for row in rows.values() for pointer in _pointers(row, rows)),
        tuple(_read_forms(folder)),
        _read_notice(folder / "data.noun"),
    )


def _lines(path: Path) -> Iterator[str]:
    """The entries of a file, without the licence that it opens with."""
    with path.open(encoding="ascii") as lines:
        yield from (line for line in lines if not line.startswith("  "))


def _read_notice(path: Path) -> str:
    with path.open(encoding="ascii") as lines:
        opening = [line.split(maxsplit=1)[1:] for line in lines if line.startswith("  ")]
    return "".join(f"{''.join(words).rstrip()}\n" for words in opening)


def _read_numbers(folder: Path) -> dict[tuple[str, str, str], int]:
    """(word, part of speech, offset of its synset) -> the number of that sense."""
    numbers = {}
    for name, pos in FILES.items():
        for line in _lines(folder / f"index.{name}"):
            word, _, senses, *rest = line.split()
            for number, offset in enumerate(rest[-int(senses) :], 1):
                numbers[word, pos, offset] = number
    return numbers


def _read_counts(folder: Path) -> dict[tuple[str, str, int], int]:
    """(word, part of speech, number of the sense) -> how often it was tagged."""
    counts = {}
    for line in _lines(folder / "cntlist.rev"):
        key, number, count = line.split()
        word, _, place = key.rpartition("%")
        counts[word, _TYPES[place[0]], int(number)] = int(count)
    return counts


def _read_rows(
    path: Path,
    pos: str,
    numbers: dict[tuple[str, str, str], int],
    counts: dict[tuple[str, str, int], int],
) -> Iterator[tuple[str, _Row]]:
    for line in _lines(path):
        offset, topic, _, size, *rest = line.partition(" | ")[0].split()
        end = 2 * int(size, 16)  # each word has a second number beside it
        senses = []
        for word in (_MARKER.sub("", word) for word in rest[:end:2]):
            number = numbers[word.lower(), pos, offset]
            count = counts.get((word.lower(), pos, number), 0)
            senses.append(Sense(word, pos, number, count))
        fields = rest[end + 1 : end + 1 + 4 * int(rest[end])]
        pointers = zip(fields[::4], fields[1::4], fields[2::4], fields[3::4], strict=True)
        yield offset, _Row(Synset(tuple(senses), int(topic)), tuple(pointers))


def _pointers(row: _Row, rows: dict[tuple[str, str], _Row]) -> Iterator[Pointer]:
    for kind, offset, pos, words in row.pointers:
        other = rows["a" if pos == "s" else pos, offset].synset
        yield Pointer(
            kind,
            _chosen(row.synset.senses, words[:2]),
            _chosen(other.senses, words[2:]),
            (row.synset.topic, other.topic),
        )


def _chosen(senses: tuple[Sense, ...], word: str) -> tuple[Sense, ...]:
    """One of a synset's senses by its number in hexadecimal; 0 is all of them."""
    number = int(word, 16)
    return senses[number - 1 : number] if number else senses


def _read_forms(folder: Path) -> Iterator[Form]:
    for name, pos in FILES.items():
        for line in _lines(folder / f"{name}.exc"):
            word, *bases = line.split()
            yield from (Form(word, base, pos) for base in bases)


Folder = Annotated[
    Path,
    typer.Option(
        envvar="WNSEARCHDIR", help="The folder of WordNet's files: data.noun, noun.exc, ..."
    ),
]
INSTALLED = Path("/usr/share/wordnet")


def read_or_exit(folder: Path) -> WordNet:
    """What a command reads of WordNet; where that fails, it says so and ends."""
    try:
        return read_wordnet(folder)
    except OSError as error:
        typer.echo(
            f"{error.filename}: {error.strerror}; name the folder of WordNet's files with "
            "--wordnet, or install the package wordnet-base",
            err=True,
        )
        raise typer.Exit(2) from error
