"""The tables of the languages, by their tags."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from retrieval.text.languages.chinese import CHINESE
from retrieval.text.languages.french import FRENCH
from retrieval.text.languages.german import GERMAN
from retrieval.text.languages.grammar import Grammar, words
from retrieval.text.languages.japanese import JAPANESE
from retrieval.text.languages.korean import KOREAN
from retrieval.text.languages.spanish import SPANISH
from retrieval.text.languages.thai import THAI
from retrieval.values import primary

_TABLES: Mapping[str, Grammar] = {
    "de": GERMAN,
    "es": SPANISH,
    "fr": FRENCH,
    "ja": JAPANESE,
    "ko": KOREAN,
    "th": THAI,
    "zh": CHINESE,
}
_SHORT = 3  # letters of a word that is one of grammar
_ELIDED = {  # of languages without a table
    "ca": "l d m t s n",
    "it": "l un d dell nell all dall sull c quest quell",
}


def grammar_of(language: str) -> Grammar:
    """What is known of a language that is not English, by its BCP 47 tag.

    Of a language without a table of its own, that is the list of the Stopwords ISO project. Its
    longer words may name something, too: they frame a question, and are looked for where a library
    has them.
    """
    return _grammar(primary(language))


@cache
def _grammar(language: str) -> Grammar:
    if language in _TABLES or language == "en":
        return _TABLES.get(language, Grammar())
    import stopwordsiso  # noqa: PLC0415 - few libraries need it

    listed = stopwordsiso.stopwords(language) if stopwordsiso.has_lang(language) else ()
    stops = frozenset(word for word in listed if len(word) <= _SHORT)
    return Grammar(stops, frozenset(listed) - stops, words(_ELIDED.get(language, "")))
