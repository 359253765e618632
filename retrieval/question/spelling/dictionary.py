"""The words of English: a right word that a library lacks is missing there, and not misspelt."""

from __future__ import annotations

import gzip
import pkgutil
import re
from functools import cache
from itertools import groupby
from operator import itemgetter

from retrieval.text.terms import fold

_OPENING = 3  # letters, by which words are kept together: a few hundred bytes are looked through


def is_word(word: str) -> bool:
    """Whether a word is in the dictionary of pyspellchecker, in this very form; case is nothing.

    The first call reads the dictionary, some hundredths of a second.
    """
    form = fold(word)
    return f"\n{form}\n" in _words().get(form[:_OPENING], "")


@cache
def _words() -> dict[str, str]:
    """All words by how they begin, a line break around each: a fifth of what a set of them takes.

    pyspellchecker itself takes ten times as long to count them, and meanwhile all answers wait.
    """
    counted = pkgutil.get_data("spellchecker", "resources/en.json.gz") or b""
    listed = re.findall(r'"([^"\\]+)":', gzip.decompress(counted).decode())
    listed.sort()
    grouped = groupby(listed, key=itemgetter(slice(_OPENING)))
    return {opening: "\n".join(["", *words, ""]) for opening, words in grouped}
