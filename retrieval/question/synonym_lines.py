r"""A line of Solr's format for synonyms → the names on it.

As Solr's synonym filters read it, in UTF-8:

    # a comment
    film, movie, motion picture        each goes by every one of these names
    i-pod, i pod => ipod, mp3 player   what stands on the left goes by the names on the right alone
    Dallas\, Texas, big d              a backslash takes the meaning from what follows it
"""

from __future__ import annotations

import re
from itertools import chain
from typing import NamedTuple

_ARROW = "=>"
_WORD = re.compile(r"[^\W_]")
_PIECE = re.compile(r"\\(?P<escaped>.)|=>|,|[^\\,=]+|.", re.DOTALL)


class Line(NamedTuple):
    """The names on a line.

    Attributes:
        left: What is renamed.
        right: By what names it goes instead; None where all on the left go by all of them.
    """

    left: tuple[str, ...]
    right: tuple[str, ...] | None


def says_something(line: str) -> bool:
    """Whether a line is neither blank nor a comment."""
    return bool(line.strip()) and not line.startswith("#")


def read_line(line: str) -> Line:
    """The names on a line that says something; nothing between two commas is no name.

    Raises:
        ValueError: It is wrong; its text says how, and what to do.
    """
    sides = [tuple(name for written in side if (name := written.strip())) for side in _split(line)]
    for name in chain.from_iterable(sides):
        if not _WORD.search(name):
            raise ValueError(f"{name!r} has no letter and no digit; take it out")
    if len(sides) == 1 and len(sides[0]) > 1:
        return Line(sides[0], None)
    if len(sides) == 1:
        raise ValueError('one name alone has no synonym; write "a, b" or "a => b"')
    if len(sides) > 2:
        raise ValueError('more than one "=>"; write a line for each')
    if not all(sides):
        raise ValueError('nothing on one side of "=>"; write names on both')
    return Line(sides[0], sides[1])


def _split(line: str) -> list[list[str]]:
    if "\\" not in line:
        return [side.split(",") for side in line.split(_ARROW)]
    sides = [[""]]
    for piece in _PIECE.finditer(line):
        if piece.group() == _ARROW:
            sides.append([""])
        elif piece.group() == ",":
            sides[-1].append("")
        else:
            sides[-1][-1] += piece["escaped"] or piece.group()
    return sides
