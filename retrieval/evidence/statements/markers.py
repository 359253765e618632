"""English words that limit what a sentence says: "may", "allegedly", "most", "former", "tried".

Each has a class; where one sentence limits a word in a way in which the other does not, the two
make other statements.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retrieval.text import closed_classes as classes
from retrieval.text import stopwords
from retrieval.text.names import Word
from retrieval.text.opposites import DENYING

_ALWAYS = """
possible: might could possibly perhaps maybe probably likely potentially possible potential
must: must obliged obligated compelled compulsory mandatory required
hearsay: allegedly reportedly supposedly purportedly apparently ostensibly seemingly presumably
hearsay: alleged purported supposed rumoured rumored unconfirmed so-called
suspected: suspected accused charged presumed
former: former formerly ex erstwhile
next: designate elect incoming future
acting: acting interim temporary
deputy: deputy vice assistant
attempt: attempt attempts attempted attempting try tries tried trying
plan: plan plans planned planning intend intends intended proposed proposes propose aims aim hopes
plan: hope hoped wants want wanted expects expect expected threatened threatens threaten consider
plan: considered considering considers scheduled slated
only: only solely exclusively merely
almost: almost nearly virtually practically
partly: partly partially partial
half: half halves
all: all every each entire whole everyone everybody everything
few: few minority
sometimes: sometimes occasionally
rarely: rarely seldom
part: semi quasi pseudo
against: anti non
time: pre post
"""
_CLOSELY = """
able: can able
ought: should ought advised recommended
allowed: allowed permitted optional
will: will would shall vow vows vowed pledge pledges pledged promise promises promised
believed: believed thought feared
wholly: fully entirely completely wholly totally
most: most mostly majority
many: many numerous
several: several
any: any anyone anybody anything
always: always invariably
usually: usually generally typically normally
often: often frequently
again: again
or: or nor
exactly: exactly precisely
quarter: quarter
if: if unless whether
more: more
less: less fewer
"""
_REACH = 4  # words from one that limits to what it limits


def _table(written: str) -> dict[str, str]:
    lines = (line.partition(": ") for line in written.strip().splitlines())
    return {word: name for name, _, words in lines for word in words.split()}


_TELLING, _MARKERS = _table(_ALWAYS), _table(_ALWAYS + _CLOSELY)
TELLING = frozenset(_TELLING.values())
"""The classes that tell even sentences apart that have little else in common."""

_PASSED = classes.COPULAS | classes.HAVE | classes.DO | classes.ARTICLES | {"to", "of", "not"}


def limits(words: Sequence[Word]) -> Iterator[tuple[str, str]]:
    """Each class of limiting word in a sentence, with the term that it limits, "" for none."""
    for n, word in enumerate(words):
        name = marker_of(word)
        if name and not _is_of_number(words, n):
            yield name, _limited(words, n)


def marker_of(word: Word) -> str | None:
    """The class of a limiting word; None for others."""
    if word.titled:
        return None
    if word.low == "may":
        return None if word.capital else "possible"
    return _MARKERS.get(word.low)


def _is_of_number(words: Sequence[Word], n: int) -> bool:
    """Whether a word is part of a number's hedge, which is read with it: "at most", "or so"."""
    before, after = words[n - 1 : n], words[n + 1 : n + 2]
    return any(word.low == "at" for word in before) or any(
        word.low in {"than", "so"} for word in after
    )


def _limited(words: Sequence[Word], n: int) -> str:
    """The term of the next word that tells something."""
    for word in words[n + 1 : n + 1 + _REACH]:
        passed = word.low in _PASSED or word.low.endswith("ly") or word.term in DENYING
        if passed or marker_of(word) or word.low in stopwords.ENGLISH:
            continue
        return word.term
    return ""
