"""Whose words an article says that a statement is: one speaker is one source, whoever relays it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from retrieval.evidence.attribution.words import SOURCES
from retrieval.evidence.origins.shingles import shingles
from retrieval.evidence.origins.signatures import report_of
from retrieval.evidence.origins.wires import mentioned_wire
from retrieval.text.closed_classes import ARTICLES, HONORIFICS
from retrieval.text.terms import fold

ONE_SPEAKER = "one speaker"
SAME_QUOTATION = "the same quotation"
_QUOTED = re.compile(r"[“«„\"](?P<said>[^“”«»„\"]+)[”»\"]")
_WORD = re.compile(r"[^\W_][\w’'.-]*")
_POSSESSIVE = re.compile(r"['’]s?$")
_SEVERAL = re.compile(r",|\b(?:and|or|others?)\b")


class Credited(NamedTuple):
    """Whose words something is, as one article has it.

    Attributes:
        wires: The news agencies that are credited, by their short names.
        names: The words with a capital of each name that is credited, folded; none of agencies.
        quoted: The shingles of what stands in quotation marks.
    """

    wires: frozenset[str] = frozenset()
    names: tuple[frozenset[str], ...] = ()
    quoted: frozenset[int] = frozenset()


def read_credited(said: Iterable[tuple[str, str | None]]) -> Credited:
    """Read what an article's sentences credit.

    Args:
        said: Each sentence that makes the statement, and whom the article credits with it.
    """
    wires, names, quoted = set[str](), list[frozenset[str]](), set[int]()
    for sentence, speaker in said:
        for found in _QUOTED.finditer(sentence):
            quoted.update(shingles(found["said"]).tolist())
        wire = mentioned_wire(speaker) if speaker else None
        if wire:
            wires.add(wire)
        elif speaker and (name := _name(speaker)):
            names.append(name)
    return Credited(frozenset(wires), tuple(names), frozenset(quoted))


def common_voice(
    one: Credited,
    other: Credited,
    signed: tuple[Iterable[str], Iterable[str]] = ((), ()),
) -> str | None:
    """What shows that two articles relay one voice, in words, or None. Symmetric.

    Args:
        one: Whom the first credits.
        other: Whom the second credits.
        signed: The agencies that signed the articles themselves.
    """
    own, others = one.wires.union(signed[0]), other.wires.union(signed[1])
    if wires := sorted((one.wires & others) | (own & other.wires)):
        return report_of(wires[0])
    if any(mine <= yours or yours <= mine for mine in one.names for yours in other.names):
        return ONE_SPEAKER
    return None if one.quoted.isdisjoint(other.quoted) else SAME_QUOTATION


def _name(speaker: str) -> frozenset[str]:
    """The words of one speaker's name that tell: "Mr Kim" and "Kim Jong Un" have "kim" in common.

    None of several speakers at once, nor of "Experts" and "The ministry", which are anybody.
    """
    if _SEVERAL.search(speaker):
        return frozenset()
    words = (_POSSESSIVE.sub("", word) for word in _WORD.findall(speaker))
    written = {fold(word.replace(".", "")) for word in words if word != word.lower()}
    nouns = SOURCES | HONORIFICS | ARTICLES
    return frozenset(word for word in written if nouns.isdisjoint({word, word.removesuffix("s")}))
