"""The stretch of a sentence that says what a number in it is about."""

from __future__ import annotations

import re

from retrieval.models import Span

_BREAK = re.compile(
    r"[;:()\[\]“”\"]|,\s(?!\d)|\s[—–-]{1,2}\s|—"
    r"|\b(?:that|which|who|whom|whose|while|whereas|but|although|though|because|as|if|when|where"
    r"|after|before|since|until|so)\b"
    r"|\band\s(?=(?:some|many|most|they|it|he|she|we|this|these|those|is|are|was|were|has|have|had"
    r"|will|would|can|could|may|also|then)\b)"
)
OPENING = re.compile(r"\b(?:since|when|until|till|before|during|if|while)\b", re.IGNORECASE)
"""What opens a clause that bounds the time or the case of the others."""


def find_clause(text: str, start: int, end: int) -> Span:
    """The clause around `start`–`end`, cut at punctuation and at words that open another one."""
    opened = 0
    for found in _BREAK.finditer(text, 0, start):
        opened = found.end()
    closed = _BREAK.search(text, end)
    return Span(opened, closed.start() if closed else len(text))
