"""What kind of answer a question asks for: a person, a time, a number, a place, a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from retrieval.text import closed_classes as classes


class Kind(Enum):
    """The kind of answer; `CLAIM` is a text without a question word, such as a pasted headline."""

    WHO = "who"
    WHEN = "when"
    HOW_MANY = "how many"
    WHERE = "where"
    WHY = "why"
    WHAT_IS = "what is"
    OTHER = "other"
    CLAIM = "claim"

    @property
    def is_question(self) -> bool:
        """Whether a question word was there."""
        return self is not Kind.CLAIM


_WH = r"(?:what|which|whats)"
_BE = r"(?:['’]?s| is| are| was| were)"
_MEASURES = r"(?:many|much|old|long|tall|far|big|large|high|deep|fast|often)"
_TIMES = r"(?:year|years|date|day|month|century|decade|time|season|era)"
_NUMBERS = r"(?:number|percentage|percent|proportion|amount|share|age|price|cost|population|size)"
_PLACES = r"(?:country|city|state|town|place|location|continent|region|county|province)"
_OPENING = re.compile(r"\b(?:wh|how|meaning of|define)", re.IGNORECASE)  # of each pattern below
_KINDS = tuple(
    (kind, re.compile(rf"(?:{pattern})\b", re.IGNORECASE))
    for kind, pattern in (
        (Kind.HOW_MANY, rf"how {_MEASURES}|{_WH}(?: \w+){{0,2}} {_NUMBERS}"),
        (Kind.WHEN, rf"when|how long ago|{_WH} (?:\w+ )?{_TIMES}"),
        (Kind.WHERE, rf"where|{_WH} (?:\w+ )?{_PLACES}"),
        (Kind.WHY, rf"why|how come|{_WH}(?: \w+)? (?:reason|cause|causes)s?"),
        (Kind.WHO, r"who|whom|whose|whos"),
        (Kind.WHAT_IS, rf"{_WH}{_BE}|what does \w+ mean|meaning of|define"),
        (Kind.OTHER, rf"{_WH}|how"),
    )
)  # fmt: skip


_FIRST_WORDS = re.compile(r"\W*(\w*)(?:['’]\w+)?\W*(\w*)")
_HELPING = classes.FINITE_AUXILIARIES | classes.CONTRACTED_NEGATIONS | {"am"}
_CLAUSES = frozenset({"when", "where"})  # they open clauses as often as they ask
_RELATIVES = frozenset({"who", "whom", "whose", "which"}) | _CLAUSES
_BEFORE = re.compile(r"(\w+)\W*$")
_JOINING = classes.PREPOSITIONS | classes.COORDINATORS | classes.FINITE_AUXILIARIES
_PAUSE = re.compile(r"[,;:(\[—–-]\s*$")


def kind_of(text: str) -> Kind:
    """The kind of the first question word that asks; of several at one place, the more special.

    None asks where yes or no is asked ("Is it open when it rains?"), nor in a statement ("Those who
    came left."), nor where it only opens a clause and another one asks ("When it rained, who…?").
    """
    weak, statement = Kind.CLAIM, text.rstrip().endswith(".")
    decides = _words_at(text, 0)[0] in _HELPING
    for kind, start in _openings(text):
        if _asks(text, start, decides=decides):
            return kind
        if weak is Kind.CLAIM and not decides and not statement:
            weak = kind
    return weak


def _openings(question: str) -> Iterator[tuple[Kind, int]]:
    """Every question word: what it may ask for, and where it stands."""
    for opening in _OPENING.finditer(question):
        start = opening.start()
        found = (kind for kind, pattern in _KINDS if pattern.match(question, start))
        if kind := next(found, None):
            yield kind, start


def _asks(text: str, start: int, *, decides: bool) -> bool:
    """Whether a question word asks by where it stands; one that may do either does not.

    Args:
        text: A sentence.
        start: Where the word stands.
        decides: Whether the sentence begins as one does that asks for yes or no.
    """
    first, second = _words_at(text, start)
    before = text[:start]
    if not before.strip():
        return first not in _CLAUSES or second in _HELPING | {"and", "or"}
    found = _BEFORE.search(before)
    word = found.group(1).lower() if found else ""
    if decides:
        return word in {"and", "so"} and (first not in _RELATIVES or second in _HELPING)
    if first in _CLAUSES:
        return second in _HELPING
    if _PAUSE.search(before):
        return "?" in text
    opens = found is not None and found.start() == 0
    return word in _JOINING and (first not in _RELATIVES or opens)


def _words_at(text: str, start: int) -> tuple[str, str]:
    """The word at a place and the next, in lower case."""
    found = _FIRST_WORDS.match(text, start)
    return (found.group(1).lower(), found.group(2).lower()) if found else ("", "")
