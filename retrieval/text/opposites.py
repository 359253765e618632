"""English words that turn a statement: those that deny, and pairs of opposites, as terms."""

from __future__ import annotations

from collections.abc import Iterable

from retrieval.text.closed_classes import NEGATIONS
from retrieval.text.terms import read_terms

_DENYING = "unable deny refuse refute reject fail lack"
_OPPOSITES = (
    "he/she his/her him/her increase/decrease rise/fall rose/fell high/low higher/lower more/less "
    "more/fewer most/least "
    "up/down early/late earlier/later before/after above/below over/under gain/lose win/lose "
    "won/lost start/end begin/end open/close accept/reject support/oppose male/female men/women "
    "man/woman boy/girl father/mother son/daughter brother/sister husband/wife north/south "
    "east/west northern/southern eastern/western left/right buy/sell import/export "
    "positive/negative old/new old/young younger/elder minimum/maximum best/worst better/worse "
    "with/without presence/absence present/absent upper/lower large/small larger/smaller "
    "long/short longer/shorter upstream/downstream activate/inhibit promote/inhibit true/false "
    "allow/forbid allow/ban include/exclude strong/weak enter/leave arrive/leave hot/cold "
    "rich/poor major/minor day/night summer/winter spring/autumn enable/disable legal/illegal "
    "possible/impossible likely/unlikely common/rare majority/minority always/never attack/defend "
    "king/queen prince/princess duke/duchess lord/lady uncle/aunt nephew/niece widow/widower "
    "mr/mrs mr/ms mr/miss sir/lady am/pm guilty/innocent "
    "success/failure succeed/fail pass/fail success/fail admit/deny confirm/deny live/die "
    "alive/dead birth/death born/died build/destroy create/destroy add/remove raise/lower "
    "grow/shrink expand/contract push/pull give/receive "
    "send/receive sent/received teach/learn lend/borrow employer/employee seller/buyer "
    "winner/loser victim/perpetrator ally/enemy peace/war public/private domestic/foreign "
    "urban/rural civilian/military senior/junior heavy/light fast/slow quick/slow wet/dry "
    "cheap/expensive safe/dangerous easy/difficult easy/hard good/bad full/empty "
    "next/previous optimistic/pessimistic internal/external "
    "advance/retreat hire/dismiss hire/fire freeze/thaw deposit/withdraw praise/criticise "
    "encourage/discourage agree/disagree remember/forget lock/unlock "
    "tighten/loosen deepen/ease widen/narrow wide/narrow thick/thin deep/shallow tall/short "
    "upregulate/downregulate strengthen/weaken improve/worsen friend/enemy victory/defeat"
)


def _terms(words: Iterable[str]) -> frozenset[str]:
    return frozenset(term.term for word in words for term in read_terms(word))


def _opposed() -> dict[str, frozenset[str]]:
    opposed: dict[str, frozenset[str]] = {}
    for pair in _OPPOSITES.split():
        (one,), (other,) = (_terms([word]) for word in pair.split("/"))
        opposed[one] = opposed.get(one, frozenset()) | {other}
        opposed[other] = opposed.get(other, frozenset()) | {one}
    return opposed


CONTRARY = "un non dis in im il ir anti mis de counter".split()
"""What makes the contrary of a word that it stands before: "legal", "illegal"."""

DENYING: frozenset[str] = _terms([*NEGATIONS, *_DENYING.split()])
"""Terms that deny."""

OPPOSITES: dict[str, frozenset[str]] = _opposed()
"""Terms and those that say the contrary."""
