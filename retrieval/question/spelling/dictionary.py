"""The words of English: a right word that a library lacks is missing there, and not misspelt."""

from __future__ import annotations

from functools import cache

from spellchecker import SpellChecker

from retrieval.text.terms import fold


def is_word(word: str) -> bool:
    """Whether a word is in the dictionary of pyspellchecker, in this very form; case is nothing.

    The first call reads the dictionary, some tenths of a second; each looks through 1.5 MB of text.
    """
    return f"\n{fold(word)}\n" in _words()


@cache
def _words() -> str:
    """All words, a line break around each: a tenth of what a set of them takes."""
    listed = SpellChecker(language="en", distance=1).word_frequency.words()
    return "\n".join(["", *listed, ""])
