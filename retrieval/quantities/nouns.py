"""The noun behind a number: "troops" in "over 10,000 North Korean troops".

No tagger is needed for this much: what a number above one counts is a plural, and it stands before
the next preposition, verb or punctuation mark. Where that finds nothing, nothing is said.
"""

from __future__ import annotations

import re

from retrieval.text import stopwords
from retrieval.text.closed_classes import IRREGULAR_PLURALS
from retrieval.values import Span

_WORD = re.compile(r"\s?-?(?P<word>[^\W\d_]+(?:[-'’][^\W\d_]+)*(?:\.(?=\s[a-z]))?)")
_REACH = 6  # words between a number and its noun, the noun included

_SINGULAR_S = re.compile(r"(?:ss|us|is|ics|news|['’]s|os)$")
_AFTER_NOUN = frozenset(  # what ends a noun phrase as no stop word does
    "including such worth despite amid amidst since until till like unlike beyond throughout "
    "behind beside besides near next ago alone apiece annually daily weekly monthly yearly today "
    "yesterday tomorrow however respectively instead away back together later earlier long old "
    "wide high tall deep thick".split()
)
_VERBS = frozenset(  # the common ones whose form does not give them away
    "became become becomes came come comes go goes went gave give gives got get gets took "
    "take takes made make makes said say says saw see sees left leave leaves fell fall falls "
    "rose rise rises ran run runs held hold holds lost lose loses won win wins met meet meets "
    "kept keep keeps sent send sends spent spend spends began begin begins stood stand stands "
    "knew know fought fight fled lay led wore wrote sold died die dies live lives lived arose "
    "ate beat blew bore bought broke brought built burst caught chose cost cut dealt drank "
    "drew drove fed felt flew forgot found froze grew hid hit hurt knelt laid lent meant paid "
    "put rang rode sang sank sat set shook shot shut slept slid spoke spread sprang stole "
    "struck swam swore taught thought threw told tore understood woke".split()
)
_PORTION = re.compile(
    r"\s(?:worth\s)?(?:of|in)\s(?:(?:all|the|its|their|his|her|our|these|those)\s)*"
)
_EXTENT = re.compile(
    r"[\s-](?P<extent>long|wide|high|tall|deep|thick|across|away|apart|old|north|south|east|west"
    r"|heavier|taller|longer|higher|lower|older|younger|larger|smaller|faster|slower)\b"
)
_ENDS = _AFTER_NOUN | _VERBS
_QUANTIFIERS = frozenset("more less fewer other others such same most least".split())


def find_noun(text: str, at: int, *, one: bool = False) -> Span | None:
    """Where the noun stands that the number ending at `at` counts, or None.

    Args:
        text: A sentence.
        at: The end of the number.
        one: Whether the noun is a singular: the last word that is no participle.
    """
    words = _run(text, at)
    if one:
        nouns = [word for word in words if not text[word.start : word.end].endswith("ed")]
        return nouns[-1] if nouns else None
    plural = None
    for word in words:
        if _is_plural(text[word.start : word.end]):
            plural = word
        elif plural is not None:
            break
    return plural


def find_portion(text: str, at: int, *, attribute: bool) -> Span | None:
    """The noun that an amount is a part or a property of: "aid" in "$5 million in aid".

    Args:
        text: A sentence.
        at: The end of the amount.
        attribute: Whether the amount may stand right before its noun, as in "a 10-km race".
    """
    found = _PORTION.match(text, at)
    if found:
        return find_noun(text, found.end()) or find_noun(text, found.end(), one=True)
    extent = _EXTENT.match(text, at)
    if extent:
        return Span(*extent.span("extent"))
    return find_noun(text, at, one=True) if attribute else None


def _run(text: str, at: int) -> list[Span]:
    """The words from `at` that may belong to one noun phrase."""
    run: list[Span] = []
    while len(run) < _REACH:
        found = _WORD.match(text, at)
        if found is None:
            break
        word = found["word"].lower()
        if word in _ENDS or (word in stopwords.ENGLISH and word not in _QUANTIFIERS):
            break
        if word not in _QUANTIFIERS:
            run.append(Span(*found.span("word")))
        at = found.end()
    return run


def _is_plural(word: str) -> bool:
    lower = word.lower()
    if lower in IRREGULAR_PLURALS or lower.rpartition("-")[2] in IRREGULAR_PLURALS:
        return True
    return len(lower) > 3 and lower.endswith("s") and not _SINGULAR_S.search(lower)
