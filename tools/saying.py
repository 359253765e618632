"""`python -m tools.saying DATA.VERB`: the verbs of communication that may open a clause.

One a line, of WordNet's verb.communication, those of the frame "Somebody ----s that CLAUSE" that
`retrieval/evidence/attribution/verbs.py` does not know, to be read by hand for it. The file is
WordNet's `data.verb`, wndb(5WN) and lexnames(5WN).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from retrieval.evidence.attribution.verbs import DELIVERING

_COMMUNICATION = "32"  # the lexicographer file verb.communication
_THAT_CLAUSE = 26  # the frame
_ALL_WORDS = 0  # of the synset


def read(lines: Iterable[str]) -> Iterator[str]:
    """The verbs of `data.verb` that may be followed by a clause, a verb once for each meaning."""
    for line in lines:
        _, kind, _, count, *fields = line.partition(" | ")[0].split(" ")
        if kind != _COMMUNICATION:
            continue
        size = 2 * int(count, 16)
        pointers = int(fields[size])
        frames = fields[size + 1 + 4 * pointers :]
        wanted = {
            int(word, 16)
            for frame, word in zip(frames[2::3], frames[3::3], strict=False)
            if int(frame) == _THAT_CLAUSE
        }
        for number, verb in enumerate(fields[:size:2], 1):
            if not wanted.isdisjoint({_ALL_WORDS, number}):
                yield verb


if __name__ == "__main__":
    with Path(sys.argv[1]).open(encoding="utf-8") as file:
        found = {verb for verb in read(file) if verb.isalpha()} - DELIVERING
    sys.stdout.write("".join(f"{verb}\n" for verb in sorted(found)))
