"""`python -m tools.collectives DATA.NOUN`: nouns that WordNet defines as "soldiers collectively".

A line each, the collective nouns and then what they are made of, to be read by hand for
`retrieval/text/collectives.py`. The file is WordNet's `data.noun`, wndb(5WN).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

_GROUPS = "14"  # the lexicographer file noun.group, lexnames(5WN)
_DEFINED = re.compile(
    r"(?:\(?in [\w ]+\)?,? )?(?:the )?(?P<members>[a-z]+(?: [a-z]+)?) "
    r"(?:collectively|considered as a group)\b"
)


def read(lines: Iterator[str]) -> Iterator[str]:
    """Each collective of the lines of `data.noun`."""
    for line in lines:
        fields, _, gloss = line.partition(" | ")
        found = _DEFINED.match(gloss)
        offset, kind, _, count, *words = fields.split(" ")
        if found and offset and kind == _GROUPS:
            lemmas = words[: 2 * int(count, 16) : 2]
            yield f"{', '.join(lemmas)}: {found['members']}"


if __name__ == "__main__":
    with Path(sys.argv[1]).open(encoding="utf-8") as file:
        sys.stdout.writelines(f"{line}\n" for line in read(file))
