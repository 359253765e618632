"""Why, and how something is called: a clause of reason, and words in quotation marks."""

from __future__ import annotations

import re

from retrieval.values import Span

_REASON = re.compile(
    r"\b(?:because(?:\sof)?|due\sto|owing\sto|on\saccount\sof|as\sa\sresult\sof|thanks\sto"
    r"|in\sorder\sto|so\sas\sto|so\sthat)\b",
    re.IGNORECASE,
)
_BEHIND_REASON = re.compile(
    r"[;:]|[.!?](?=[”\"’')\]\s]*\Z)|\s[—–-]{1,2}\s|—"
    r"|,(?=\s(?:but|and|which|who|while|although|though|with)\b)"
)
_BEHIND_OPENING = re.compile(r"[,;:]|\s[—–-]{1,2}\s|—")
_OPENING = 3  # characters at most before a reason that opens its sentence

_QUOTED = re.compile(r"“(?P<curly>[^“”]{2,120})”|(?<![^\s(])\"(?P<straight>[^\"]{2,120})\"")
# Verbs and nouns of one meaning each: the question has one, and the words before the quotation too.
_REACH = r"(?:\s[\w'’-]+){0,3}[\s,:(]*\Z"  # from the verb up to its quotation
_CALLING = (
    r"call(?:ed|s)?|nicknam(?:e|ed)|nam(?:e|ed)|dubbed|known\sas|term(?:ed|s)?|titled?|entitled"
    r"|referred\sto\sas|refer|label(?:led|ed)?"
)
_SAYING = (
    r"sa(?:y|ys|id)|stat(?:e|es|ed)|declar(?:e|es|ed)|exclaim(?:ed)?|wr(?:ite|ites|ote)"
    r"|warn(?:s|ed)?|claim(?:s|ed)?"
)
_WAYS = tuple(
    (
        re.compile(rf"\b(?:{words})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{words})\b{_REACH}", re.IGNORECASE),
    )
    for words in (
        _CALLING,
        _SAYING,
        r"describ(?:e|es|ed)",
        r"mean(?:s|t|ing)?|translat(?:e|es|ed)",
        r"motto|slogan|phrase|words|inscription|reads?",
    )
)


def find_reason(_: str, text: str) -> Span | None:
    """The one clause or phrase of reason, its first word included, up to where it ends."""
    found = list(_REASON.finditer(text))
    if len(found) != 1:
        return None
    (reason,) = found
    closing = _BEHIND_OPENING if reason.start() <= _OPENING else _BEHIND_REASON
    closed = closing.search(text, reason.end())
    return Span(reason.start(), closed.start() if closed else len(text.rstrip()))


def find_quoted(question: str, text: str) -> Span | None:
    """The only words in quotation marks that are new, after a verb as the question has one."""
    new = [q for q in _QUOTED.finditer(text) if not _is_known(q, question)]
    if len(new) != 1:
        return None
    (quoted,) = new
    before = text[: quoted.start()]
    if not any(asks.search(question) and leads.search(before) for asks, leads in _WAYS):
        return None
    return Span(*quoted.span(quoted.lastgroup or 0))


def _is_known(quoted: re.Match[str], question: str) -> bool:
    words = quoted[quoted.lastgroup or 0].strip(" .,!?").lower()
    return words in question.lower()
