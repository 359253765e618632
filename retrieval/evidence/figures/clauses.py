"""The stretch of a sentence around a number, and the small words that change its meaning."""

from __future__ import annotations

import re

from retrieval.text.closed_classes import MODALS, SUBJECTS
from retrieval.values import Span

_BREAK = re.compile(
    r"[;:()\[\]“”\"]|,\s(?!\d)|\s[—–-]{1,2}\s|—"
    r"|\b(?:that|which|who|whom|whose|while|whereas|but|although|though|because"
    r"|as(?!\s\W?\d)|if|when|where|after|before|since|until|so)\b"
    r"|\band\s(?=(?:some|many|most|they|it|he|she|we|this|these|those|is|are|was|were|has|have|had"
    r"|will|would|can|could|may|also|then)\b)"
)
_BOUNDING = re.compile(r"\b(?:since|when|until|till|before|during|if|while)\b", re.IGNORECASE)
_LEANING = re.compile(
    rf"\b(?:{'|'.join(sorted(SUBJECTS))}|this|these|those|such|here|there|one|both|each|another"
    r"|others?|former|latter|same|additional|further|extra|remaining|more)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:which|who|whom|whose|where)\s*$", re.IGNORECASE)
_SCENE = re.compile(
    r"\W*(?:in|at|on|across|within|throughout|among|for|during|from|near|outside|inside|under|of)"
    r"\s[^,;:]*(?=,)",
    re.IGNORECASE,
)
_CUES = {
    "denied": re.compile(
        r"\b(?:not|no|never|nor|neither|without|cannot|den(?:y|ies|ied|ying)|refut\w+|reject\w+)\b"
        r"|n['’]t\b",
        re.IGNORECASE,
    ),
    "possible": re.compile(
        rf"\b(?:{'|'.join(sorted(MODALS))}|ought|if|unless)\b"
        r"|\bto\s(?!(?:the|an?|its|his|her|their|our|all|about|around|over|more|at)\b)[a-z]",
        re.IGNORECASE,
    ),
    "average": re.compile(r"\b(?:mean|average|averag\w+|median|typical\w*)\b", re.IGNORECASE),
    "most": re.compile(r"\b(?:maximum|peak\w*|highest|record|largest|up)\b", re.IGNORECASE),
    "least": re.compile(r"\b(?:minimum|lowest|smallest)\b", re.IGNORECASE),
    "rate": re.compile(
        r"\b(?:daily|weekly|monthly|annual|annually|yearly|hourly|per|every)\b", re.IGNORECASE
    ),
}


def find_clause(text: str, start: int, end: int) -> Span:
    """The clause around `start`–`end`, cut at punctuation and at words that open another one."""
    opened = 0
    for found in _BREAK.finditer(text, 0, start):
        opened = found.end()
    closed = _BREAK.search(text, end)
    return Span(opened, closed.start() if closed else len(text))


def find_scene(text: str) -> Span:
    """The phrase that opens a sentence and sets its scene, "In Norway, …"; empty if there is none.

    It belongs to every clause of the sentence.
    """
    found = _SCENE.match(text)
    return Span(*found.span()) if found else Span(0, 0)


def leans(text: str, clause: Span, *spans: Span) -> bool:
    """Whether what a clause is of stands elsewhere: it hangs on "which", or says "they".

    Args:
        text: A sentence.
        clause: The clause.
        spans: The parts of it that say what it is of.
    """
    if _RELATIVE.search(text[max(0, clause.start - 8) : clause.start]):
        return True
    return any(_LEANING.search(text, *span) for span in spans)


def find_bounds(text: str) -> frozenset[str]:
    """The words that open a clause which bounds the others in time or to a case."""
    return frozenset(found.group().lower() for found in _BOUNDING.finditer(text))


def read_cues(text: str, clause: Span, start: int) -> frozenset[str]:
    """What kind of statement a number is part of: denied, possible, an average, a rate.

    Args:
        text: A sentence.
        clause: The clause with the number.
        start: Where the number begins; a denial or a condition may stand anywhere before it.
    """
    ends = {"denied": (0, start), "possible": (clause.start, start)}
    return frozenset(
        cue for cue, sign in _CUES.items() if sign.search(text, *ends.get(cue, clause))
    )
