"""Terms that are forms, derivations or synonyms of each other, which Snowball's stems do not join.

"went" is a form of "go", "ratification" derives from "ratify", "film" is a synonym of "movie". All
are English, and stand in one table beside this room, made by `tools/derivations` from WordNet.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

from retrieval.errors import PullquoteError, reason_of

NAME = "derivations.z"
"""The table: three parts (inflections, derivations, synonyms), an empty line between them, and zlib
over all. A line is a term and, after spaces, those it goes with that sort after it.
"""

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
    """

    inflected: _Relation
    derived: _Relation
    synonymous: _Relation

    def of(self, term: str) -> frozenset[str]:
        """Its family, inflections and derivations: symmetric, never the term itself."""
        return self.inflections(term) | _split(self.derived, term)

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


def load(folder: Traversable | None = None) -> Derivations:
    """Read the table, some milliseconds. Without one, nothing derives from anything.

    Args:
        folder: Where the table stands; None is the package's own.

    Raises:
        PullquoteError: The table is there and cannot be read.
    """
    path = (folder or files("retrieval") / "data") / NAME
    try:
        text = zlib.decompress(path.read_bytes()).decode("ascii")
        inflected, derived, synonymous = text.split("\n\n")
    except FileNotFoundError:
        return NONE
    except (OSError, ValueError, zlib.error) as error:
        raise PullquoteError(
            f"{path}: the table of derivations cannot be read ({reason_of(error)}); "
            "install Pullquote again"
        ) from error
    return Derivations(_relation(inflected), _relation(derived), _relation(synonymous))


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
