"""Tags of HTML, JSX and Vue: where they end, and which of them set a block apart."""

from __future__ import annotations

import re

LONGEST = 4_000  # characters of a tag
MOST_FAILURES = 100  # of a text: what only looks like a tag is then no longer looked through
PLAIN_TAG = re.compile(
    r"""</[A-Za-z][A-Za-z0-9-]*+\s*+>
    |<[A-Za-z][A-Za-z0-9-]*+
     (?:\s++[A-Za-z_:][\w:.-]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++))?+)*+\s*+/?+>""",
    re.VERBOSE,
)
"""A tag that Markdown's own grammar knows."""
BREAKS = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html iframe label "
    "legend li main menu nav ol option p pre search section select summary table tbody td textarea "
    "tfoot th thead title tr ul video".split()
)
"""Elements of HTML that begin a line of their own."""
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img input ins kbd mark q rp "
    "rt ruby s samp small span strike strong sub sup time tt u var wbr".split()
)
_NAME = re.compile(r"</?([A-Za-z][\w:-]*+(?:\.[\w-]++)*+)")
_PLAIN = re.compile(r"""(?:[^"'`{}<>]++|"[^"]*+"|'[^']*+'|`[^`]*+`|=>)*+""")
_BRACES = re.compile(
    r"""[{}]|"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`""", re.DOTALL
)


def is_component(name: str) -> bool:
    """Whether a tag of this name is none of HTML: "Tabs", "motion.div"."""
    if name.lower() in BREAKS or name.lower() in _INLINE:
        return not (name.isupper() or name.islower() or name[1:].isdigit())
    return "." in name or not name.islower()


class TagReader:
    """Reads the tags of one text, and gives up where too many are none."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._failures = 0

    def name(self, start: int) -> str:
        """The name of the tag that begins at `start`."""
        match = _NAME.match(self._text, start)
        return match[1] if match else ""

    def end(self, start: int) -> int:
        """One past the tag that begins at `start`, or -1 where it does not end."""
        if self._failures >= MOST_FAILURES:
            return -1
        place, most = start + 1, start + LONGEST
        while True:
            place = _PLAIN.match(self._text, place, most).end()  # type: ignore[union-attr]  # it may be empty
            sign = self._text[place : min(place + 1, most)]
            if sign == ">":
                return place + 1
            place = self.brace_end(place) if sign == "{" else -1
            if place < 0 or place > most:
                self._failures += 1
                return -1

    def brace_end(self, start: int) -> int:
        """One past the brace that closes the one at `start`, or -1."""
        if self._failures >= MOST_FAILURES:
            return -1
        depth = 0
        for match in _BRACES.finditer(self._text, start, start + LONGEST):
            depth += (match[0] == "{") - (match[0] == "}")
            if depth == 0:
                return match.end()
        self._failures += 1
        return -1
