"""Terms that are forms, derivations or synonyms of each other, which Snowball's stems do not join.

"went" is a form of "go", "ratification" derives from "ratify", "film" is a synonym of "movie". All
are English, and stand in one table beside this room, made by `tools/derivations` from WordNet. What
is a form of a word at all, however seldom ("dice" of "die"), stands in another, made by
`tools/rare_forms.py`.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

from retrieval.errors import PullquoteError, reason_of

NAME = "derivations.z"
"""The table: three parts (inflections, derivations, synonyms), an empty line between them, and zlib
over all. A line is a term and, after spaces, those it goes with that sort after it.
"""

RARE_NAME = "rare_forms.z"
"""The other table: one part in the same shape."""

_NOTHING: frozenset[str] = frozenset()
_Relation = Mapping[str, str]  # a term and its related terms, spaces between them


class Family(NamedTuple):
    """What goes with a term, never the term itself.

    Attributes:
        derived: Its inflections and derivations.
        synonymous: Words of the same meaning outside its family.
    """

    derived: frozenset[str]
    synonymous: frozenset[str]


NO_FAMILY = Family(frozenset(), frozenset())


class Derivations(NamedTuple):
    """What a table says; terms are what `read_terms` gives for English.

    Attributes:
        inflected: What `inflections` looks up.
        derived: The rest of what `of` looks up.
        synonymous: What `synonyms` looks up.
        rare: What `every` looks up besides.
    """

    inflected: _Relation
    derived: _Relation
    synonymous: _Relation
    rare: _Relation = {}  # noqa: RUF012  # a mapping, which nobody changes

    def of(self, term: str) -> frozenset[str]:
        """Its family, inflections and derivations: symmetric, never the term itself."""
        return self.inflections(term) | _split(self.derived, term)

    def every(self, term: str) -> frozenset[str]:
        """Its family with the forms and spellings that are seldom it; symmetric."""
        return self.of(term) | _split(self.rare, term)

    def family(self, term: str) -> Family:
        """All that goes with a term."""
        return Family(self.of(term), self.synonyms(term))

    def inflections(self, term: str) -> frozenset[str]:
        """The other forms of the same word, the nearest part of its family."""
        return _split(self.inflected, term)

    def synonyms(self, term: str) -> frozenset[str]:
        """Words of the same meaning outside its family: symmetric, never the term itself."""
        return _split(self.synonymous, term)


NONE = Derivations({}, {}, {})


@cache
def load(folder: Traversable | None = None) -> Derivations:
    """Read the table, some milliseconds. Without one, nothing derives from anything.

    Args:
        folder: Where the table stands; None is the package's own.

    Raises:
        PullquoteError: The table is there and cannot be read.
    """
    folder = folder or files("retrieval") / "data"
    parts = _read(folder / NAME, 3) or [""] * 3
    rare = _read(folder / RARE_NAME, 1) or [""]
    return Derivations(*map(_relation, [*parts, *rare]))


def _read(path: Traversable, count: int) -> list[str] | None:
    """The parts of a table; None where there is none."""
    try:
        parts = zlib.decompress(path.read_bytes()).decode("ascii").split("\n\n")
        return [part for _, part in zip(range(count), parts, strict=True)]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, zlib.error) as error:
        raise PullquoteError(
            f"{path}: the table of derivations cannot be read ({reason_of(error)}); "
            "install Pullquote again"
        ) from error


def _relation(part: str) -> _Relation:
    """A part in both directions. Its values stay text: few terms are ever asked for."""
    related: dict[str, str] = {}
    for line in part.splitlines():
        term, _, others = line.partition(" ")
        related[term] = f"{related[term]} {others}" if term in related else others
        for other in others.split(" "):
            related[other] = f"{related[other]} {term}" if other in related else term
    return related


def _split(relation: _Relation, term: str) -> frozenset[str]:
    related = relation.get(term)
    return frozenset(related.split()) if related else _NOTHING
