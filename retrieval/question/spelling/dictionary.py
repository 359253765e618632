"""The words of English: a right word that a library lacks is missing there, and not misspelt."""

from __future__ import annotations

import gzip
import pkgutil
import re
from functools import cache

from retrieval.text.terms import fold


def is_word(word: str) -> bool:
    """Whether a word is in the dictionary of pyspellchecker, in this very form; case is nothing.

    The first call reads the dictionary, some hundredths of a second; each looks through 1.5 MB of
    text.
    """
    return f"\n{fold(word)}\n" in _words()


@cache
def _words() -> str:
    """All words, a line break around each: a tenth of what a set of them takes.

    pyspellchecker itself takes ten times as long to count them, and meanwhile all answers wait.
    """
    counted = pkgutil.get_data("spellchecker", "resources/en.json.gz") or b""
    listed = re.findall(r'"([^"\\]+)":', gzip.decompress(counted).decode())
    return "\n".join(["", *listed, ""])
