"""What is known of a language's words, as a table of them."""

from __future__ import annotations

from typing import NamedTuple


def words(written: str) -> frozenset[str]:
    """The words of a text with spaces between."""
    return frozenset(written.split())


class Grammar(NamedTuple):
    """The words of a language that name nothing.

    Attributes:
        stops: Words of its closed classes, in small letters: no question is searched for them.
        frames: Words that only frame a question ("please", "explain"), in small letters; where a
            library lacks them, they are not looked for.
        elided: What an apostrophe joins to the word behind it: "l", "qu".
        how_many: A regular expression of what asks for a number.
        other: Of what asks for anything else.
    """

    stops: frozenset[str] = frozenset()
    frames: frozenset[str] = frozenset()
    elided: frozenset[str] = frozenset()
    how_many: str = ""
    other: str = ""
