"""What stands in brackets: the years of a life, a length in other units."""

from __future__ import annotations


def is_aside(text: str, place: int) -> bool:
    """Whether a place of a sentence stands in brackets."""
    return text.count("(", 0, place) > text.count(")", 0, place)
