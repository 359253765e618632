"""What kind of answer a question asks for: a person, a time, a number, a place, a reason."""

from __future__ import annotations

import re
from enum import Enum


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


def kind_of(question: str) -> Kind:
    """The kind of the question word that comes first; of several at one place, the more special."""
    for opening in _OPENING.finditer(question):
        for kind, pattern in _KINDS:
            if pattern.match(question, opening.start()):
                return kind
    return Kind.CLAIM
