"""Headings → the fragments by which their page's address leads to them."""

from __future__ import annotations

import re

_LEFT_OUT = re.compile(r"[^\w\s-]|[^\S ]")  # punctuation, signs, and blanks that are no spaces


class Anchors:
    """The fragments of one page, each of which is given once.

    Made as GitHub and most generators of sites make them: small letters, no punctuation, a hyphen
    for each space, and "-1", "-2" behind one that was there before.
    """

    def __init__(self) -> None:
        self._repeats: dict[str, int] = {}  # fragment → how often it was asked for again

    def of(self, heading: str, stated: str | None = None) -> str:
        """The fragment of the page's next heading; empty where its words make none.

        Args:
            heading: Its words, without marks.
            stated: The fragment that its author gave it, if any, which then is the one.
        """
        if stated:
            self._repeats.setdefault(stated, 0)
            return stated
        slug = _LEFT_OUT.sub("", heading.strip().lower()).replace(" ", "-")
        if not slug:
            return ""
        given = slug
        while given in self._repeats:
            self._repeats[slug] += 1
            given = f"{slug}-{self._repeats[slug]}"
        self._repeats[given] = 0
        return given
